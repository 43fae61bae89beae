"""Real repairs come in once, whole, and searchable; rows that cannot be taken say why."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop import TestShop
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Role
from ticketdesk.domain.typed import parse
from ticketdesk.exchange.openrepair import Report, import_openrepair
from ticketdesk.exchange.tables import guarded
from ticketdesk.services import lists
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.lists import Question
from ticketdesk.services.verify import verify

HEAD = (
    "id,data_provider,country,partner_product_category,product_category,product_category_id,brand,"
    "year_of_manufacture,product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem\n"
)
ROWS = (
    'x1,P,DNK,A ~ B,Mobile,1,Nokia,2015,,Fixed,,Café,2025-04-01,"<b>Skærm</b> knækket &amp; mørk"\n'
    "x2,P,DNK,A ~ B,Laptop,1,Unknown,,5,Repairable,,Café,2025-04-02,=2+2\n"
    "x3,P,DNK,A ~ B,Toy,1,,,,End of life,Too worn,,2025-04-03,\n"
    'x4,P,DNK,A ~ B,Lamp,1,Ikea,????,,Unknown,,Café,2025-04-03,"two\nlines"\n'
    "x5,P,DNK,A ~ B,Lamp,1,Ikea,,,Fixed,,Café,someday,\n"
    "x6,P,DNK,A ~ B,Lamp,1,Ikea,,,Perhaps,,Café,2025-04-03,\n"
    ",P,DNK,A ~ B,Lamp,1,Ikea,,,Fixed,,Café,2025-04-03,\n"
)
REAL = Path(__file__).parents[3] / "shared" / "data" / "openrepair"


def take(shop: TestShop, path: Path, role: Role = Role.OWNER) -> Report:
    return import_openrepair(shop.database, shop.by(role), path, lambda _done, _size: None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "repairs.csv"
    path.write_text("\ufeff" + HEAD + ROWS, encoding="utf-8")
    return path


def test_every_good_row_becomes_an_order_and_the_others_say_why(shop: TestShop, file: Path) -> None:
    report = take(shop, file)
    assert report.taken == 4
    assert [(refused.line, refused.reason) for refused in report.refused] == [
        (7, "Its date “someday” is none."),
        (8, "Its outcome “Perhaps” is unknown."),
        (9, "It has no id."),
    ]
    with shop.database.read() as session:
        rows = lists.page(session, Question((), sort="number"))
    assert [(row.device_title, row.status, row.customer_name, row.complaint) for row in rows] == [
        ("Nokia Mobile", "handed_over", "Café", "Skærm knækket & mørk"),
        ("Laptop", "awaiting_parts", "Café", "=2+2"),
        ("Toy", "not_repairable", "", ""),
        ("Ikea Lamp", "cancelled", "Café", "two lines"),
    ]


def test_importing_twice_adds_nothing_and_everything_still_adds_up(shop: TestShop, file: Path) -> None:
    take(shop, file)
    again = take(shop, file)
    assert (again.taken, again.known) == (0, 4)
    with shop.database.snapshot() as session:
        assert list(verify(session)) == []
    with shop.database.read() as session:
        assert len(lists.page(session, Question(parse("knaekket skaerm", date(2026, 11, 23)), sort="number"))) == 1


def test_only_who_may_import_imports(sqlite_shop: TestShop, file: Path) -> None:
    with pytest.raises(Forbidden):
        take(sqlite_shop, file, Role.MANAGER)


def test_another_kind_of_file_is_refused(sqlite_shop: TestShop, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Refusal, match="no Open Repair file"):
        take(sqlite_shop, path)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data is not on this machine")
def test_the_real_repairs_of_a_partner_come_in(sqlite_shop: TestShop) -> None:
    report = take(sqlite_shop, REAL / "repairconnects_202507.csv")
    assert report.taken > 2500
    assert len(report.refused) < report.taken / 100
    with sqlite_shop.database.read() as session:
        found = lists.page(session, Question(parse("stekker kapot", date(2026, 11, 23)), sort="number"))
    assert found
    assert all("stekker" in row.complaint.lower() for row in found)


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_no_exported_text_is_a_formula(typed: str) -> None:
    written = guarded(typed)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    assert written in {typed, f"'{typed}"}
