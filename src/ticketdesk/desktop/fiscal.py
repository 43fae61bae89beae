"""The fiscal printer of this PC: hands over what waits, hears what came out, and says when somebody must look."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.fiscal import FiscalDialog
from ticketdesk.desktop.host import Host
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.fiscal import DIALECT, DIALECTS, read_groups, read_map
from ticketdesk.domain.keys import new_key
from ticketdesk.exchange.fiscal_folder import FiscalFolder, relay
from ticketdesk.services.fiscal import FiscalRow, State
from ticketdesk.texts import _

_EVERY_MS = 1500
_TROUBLE = (State.REFUSED, State.UNKNOWN)


class FiscalPrinter(QObject):
    """Works while somebody is signed in, and only in a shop with a fiscal printer."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(host)
        self._desk, self._host = desk, host
        self._busy = False
        self._told: frozenset[tuple[object, int, State]] = frozenset()
        self._again = QTimer(self, interval=_EVERY_MS, singleShot=True)
        self._again.timeout.connect(self._work)
        desk.changed.connect(self._work)
        desk.signed_in.connect(self._work)

    def show(self) -> None:
        """Open the list of receipts that are not settled."""
        FiscalDialog(self._desk, self._host).present()

    def _work(self, _what: object = None) -> None:
        desk, shop = self._desk, self._desk.shop
        if self._busy or desk.staff is None or not shop.fiscal or not self._host.preferences.fiscal_folder:
            return
        staff_id, place = desk.staff.id, Path(self._host.preferences.fiscal_folder)

        def sign() -> By:
            return By(staff_id, desk.name, desk.now(), new_key())

        def job() -> list[FiscalRow] | Unavailable:
            dialect = DIALECT.get(shop.fiscal_dialect, DIALECTS[0])
            types = read_map(shop.fiscal_types, "fiscal_types")
            folder = FiscalFolder(place, dialect, read_groups(shop.fiscal_groups), types)
            try:
                return relay(desk.database, sign, desk.name, folder)
            except Unavailable as trouble:
                return trouble

        self._busy = True
        desk.with_printer(self, self._done, job)

    def _done(self, outcome: list[FiscalRow] | Unavailable) -> None:
        self._busy = False
        if isinstance(outcome, Unavailable):
            self._tell(frozenset({(outcome.sentence, 0, State.TO_PRINT)}), outcome.sentence)
            self._again.start()
            return
        trouble = [row for row in outcome if row.state in _TROUBLE]
        if trouble:
            first = trouble[0]
            sentence = (
                _("The fiscal printer refused receipt {number}: {reason}.").format(
                    number=first.number, reason=first.answer.rstrip(".")
                )
                if first.state is State.REFUSED
                else _("Nobody knows whether fiscal receipt {number} came out. Look at the printer.").format(
                    number=first.number
                )
            )
            self._tell(frozenset((row.id, row.attempt, row.state) for row in trouble), sentence)
        if any(row.state is not State.REFUSED for row in outcome):
            self._again.start()

    def _tell(self, what: frozenset[tuple[object, int, State]], sentence: str) -> None:
        """Say it once; what is not settled stays in the list."""
        if what - self._told:
            self._host.toast(sentence, "warning", _("Look"), self.show)
        self._told |= what
