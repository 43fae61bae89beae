"""A counter with a fiscal printer behind its folder: money is taken and undone, files go out, answers come back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from exchange.fiscal_driver import FiscalDriver
from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.by import By
from ticketdesk.domain.fiscal import DIALECT, read_groups, read_map
from ticketdesk.domain.rights import Role
from ticketdesk.exchange.fiscal_folder import FiscalFolder, relay
from ticketdesk.services import fiscal, numbering, payments, settings
from ticketdesk.services.fiscal import FiscalRow
from ticketdesk.services.ledger import Tender
from ticketdesk.services.merging import Edit
from ticketdesk.services.payments import Reverse
from ticketdesk.storage.tables import Entry

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Counter:
    """A counter with a fiscal printer, and a clock that the test turns."""

    def __init__(self, shop: TestShop, folder: Path) -> None:
        folder.mkdir()
        self.shop, self.clock = shop, START
        self.folder = FiscalFolder(
            folder, DIALECT["datecs22"], read_groups("21=1 11=2"), read_map("cash=0 card=1", "fiscal_types")
        )
        self.driver = FiscalDriver(folder)
        shop.do(settings.edit, Edit(shop.id, {"fiscal": False}, {"fiscal": True}))

    def sign(self) -> By:
        return self.shop.by(Role.CLERK, self.clock)

    def relay(self) -> list[FiscalRow]:
        return relay(self.shop.database, self.sign, "T1", self.folder)

    def pay(self, amount: int, method: str = "cash", price: int = 0) -> str:
        order = a_ready_order(self.shop, price) if price else an_order(self.shop)
        command = payments.TakePayment(order.id, (Tender(method, amount),))
        return self.shop.do(payments.take_payment, command, Role.CLERK, self.clock).receipt or ""

    def wait(self, long: timedelta = timedelta(seconds=2)) -> None:
        self.clock += long

    def row(self, number: str) -> FiscalRow:
        with self.shop.database.read() as session:
            found = fiscal.of_receipt(session, numbering.found(session, numbering.RECEIPT, number))
        assert found is not None
        return found

    def reversal(self, number: str) -> Reverse:
        with self.shop.database.read() as session:
            return Reverse(payments.of_receipt(session, number)[0].id, "Greșeală")

    def undo(self, number: str) -> None:
        self.shop.approved(payments.reverse, self.reversal(number), Role.CLERK, Role.OWNER, self.clock)

    def told(self, number: str) -> str:
        """Give what is said of the fiscal receipt of a receipt that was undone."""
        with self.shop.database.read() as session:
            return fiscal.after_undo(session, payments.of_receipt(session, number)[0].id)

    def listed(self) -> list[FiscalRow]:
        """Give what the window of fiscal receipts shows now."""
        with self.shop.database.read() as session:
            return fiscal.listed(session, self.clock - timedelta(days=1))

    def journalled(self, number: str) -> list[str]:
        with self.shop.database.read() as session:
            mine = select(Entry.action).where(Entry.subject_id == self.row(number).id).order_by(Entry.position)
            return list(session.scalars(mine))
