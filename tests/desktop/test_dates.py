"""Times as people say them: by the calendar of the shop, not by the clock of a computer."""

from datetime import UTC, datetime

import pytest

from ticketdesk import texts
from ticketdesk.desktop import dates

ZONE = "Europe/Bucharest"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment of November 2026 on the shop's clock (UTC+2)."""
    return datetime(2026, 11, day, hour - 2, minute, tzinfo=UTC)


@pytest.mark.parametrize(("promised", "now", "said"), [
    (at(21, 12), at(24, 8), "3 zile"),  # less than 72 hours, yet three days on the calendar
    (at(23, 18), at(24, 8), "1 zi"),
    (at(24, 8), at(24, 17), "9 h"),
    (at(24, 16, 40), at(24, 17), "20 min"),
])  # fmt: skip
def test_lateness_counts_days_of_the_calendar(promised: datetime, now: datetime, said: str) -> None:
    texts.speak("ro")
    assert dates.between(promised, now, ZONE) == said
    assert dates.until(promised, now, ZONE) == f"Întârziată {said}"


def test_the_list_and_the_card_count_the_same_days() -> None:
    texts.speak("ro")
    promised, now = at(21, 12), at(24, 8)
    assert dates.short_due(promised, now, ZONE, late=True) == "21 nov · 3 z"
    assert dates.between(promised, now, ZONE).startswith("3 ")


def test_what_is_ahead_is_as_near_as_it_is() -> None:
    texts.speak("ro")
    assert dates.until(at(24, 16), at(24, 10, 42), ZONE) == "peste 5 h 18 min"
    assert dates.until(at(26, 12), at(24, 8), ZONE) == "peste 2 zile"
