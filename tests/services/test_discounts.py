"""What is given away is judged whole: neither by pieces nor by detours does more go without somebody's agreement."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from shop import TestShop, an_item, an_order
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import discounts, estimates, lines, pages, sales
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.discounts import Discount
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.estimates import Answer, MakeEstimate
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import AddLine, ChangeLine, LineFacts, RemoveLine
from ticketdesk.services.pages import LineRow
from ticketdesk.services.sales import NewSale

BIG, SMALL = LineFacts("Placă de bază", price=100_000), LineFacts("Curățare", price=5_000)


def written(shop: TestShop, order: UUID) -> Sequence[LineRow]:
    with shop.database.read() as session:
        return pages.order_page(session, order).lines


def total(shop: TestShop, order: UUID) -> int:
    with shop.database.read() as session:
        return pages.order_page(session, order).row.total


def with_lines(shop: TestShop, *facts: LineFacts) -> UUID:
    order = an_order(shop).id
    for each in facts:
        shop.do(lines.add, AddLine(order, each), Role.CLERK)
    return order


def changing(shop: TestShop, order: UUID, place: int = 0, **to: object) -> ChangeLine:
    line = written(shop, order)[place]
    return ChangeLine(order, lines.edit_of(line.id, line.facts, replace(line.facts, **to)))  # type: ignore[arg-type]


def removing(shop: TestShop, order: UUID, place: int = 0) -> RemoveLine:
    line = written(shop, order)[place]
    return RemoveLine(order, line.id, line.facts)


def test_a_discount_on_the_order_does_not_outlive_the_line_that_bore_it(shop: TestShop) -> None:
    order = with_lines(shop, BIG, SMALL)
    shop.do(discounts.discount, Discount(order, 0, 5_000, "Client vechi"), Role.CLERK)
    with pytest.raises(NeedsApproval, match=r"manager|owner"):
        shop.do(lines.remove, removing(shop, order), Role.CLERK)
    with pytest.raises(NeedsApproval):
        shop.do(lines.change, changing(shop, order, quantity=500, unit="h"), Role.CLERK)
    assert total(shop, order) == 100_000
    shop.approved(lines.remove, removing(shop, order), Role.CLERK, Role.OWNER)
    assert total(shop, order) == 0


def test_discounts_on_lines_and_on_the_order_count_together(shop: TestShop) -> None:
    order = with_lines(shop, replace(SMALL, discount=500))
    with pytest.raises(NeedsApproval, match=r"9[.,]76\s%"):
        shop.do(discounts.discount, Discount(order, 500, 0, "Client vechi"), Role.CLERK)
    order = with_lines(shop, SMALL)
    shop.do(discounts.discount, Discount(order, 500, 0, "Client vechi"), Role.CLERK)
    with pytest.raises(NeedsApproval):
        shop.do(lines.add, AddLine(order, replace(BIG, discount=500, discount_reason="Client vechi")), Role.CLERK)
    with pytest.raises(NeedsApproval):
        shop.do(lines.change, changing(shop, order, discount=500), Role.CLERK)


def test_another_code_does_not_free_a_line_of_its_price(shop: TestShop) -> None:
    an_item(shop, "X1", "Baterie", 10_000)
    an_item(shop, "X2", "Baterie compatibilă", 6_000)
    order = with_lines(shop, LineFacts("", code="X1"))
    with pytest.raises(NeedsApproval):
        shop.do(lines.change, changing(shop, order, code="Y", price=100, discount_reason="Probă"), Role.CLERK)
    shop.do(lines.change, changing(shop, order, code="Y"), Role.CLERK)
    with pytest.raises(NeedsApproval):
        shop.do(lines.change, changing(shop, order, price=100, discount_reason="Probă"), Role.CLERK)
    shop.do(lines.change, changing(shop, order, code="X2", price=6_000), Role.CLERK)  # a cheaper part, at its price
    assert total(shop, order) == 6_000


def test_a_price_written_freely_is_not_lowered_beyond_the_limit(shop: TestShop) -> None:
    order = with_lines(shop, LineFacts("Manoperă", price=50_000, cost=30_000))
    with pytest.raises(NeedsApproval):
        shop.do(lines.change, changing(shop, order, price=1, discount_reason="Probă"), Role.CLERK)
    shop.do(lines.change, changing(shop, order, price=47_500), Role.CLERK)  # within the limit nobody is asked
    below_cost = with_lines(shop, LineFacts("Folie", price=29_000, cost=30_000))
    with pytest.raises(NeedsApproval, match="of"):
        shop.do(lines.change, changing(shop, below_cost, price=28_000, discount_reason="Probă"), Role.CLERK)
    shop.approved(
        lines.change, changing(shop, below_cost, price=28_000, discount_reason="Probă"), Role.CLERK, Role.MANAGER
    )
    assert (total(shop, order), total(shop, below_cost)) == (47_500, 28_000)


@pytest.mark.parametrize("code", ["x1", " X1 "])
def test_a_code_is_the_same_however_it_is_written(shop: TestShop, code: str) -> None:
    an_item(shop, "X1", "Baterie", 10_000)
    cheap = LineFacts("Baterie", code=code, price=1, discount_reason="Probă")
    with pytest.raises(NeedsApproval):
        shop.do(sales.sell, NewSale((cheap,), (Tender("card", 1),)), Role.CLERK)
    order = with_lines(shop, LineFacts("", code=code))
    facts = written(shop, order)[0].facts
    assert (facts.code, facts.price) == ("X1", 10_000)


def test_what_was_agreed_is_not_asked_again(shop: TestShop) -> None:
    order = with_lines(shop, BIG, SMALL)
    whole = Discount(order, 2_000, 0, "Reclamație")
    shop.approved(discounts.discount, whole, Role.CLERK, Role.OWNER)
    less = AddLine(order, replace(SMALL, discount=3_000, discount_reason="Zgârieturi"))
    shop.approved(lines.add, less, Role.CLERK, Role.OWNER)
    shop.do(lines.add, AddLine(order, SMALL), Role.TECHNICIAN)
    shop.do(lines.change, changing(shop, order, 1, serial="SN-1", quantity=2_000), Role.CLERK)
    shop.do(lines.change, changing(shop, order, 2, name="Carcasă zgâriată"), Role.CLERK)
    shop.do(lines.remove, removing(shop, order), Role.CLERK)
    assert total(shop, order) == 14_800


def test_many_small_steps_are_one_large_discount(shop: TestShop) -> None:
    order = with_lines(shop, LineFacts("Manoperă", price=50_000))
    shop.do(lines.change, changing(shop, order, price=47_500), Role.CLERK)
    with pytest.raises(NeedsApproval, match=r"9[.,]75\s%"):
        shop.do(lines.change, changing(shop, order, price=45_125, discount_reason="Probă"), Role.CLERK)
    shop.do(lines.change, changing(shop, order, price=49_000), Role.CLERK)
    shop.do(lines.change, changing(shop, order, code="Y"), Role.CLERK)
    with pytest.raises(NeedsApproval):
        shop.do(lines.change, changing(shop, order, price=47_000, discount_reason="Probă"), Role.CLERK)
    with pytest.raises(NeedsApproval):  # nor by a discount of the line or of the whole on top of a lowered price
        shop.do(lines.change, changing(shop, order, discount=500, discount_reason="Probă"), Role.CLERK)
    with pytest.raises(NeedsApproval):
        shop.do(discounts.discount, Discount(order, 500, 0, "Client vechi"), Role.CLERK)
    assert total(shop, order) == 49_000


def test_a_code_that_comes_and_goes_does_not_hide_what_was_asked(shop: TestShop) -> None:
    an_item(shop, "X1", "Baterie", 10_000)
    order = with_lines(shop, LineFacts("", code="X1"))
    shop.do(lines.change, changing(shop, order, price=9_500), Role.CLERK)
    shop.do(lines.change, changing(shop, order, code=""), Role.CLERK)
    with pytest.raises(NeedsApproval):
        shop.do(lines.change, changing(shop, order, price=9_100, discount_reason="Probă"), Role.CLERK)
    shop.do(lines.change, changing(shop, order, price=9_600), Role.CLERK)
    assert total(shop, order) == 9_600


def agreed(shop: TestShop, order: UUID, *refused: int, role: Role = Role.CLERK) -> None:
    estimate = shop.do(estimates.make, MakeEstimate(order), Role.CLERK).made
    assert estimate is not None
    shop.do(estimates.answer, Answer(estimate, refused, "Ștefan Ungureanu", "phone"), role)


def test_what_the_customer_agreed_to_is_not_written_anew_for_less(shop: TestShop) -> None:
    order = with_lines(shop, BIG, SMALL)
    shop.do(lines.add, AddLine(order, SMALL), Role.CLERK)
    shop.do(lines.remove, removing(shop, order, 2), Role.CLERK)  # nobody was told of it yet
    agreed(shop, order)
    for role in (Role.CLERK, Role.TECHNICIAN):
        with pytest.raises(NeedsApproval, match=r"comes to 50[.,]00\slei; the customer agreed to 1[.,]050[.,]00\slei"):
            shop.do(lines.remove, removing(shop, order), role)
    with pytest.raises(NeedsApproval):
        shop.do(lines.change, changing(shop, order, quantity=500, unit="h"), Role.CLERK)
    shop.do(lines.change, changing(shop, order, price=98_000), Role.CLERK)  # five per cent is the clerk's to give
    shop.do(lines.add, AddLine(order, replace(BIG, name="Placă nouă")), Role.CLERK)
    shop.do(lines.remove, removing(shop, order), Role.CLERK)  # another one stands there for it
    shop.approved(lines.remove, removing(shop, order), Role.CLERK, Role.MANAGER)
    assert total(shop, order) == 100_000
    shop.do(lines.remove, removing(shop, order), Role.MANAGER)
    assert total(shop, order) == 0


def test_what_a_customer_refuses_takes_its_share_of_the_discount_along(shop: TestShop) -> None:
    order = with_lines(shop, BIG, SMALL)
    shop.do(discounts.discount, Discount(order, 0, 5_000, "Client vechi"), Role.CLERK)
    for role, refusal in ((Role.CLERK, NeedsApproval), (Role.TECHNICIAN, Forbidden)):
        with pytest.raises(refusal):
            agreed(shop, order, 1, role=role)
    assert total(shop, order) == 100_000
    shop.do(discounts.discount, Discount(order, 0, 250, "Client vechi", (0, 5_000)), Role.CLERK)
    agreed(shop, order, 1)
    assert total(shop, order) == 4_750
    agreed(shop, order)  # what was agreed before is answered anew: less than it asks nobody
