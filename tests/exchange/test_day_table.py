"""The report of a day as a file: the same numbers as on the screen, and no more than whoever takes it may see."""

import csv
from decimal import Decimal
from pathlib import Path

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.clock import day_of, now
from ticketdesk.domain.orders import HANDED_OVER
from ticketdesk.domain.rights import Role
from ticketdesk.exchange.day_table import write_day
from ticketdesk.services import colleagues, orders, settings, shifts
from ticketdesk.services import day as days
from ticketdesk.services.day import Day
from ticketdesk.services.merging import Edit
from ticketdesk.services.shifts import Count, OpenShift


def today(shop: TestShop, role: Role) -> Day:
    with shop.database.read() as session:
        kept = settings.shop(session)
        return days.day(session, day_of(now(), kept.zone), kept, days.sight(role, shop.people[role]))


def rows_of(path: Path, facts: Day) -> list[list[str]]:
    count = write_day(path, facts)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert len(rows) == count + 1
    return rows[1:]


def amounts(rows: list[list[str]], figure: str) -> Decimal:
    return sum((Decimal(row[3]) for row in rows if row[0] == figure and row[3]), Decimal(0))


def test_its_parts_make_the_takings(shop: TestShop, tmp_path: Path) -> None:
    shop.set(shifts=True)
    an_order(shop, deposit=1_001, deposit_method="card")
    shop.do(shifts.open_shift, OpenShift(Count(other=10_000)), Role.CLERK)
    an_order(shop, deposit=12_345)
    rows = rows_of(tmp_path / "day.csv", today(shop, Role.OWNER))
    for figure in ("Takings", "By method of payment", "Takings by hour", "Takings by shift"):
        assert amounts(rows, figure) == Decimal("133.46"), figure


def test_a_day_without_its_cash_tells_none_in_a_file_either(shop: TestShop, tmp_path: Path) -> None:
    shop.set(shifts=True)
    shop.do(shifts.open_shift, OpenShift(Count(other=10_000)), Role.CLERK)
    an_order(shop, deposit=12_345)
    an_order(shop, deposit=5_000, deposit_method="card")
    rows = rows_of(tmp_path / "day.csv", today(shop, Role.MANAGER))
    assert {row[3] for row in rows} == {"", "0.00", "50.00"}
    assert amounts(rows, "Takings") == amounts(rows, "Takings by shift") == 0


def test_a_name_is_no_formula(shop: TestShop, tmp_path: Path) -> None:
    shop.approved(
        colleagues.edit, Edit(shop.people[Role.TECHNICIAN], {"name": "Vlad Ionescu"}, {"name": "=cmd|'/C calc'!A0"})
    )
    order = a_ready_order(shop, price=0)
    shop.do(orders.move, orders.Move(order.id, HANDED_OVER), Role.OWNER)
    rows = rows_of(tmp_path / "day.csv", today(shop, Role.OWNER))
    assert ["Orders handed over", "'=cmd|'/C calc'!A0", "1", ""] in rows
