"""Sums typed at the till become tenders that settle exactly what is owed, whatever is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.domain.money import to_cash
from ticketdesk.domain.orders import CASH, MONEY
from ticketdesk.services.ledger import Tender
from ticketdesk.services.paying import sums

_AMOUNTS = st.integers(0, 200_000)
_GIVEN = st.dictionaries(st.sampled_from(MONEY), _AMOUNTS, max_size=4)


@pytest.mark.parametrize(
    ("due", "given", "tenders", "change", "left"),
    [
        (43_600, {"card": 23_600, "cash": 25_000}, [("card", 23_600), ("cash", 20_000)], 5_000, 0),
        (43_600, {"cash": 43_600}, [("cash", 43_600)], 0, 0),
        (43_600, {"cash": 10_000}, [("cash", 10_000)], 0, 33_600),
        (43_600, {"card": 43_600, "cash": 5_000}, [("card", 43_600)], 5_000, 0),
        (43_600, {}, [], 0, 43_600),
    ],
)
def test_cash_takes_what_the_others_leave(
    due: int, given: dict[str, int], tenders: list[tuple[str, int]], change: int, left: int
) -> None:
    found = sums(due, given)
    assert [(tender.method, tender.amount) for tender in found.tenders] == tenders
    assert (found.change, found.left, found.too_much) == (change, left, False)


def test_cash_is_rounded_to_coins_and_says_by_how_much() -> None:
    found = sums(43_603, {"cash": 50_000}, step=5)
    assert found.tenders == (Tender("cash", 43_605, 50_000),)
    assert (found.rounding, found.change, found.left) == (2, 6_395, 0)
    down = sums(43_602, {"cash": 43_600}, step=5)
    assert (down.rounding, down.left, down.cash) == (-2, 0, 43_600)


def test_the_rest_is_kept_if_wished() -> None:
    found = sums(40_000, {"cash": 50_000}, keep_rest=True)
    assert (found.cash, found.change, found.rest) == (50_000, 0, 10_000)


@given(_AMOUNTS, _GIVEN, st.sampled_from([0, 5, 10, 50, 100]), st.booleans())
def test_what_is_typed_is_taken_given_back_or_kept_and_nothing_else(
    due: int,
    typed: dict[str, int],
    step: int,
    keep: bool,  # noqa: FBT001
) -> None:
    found = sums(due, typed, step=step, keep_rest=keep)
    assert found.paid + found.change == sum(typed.values())
    assert found.change <= typed.get(CASH, 0)
    assert found.left >= 0
    assert abs(found.rounding) * 2 <= step
    others = sum(amount for method, amount in typed.items() if method != CASH)
    if not keep and not found.too_much:
        assert found.paid - found.rounding + found.left == due or found.paid - found.rounding <= due
        assert found.cash <= max(to_cash(max(due - others, 0), step), typed.get(CASH, 0))
    if found.left == 0 and not keep and not found.too_much and found.paid:
        assert found.paid == due + found.rounding
