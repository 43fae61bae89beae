"""The unlock code of a device: hidden, and shown for a while to whoever says why."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import IconButton, label, row
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import unlocking
from ticketdesk.services.doors import Done
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _

_SHOWN_MS = 20_000
_MASK = "●●●●●●"


class UnlockCode(QObject):
    """Shows the unlock code of one order in the row it made last."""

    def __init__(self, desk: Desk, host: Host, order_id: UUID, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._host, self._id = desk, host, order_id
        self._page: OrderPage | None = None
        self._code: QLabel | None = None

    @property
    def text(self) -> str:
        """What stands in place of the code; nothing where the order has none."""
        return self._code.text() if self._code is not None else ""

    def make_row(self, page: OrderPage) -> QWidget | None:
        """Make the row of the code, hidden; nothing for an order without one."""
        self._page, self._code = page, None
        if not page.has_unlock_code:
            return None
        names = {"pin": _("PIN"), "password": _("Password"), "pattern": _("Pattern")}
        holder = QWidget()
        self._code = label(_MASK, "body", 600)
        eye = IconButton("eye", _("Show the unlock code"))
        eye.clicked.connect(self.ask)
        eye.setEnabled(self.possible())
        kind = label(_("Code, {kind}:").format(kind=names.get(page.unlock_kind, "")), tone="second")
        holder.setLayout(row(kind, self._code, eye, None, spacing=4))
        return holder

    def possible(self) -> bool:
        """Say whether there is a code that whoever is signed in may see."""
        return self._desk.may(Right.REVEAL_CODE) and self._page is not None and self._page.has_unlock_code

    def ask(self) -> None:
        """Ask why the code is needed, and show it for a while."""
        if self._page is not None:
            title = _("Show the unlock code: {number}").format(number=self._page.row.number)
            said = _("The reason and your name are written into the history of the order.")
            verb, keep = _("Show the code"), _("Leave it")
            ReasonDialog(self._host, title, said, verb, self.reveal, keep, "primary").present()

    def reveal(self, reason: str) -> None:
        """Show the code for a while; that it was looked at, and why, is written down first."""

        def accepted(_done: Done) -> None:
            if self._desk.staff is not None:
                self._desk.read(self, shown, unlocking.shown, self._id, self._desk.staff.id, self._desk.now())

        def shown(code: str) -> None:
            if (visible := self._code) is None:
                return  # the code was wiped meanwhile
            visible.setText(code)
            QTimer.singleShot(_SHOWN_MS, visible, lambda: visible.setText(_MASK))

        self._desk.write(self, accepted, unlocking.reveal, unlocking.Reveal(self._id, reason))
