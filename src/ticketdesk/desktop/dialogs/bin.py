"""Name the bin a device goes into, or the bins whose labels are printed."""

from collections.abc import Callable

from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.bins import normal_bin, several_bins
from ticketdesk.domain.codes import bin_name
from ticketdesk.domain.errors import Refusal
from ticketdesk.texts import _, ngettext


class BinDialog(Overlay):
    """Asks for one bin, by its name or its label; ``done`` gets the name, empty for none."""

    def __init__(self, host: Host, title: str, before: str, done: Callable[[str], None]) -> None:
        super().__init__(host.window, title, width=420)
        self._done = done
        self.name = TextInput(_("none"))
        self.name.setText(before)
        self.name.selectAll()
        self.name.returnPressed.connect(self.save)
        self._field = Field(_("&Bin"), self.name)
        self._field.hint(_("Write its name, or scan its label. Empty: in no bin."))
        self.body.addWidget(self._field)
        go = go_button(_("Put there"), self.save)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(go)

    def scan(self, code: str) -> bool:
        """Take the label of a bin."""
        name = bin_name(code)
        if name is not None:
            self.name.setText(name)
            self.save()
        return name is not None

    def save(self) -> None:
        """Hand the name on, if it can be one."""
        try:
            name = normal_bin(self.name.text())
        except Refusal as refusal:
            self._field.error(refusal.sentence)
            self.name.setFocus()
            return
        self.dismiss()
        self._done(name)


class BinLabelsDialog(Overlay):
    """Asks for which bins labels are printed."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.window, _("Print bin labels"), width=480)
        self._host = host
        self.names = TextInput("A1..A12, B1")
        self.names.returnPressed.connect(self.print)
        self._field = Field(_("&Bins"), self.names)
        self._field.hint(_("Names between commas; A1..A12 is a whole row. Stick each label where its devices stand."))
        self.body.addWidget(self._field)
        go = go_button(_("Print"), self.print, icon="printer")
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(go)

    def print(self) -> None:
        """Print the labels, or say which name cannot be one."""
        try:
            names = several_bins(self.names.text())
        except Refusal as refusal:
            self._field.error(refusal.sentence)
            self.names.setFocus()
            return
        # the PDF library is wanted with the first paper only
        from ticketdesk.documents.bin_label import bin_labels  # noqa: PLC0415

        said = ngettext("Printing {count} label.", "Printing {count} labels.", len(names)).format(count=len(names))
        name = file_name(_("labels"), f"{names[0]}-{names[-1]}".replace("/", "_"))
        self.dismiss()
        self._host.print_slip(Slip(lambda _session: bin_labels(names), name, said, "label"))
