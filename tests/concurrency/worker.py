"""Stations in processes of their own: take devices in, work, are paid, and keep a log of what was acknowledged.

``python worker.py URL STAFF SEED SHARE`` with the shop's secrets in ``TICKETDESK_TEST_SECRETS`` makes stations by forking, so
that each starts in milliseconds; nothing of the database is open in the one that forks. It obeys lines of its input:
``start COUNT LOG`` answers the process number of a new station, ``wait PID`` and ``kill PID`` how it ended.

Each line of a log is an order's number and a receipt's number, written and synced only after the action answered. A
``SHARE`` of the transactions is given up at their very end, as if the power had gone.
"""

import os
import signal
import sys
import uuid
from datetime import UTC, datetime
from random import Random

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.services import claiming, intake, lines, orders, payments
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Action, C, Done, perform
from ticketdesk.services.intake import NewDevice, NewOrder
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.merging import Edit
from ticketdesk.services.vault import Secrets
from ticketdesk.storage.database import Collision, Database


class GiveUpError(Exception):
    """The transaction is abandoned after everything in it was done."""


class Worker:
    """One station."""

    def __init__(self, url: str, staff_id: UUID, seed: str, share: float) -> None:
        self._database, self._staff_id = Database(url, f"W{os.getpid()}"), staff_id
        self._chance, self._share = Random(seed), share
        self._database.info["secrets"] = Secrets.unpacked(bytes.fromhex(os.environ["TICKETDESK_TEST_SECRETS"]))

    def work(self, count: int, log: str) -> None:
        """Take in, move on and be paid, ``count`` times."""
        with open(log, "a", encoding="ascii") as file:  # noqa: PTH123 - a plain file, synced line by line
            for place in range(count):
                new = NewOrder(
                    device=NewDevice("phone", "Apple", "iPhone"),
                    customer=NewCustomer("Ana Pop", f"07{os.getpid() % 100:02d}{place:06d}"),
                    complaint="Ecran spart",
                    deposit=1_000,
                )
                taken = self._do(intake.register, new)
                _log(file.fileno(), f"{taken.number} {taken.receipt}\n")
                self._do(claiming.claim, claiming.Claim(taken.id, start=True))
                self._do(lines.add, lines.AddLine(taken.id, LineFacts("Ecran", price=5_000)))
                self._do(orders.edit, Edit(taken.id, {"diagnosis": ""}, {"diagnosis": "Display rupt"}))
                self._do(orders.move, orders.Move(taken.id, "ready"))
                paid = payments.TakePayment(taken.id, (Tender("cash", 4_000),), "handed_over")
                settled = self._do(payments.take_payment, paid)
                _log(file.fileno(), f"{settled.number} {settled.receipt}\n")
        self._database.close()

    def _do(self, action: Action[C], command: C) -> Done:
        """Ask until there is an answer, under one request, as the desk does."""
        by = By(self._staff_id, f"W{os.getpid()}", datetime.now(UTC), new_key())
        while True:
            try:
                if self._chance.random() < self._share:
                    self._give_up(by, action, command)
                return perform(self._database, by, action, command)
            except (Unavailable, Collision, GiveUpError):
                continue

    def _give_up(self, by: By, action: Action[C], command: C) -> None:
        with self._database.begin() as session:
            action(session, by, command)
            raise GiveUpError


def _log(handle: int, line: str) -> None:
    os.write(handle, line.encode())
    os.fsync(handle)


def main(url: str, staff_id: UUID, seed: str, share: float) -> None:
    """Obey."""
    for place, line in enumerate(sys.stdin):
        verb, *words = line.split()
        if verb == "start":
            process = os.fork()
            if not process:
                Worker(url, staff_id, f"{seed} {place}", share).work(int(words[0]), words[1])
                os._exit(0)
            answer = process
        else:
            if verb == "kill":
                os.kill(int(words[0]), signal.SIGKILL)
            answer = os.waitstatus_to_exitcode(os.waitpid(int(words[0]), 0)[1])
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], uuid.UUID(sys.argv[2]), sys.argv[3], float(sys.argv[4]))
