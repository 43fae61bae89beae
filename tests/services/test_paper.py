"""Papers tell the truth: one original, every other one a duplicate that names its maker."""

import pytest
from sqlalchemy import func, select

from shop import NAMES, TestShop, a_ready_order, an_order
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.papers import ReceiptFacts, Reprint
from ticketdesk.domain.rights import Role
from ticketdesk.services import fiscal, paper, payments, settings
from ticketdesk.services.doors import Done, Forbidden
from ticketdesk.services.ledger import Tender
from ticketdesk.services.merging import Edit
from ticketdesk.services.paper import Printed
from ticketdesk.services.payments import TakePayment
from ticketdesk.storage.tables import Entry


def printed(shop: TestShop, order_id: UUID, document: str, role: Role = Role.CLERK) -> Reprint | None:
    """Print a paper, and give what it says of earlier ones."""
    done = shop.do(paper.printed, Printed(order_id, document), role)
    with shop.database.read() as session:
        facts, _language = paper.facts_for(session, order_id, document, entry=done.version)
    reprint: Reprint | None = getattr(facts, "reprint", None)
    return reprint


def paid(shop: TestShop, order_id: UUID, amount: int) -> Done:
    return shop.do(payments.take_payment, TakePayment(order_id, (Tender("cash", amount),)), Role.CLERK)


def test_the_first_is_the_original_and_every_other_one_a_duplicate(shop: TestShop) -> None:
    order = an_order(shop)
    assert printed(shop, order.id, "intake") is None
    first, second = (printed(shop, order.id, "intake", role) for role in (Role.CLERK, Role.TECHNICIAN))
    assert (first and first.number, second and second.number) == (1, 2)
    assert second is not None
    assert second.by == NAMES[Role.TECHNICIAN]
    assert printed(shop, order.id, "intake_a4") is None


def test_labels_fall_off_and_are_printed_again_without_a_word(shop: TestShop) -> None:
    order = an_order(shop)
    assert printed(shop, order.id, "label") is None
    assert printed(shop, order.id, "label") is None


def test_a_receipt_with_another_payment_is_an_original_again(shop: TestShop) -> None:
    order = a_ready_order(shop)
    paid(shop, order.id, 10_000)
    assert printed(shop, order.id, "receipt") is None
    assert printed(shop, order.id, "receipt") is not None
    paid(shop, order.id, 43_000)
    assert printed(shop, order.id, "receipt") is None


def test_a_preview_shows_the_mark_the_next_print_will_have(shop: TestShop) -> None:
    order = an_order(shop)
    printed(shop, order.id, "intake")
    with shop.database.read() as session:
        facts, _language = paper.facts_for(session, order.id, "intake")
    assert facts.reprint is not None
    assert facts.reprint.number == 1


def test_what_cannot_be_printed_is_not_written_down_as_printed(shop: TestShop) -> None:
    order = an_order(shop)
    for document in ("receipt", "warranty", "banknote"):
        with pytest.raises(Refusal):
            shop.do(paper.printed, Printed(order.id, document))
    with pytest.raises(Forbidden):
        shop.do(paper.printed, Printed(order.id, "intake"), Role.ACCOUNTANT)
    with shop.database.read() as session:
        count = select(func.count()).select_from(Entry).where(Entry.action == "printed")
        assert session.scalar(count) == 0


def test_the_papers_of_an_order_say_what_is_missing_and_what_was_printed(shop: TestShop) -> None:
    order = an_order(shop)
    printed(shop, order.id, "label")
    with shop.database.read() as session:
        rows = {row.document: row for row in paper.papers(session, order.id)}
    assert list(rows) == list(paper.PAPERS)
    assert rows["intake"].why_not == ""
    assert rows["receipt"].why_not == "Nothing was paid on this order yet."
    assert rows["warranty"].why_not == "There is no work or part with a warranty on this order."
    assert (rows["label"].printed_by, rows["intake"].printed_at) == (NAMES[Role.CLERK], None)


def test_papers_name_the_fiscal_receipt_once_it_came_out(shop: TestShop) -> None:
    shop.do(settings.edit, Edit(shop.id, {"fiscal": False}, {"fiscal": True}), Role.OWNER)
    order = a_ready_order(shop)
    paid(shop, order.id, 10_000)
    assert named(shop, order.id) == ""
    with shop.database.read() as session:
        row = fiscal.of_receipt(session, shop.document(1))
    assert row is not None
    shop.do(fiscal.settle, fiscal.Settle(row.id, row.attempt, "0004711"), Role.MANAGER)
    assert named(shop, order.id) == "0004711"


def named(shop: TestShop, order_id: UUID) -> str:
    with shop.database.read() as session:
        facts, _language = paper.facts_for(session, order_id, "receipt")
    assert isinstance(facts, ReceiptFacts)
    return facts.payments[-1].fiscal
