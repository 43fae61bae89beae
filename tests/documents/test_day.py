"""The day's report on paper: every sum of the screen, on as many pages as it needs, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pypdfium2 import PdfDocument

from shop import SHOP
from ticketdesk.documents.day import day_report
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.money import format_amount
from ticketdesk.services.day import Day, Figures, Hour, InOut, Method, Place
from ticketdesk.services.day_work import Technician
from ticketdesk.services.lists import OrderRow

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 16, 20, tzinfo=UTC)


def a_late_order(number: int) -> OrderRow:
    return OrderRow(
        id=new_key(), number=number, version=1, kind="external", urgency="normal", billing="paid", place="in_shop",
        status="in_progress", phase="working", status_at=AT, customer_name="Ștefan Ungureanu-Țăranu din Cluj",
        customer_phone="", device_title="Samsung Galaxy S22 Ultra 512 GB negru, ediție specială", device_kind="phone",
        complaint="", assignee_id=None, assignee="", promised_at=AT - timedelta(days=3), received_at=AT, total=0,
        balance=0,
    )  # fmt: skip


def a_day(late: int = 2) -> Day:
    return Day(
        date=DAY,
        at=AT,
        figures=Figures(DAY, 486_200, 14, 11, 44_200, 224_640),
        before=Figures(DAY - timedelta(days=7), 434_100, 13, 9, None, None),
        own=False,
        blind=False,
        taken=490_200,
        refunded=4_000,
        payments=12,
        methods=(Method("card", 263_400, 6), Method("cash", 222_800, 6), Method("voucher", 0, 0)),
        hours=(Hour(9, 18_000), Hour(10, 468_200)),
        places=(
            Place("2026-00031", new_key(), "Casa", "Alina Dumitrescu", False, 222_800, 6),
            Place("2026-00032", new_key(), "Casa 2", "Raluca Mureșan", True, 200_400, 5),
            Place(None, None, "", "", False, 63_000, 1),
        ),
        series=tuple(InOut(DAY - timedelta(days=back), back, 2 * back) for back in reversed(range(13))),
        late=tuple(a_late_order(10_400 + place) for place in range(late)),
        late_count=late,
        technicians=(Technician(new_key(), "Vlad Ionescu", 4, 3, 76_000, 25_920), Technician(None, "", 1, 1, 0, 0)),
    )


def pages_of(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in PdfDocument(pdf)]


def text_of(pdf: bytes) -> str:
    return "\n".join(pages_of(pdf))


@pytest.mark.parametrize("language", ["ro", "en"])
def test_the_paper_says_what_the_screen_says(language: str) -> None:
    day = a_day()
    text = text_of(day_report(day, SHOP, language))
    for minor in (486_200, 434_100, 263_400, 222_800, 468_200, 44_200, 76_000, -4_000):
        assert format_amount(minor, language) in text
    for words in (SHOP.legal_name, "10400", "Vlad Ionescu", "18:20"):
        assert words in text


@pytest.mark.parametrize(("language", "outside"), [("ro", "În afara turelor"), ("en", "Outside any shift")])
def test_what_no_shift_holds_has_a_line_of_its_own(language: str, outside: str) -> None:
    text = text_of(day_report(a_day(), SHOP, language))
    assert outside in text
    for minor in (200_400, 63_000):
        assert format_amount(minor, language) in text


@pytest.mark.parametrize(
    ("language", "why"), [("ro", "Numerarul se vede după închiderea turei."),
                          ("en", "Cash is shown once the till is closed.")]
)  # fmt: skip
def test_a_day_to_be_counted_blind_says_so_and_nothing_of_its_cash(language: str, why: str) -> None:
    day = a_day()
    blind = replace(
        day, blind=True, figures=replace(day.figures, takings=None, average=None), taken=None, refunded=None,
        methods=(Method("card", 263_400, 6),), hours=(),
        places=(replace(day.places[0], amount=None, open=True), *day.places[2:]),
    )  # fmt: skip
    text = text_of(day_report(blind, SHOP, language))
    assert why in text
    assert format_amount(263_400, language) in text
    for minor in (486_200, 222_800, 468_200, 490_200, 44_200):
        assert format_amount(minor, language) not in text


def test_the_same_facts_give_the_same_bytes() -> None:
    day = a_day()
    assert day_report(day, SHOP, "ro") == day_report(day, SHOP, "ro")


@pytest.mark.parametrize("late", [0, 2, 15, 50])
def test_long_lists_go_on_to_further_pages_and_lose_nothing(late: int) -> None:
    day = replace(a_day(late), late_count=late + 3 if late == 50 else late)
    pdf = day_report(day, SHOP, "en")
    text, count = text_of(pdf), len(pages_of(pdf))
    assert f"Page {count} of {count}" in text
    for order in day.late:
        assert str(order.number) in text
    assert ("and 3 more" in text) == (late == 50)


def test_an_empty_day_is_a_short_report() -> None:
    nothing = Figures(DAY, 0, 0, 0, None, None)
    day = replace(
        a_day(0), figures=nothing, before=nothing, taken=0, refunded=0, payments=0, methods=(), hours=(),
        places=(), technicians=(),
    )  # fmt: skip
    pdf = day_report(day, SHOP, "en")
    assert len(pages_of(pdf)) == 1
    assert "Overdue orders" not in text_of(pdf)
