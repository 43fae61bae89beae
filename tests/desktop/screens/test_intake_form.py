"""What is typed becomes an order, or says what it still lacks."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ticketdesk.desktop.screens.intake.form import Form, missing, order, sums, wrong
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.orders import Billing, Urgency
from ticketdesk.domain.shop import Shop
from ticketdesk.services import wire

SHOP = Shop()
NOW = datetime(2026, 11, 23, 8, 42, tzinfo=UTC)
WHOLE = Form(phone="0733 000 295", name="Ilinca Bârsănescu", model="Galaxy A54", promised="24.11.2026, 12:00")


def test_names_everything_that_is_missing() -> None:
    assert list(missing(Form())) == ["phone", "name", "model", "promised_at"]
    assert missing(WHOLE) == {}
    refusal = wrong(replace(WHOLE, promised=""), NOW, SHOP)
    assert refusal is not None
    assert (refusal.sentence, refusal.field) == ("Still missing: due date.", "promised_at")


def test_asks_nothing_of_those_it_knows() -> None:
    assert list(missing(Form(customer_id=new_key(), device_id=new_key(), promised="azi 18"))) == []
    assert "address" in missing(replace(WHOLE, place="on_site"))
    assert list(missing(Form(order_kind="internal", model="Stand", promised="azi 18"))) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"serial": "350000000719465"}, "serial"),
        ({"phone": "0733 0002"}, "phone"),
        ({"promised": "ieri"}, "promised_at"),
        ({"estimate": "douăzeci"}, "estimate"),
        ({"deposit": "1,234"}, "deposit_method"),
        ({"deposit": "x"}, "deposit"),
    ],
)
def test_says_which_field_is_wrong(typed: dict[str, str], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        order(replace(WHOLE, **typed), NOW, SHOP)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_carries_everything_typed_into_the_order() -> None:
    colleague = new_key()
    typed = replace(
        WHOLE,
        serial="35 000000 071946 4",
        complaint="Ecran spart",
        condition={"Screen": "defect"},
        accessories=["Case"],
        other_accessories="cablu,  plic ",
        unlock_kind="pattern",
        unlock_code="1-2-5",
        place="on_site",
        address="Str. Horea 21",
        urgent=True,
        estimate="1.234,50",
        deposit="200",
        method="card",
        assignee=str(colleague),
    )
    made = order(typed, NOW, SHOP)
    assert (made.device.serial, made.accessories) == ("350000000719464", ["Case", "cablu", "plic"])
    assert made.customer is not None
    assert made.customer.phone == "+40733000295"
    assert (made.unlock_kind, made.unlock_code, made.address) == ("pattern", "1-2-5", "Str. Horea 21")
    assert (made.estimate, made.deposit, made.deposit_method) == (123450, 20000, "card")
    assert (made.urgency, made.assignee_id, made.pool) == (Urgency.URGENT, colleague, False)
    assert made.promised_at == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_links_a_warranty_only_while_it_is_billed_as_one() -> None:
    linked = replace(WHOLE, warranty_of=new_key(), billing=Billing.WARRANTY.value)
    assert order(linked, NOW, SHOP).warranty_of == linked.warranty_of
    assert order(replace(linked, billing=Billing.PAID.value), NOW, SHOP).warranty_of is None


def test_keeps_no_code_where_there_is_none() -> None:
    assert order(replace(WHOLE, unlock_kind="pin", unlock_code=""), NOW, SHOP).unlock_kind == ""


def test_adds_the_surcharge_to_the_estimate_and_takes_the_deposit_off() -> None:
    typed = replace(WHOLE, estimate="520", deposit="200", urgent=True)
    assert (sums(typed, SHOP).surcharge, sums(typed, SHOP).total, sums(typed, SHOP).rest) == (
        10400,
        62400,
        42400,
    )
    assert sums(replace(typed, billing="warranty"), SHOP).total == 0
    assert sums(replace(typed, estimate="52x"), SHOP).rest == -20000


def test_a_draft_gives_back_every_letter() -> None:
    typed = replace(WHOLE, promised="pe la", estimate="12,", condition={"Screen": "good"}, accessories=["Case"])
    assert wire.loads(Form, wire.dumps(typed)) == typed
