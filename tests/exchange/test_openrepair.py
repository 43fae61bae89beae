"""Real repairs come in once, whole, and searchable; rows that cannot be taken say why."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop import TestShop
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Role
from ticketdesk.domain.search import fold
from ticketdesk.domain.typed import parse
from ticketdesk.domain.words import spellings
from ticketdesk.exchange.openrepair import Report, import_openrepair
from ticketdesk.exchange.tables import guarded
from ticketdesk.services import journal, lists, transfers
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.lists import Question
from ticketdesk.services.transfers import Imported
from ticketdesk.services.verify import verify

HEAD = (
    "id,data_provider,country,partner_product_category,product_category,product_category_id,brand,"
    "year_of_manufacture,product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem\n"
)
ROWS = (
    'x1,P,DNK,A ~ Mobile,Mobile,1,Nokia,2015,,Fixed,,Café,2025-04-01,"<b>Skærm</b> knækket &amp; mørk"\n'
    "x2,P,DNK,Laptop medium,Laptop,1,Unknown,,5,Repairable,,Café,2025-04-02,=2+2\n"
    "x3,P,DNK,Legetøj ~ Toy,Toy,1,,,,End of life,Too worn,,2025-04-03,\n"
    'x4,P,DNK,Lamper ~ LAMP,Lamp,1,Ikea,????,,Unknown,,Café,2025-04-03,"two\nlines"\n'
    "x5,P,DNK,Lamper ~ LAMP,Lamp,1,Ikea,,,Fixed,,Café,someday,\n"
    "x6,P,DNK,Lamper ~ LAMP,Lamp,1,Ikea,,,Perhaps,,Café,2025-04-03,\n"
    ",P,DNK,Lamper ~ LAMP,Lamp,1,Ikea,,,Fixed,,Café,2025-04-03,\n"
)
REAL = Path(__file__).parents[3] / "shared" / "data" / "openrepair"


def take(shop: TestShop, path: Path) -> Report:
    return import_openrepair(shop.database, shop.by(), path, lambda _done, _size: None)


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


def test_the_owner_agrees_to_an_import_with_their_pin(shop: TestShop) -> None:
    asked = Imported("openrepair", "repairs.csv")
    with pytest.raises(Forbidden):
        shop.do(transfers.imported, asked, Role.CLERK)
    with pytest.raises(NeedsApproval, match=r"An owner has to approve: Take every row of the file repairs\.csv in"):
        shop.do(transfers.imported, asked, Role.MANAGER)
    shop.approved(transfers.imported, asked, Role.MANAGER, Role.OWNER)
    shop.approved(transfers.imported, asked)  # with the own PIN once more
    with shop.database.read() as session:
        written = [entry for entry in journal.history(session, shop.id) if entry.action == "imported"]
    assert ['"approved_by":"Mircea Băcilă"' in entry.content for entry in written] == [True, True]


def test_another_kind_of_file_is_refused(sqlite_shop: TestShop, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Refusal, match="no Open Repair file"):
        take(sqlite_shop, path)


WORLD = (
    'w1,P,DNK,Husholdning ~ Støvsuger,Vacuum,1,Nilfisk,,,Fixed,,Café,2025-04-01,""\n'
    'w2,P,CHE,Dishwasher,Dishwasher,1,Miele,,,Fixed,,Café,2025-04-01,"Die Spülmaschinenpumpe läuft nicht, Schlüssel weiß"\n'
    "w3,P,BEL,Printer,Printer,1,HP,,,Fixed,,Café,2025-04-01,\"N'imprime plus, câble brûlé; l'œillet est cassé à l'arrière\"\n"
    'w4,P,DNK,Køkken ~ Røremaskine på fod,Food processor,1,Kenwood,,,Fixed,,Café,2025-04-01,"Går i stå, ødelagt gear"\n'
    'w5,P,DNK,AV-udstyr ~ CD afspiller,Hi-Fi separates,1,B&O,,,Fixed,,Bib,2025-04-01,""\n'
    'w6,P,CHE,Vacuum,Vacuum,1,Dyson,,,Fixed,,Bib,2025-04-01,"Batteriezellen leer, le grille-pain ne s’allume pas"\n'
)


FOUND: tuple[tuple[str, list[int]], ...] = (
    ("støvsuger", [1]), ("STOVSUGER", [1]), ("stoevsuger", [1]), ("vacuum nilfisk", [1]),
    ("pumpe", [2]), ("spülmaschine", [2]), ("spuelmaschinenpumpe", [2]), ("maschinenpumpe", [2]), ("weiss", [2]),
    ("schlussel", [2]), ("schluessel weiß", [2]),
    ("cable brule", [3]), ("brûlé", [3]), ("oeillet", [3]), ("œillet casse", [3]), ("a l'arriere", [3]),
    ("røremaskine", [4]), ("roeremaskine fod", [4]), ("gaar i staa", [4]), ("går i stå", [4]), ("odelagt", [4]),
    ("kenwood gear", [4]), ("café", [1, 2, 3, 4]), ("pumpe gear", []),
    ("cd afspiller", [5]), ("cd-afspiller", [5]), ("CD-Afspiller b&o", [5]), ("batterie-zellen", [6]), ("wi-fi", []),
    ("hi-fi", [5]), ("hifi", []), ("grille-pain", [6]), ("grille pain", [6]), ("s'allume", [6]), ("s’allume", [6]),
    ("n’imprime", [3]), ("n'imprime", [3]),
)  # fmt: skip


def test_repairs_are_found_in_their_own_languages(shop: TestShop, tmp_path: Path) -> None:
    path = tmp_path / "world.csv"
    path.write_text(HEAD + WORLD, encoding="utf-8")
    take(shop, path)
    with shop.database.read() as session:
        for typed, ids in FOUND:
            found = lists.page(session, Question(parse(typed, date(2026, 11, 23)), sort="number"))
            assert [row.number for row in found] == ids, typed


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data is not on this machine")
def test_the_real_repairs_of_a_partner_come_in(sqlite_shop: TestShop) -> None:
    report = take(sqlite_shop, REAL / "repairconnects_202507.csv")
    assert report.taken > 2500
    assert len(report.refused) < report.taken / 100
    with sqlite_shop.database.read() as session:
        found = lists.page(session, Question(parse("stekker kapot", date(2026, 11, 23)), sort="number"))
    assert found
    assert all("stekker" in row.complaint.lower() for row in found)


@pytest.mark.skipif(not REAL.is_dir(), reason="the real data is not on this machine")
@pytest.mark.parametrize(
    ("file", "typed", "holds"),
    [
        ("denmark_202507.csv", "stoevsuger", "støvsuger"),
        ("denmark_202507.csv", "KØKKENMASKINE kenwood", "køkkenmaskine"),
        ("denmark_202507.csv", "boremaskine", "boremaskine"),
        ("repairconnects_202507.csv", "verstaerker", "verstärker"),
        ("repairconnects_202507.csv", "wackelkontakt", "wackelkontakt"),
        ("repairconnects_202507.csv", "riemen gerissen", "keilriemen"),
        ("repairconnects_202507.csv", "geraet strom", "gerät"),
        ("repairconnects_202507.csv", "breuk", "kabelbreuk"),
        ("repairconnects_202507.csv", "ECRAN", "écran"),
        ("restart_202204.csv", "cafetiere", "cafetière"),
        ("restart_202204.csv", "câble", "câble"),
        ("restart_202204.csv", "cable", "câble"),
        ("restart_202204.csv", "oeuvre", "œuvre"),
        ("denmark_202507.csv", "haandmixer", "håndmixer"),
        ("denmark_202507.csv", "HØJTTALER", "højttaler"),
        ("denmark_202507.csv", "hoejttaler", "højttaler"),
    ],
)
def test_the_real_repairs_are_found_in_their_own_languages(
    sqlite_shop: TestShop, tmp_path: Path, file: str, typed: str, holds: str
) -> None:
    """Of each file the rows that hold the word, and as many others, are taken in and searched."""
    header, *lines = (REAL / file).read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
    wanted = [line for line in lines if holds in line.lower() and line.count('"') % 2 == 0]
    path = tmp_path / file
    path.write_text("".join([header, *wanted[:40], *lines[:40]]), encoding="utf-8")
    take(sqlite_shop, path)
    with sqlite_shop.database.read() as session:
        found = lists.page(session, Question(parse(typed, date(2026, 11, 23)), sort="number"))
    assert found
    for row in found:
        said = f"{row.device_title} {row.complaint}".lower()
        assert all(any(part in fold(said) for way in spellings(word) for part in way) for word in fold(typed).split())
    assert any(holds in f"{row.device_title} {row.complaint}".lower() for row in found)


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_no_exported_text_is_a_formula(typed: str) -> None:
    written = guarded(typed)
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))
    assert written in {typed, f"'{typed}"}
