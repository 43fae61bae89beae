"""Papers about money: they say what the rows say, add up, and are never taken for a fiscal receipt."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from shop import TestShop, a_ready_order, an_order
from ticketdesk.documents import cash, render
from ticketdesk.documents.shift import shift_report
from ticketdesk.documents.slip import cash_slip, payment_slip
from ticketdesk.documents.statement import statement
from ticketdesk.domain.codes import sale_code
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import accounts, locations, payments, reckoning, sales, scans, seals, settings, shifts, slips
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.locations import NewLocation, UseLocation
from ticketdesk.services.paper import facts_for
from ticketdesk.services.payments import Refund, TakePayment
from ticketdesk.services.reading import Reader
from ticketdesk.services.reckoning import ShiftReport
from ticketdesk.services.sales import NewSale
from ticketdesk.services.shifts import CloseShift, Count, CountTill, MoveCash, OpenShift
from ticketdesk.storage.tables import Order, Payment

CLERK, NOW = Role.CLERK, datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
NON_FISCAL = "NEFISCAL – nu ține loc de bon fiscal"


@pytest.fixture
def till(sqlite_shop: TestShop) -> TestShop:
    """Give a shop whose till is open."""
    sqlite_shop.set(shifts=True)
    sqlite_shop.do(shifts.open_shift, OpenShift(Count({"5000": 4, "1000": 10})), CLERK)
    return sqlite_shop


def text_of(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    out = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(out.split())


def shift_id(shop: TestShop) -> UUID:
    with shop.database.read() as session:
        found = reckoning.latest(session)
    return found[0].id


def z_report(shop: TestShop, count: Count, reason: str = "") -> ShiftReport:
    shift = shift_id(shop)
    counted = shop.do(shifts.count_till, CountTill(shift, count), CLERK)
    assert counted.made is not None
    shop.do(shifts.close, CloseShift(shift, counted.made, reason), CLERK)
    with shop.database.read() as session:
        return reckoning.of_shift(session, shift)


def test_the_z_report_says_sums_count_difference_and_seal(till: TestShop, tmp_path: Path) -> None:
    order = a_ready_order(till, price=43_600)
    till.do(payments.take_payment, TakePayment(order.id, (Tender("card", 23_600), Tender("cash", 20_000))), CLERK)
    till.approved(shifts.move, MoveCash(-5_000, "Depunere la bancă", "FV 128"), CLERK, Role.MANAGER)
    z = z_report(till, Count({"20000": 2, "5000": 1}), "Rest greșit")
    with till.database.read() as session:
        shop = settings.shop(session)
    said = text_of(shift_report(z, shop, NOW, "ro"), tmp_path)
    for part in (
        "Raport Z", NON_FISCAL, "Numerar (1) 200,00", "Card (1) 236,00", "Total încasat 436,00",
        "21 %: 360,33 + 75,67 436,00", "Depunere la bancă, FV 128", "Așteptat 450,00", "Numărat 450,00 lei",
        "Diferență 0,00", "2 × 200,00 400,00", "Sigiliul 1 al jurnalului", "Alina Dumitrescu",
    ):  # fmt: skip
        assert part in said, (part, said)
    assert z.seal is not None
    assert z.seal.hash in said.replace(" ", "")
    assert shift_report(z, shop, NOW, "ro") == shift_report(z, shop, NOW, "ro")
    # the code on the paper says the seal
    subprocess.run(["pdftoppm", "-r", "203", "-mono", str(tmp_path / "paper.pdf"), str(tmp_path / "page")], check=True)
    [page] = tmp_path.glob("page*.pbm")
    read = ["zbarimg", "--nodbus", "-q", "--raw", str(page)]
    found = subprocess.run(read, capture_output=True, text=True, check=True).stdout.strip()
    assert found == seals.spoken(z.seal)


def test_a_drawer_counted_again_shows_both_counts_on_the_z_report(till: TestShop, tmp_path: Path) -> None:
    shift = shift_id(till)
    till.do(shifts.count_till, CountTill(shift, Count(other=31_200)), CLERK)  # from here on what is expected is known
    z = z_report(till, Count({"5000": 4, "1000": 10}))
    with till.database.read() as session:
        shop, [row] = settings.shop(session), reckoning.latest(session)
    assert (row.difference, row.counts) == (0, 2)
    said = text_of(shift_report(z, shop, NOW, "ro"), tmp_path)
    assert "altfel 312,00 Numărat 312,00 Diferență 12,00" in said
    assert said.count("Diferență") == 2


def test_the_z_report_names_what_was_counted_by_who_wanted_to_take_the_till_over(
    till: TestShop, tmp_path: Path
) -> None:
    till.do(shifts.count_over, CountTill(shift_id(till), Count(other=29_100)), Role.MANAGER)
    z = z_report(till, Count({"5000": 4, "1000": 10}))
    with till.database.read() as session:
        said = text_of(shift_report(z, settings.shop(session), NOW, "ro"), tmp_path)
    assert "Raluca Mureșan altfel 291,00 Numărat 291,00 Diferență −9,00" in said


def test_who_counts_blind_sees_no_cash_on_the_x_report(till: TestShop, tmp_path: Path) -> None:
    order = a_ready_order(till, price=43_600)
    till.do(payments.take_payment, TakePayment(order.id, (Tender("cash", 43_600),)), CLERK)
    with till.database.read() as session:
        shop, x = settings.shop(session), reckoning.of_shift(session, shift_id(till))
    seen = text_of(shift_report(x, shop, NOW, "ro"), tmp_path)
    hidden = text_of(shift_report(reckoning.blind(x), shop, NOW, "ro"), tmp_path)
    assert "Trebuie să fie 736,00 lei" in seen
    assert "Raport X" in hidden
    assert "Numerarul se vede după închiderea turei." in hidden
    assert "Total încasat" in seen
    assert "Total încasat" not in hidden
    assert "436,00" not in hidden
    assert "736,00" not in hidden


def test_a_refund_slip_names_reason_approver_and_the_receipt_it_corrects(till: TestShop, tmp_path: Path) -> None:
    order = a_ready_order(till, price=43_600)
    paid = till.do(payments.take_payment, TakePayment(order.id, (Tender("cash", 43_600, 50_000),)), CLERK)
    assert paid.made is not None
    back = till.approved(payments.refund, Refund(paid.made, 5_000, "Client nemulțumit"), CLERK, Role.MANAGER)
    assert back.made is not None
    with till.database.read() as session:
        slip, code = slips.payment_slip(session, back.made)
        first, _code = slips.payment_slip(session, paid.made)
        with pytest.raises(Refusal, match="no such payment"):
            slips.payment_slip(session, new_key())
    said = text_of(payment_slip(slip, code), tmp_path)
    for part in (
        f"Rambursare {till.shown(2)}", NON_FISCAL, "Client nemulțumit", "Raluca Mureșan",
        f"La chitanța {till.shown(1)}", "Total −50,00 lei",
        "semnătura clientului", "rest de plată 50,00",
    ):  # fmt: skip
        assert part in said, (part, said)
    assert "rest 64,00" in text_of(payment_slip(first, code), tmp_path)


def test_one_receipt_names_every_order_it_paid_and_the_rest_kept(till: TestShop, tmp_path: Path) -> None:
    first, second = a_ready_order(till, price=20_000), a_ready_order(till, price=18_000)
    command = TakePayment(first.id, (Tender("cash", 40_000, 50_000),), others=(second.id,), keep_rest=True)
    done = till.do(payments.take_payment, command, CLERK)
    assert done.made is not None
    with till.database.read() as session:
        slip, code = slips.payment_slip(session, done.made)
    said = text_of(payment_slip(slip, code), tmp_path)
    for part in (
        f"Comanda {first.number}, ", f"Comanda {second.number}, ", "Contul clientului 20,00", "Total 400,00 lei",
        "rest 100,00", "Creditul dvs. la noi 20,00 lei", NON_FISCAL,
    ):  # fmt: skip
        assert part in said, (part, said)


def test_cash_taken_out_leaves_a_paper_with_two_signatures(till: TestShop, tmp_path: Path) -> None:
    moved = till.approved(shifts.move, MoveCash(-20_000, "Depunere", "FV 1"), CLERK, Role.MANAGER)
    assert moved.made is not None
    with till.database.read() as session:
        said = text_of(cash_slip(slips.cash_slip(session, moved.made), "ro"), tmp_path)
        with pytest.raises(Refusal, match="no such cash"):
            slips.cash_slip(session, shift_id(till))
    for part in (
        f"Numerar scos {till.shown(2)}",
        "Depunere",
        "FV 1",
        "−200,00 lei",
        f"Casa 1, tura {till.shown(1)}",
        "a predat",
        "a primit",
    ):
        assert part in said, (part, said)


def test_a_statement_runs_to_the_balance_and_over_as_many_pages_as_it_needs(till: TestShop, tmp_path: Path) -> None:
    order = a_ready_order(till, price=10_000)
    for _part in range(70):
        till.do(payments.take_payment, TakePayment(order.id, (Tender("card", 100),)), CLERK)
    today = till.today()
    with till.database.read() as session:
        who = session.scalars(select(Order.customer_id)).one()
        assert who is not None
        shop = settings.shop(session)
        facts = accounts.statement(session, who, today - timedelta(days=3), today + timedelta(days=1))
        assert len(session.scalars(select(Payment)).all()) == 70
    assert facts.closing == 3_000
    said = text_of(statement(facts, shop), tmp_path)
    assert "Aveți de plată 30,00 lei" in said
    assert said.count("Chitanța") == 70
    about = subprocess.run(["pdfinfo", str(tmp_path / "paper.pdf")], capture_output=True, text=True, check=True).stdout
    assert "Pages:           2" in about


@pytest.mark.parametrize(
    ("rule", "said"), [("refund", "se restituie"), ("credit", "credit la noi"), ("fee", "constatare")]
)
def test_the_intake_receipt_says_what_becomes_of_the_deposit(
    sqlite_shop: TestShop, tmp_path: Path, rule: str, said: str
) -> None:
    sqlite_shop.set(cancelled_deposit=rule)
    order = an_order(sqlite_shop, deposit=5_000)
    for document in ("intake", "intake_a4"):
        with sqlite_shop.database.read() as session:
            facts, code = facts_for(session, order.id, document)
        text = text_of(render(document, facts, code), tmp_path)
        assert "Dacă" in text
        assert said in text


def test_papers_about_money_name_the_location_of_the_pc_that_issues_them(till: TestShop, tmp_path: Path) -> None:
    for name, address, letters, station in (("Centru", "Piața Unirii 1", "", "T1"), ("Vest", "Bd. 1 Mai 7", "V", "T2")):
        key = till.do(locations.add, NewLocation(name, address, letters)).id
        till.do(locations.use, UseLocation(key, station))
    order = a_ready_order(till, price=10_000)
    till.do(payments.take_payment, TakePayment(order.id, (Tender("cash", 10_000),)), CLERK)
    moved = till.approved(shifts.move, MoveCash(-100, "Depunere", "FV 1"), CLERK, Role.MANAGER)
    assert moved.made is not None
    today = till.today()
    centre, west = "Punct de lucru: Centru, Piața Unirii 1", "Punct de lucru: Vest, Bd. 1 Mai 7"
    for station, named in (("T1", centre), ("T2", west), ("T3", centre)):
        with Reader(till.database, Role.OWNER, station).read() as session:
            who, paid = session.execute(select(Payment.customer_id, Payment.id)).one()
            assert who is not None
            papers = (
                cash.payment_paper(session, paid),
                cash.cash_paper(session, moved.made, "ro"),
                cash.shift_paper(session, shift_id(till), "ro", sees_cash=True),
                cash.statement_paper(session, who, today, today),
                *(render(key, *facts_for(session, order.id, key)) for key in ("intake", "receipt")),
            )
        for paper in papers:
            said = text_of(paper, tmp_path)
            assert f" {named} " in said, (named, said)


@pytest.mark.parametrize("letters", ["", "CJ", "CLUJ"])
def test_the_code_of_a_sale_is_read_from_its_slip_and_finds_it(till: TestShop, tmp_path: Path, letters: str) -> None:
    if letters:
        till.do(locations.add, NewLocation("Cluj", letters=letters))
    done = till.do(sales.sell, NewSale((LineFacts("Cablu", price=5_000),), (Tender("card", 5_000),)), CLERK)
    assert done.made is not None
    with till.database.read() as session:
        slip, code = slips.payment_slip(session, done.made)
    document = till.document(1, letters)
    said = text_of(payment_slip(slip, code), tmp_path)
    assert f"Chitanță nefiscală {document.shown()} NEFISCAL" in said
    assert f"Seria și numărul {document.series} nr. 00001" in said  # a form of the law names both apart
    subprocess.run(["pdftoppm", "-r", "203", "-mono", str(tmp_path / "paper.pdf"), str(tmp_path / "page")], check=True)
    [page] = tmp_path.glob("page*.pbm")
    command = ["zbarimg", "--nodbus", "-q", "-Sdisable", "-Scode128.enable", "--raw", str(page)]
    read = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert read == sale_code(document)
    with till.database.read() as session:
        assert scans.meaning(session, read).id == done.id
