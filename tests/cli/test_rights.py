"""The command line has the rights of whoever runs it, and no others (P21)."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shop import TestShop, a_ready_order, an_order
from ticketdesk.cli import main
from ticketdesk.cli.arguments import parser
from ticketdesk.domain.rights import MATRIX, Right, Role
from ticketdesk.services import estimates, lines, locations, sales
from ticketdesk.services.estimates import MakeEstimate
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.locations import NewLocation
from ticketdesk.services.sales import NewSale
from ticketdesk.services.vault import Secrets
from ticketdesk.storage import keyring
from ticketdesk.storage.tables import Entry, Order, Payment

LOGINS = {
    Role.OWNER: "mircea", Role.MANAGER: "raluca", Role.CLERK: "alina", Role.TECHNICIAN: "vlad", Role.ACCOUNTANT: "ioana",
}  # fmt: skip
NEEDS = {
    "order register": Right.TAKE_IN, "order move": Right.MOVE_WORK, "order claim": Right.CLAIM,
    "order add-line": Right.ADD_LINE, "order pay": Right.TAKE_PAYMENT, "order note": Right.NOTE,
    "order bin": Right.EDIT_ORDER, "bin-labels": Right.PRINT,
    "print": Right.PRINT, "import openrepair": Right.IMPORT, "export orders": Right.EXPORT, "export day": Right.EXPORT,
    "report day": Right.SIGN_IN, "report numbers": Right.SEE_SHIFTS, "backup": Right.BACKUP, "seal": Right.BACKUP,
    "order refund": Right.REFUND, "order undo": Right.REFUND, "till add": Right.MANAGE_TILLS,
    "till use": Right.USE_TILL, "shift open": Right.USE_TILL, "shift close": Right.USE_TILL,
    "shift take-over": Right.USE_TILL, "shift x": Right.SEE_SHIFTS, "shift z": Right.SEE_SHIFTS,
    "shift list": Right.SEE_SHIFTS,
    "cash": Right.USE_TILL, "account show": Right.SEE_CUSTOMERS, "account pay-in": Right.TAKE_PAYMENT,
    "account pay-out": Right.REFUND, "account statement": Right.SEE_CUSTOMERS, "debts": Right.SEE_CUSTOMERS,
    "remind": Right.NOTE, "sale sell": Right.TAKE_PAYMENT, "sale back": Right.REFUND,
    "location add": Right.SETTINGS, "location edit": Right.SETTINGS, "location use": Right.SETTINGS,
    "estimate send": Right.EDIT_ORDER, "estimate approve": Right.EDIT_ORDER, "estimate refuse": Right.EDIT_ORDER,
}  # fmt: skip
"""The right each command takes. The rest, below, only asks, or works where there is no shop yet."""
FREE = {
    "init",
    "demo",
    "verify",
    "restore",
    "bench",
    "order show",
    "order list",
    "till list",
    "location list",
    "sale show",
    "estimate show",
}


@pytest.fixture
def paired(sqlite_shop: TestShop) -> TestShop:
    """Let this PC's command line into the shop."""
    secrets = sqlite_shop.database.info["secrets"]
    assert isinstance(secrets, Secrets)
    keyring.save_secret(f"shop-{sqlite_shop.id}", secrets.packed())
    return sqlite_shop


def verbs(of: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    below = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    if not below:
        yield before.strip()
    for action in below:
        for name, inside in action.choices.items():
            yield from verbs(inside, f"{before} {name}")


def test_every_command_says_what_it_takes() -> None:
    assert set(verbs(parser())) == NEEDS.keys() | FREE


def words_of(command: str, shop: TestShop, folder: Path, number: int) -> list[str]:
    form, rows = folder / "form.json", folder / "rows.csv"
    form.write_text(json.dumps({"device": {"model": "iPhone"}, "customer": {"name": "Ana", "phone": "0722 000 001"}}))
    rows.write_text("id,data_provider,product_category,brand,repair_status,event_date,problem\n")
    more = {
        "order register": ["--json", str(form)],
        "order move": [str(number), "in_progress"],
        "order claim": [str(number)],
        "order add-line": [str(number), "--name", "Ecran", "--price", "10"],
        "order pay": [str(number), "--amount", "10"],
        "order note": [str(number), "Gata"],
        "order bin": [str(number), "A3"],
        "bin-labels": ["A1..A3", "--to", str(folder / "bins.pdf")],
        "print": [str(number), "--document", "label", "--to", str(folder / "label.pdf")],
        "import openrepair": [str(rows)],
        "export orders": ["--to", str(folder / "orders.csv")],
        "export day": ["--to", str(folder / "day.csv")],
        "backup": [str(folder / "shop.backup")],
        "order refund": ["1", "--reason", "Renunță"],
        "order undo": ["1", "--reason", "Greșit"],
        "location add": ["Vest", "--letters", "V"],
        "location edit": ["Centru", "--out-of-use"],
        "location use": ["Centru"],
        "till add": ["Casa 9"],
        "till use": ["Casa"],
        "shift open": ["--amount", "100", "--till", "Casa"],
        "shift close": ["--amount", "100"],
        "shift take-over": ["--amount", "100"],
        "shift z": ["1"],
        "cash": ["in", "10", "--reason", "Mărunt"],
        "account show": ["1"],
        "account pay-in": ["1", "10"],
        "account pay-out": ["1", "10", "--reason", "Cere"],
        "account statement": ["1", "--to", str(folder / "statement.pdf")],
        "remind": [str(number)],
        "sale sell": ["--line", "Husă=80", "--method", "card"],
        "sale back": ["1", "--reason", "Defect"],
        "estimate send": [str(number)],
        "estimate approve": [str(number)],
        "estimate refuse": [str(number)],
    }
    return [*command.split(), *more.get(command, []), "--db", str(shop.database.path)]


@pytest.mark.parametrize("command", NEEDS)
def test_a_command_refuses_whoever_lacks_its_right(
    paired: TestShop, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    order = a_ready_order(paired, deposit=1_000)
    number = order.number or 0
    paired.do(estimates.make, MakeEstimate(order.id))
    paired.do(locations.add, NewLocation("Centru"))
    till = (("till", "add", "Casa"), ("till", "use", "Casa"), ("shift", "open", "--amount", "100"))
    for made_before in (
        till if command.split(maxsplit=1)[0] in {"shift", "till", "cash"} and command != "shift open" else till[:1]
    ):
        assert main([*made_before, "--db", str(paired.database.path), "--as", "mircea"]) == 0
    if command == "sale back":
        paired.do(sales.sell, NewSale((LineFacts("Husă", price=8_000),), (Tender("card", 8_000),)))
    (tmp_path / "out").mkdir()
    words = words_of(command, paired, tmp_path / "out", number)
    before, made = rows(paired), set((tmp_path / "out").iterdir())
    for role in Role:
        if NEEDS[command] in MATRIX[role]:
            continue
        assert main([*words, "--as", LOGINS[role]]) == 1
        assert "role" in capsys.readouterr().err
        assert rows(paired) == before
        assert set((tmp_path / "out").iterdir()) == made
        with paired.database.read() as session:
            last = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
        assert (last.action, last.subject_id) == ("refused", paired.people[role])


def rows(shop: TestShop) -> tuple[int, int, int]:
    with shop.database.read() as session:
        orders, payments = (session.scalar(select(func.count()).select_from(table)) or 0 for table in (Order, Payment))
        acts = select(func.count()).select_from(Entry).where(Entry.action != "refused")
        return orders, payments, session.scalar(acts) or 0


@pytest.mark.parametrize("role", list(Role))
def test_what_a_part_cost_is_shown_to_those_who_may_see_it(
    paired: TestShop, capsys: pytest.CaptureFixture[str], role: Role
) -> None:
    order = an_order(paired)
    paired.do(lines.add, AddLine(order.id, LineFacts("Ecran", price=10_000, cost=6_789)))
    shown = ["order", "show", str(order.number), "--json", "--db", str(paired.database.path), "--as", LOGINS[role]]
    assert main(shown) == 0
    assert ("6789" in capsys.readouterr().out) is (Right.SEE_COST in MATRIX[role])


@pytest.mark.parametrize("role", list(Role))
def test_a_phone_is_answered_to_those_who_may_see_customers(
    paired: TestShop, capsys: pytest.CaptureFixture[str], role: Role
) -> None:
    number = str(an_order(paired).number)
    told = ""
    for words in (["order", "show", number], ["order", "list"], ["report", "day"]):
        for as_json in ([], ["--json"]):
            assert main([*words, *as_json, "--db", str(paired.database.path), "--as", LOGINS[role]]) == 0
            told += capsys.readouterr().out
    assert "Ștefan Ungureanu" in told
    assert ("722000418" in told) is (Right.SEE_CUSTOMERS in MATRIX[role])
