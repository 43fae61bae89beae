"""A station of its own process: takes devices in, works and is paid, and keeps a log of what was acknowledged.

``python worker.py URL STAFF COUNT LOG`` with the shop's secrets in ``TICKETDESK_TEST_SECRETS``. Each line of the log
is an order's number and a receipt's number, written and synced only after the action answered.
"""

import os
import sys
import uuid
from datetime import UTC, datetime

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.services import lines, orders, payments
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Action, C, Done, perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.orders import NewDevice, NewOrder
from ticketdesk.services.vault import Secrets
from ticketdesk.storage.database import Database


def work(url: str, staff_id: UUID, count: int, log: str) -> None:
    """Take in, move on and be paid, ``count`` times."""
    database = Database(url, f"W{os.getpid()}")
    database.info["secrets"] = Secrets.unpacked(bytes.fromhex(os.environ["TICKETDESK_TEST_SECRETS"]))

    def do(action: Action[C], command: C) -> Done:
        """Ask until there is an answer, under one request, as the desk does."""
        by = By(staff_id, f"W{os.getpid()}", datetime.now(UTC), new_key())
        while True:
            try:
                return perform(database, by, action, command)
            except Unavailable:
                continue

    with open(log, "a", encoding="ascii") as file:  # noqa: PTH123 - a plain file, synced line by line
        for place in range(count):
            new = NewOrder(
                device=NewDevice("phone", "Apple", "iPhone"),
                customer=NewCustomer("Ana Pop", f"07{os.getpid() % 100:02d}{place:06d}"),
                complaint="Ecran spart",
                deposit=1_000,
            )
            taken = do(orders.register, new)
            _log(file.fileno(), f"{taken.number} {taken.receipt}\n")
            do(orders.claim, orders.Claim(taken.id, start=True))
            do(lines.add, lines.AddLine(taken.id, LineFacts("Ecran", price=5_000)))
            do(orders.move, orders.Move(taken.id, "ready"))
            paid = payments.TakePayment(taken.id, (Tender("cash", 4_000),), "handed_over")
            settled = do(payments.take_payment, paid)
            _log(file.fileno(), f"{settled.number} {settled.receipt}\n")
    database.close()


def _log(handle: int, line: str) -> None:
    os.write(handle, line.encode())
    os.fsync(handle)


if __name__ == "__main__":
    work(sys.argv[1], uuid.UUID(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
