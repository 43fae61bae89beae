"""Our codes are read right, and the test code says what is wrong with a scanner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketdesk.domain.codes import HIGHEST, TEST_CODE, layout_trouble, order_code, order_number


@given(st.integers(0, HIGHEST))
def test_every_order_is_read_from_its_own_code(number: int) -> None:
    assert order_number(order_code(number)) == number
    assert order_number(order_code(number).lower()) == number


@given(st.integers(0, HIGHEST), st.integers(2, 9), st.integers(1, 9))
def test_one_misread_digit_is_nobodys_code(number: int, place: int, by: int) -> None:
    code = order_code(number)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    assert order_number(wrong) is None


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (TEST_CODE, ""),
        ("ZY-/0189", "Y and Z are swapped"),
        ("ZY/-0189", "Y and Z are swapped"),
        ("YZ'?0189", "- and / come out as “'?”"),
        ("yz-/0189", "Caps Lock"),
        ("YZ)!à&_ç", "Digits come out as “à&_ç”"),
        ("5941234567899", "This is not the test code"),
    ],
)
def test_the_test_code_says_what_to_set(read: str, said: str) -> None:
    assert said in layout_trouble(read)
    assert bool(layout_trouble(read)) is (read != TEST_CODE)
