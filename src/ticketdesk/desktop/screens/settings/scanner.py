"""The scanner of this PC: how its codes are recognised, and whether it writes as this PC reads."""

from dataclasses import replace

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, label, retone, row, wrapped
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.codes import TEST_CODE, layout_trouble, ours
from ticketdesk.texts import _


class ScannerSettings(Card):
    """No setup is needed; a prefix makes codes certain, and the test code shows a wrong keyboard setting."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(_("Scanner"))
        self._desk, self._host = desk, host
        self.prefix = TextInput(_("none"))
        self.prefix.setMaxLength(1)
        self.prefix.setText(host.preferences.scan_prefix)
        self.prefix.setFixedWidth(px(96))
        self.prefix.editingFinished.connect(self._changed)
        field = Field(_("Sign that the scanner sends first"), self.prefix)
        field.hint(_("Empty: codes are told from typing by their speed."))
        self.print = Button(_("Print the test code"), icon="printer")
        self.print.clicked.connect(self._print)
        self.outcome = wrapped(_("Print the test code and scan it here: what the scanner writes is compared."))
        self.body.addLayout(row(field, None, spacing=16))
        self.body.addLayout(row(self.print, label(TEST_CODE, tone="muted"), None, spacing=12))
        self.body.addWidget(self.outcome)

    def tried(self, code: str) -> bool:
        """Say what the scanner made of the test code; our own codes go where they always go."""
        if ours(code):
            return False
        trouble = layout_trouble(code)
        self.outcome.setText(trouble or _("Right: the scanner writes as this PC reads."))
        retone(self.outcome, "danger" if trouble else "ok")
        return True

    def _changed(self) -> None:
        made = replace(self._host.preferences, scan_prefix=self.prefix.text().strip())
        if made != self._host.preferences:
            self._host.prefer(made)

    def _print(self) -> None:
        # the PDF library is wanted with the first paper only
        from ticketdesk.documents.scanner import test_label  # noqa: PLC0415

        said = _("Printing the test code.")
        self._host.print_slip(
            Slip(lambda _session: test_label(), file_name(_("Test code"), TEST_CODE[-4:]), said, "label")
        )
