"""How much cash the law lets a shop take from one person in a day. Dated, each with its source; in minor units."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CashLimit:
    """A rule of one country from a day on: the most in cash a day from a person, and from a company."""

    region: str
    currency: str
    since: date
    person: int
    company: int
    source: str


LIMITS: tuple[CashLimit, ...] = (
    # Splitting is forbidden: all of a day counts together. OUG 115/2023 kept these sums.
    CashLimit("RO", "RON", date(2015, 5, 8), 10_000_00, 5_000_00, "Legea 70/2015, art. 3–4; OUG 115/2023"),
)


def cash_limit(region: str, currency: str, day: date) -> CashLimit | None:
    """Give the rule of a country that is in force on a day; none where none is known, or none in the shop's currency."""
    rules = [rule for rule in LIMITS if (rule.region, rule.currency) == (region, currency) and rule.since <= day]
    return max(rules, key=lambda rule: rule.since, default=None)
