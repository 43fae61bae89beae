"""A promised time is understood as it is said at the counter."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ticketdesk import texts
from ticketdesk.desktop import dates
from ticketdesk.desktop.screens.intake import due
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.shop import Shop

SHOP = Shop()
MONDAY = datetime(2026, 11, 23, 8, 42, tzinfo=UTC)  # 10:42 in Bucharest


def said(typed: str, now: datetime = MONDAY) -> str:
    return due.parse(typed, now, SHOP).astimezone(ZoneInfo(SHOP.zone)).strftime("%d.%m.%Y %H:%M")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mâine 12", "24.11.2026 12:00"),
        ("maine", "24.11.2026 12:00"),
        ("tomorrow at 9:30", "24.11.2026 09:30"),
        ("azi 18", "23.11.2026 18:00"),
        ("azi", "23.11.2026 18:00"),
        ("poimâine la 10", "25.11.2026 10:00"),
        ("24.11 12:00", "24.11.2026 12:00"),
        ("24.11.2026, 12:00", "24.11.2026 12:00"),
        ("24/11/26 16.30", "24.11.2026 16:30"),
        ("15", "23.11.2026 15:00"),
        ("9", "24.11.2026 09:00"),
        ("joi 14", "26.11.2026 14:00"),
        ("luni", "30.11.2026 12:00"),
        ("friday", "27.11.2026 12:00"),
        ("3.1", "03.01.2027 12:00"),
        ("mar. 24.11.2026, 12:00", "24.11.2026 12:00"),
    ],
)
def test_reads_what_people_write(typed: str, meant: str) -> None:
    assert said(typed) == meant


@pytest.mark.parametrize("typed", ["", "soon", "31.02 12:00", "tomorrow 25", "12 12", "mâine poate"])
def test_says_how_to_write_what_it_cannot_read(typed: str) -> None:
    with pytest.raises(Refusal, match="tomorrow 12") as refused:
        said(typed)
    assert refused.value.field == "promised_at"


@pytest.mark.parametrize("typed", ["azi 9", "22.11.2026 12:00", "23.11.2026 10:42"])
def test_refuses_a_time_that_has_passed(typed: str) -> None:
    with pytest.raises(Refusal, match="has passed"):
        said(typed)


@pytest.mark.parametrize("language", ["ro", "en"])
def test_reads_back_what_it_shows(language: str) -> None:
    texts.speak(language)
    for choice in due.choices(MONDAY, SHOP):
        shown = dates.weekday_moment(choice.moment, SHOP.zone)
        assert due.parse(shown, MONDAY, SHOP) == choice.moment


def test_follows_the_shop_clock_across_daylight_saving() -> None:
    saturday = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)  # clocks go back in the night to Sunday
    assert due.parse("26.10 12:00", saturday, SHOP) == datetime(2026, 10, 26, 10, 0, tzinfo=UTC)
    assert due.parse("azi 18", saturday, SHOP) == datetime(2026, 10, 24, 15, 0, tzinfo=UTC)


def test_offers_today_only_while_there_is_an_hour_left() -> None:
    labels = [choice.label for choice in due.choices(MONDAY, SHOP)]
    assert labels == ["Today 18", "Tomorrow 12", "Wed 12"]
    evening = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    assert due.choices(evening, SHOP)[0].label == "Tomorrow 12"


def test_promises_nothing_for_a_sunday() -> None:
    saturday = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
    assert [choice.label for choice in due.choices(saturday, SHOP)] == ["Today 18", "Mon 12", "Tue 12"]
    assert due.suggested(saturday, SHOP) == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
