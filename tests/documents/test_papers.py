"""Papers say what the law and the customer need, in both languages, readable by any scanner."""

import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ticketdesk.documents import DOCUMENTS, render
from ticketdesk.documents.bin_label import bin_labels
from ticketdesk.documents.preview import pages, pages_at
from ticketdesk.domain.bins import LONGEST
from ticketdesk.domain.codes import bin_code, order_code
from ticketdesk.domain.money import Charge, format_amount, per_rate
from ticketdesk.domain.papers import (
    EstimateFacts,
    EstimateLineFacts,
    IntakeFacts,
    LabelFacts,
    LineFacts,
    OrderFacts,
    PaidFacts,
    ReceiptFacts,
    Reprint,
    ShopFacts,
    VatFacts,
    WarrantyFacts,
)

ZONE = ZoneInfo("Europe/Bucharest")
AT = datetime(2026, 11, 23, 10, 42, tzinfo=ZONE)
SHOP = ShopFacts(
    "Atelier Busola", "Atelier Busola SRL", "Str. Horea 21, Cluj-Napoca", "RO14399840", "J12/1/2019", "+40364000210",
    "service@busola.example", "L–V 9–18", "RON", vat_payer=True,
)  # fmt: skip
ORDER = OrderFacts(
    10495, order_code(10495), AT, AT.replace(day=24, hour=12), "Alina Dumitrescu", "Ilinca Bârsănescu", "+40733000295",
    "Samsung Galaxy A54 5G", "350000000719464", "grafit", "Ecran spart în colțul din dreapta sus, tactilul nu răspunde.",
    ("ecran", "tactil"), ("încărcare",), ("camere",), ("husă", "cutie"), urgent=True, warranty=False, internal=False,
    on_site="", code_given=True,
)  # fmt: skip
LINES = (
    LineFacts("Înlocuire ecran", "work", "MAN-014", "", 1000, 18_000, 6, date(2027, 5, 23)),
    LineFacts("Ecran OLED compatibil", "part", "ECR-A54", "26K000418", 1500, 35_000, 12, date(2027, 11, 23)),
)


def intake(order: OrderFacts, shop: ShopFacts = SHOP, estimate: int | None = 52_000) -> IntakeFacts:
    return IntakeFacts(shop, order, estimate, 10_400, 2000, 20_000, "card", 2)


def receipt(order: OrderFacts, shop: ShopFacts = SHOP, lines: tuple[LineFacts, ...] = LINES) -> ReceiptFacts:
    paid = (
        PaidFacts("2026-00001", "deposit", "card", 20_000, 20_000),
        PaidFacts("2026-00002", "payment", "cash", 43_600, 50_000),
    )
    return ReceiptFacts(
        shop, order, AT, "Alina Dumitrescu", lines, 10_600, 2000, 63_600, (VatFacts(2100, 11_038),), paid, 0
    )


def warranty(order: OrderFacts, shop: ShopFacts = SHOP, lines: tuple[LineFacts, ...] = LINES) -> WarrantyFacts:
    return WarrantyFacts(
        shop, order, AT, "Alina Dumitrescu", AT, lines, 10_600, 2000, 63_600, (VatFacts(2100, 11_038),)
    )


def estimate(order: OrderFacts, shop: ShopFacts = SHOP, count: int = 3) -> EstimateFacts:
    lines = tuple(EstimateLineFacts(f"Lucrare {n}", 1500, "oră", 10_000, 15_000, n == 2) for n in range(count))
    rates = per_rate([Charge(15_000 * count, 2100)])
    return EstimateFacts(
        shop, order, 2, AT, "Alina Dumitrescu", date(2026, 12, 23), "Placa de bază oxidată", lines, 0, 0, 0,
        15_000 * count, rates, 5_000, "Piesa sosește în două zile.", "",
    )  # fmt: skip


def label(order: OrderFacts) -> LabelFacts:
    return LabelFacts(
        "Atelier Busola", order.number, order.code, order.device, "IB", order.complaint, order.promised, order.urgent,
        order.warranty, order.accessories, order.code_given,
    )  # fmt: skip


def facts_of(key: str, order: OrderFacts, shop: ShopFacts = SHOP) -> Any:
    if key == "label":
        return label(order)
    made: dict[str, Callable[[OrderFacts, ShopFacts], Any]] = {
        "intake": intake, "intake_a4": intake, "estimate": estimate, "receipt": receipt, "warranty": warranty,
    }  # fmt: skip
    return made[key](order, shop)


LONG = replace(
    ORDER, customer="Ștefania-Alexandrina Țurcănescu-Bârlădeanu din Sântimbru " * 2, complaint="Nu pornește. " * 60,
    device="Mașină de spălat rufe cu uscător incorporat Bosch Serie 8 HomeProfessional " * 2, accessories=("husă",) * 30,
    customer_tax_id="RO14399840", on_site="Str. Lungă 1", warranty=True, earlier=9871,
)  # fmt: skip
BARE = replace(
    ORDER, customer="", phone="", serial="", colour="", complaint="", defects=(), untested=(), good=(), accessories=(),
    urgent=False, internal=True, code_given=False,
)  # fmt: skip
MOLDOVA = replace(SHOP, currency="MDL", phone="+37322000000", vat_payer=False)
KEYS = [document.key for document in DOCUMENTS]


def text_of(pdf: bytes, tmp_path: Path, order: str = "-layout") -> str:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", order, str(path), "-"], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("language", ["ro", "en"])
@pytest.mark.parametrize("order", [ORDER, LONG, BARE], ids=["usual", "long", "bare"])
@pytest.mark.parametrize("key", KEYS)
def test_every_code_on_every_paper_is_read_by_a_scanner(
    key: str, order: OrderFacts, language: str, tmp_path: Path
) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(render(key, facts_of(key, order), language))
    subprocess.run(["pdftoppm", "-r", "203", "-mono", str(path), str(tmp_path / "page")], check=True)
    for page in sorted(tmp_path.glob("page*.pbm")):
        command = ["zbarimg", "--nodbus", "-q", "-Sdisable", "-Scode128.enable", "-Sqrcode.enable", str(page)]
        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
        wanted = {f"CODE-128:{order.code}"} | (set() if key in {"label", "receipt"} else {f"QR-Code:{order.code}"})
        assert set(found) == wanted


@pytest.mark.parametrize("name", ["A3", "M", "R2-14", "W" * LONGEST, "1.-/Z"])
def test_the_label_of_a_bin_is_read_by_a_scanner_and_by_eye(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bin.pdf"
    path.write_bytes(bin_labels([name]))
    subprocess.run(["pdftoppm", "-r", "203", "-mono", str(path), str(tmp_path / "page")], check=True)
    command = ["zbarimg", "--nodbus", "-q", "-Sdisable", "-Scode128.enable", "-Sqrcode.enable"]
    read = subprocess.run([*command, str(tmp_path / "page-1.pbm")], capture_output=True, text=True, check=False).stdout
    assert set(read.split()) == {f"CODE-128:{bin_code(name)}", f"QR-Code:{bin_code(name)}"}
    assert name in text_of(path.read_bytes(), tmp_path)


@pytest.mark.parametrize("name", ["A3", "W" * LONGEST])
@pytest.mark.parametrize("order", [ORDER, LONG], ids=["usual", "long"])
def test_the_label_of_a_device_says_its_bin_and_is_still_read(order: OrderFacts, name: str, tmp_path: Path) -> None:
    pdf = render("label", replace(label(order), bin=name), "ro")
    assert name in text_of(pdf, tmp_path)
    subprocess.run(["pdftoppm", "-r", "203", "-mono", str(tmp_path / "paper.pdf"), str(tmp_path / "page")], check=True)
    command = ["zbarimg", "--nodbus", "-q", "-Sdisable", "-Scode128.enable", str(tmp_path / "page-1.pbm")]
    read = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    assert read.split() == [f"CODE-128:{order.code}"]


@pytest.mark.parametrize("key", KEYS)
def test_fonts_are_embedded_and_romanian_letters_are_text(key: str, tmp_path: Path) -> None:
    order = replace(ORDER, device="Țest ăâîșț ĂÂÎȘȚ")
    text = text_of(render(key, facts_of(key, order), "ro"), tmp_path)
    assert "Țest ăâîșț ĂÂÎȘȚ" in text
    fonts = subprocess.run(["pdffonts", str(tmp_path / "paper.pdf")], capture_output=True, text=True, check=True)
    rows = [line.split() for line in fonts.stdout.splitlines()[2:]]
    assert rows
    assert all(row[0].endswith(tuple("rmdiblo")) and "TrueType" in row and row[-5] == "yes" for row in rows)


@pytest.mark.parametrize("key", KEYS)
def test_the_same_facts_give_the_same_bytes(key: str) -> None:
    assert render(key, facts_of(key, ORDER), "ro") == render(key, facts_of(key, ORDER), "ro")


def test_the_intake_receipt_says_what_was_left_and_for_how_much(tmp_path: Path) -> None:
    text = re.sub(r"\s+", " ", text_of(render("intake", intake(ORDER), "en"), tmp_path))
    for part in (
        "ATELIER BUSOLA", "RO14399840", "10495", ORDER.code, "Alina Dumitrescu", "Ilinca Bârsănescu", "0733 000 295",
        "IMEI 35 000000 071946 4", "defect: ecran, tactil; not tested: încărcare; the rest good", "husă, cutie",
        "520.00", "104.00", "624.00", "−200.00", "424.00", "URGENT", "customer's copy", "shop's copy", "Non-fiscal",
    ):  # fmt: skip
        assert part in text.replace("\u00a0", " "), part


def test_the_intake_receipt_says_what_the_law_wants_the_customer_to_know(tmp_path: Path) -> None:
    told = replace(ORDER, warranty=True, earlier=9871, customer_email="ilinca@example.org", customer_tax_id="RO1")
    for key in ("intake", "intake_a4"):
        text = " ".join(text_of(render(key, intake(told), "en"), tmp_path).split())
        for part in (
            "Atelier Busola SRL", "RO14399840", "J12/1/2019", "Str. Horea 21", "0364 000 210", "service@busola.example",
            "23/11/2026, 10:42", "ilinca@example.org", "RO1", "beyond the estimate without your consent",
            "told us of the fault on 23/11/2026", "within 15 calendar days", "Make a copy of your data",
            "Old parts are returned", "storage is free for 30 days", "the device stays yours", "kept in the program only",
            "To see, correct or delete it", "ANPC, 0219551", "Non-fiscal document", "our order 9871",
            "or whom you authorise", "I have made a copy of my data", "risks of opening this device", "I agree to receive offers",
        ):  # fmt: skip
            assert part in text, (key, part)


@pytest.mark.parametrize("key", ["intake", "intake_a4"])
def test_offers_are_asked_for_once_and_never_of_the_shop_itself(key: str, tmp_path: Path) -> None:
    agreed = text_of(render(key, intake(replace(ORDER, consent=True)), "en"), tmp_path)
    assert "risks of opening" in agreed
    assert "offers" not in agreed
    own = text_of(render(key, intake(replace(ORDER, internal=True)), "en"), tmp_path)
    assert "risks of opening" not in own
    assert "offers" not in own


def test_an_ordinary_intake_fits_one_page_of_a4(tmp_path: Path) -> None:
    text = text_of(render("intake_a4", intake(ORDER), "ro"), tmp_path)
    assert "Pagina 1 din 1" in text
    assert "din 2" not in text


def test_papers_name_the_fiscal_receipt_once_it_is_known(tmp_path: Path) -> None:
    paid = replace(receipt(ORDER).payments[1], fiscal="0004711")
    said = {
        "receipt": replace(receipt(ORDER), payments=(receipt(ORDER).payments[0], paid)),
        "intake": replace(intake(ORDER), deposit_fiscal=("0004711",)),
        "intake_a4": replace(intake(ORDER), deposit_fiscal=("0004711",)),
        "warranty": replace(warranty(ORDER), fiscal=("0004711",)),
    }
    for key, facts in said.items():
        assert "fiscal receipt 0004711" in " ".join(text_of(render(key, facts, "en"), tmp_path).split()), key
        assert "fiscal receipt 0" not in text_of(render(key, facts_of(key, ORDER), "en"), tmp_path), key


FAR = "Zorilor – service și depozit, Str. Observatorului nr. 109, bl. C2, sc. A, ap. 14, Cluj-Napoca, jud. Cluj"


@pytest.mark.parametrize("key", [key for key in KEYS if key != "label"])
def test_papers_name_the_location_that_issues_them_below_the_shops_own_address(key: str, tmp_path: Path) -> None:
    there = replace(SHOP, location=FAR)
    for language, named in (("ro", "Punct de lucru: "), ("en", "Location: ")):
        text = " ".join(text_of(render(key, facts_of(key, ORDER, there), language), tmp_path, "-raw").split())
        assert f"{named}{FAR}" in text
        assert text.index("Str. Horea 21") < text.index(named)
        assert named not in text_of(render(key, facts_of(key, ORDER), language), tmp_path)
        widths = subprocess.run(
            ["pdftotext", "-bbox", str(tmp_path / "paper.pdf"), "-"], capture_output=True, text=True, check=True
        )
        page = float(re.findall(r'page width="([\d.]+)"', widths.stdout)[0])
        assert max(float(x) for x in re.findall(r'xMax="([\d.]+)"', widths.stdout)) < page
    if key == "intake_a4":
        assert "Page 1 of 1" in text_of(render(key, facts_of(key, ORDER, there), "en"), tmp_path)


def test_names_within_a_sentence_keep_their_capitals(tmp_path: Path) -> None:
    order = replace(ORDER, defects=("Amprentă, Face ID",), untested=(), accessories=("Husă", "SIM"))
    text = " ".join(text_of(render("intake", intake(order), "ro"), tmp_path).split())
    assert "amprentă, Face ID" in text
    assert "husă, SIM" in text


def test_complaints_in_moldova_go_to_its_own_authority(tmp_path: Path) -> None:
    text = text_of(render("intake", intake(ORDER, replace(MOLDOVA, region="MD")), "en"), tmp_path)
    assert "State Inspectorate" in text
    assert "ANPC" not in text


def test_the_warranty_says_what_the_law_asks_of_a_guarantee(tmp_path: Path) -> None:
    text = " ".join(text_of(render("warranty", warranty(ORDER), "en"), tmp_path, "-raw").split())
    for part in (
        "By law the consumer is entitled to remedies free of charge from the seller",
        "Guarantor: Atelier Busola SRL, Str. Horea 21, Cluj-Napoca", "runs from hand-over, in Romania",
        "the work and parts above and only for them", "tell us by phone or e-mail", "0364 000 210",
        "35 000000 071946 4", "SN 26K000418", "6 months", "23.05.2027", "12 months", "23.11.2027", "636.00",
        "The time the device spends with us is added", "Page 1 of 1",
    ):  # fmt: skip
        assert part in text, part


@pytest.mark.parametrize("key", ["intake", "intake_a4", "receipt", "warranty"])
def test_a_duplicate_says_so_who_made_it_and_when(key: str, tmp_path: Path) -> None:
    original = facts_of(key, ORDER)
    assert "DUPLICATE" not in text_of(render(key, original, "en"), tmp_path)
    duplicate = replace(original, reprint=Reprint(2, AT.replace(hour=16), "Vlad Ionescu"))
    text = " ".join(text_of(render(key, duplicate, "en"), tmp_path).split())
    assert "DUPLICATE no. 2, 23/11/2026, 16:42, Vlad Ionescu" in text


def test_the_label_tells_who_pays_not_that_somebody_has_paid(tmp_path: Path) -> None:
    assert "Contra cost" in text_of(render("label", label(ORDER), "ro"), tmp_path)
    assert "garanție" in text_of(render("label", label(replace(ORDER, warranty=True)), "ro"), tmp_path)


def test_the_label_names_nobody(tmp_path: Path) -> None:
    text = text_of(render("label", label(ORDER), "ro"), tmp_path)
    assert "10495" in text
    for secret in ("Ilinca", "Bârsănescu", "0733", "295", "1234"):
        assert secret not in text.replace("10495", "")


def test_the_payment_receipt_is_plainly_no_fiscal_receipt(tmp_path: Path) -> None:
    text = text_of(render("receipt", receipt(ORDER), "en"), tmp_path)
    assert "NON-FISCAL" in text
    assert "change 64.00" in text


def test_the_certificate_keeps_the_legal_rights_and_every_line(tmp_path: Path) -> None:
    many = tuple(replace(LINES[0], name=f"Lucrare {n}") for n in range(60))
    text = text_of(render("warranty", warranty(ORDER, lines=many), "en"), tmp_path)
    assert "By law the consumer is entitled" in text
    assert [n for n in range(60) if f"Lucrare {n}" not in text] == []
    assert "Page 1 of 5" in text


def test_a_moldovan_shop_without_vat_prints_lei_and_no_vat(tmp_path: Path) -> None:
    text = text_of(render("intake", intake(ORDER, MOLDOVA), "en"), tmp_path)
    assert "Estimated total " in text
    assert "VAT" not in text


def test_a_preview_has_the_papers_pixels() -> None:
    page, _second = pages(render("intake", intake(ORDER), "ro"), 320)
    assert page.width == 320
    assert len(page.pixels) == page.width * page.height * 3
    assert min(page.pixels) < 60


def test_a_printer_gets_a_paper_in_its_true_size() -> None:
    (page,) = pages_at(render("label", label(ORDER), "ro"), 300)
    assert page.inches == pytest.approx((62 / 25.4, 29 / 25.4), abs=0.005)
    assert (page.width, page.height) == pytest.approx((732, 343), abs=1)


def test_a_receipt_is_ready_at_once() -> None:
    render("intake", intake(ORDER), "ro")
    times = []
    for _again in range(9):
        before = time.perf_counter()
        render("intake", replace(intake(ORDER), copies=1), "ro")
        times.append(time.perf_counter() - before)
    assert sorted(times)[4] < 0.1


def test_an_estimate_says_what_it_costs_until_when_and_what_refusing_it_costs(tmp_path: Path) -> None:
    text = " ".join(text_of(render("estimate", estimate(ORDER), "en"), tmp_path, "-raw").split())
    for said in ("Estimate", "version 2", "valid until 23.12.2026", "Lucrare 2 (refused)", "450.00 lei", "net 371.90",
                 "the diagnosis costs 50.00", "without asking you again", "I refuse"):  # fmt: skip
        assert said in text


def test_a_long_estimate_goes_on_to_further_pages_and_loses_no_line(tmp_path: Path) -> None:
    text = text_of(render("estimate", estimate(ORDER, count=60), "en"), tmp_path)
    assert all(f"Lucrare {n}" in text for n in range(60))
    assert format_amount(15_000 * 60, "en") in text
    assert re.search(r"Page [34] of [34]", text)
