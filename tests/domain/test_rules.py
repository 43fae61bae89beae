"""Rules of orders, codes, phones, serial numbers, PINs, secrets."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.domain import orders
from ticketdesk.domain.clock import bounds, day_of
from ticketdesk.domain.codes import HIGHEST, order_code, order_number
from ticketdesk.domain.devices import KINDS, normal_serial, shown_serial
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import key_at, new_key
from ticketdesk.domain.orders import Facts, obstacles
from ticketdesk.domain.people import initials, normal_phone, shown_phone
from ticketdesk.domain.pins import check_pin, hash_pin, pause_after, pin_matches
from ticketdesk.domain.rights import MATRIX, Right, Role
from ticketdesk.domain.sealing import new_secret, seal, unseal
from ticketdesk.domain.search import fold, tidy


@given(st.integers(0, HIGHEST))
def test_a_printed_code_leads_back_to_its_order(number: int) -> None:
    assert order_number(order_code(number)) == number


@given(st.integers(0, HIGHEST), st.integers(2, 9), st.integers(1, 9))
def test_a_code_with_one_wrong_digit_is_refused(number: int, place: int, shift: int) -> None:
    code = order_code(number)
    wrong = str((int(code[place]) + shift) % 10)
    assert order_number(code[:place] + wrong + code[place + 1 :]) is None


@pytest.mark.parametrize("typed", ["0722 000 418", "0722000418", "+40722000418", "0040 722 000 418", "0722-000-418"])
def test_a_phone_is_the_same_in_every_notation(typed: str) -> None:
    assert normal_phone(typed) == "+40722000418"
    assert shown_phone("+40722000418") == "0722 000 418"


def test_a_short_phone_says_how_many_digits_are_missing() -> None:
    with pytest.raises(Refusal, match=r"The number has 8 digits\. Add 2\."):
        normal_phone("0722 0004")


def test_an_imei_is_checked_and_grouped() -> None:
    assert normal_serial("35 000000 048213 9") == "350000000482139"
    assert shown_serial("350000000482139") == "35 000000 048213 9"
    with pytest.raises(Refusal, match="check digit"):
        normal_serial("350000000482138")
    assert normal_serial("c02xg0fdjg5j") == "C02XG0FDJG5J"


def test_search_folds_every_romanian_letter_and_both_cedillas() -> None:
    assert fold("ȘTEFAN Țăranu şi ţ Îâ ø ß") == "stefan taranu si t ia o ss"
    assert tidy("  Şerban   Ţepeş ") == "Șerban Țepeș"


def test_every_status_has_moves_label_look_and_only_known_targets() -> None:
    assert set(orders.MOVES) == {status.key for status in orders.STATUSES}
    assert all(target in orders.STATUS for targets in orders.MOVES.values() for target in targets)
    assert len(orders.STATUS) == len(orders.STATUSES)


def test_an_order_is_not_handed_over_while_something_is_owed() -> None:
    ready = Facts(status=orders.READY, due=100, lines=1)
    assert obstacles(ready, orders.HANDED_OVER) == ["There is still something to pay. Take the payment first."]
    assert obstacles(Facts(status=orders.READY, lines=1), orders.HANDED_OVER) == []


def test_cancelling_asks_for_a_reason_and_impossible_moves_say_so() -> None:
    new = Facts(status=orders.CREATED)
    assert obstacles(new, orders.CANCELLED) == ["Write the reason."]
    assert obstacles(new, orders.READY) == ["An order cannot go from “Created” to “Ready”."]


def test_every_device_kind_has_an_icon_and_a_checklist() -> None:
    assert len({kind.key for kind in KINDS}) == len(KINDS)
    assert all(kind.checklist and kind.complaints for kind in KINDS)


def test_days_follow_the_shops_clock_across_daylight_saving() -> None:
    first, after = bounds(date(2026, 3, 29), date(2026, 3, 29), "Europe/Bucharest")
    assert after - first == timedelta(hours=23)
    first, after = bounds(date(2026, 10, 25), date(2026, 10, 25), "Europe/Bucharest")
    assert after - first == timedelta(hours=25)
    assert day_of(datetime(2026, 11, 22, 22, 30, tzinfo=UTC), "Europe/Bucharest") == date(2026, 11, 23)


@given(st.integers(0, 2**47), st.binary(min_size=10, max_size=10))
def test_keys_are_uuid_7_and_sort_by_time(milliseconds: int, chance: bytes) -> None:
    key, later = key_at(milliseconds, chance), key_at(milliseconds + 1, bytes(10))
    assert key.version == 7
    assert key.variant == "specified in RFC 4122"
    assert key.bytes < later.bytes
    assert new_key() != new_key()


@pytest.mark.parametrize(
    ("pin", "role"),
    [("1234", Role.CLERK), ("0000", Role.CLERK), ("1987", Role.CLERK), ("123", Role.CLERK), ("9876", Role.CLERK),
     ("2580", Role.OWNER), ("25a0", Role.CLERK)],
)  # fmt: skip
def test_easy_and_short_pins_are_refused(pin: str, role: Role) -> None:
    with pytest.raises(Refusal):
        check_pin(pin, role)


def test_a_pin_verifies_only_with_the_shops_pepper() -> None:
    hashed = hash_pin("4829", b"a" * 32)
    assert pin_matches("4829", b"a" * 32, hashed)
    assert not pin_matches("4829", b"b" * 32, hashed)
    assert not pin_matches("4820", b"a" * 32, hashed)


def test_wrong_pins_wait_longer_and_longer() -> None:
    assert [pause_after(n).total_seconds() for n in (4, 5, 6, 7, 20)] == [0, 30, 60, 120, 900]


def test_a_sealed_code_opens_for_its_own_order_only() -> None:
    secret, order, other = new_secret(), new_key(), new_key()
    sealed = seal(secret, order, "1-2-5-8")
    assert unseal(secret, order, sealed) == "1-2-5-8"
    for wrong in ((secret, other), (new_secret(), order)):
        with pytest.raises(Refusal):
            unseal(*wrong, sealed)


def test_roles_carry_rights_and_the_accountant_changes_nothing() -> None:
    assert MATRIX[Role.OWNER] == frozenset(Right)
    assert MATRIX[Role.ACCOUNTANT] == {
        Right.SEE_COST, Right.SEE_CUSTOMERS, Right.SEE_DAY, Right.SEE_SHIFTS, Right.SEE_TILL_CASH, Right.EXPORT,
        Right.SIGN_IN,
    }  # fmt: skip
    assert Right.MANAGE_TILLS not in MATRIX[Role.CLERK]
    assert Right.REFUND not in MATRIX[Role.TECHNICIAN]


def test_initials_are_first_and_last() -> None:
    assert [initials(name) for name in ("Ștefan Ungureanu", "Ana Maria Pop", "Velo", "")] == [
        "ȘU",
        "AP",
        "V",
        "",
    ]
