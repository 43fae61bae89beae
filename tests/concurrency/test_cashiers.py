"""Several people pay the same orders at once while the till is closed again and again: not a ban off (P18, P20).

``TICKETDESK_TEST_DEPTH=67`` lets eight of them pay while it is closed a thousand times.
"""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from depth import DEPTH
from shop import TestShop, a_ready_order
from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.rights import Role
from ticketdesk.services import shifts
from ticketdesk.services.shifts import Count, OpenShift
from ticketdesk.services.vault import Secrets
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import CashMove, Order, Payment, Shift

CASHIER = Path(__file__).parent / "cashier.py"
CASHIERS, PRICE = min(4 * DEPTH, 8), 9_950
PAYMENTS, CLOSES, ORDERS = 25 * DEPTH, 15 * DEPTH, 8 * DEPTH


def start(shop: TestShop, role: Role, task: str, count: int, seed: int, log: Path) -> "subprocess.Popen[bytes]":
    secrets = shop.database.info["secrets"]
    assert isinstance(secrets, Secrets)
    url = shop.database.url.render_as_string(hide_password=False)
    command = [sys.executable, str(CASHIER), url, str(shop.people[role]), task, str(count), str(seed), str(log)]
    return subprocess.Popen(command, env={**os.environ, "TICKETDESK_TEST_SECRETS": secrets.packed().hex()})


def test_cashiers_never_take_more_than_is_owed(shop: TestShop, tmp_path: Path) -> None:
    shop.set(shifts=True)
    shop.do(shifts.open_shift, OpenShift(Count(other=5_000)), Role.MANAGER)
    for _order in range(ORDERS):
        a_ready_order(shop, price=PRICE)
    stations = [
        start(shop, Role.MANAGER, "close", CLOSES, 0, tmp_path / "close.log"),
        *(start(shop, Role.CLERK, "pay", PAYMENTS, seed, tmp_path / f"{seed}.log") for seed in range(CASHIERS)),
    ]
    assert [station.wait(timeout=300 * DEPTH) for station in stations] == [0] * (CASHIERS + 1)

    said = [line.split() for seed in range(CASHIERS) for line in (tmp_path / f"{seed}.log").read_text().splitlines()]
    with shop.database.snapshot() as session:
        # what was acknowledged is there, once, and nothing besides
        sums = select(Payment.series, Payment.number, func.sum(Payment.amount))
        sums = sums.group_by(Payment.series, Payment.number)
        kept = {DocumentNumber(series, number).shown(): int(amount) for series, number, amount in session.execute(sums)}
        assert {number: int(amount) for number, amount in said} == kept
        assert len(said) == len(kept)
        # no order was paid beyond what it owes
        for total, paid, balance in session.execute(select(Order.total, Order.paid, Order.balance)):
            assert 0 <= paid <= total == PRICE
            assert balance == total - paid
        # each lei of cash is in exactly one shift, and every closed shift comes to what was counted
        cash = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.method == "cash")
        drawers = 0
        for shift in session.scalars(select(Shift)):
            moved = session.scalar(
                select(func.coalesce(func.sum(CashMove.amount), 0)).where(CashMove.shift_id == shift.id)
            )
            taken = session.scalar(cash.where(Payment.shift_id == shift.id))
            drawers += int(taken or 0)
            if shift.closed_at is not None:
                assert int(moved or 0) + int(taken or 0) == shift.counted
        assert drawers == int(session.scalar(cash) or 0)
        assert session.scalar(select(func.count()).select_from(Shift).where(Shift.closed_at.is_not(None))) == CLOSES
        assert list(verify(session)) == []
