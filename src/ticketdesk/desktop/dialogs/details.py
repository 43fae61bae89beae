"""Mend what was written at the counter: the problem, accessories, estimate, who pays, where, and the bin."""

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.merge import About, save_edit
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.sentences import field_name
from ticketdesk.desktop.widgets.basics import label, retone, row
from ticketdesk.desktop.widgets.choices import Segmented
from ticketdesk.desktop.widgets.fields import Field, MoneyInput, TextArea, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.bins import tidy_bin
from ticketdesk.domain.codes import bin_name
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.domain.search import fold
from ticketdesk.services import orders
from ticketdesk.services.doors import Done
from ticketdesk.services.merging import Edit
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _


class DetailsDialog(Overlay):
    """The intake's facts of an order; only what was changed here is saved."""

    def __init__(self, desk: Desk, host: Host, page: OrderPage, about: About) -> None:
        super().__init__(host.window, _("Change the order"), str(page.row.number), width=640)
        self._desk, self._host, self._id, self._about = desk, host, page.row.id, about
        self.problem = TextArea(_("Problem"), height=84)
        self.problem.setPlainText(page.row.complaint)
        self.accessories = TextInput(_("separated by commas"), name=_("Accessories"))
        self.accessories.setText(", ".join(_(item) for item in page.accessories))
        self._words = {fold(_(item)): item for item in kind_of(page.row.device_kind).accessories}
        self._received = self.accessories.text(), page.accessories
        self.estimate = MoneyInput(field_name("estimate"))
        self.estimate.show_amount(page.estimate)
        billing = (("paid", _("Paid work")), ("warranty", _("Warranty")))
        places = (("in_shop", _("In the shop")), ("on_site", _("On site")))
        self.billing = Segmented(_("Who pays"), billing, page.row.billing)
        self.place = Segmented(_("Where"), places, page.row.place)
        self.address = TextInput(name=_("Address"))
        self.address.setText(page.address)
        self.bin = TextInput(_("none"), name=_("Bin"))
        self.bin.setText(page.row.bin)
        self._base = self._values()
        choices = row(Field(_("Who pays"), self.billing), Field(_("Where"), self.place), None, spacing=24)
        self.body.addWidget(Field(_("&Problem"), self.problem))
        self.body.addWidget(Field(_("&Accessories"), self.accessories))
        self.body.addLayout(choices)
        last = row(spacing=16)
        last.addWidget(Field(_("&Estimate"), self.estimate))
        last.addWidget(Field(_("B&in"), self.bin))
        last.addWidget(Field(_("Add&ress"), self.address), 1)
        self.body.addLayout(last)
        self._message = label("", tone="danger")
        self._message.setWordWrap(True)
        self.body.addWidget(self._message)
        self._go = go_button(_("Save"), self.save)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(self._go)

    def scan(self, code: str) -> bool:
        """Take the label of a bin."""
        name = bin_name(code)
        if name is not None:
            self.bin.setText(name)
        return name is not None

    def save(self) -> None:
        """Save what was changed, once."""
        try:
            values = self._values()
            self.estimate.amount()
        except Refusal as refusal:
            self._refused(refusal)
            return
        changed = {field: value for field, value in values.items() if value != self._base[field]}
        if not changed:
            self.dismiss()
            return
        edit = Edit(self._id, {field: self._base[field] for field in changed}, changed)
        save_edit(
            self._desk, self._host, self, orders.edit, edit, about=self._about, done=self._saved, refused=self._refused
        )

    def _values(self) -> dict[str, Value]:
        text, accessories = self._received
        if self.accessories.text() != text:
            typed = (part.strip() for part in self.accessories.text().split(","))
            accessories = [self._words.get(fold(part), part) for part in typed if part]
        return {
            "complaint": self.problem.toPlainText(),
            "accessories": list(accessories),
            "estimate": self.estimate.valid_amount() if self.estimate.text().strip() else None,
            "billing": self.billing.value(),
            "place": self.place.value(),
            "address": self.address.text(),
            "bin": tidy_bin(self.bin.text()),
        }

    def _saved(self, _done: Done) -> None:
        self.dismiss()

    def _refused(self, refusal: Refusal) -> None:
        self._message.setText(refusal.sentence)
        retone(self._message, "danger")
        {"amount": self.estimate, "bin": self.bin}.get(refusal.field or "", self.problem).setFocus()
