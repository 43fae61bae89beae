"""An estimate is put to the customer, answered line by line, and binds: dearer work asks again."""

import pytest

from shop import TestShop, an_order, order_page
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.estimates import AGREED, MADE, PARTLY, REFUSED, SENT, SUPERSEDED
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Billing, Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.services import claiming, discounts, estimates, lines, orders
from ticketdesk.services.discounts import Discount
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.estimates import Answer, EstimateRow, EstimateSent, MakeEstimate
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.verify import verify


@pytest.fixture
def order(shop: TestShop) -> UUID:
    """Give an order in work with two lines: 300 and 100 lei."""
    made = an_order(shop).id
    shop.do(claiming.claim, claiming.Claim(made, start=True), Role.TECHNICIAN)
    for name, price in (("Înlocuire ecran", 30_000), ("Baterie", 10_000)):
        shop.do(lines.add, AddLine(made, LineFacts(name, price=price)), Role.TECHNICIAN)
    return made


def all_of(shop: TestShop, order: UUID) -> list[EstimateRow]:
    with shop.database.read() as session:
        return estimates.of_order(session, order)


def made(shop: TestShop, order: UUID, fee: int = 0) -> UUID:
    done = shop.do(estimates.make, MakeEstimate(order, fee), Role.CLERK)
    assert done.made is not None
    return done.made


def said(shop: TestShop, estimate: UUID, *refused: int, how: str = "phone") -> None:
    shop.do(estimates.answer, Answer(estimate, refused, "Ștefan Ungureanu", how), Role.CLERK)


def test_versions_count_up_and_a_newer_one_replaces_what_waits(shop: TestShop, order: UUID) -> None:
    first = made(shop, order)
    shop.do(estimates.sent, EstimateSent(first, "printed"), Role.CLERK)
    made(shop, order)
    assert [(row.version, row.state, row.total) for row in all_of(shop, order)] == [
        (2, MADE, 40_000), (1, SUPERSEDED, 40_000),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="answered or replaced"):
        said(shop, first)


def test_what_was_agreed_binds_and_dearer_work_asks_again(shop: TestShop, order: UUID) -> None:
    estimate = made(shop, order)
    shop.do(estimates.sent, EstimateSent(estimate, "message"), Role.CLERK)
    assert all_of(shop, order)[0].state == SENT
    said(shop, estimate)
    row = all_of(shop, order)[0]
    assert (row.state, row.agreed, row.answered_by, row.answered_how) == (AGREED, 40_000, "Ștefan Ungureanu", "phone")
    shop.do(lines.add, AddLine(order, LineFacts("Difuzor", price=5_000)), Role.TECHNICIAN)
    with pytest.raises(Refusal, match=r"50\.00 more than the customer agreed"):
        shop.do(orders.move, orders.Move(order, "ready"), Role.TECHNICIAN)
    said(shop, made(shop, order))
    shop.do(orders.move, orders.Move(order, "ready"), Role.TECHNICIAN)


def test_refused_lines_leave_the_order(shop: TestShop, order: UUID) -> None:
    said(shop, made(shop, order), 2, how="counter")
    shown = order_page(shop, order)
    assert [line.facts.name for line in shown.lines] == ["Înlocuire ecran"]
    assert shown.row.total == 30_000
    assert [(row.state, row.refused, row.agreed) for row in all_of(shop, order)] == [(PARTLY, (2,), 30_000)]
    with shop.database.snapshot() as session:
        assert list(verify(session)) == []


def test_a_refused_estimate_leaves_its_diagnosis_fee(shop: TestShop, order: UUID) -> None:
    said(shop, made(shop, order, fee=5_000), 1, 2)
    shown = order_page(shop, order)
    assert [(line.facts.name, line.total) for line in shown.lines] == [("Taxă de constatare", 5_000)]
    assert [(row.state, row.agreed) for row in all_of(shop, order)] == [(REFUSED, 5_000)]
    shop.do(orders.move, orders.Move(order, "ready"), Role.TECHNICIAN)


def test_a_diagnosis_fee_is_owed_as_it_was_told_whatever_held_for_the_work(shop: TestShop, order: UUID) -> None:
    shop.do(discounts.discount, Discount(order, 1_000, 0, "client vechi"), Role.OWNER)
    urgent = an_order(shop, urgency=Urgency.URGENT).id
    shop.do(claiming.claim, claiming.Claim(urgent, start=True), Role.TECHNICIAN)
    shop.do(lines.add, AddLine(urgent, LineFacts("Baterie", price=10_000)), Role.TECHNICIAN)
    assert order_page(shop, urgent).row.total == 12_000
    said(shop, made(shop, order, fee=5_000), 1, 2)
    said(shop, made(shop, urgent, fee=5_000), 1)
    assert [order_page(shop, each).row.total for each in (order, urgent)] == [5_000, 5_000]
    shop.do(orders.move, orders.Move(urgent, "ready"), Role.TECHNICIAN)


def test_an_estimate_keeps_saying_what_it_said_when_the_discount_changes(shop: TestShop, order: UUID) -> None:
    shop.do(discounts.discount, Discount(order, 1_000, 0, "client vechi"), Role.OWNER)
    estimate = made(shop, order)
    shop.do(discounts.discount, Discount(order, 0, 0, "", (1_000, 0)), Role.OWNER)
    [row] = all_of(shop, order)
    assert (row.discount, row.total, sum(rate.gross for rate in row.rates)) == (4_000, 36_000, 36_000)
    said(shop, estimate, 2)
    assert all_of(shop, order)[0].agreed == 27_000
    with pytest.raises(Refusal, match=r"30\.00 more than the customer agreed"):
        shop.do(orders.move, orders.Move(order, "ready"), Role.TECHNICIAN)


def test_agreeing_to_a_repair_under_warranty_agrees_to_no_price(shop: TestShop) -> None:
    free = an_order(shop, billing=Billing.WARRANTY).id
    shop.do(claiming.claim, claiming.Claim(free, start=True), Role.TECHNICIAN)
    shop.do(lines.add, AddLine(free, LineFacts("Baterie", price=10_000)), Role.TECHNICIAN)
    said(shop, made(shop, free))
    [row] = all_of(shop, free)
    assert (row.total, row.agreed, row.rates) == (0, 0, ())


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer(UUID(int=0), (), "Ana", "phone"), "no such estimate"),
        (Answer(UUID(int=1), (9,), "Ana", "phone"), "not on the estimate"),
        (Answer(UUID(int=1), (), " ", "phone"), "who answered"),
        (Answer(UUID(int=1), (), "Ana", "smoke"), "how the customer answered"),
        (Answer(UUID(int=1), (), "Ana", "signature", b"no picture"), "neither a photo"),
    ],
)
def test_an_answer_says_who_how_and_to_what(shop: TestShop, order: UUID, answer: Answer, sentence: str) -> None:
    estimate = made(shop, order)
    key = estimate if answer.estimate_id == UUID(int=1) else answer.estimate_id
    asked = Answer(key, answer.refused, answer.by_whom, answer.how, answer.signature)
    with pytest.raises(Refusal, match=sentence):
        shop.do(estimates.answer, asked, Role.CLERK)
    assert all_of(shop, order)[0].state == MADE


def test_an_estimate_needs_lines_and_the_right(shop: TestShop, order: UUID) -> None:
    with pytest.raises(Refusal, match="Write the work and parts first"):
        shop.do(estimates.make, MakeEstimate(an_order(shop).id), Role.CLERK)
    with pytest.raises(Forbidden):
        shop.do(estimates.make, MakeEstimate(order), Role.ACCOUNTANT)
    with pytest.raises(Refusal, match="at least 30 days"):
        shop.do(estimates.make, MakeEstimate(order, valid_days=7), Role.CLERK)
