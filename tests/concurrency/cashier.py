"""A cashier, or a manager who closes the till, in a process of its own; each acknowledged receipt is logged and synced.

``python cashier.py URL STAFF TASK COUNT SEED LOG`` with the shop's secrets in ``TICKETDESK_TEST_SECRETS``. ``TASK`` is
``pay`` or ``close``; ``COUNT`` is how many payments to try, or how often to close the till and open it again.
"""

import os
import random
import sys
import uuid
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.services import payments, shifts, tills
from ticketdesk.services.doors import perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.shifts import CloseShift, Count, CountTill, OpenShift
from ticketdesk.services.vault import Secrets
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Order, Shift


class Station:
    """One PC with one person at it."""

    def __init__(self, url: str, staff_id: UUID) -> None:
        self.database = Database(url, f"C{os.getpid()}")
        self.database.info["secrets"] = Secrets.unpacked(bytes.fromhex(os.environ["TICKETDESK_TEST_SECRETS"]))
        self.staff_id = staff_id

    def by(self) -> By:
        """Sign a new request."""
        return By(self.staff_id, f"C{os.getpid()}", datetime.now(UTC), new_key())

    def pay(self, count: int, seed: int, log: Path) -> None:
        """Pay random sums on random orders, as seen a moment ago; repeat every third request as if unanswered."""
        chance = random.Random(seed)
        with self.database.read() as session:
            orders = list(session.scalars(select(Order.id)))
        with log.open("a", encoding="ascii") as file:
            for _payment in range(count):
                order = chance.choice(orders)
                with self.database.read() as session:
                    balance = session.scalars(select(Order.balance).where(Order.id == order)).one()
                amount = chance.choice((balance, 100, 1_000, balance + 1))
                if amount <= 0:
                    continue
                tender = Tender(chance.choice(("cash", "card")), amount)
                by, command = self.by(), TakePayment(order, (tender,))
                with suppress(Refusal):
                    done = perform(self.database, by, payments.take_payment, command)
                    if chance.random() < 0.3:
                        assert perform(self.database, by, payments.take_payment, command) == done
                    os.write(file.fileno(), f"{done.receipt} {tender.amount}\n".encode())
                    os.fsync(file.fileno())

    def close(self, count: int) -> None:
        """Count, close and open the till; a payment that comes between count and close makes it count again."""
        closes = 0
        while closes < count:
            with suppress(Refusal):
                with self.database.read() as session:
                    shift = session.scalar(select(Shift.id).where(Shift.closed_at.is_(None)))
                    cash = tills.cash_in(session, shift) if shift else 0
                if shift is not None:
                    counted = perform(self.database, self.by(), shifts.count_till, CountTill(shift, Count(other=cash)))
                    assert counted.made is not None
                    perform(self.database, self.by(), shifts.close, CloseShift(shift, counted.made, "grabă"))
                    closes += 1
                perform(self.database, self.by(), shifts.open_shift, OpenShift(Count()))


def main() -> None:
    """Do one task, and end."""
    url, staff, task, count, seed, log = sys.argv[1:]
    station = Station(url, uuid.UUID(staff))
    if task == "close":
        station.close(int(count))
    else:
        station.pay(int(count), int(seed), Path(log))
    station.database.close()


if __name__ == "__main__":
    main()
