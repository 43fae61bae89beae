"""Free of charge: our own warranty vouches for itself, and what it does not cover takes a manager's PIN."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shop import TestShop, a_new_order, a_ready_order, an_order
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Billing, Kind
from ticketdesk.domain.rights import Role
from ticketdesk.services import intake, journal, orders, pages, payments
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.intake import NewDevice, NewOrder
from ticketdesk.services.ledger import Tender
from ticketdesk.services.merging import Edit
from ticketdesk.services.payments import TakePayment

PHONE = NewDevice("phone", "Apple", "iPhone 13", "350000000719464")
FREE = {"billing": "warranty"}


def repaired(shop: TestShop) -> UUID:
    """Repair a phone, six months of warranty, and hand it over."""
    order = a_ready_order(shop, price=20_000, device=PHONE).id
    shop.do(payments.take_payment, TakePayment(order, (Tender("card", 20_000),), then="handed_over"), Role.CLERK)
    return order


def back(**but: object) -> NewOrder:
    return replace(a_new_order(device=PHONE, billing=Billing.WARRANTY), **but)  # type: ignore[arg-type]


def history(shop: TestShop, order: UUID) -> list[tuple[str, str]]:
    with shop.database.read() as session:
        return [(entry.action, entry.content) for entry in journal.history(session, order)]


def billing(shop: TestShop, order: UUID) -> str:
    with shop.database.read() as session:
        return pages.order_page(session, order).row.billing


def test_a_repair_that_our_warranty_covers_takes_nobody(shop: TestShop) -> None:
    first = repaired(shop)
    again = shop.do(intake.register, back(warranty_of=first), Role.CLERK)
    assert billing(shop, again.id) == "warranty"
    assert "made_free" not in [action for action, _content in history(shop, again.id)]


@pytest.mark.parametrize("role", [Role.CLERK, Role.TECHNICIAN])
def test_what_no_warranty_covers_is_free_only_once_a_manager_agrees(shop: TestShop, role: Role) -> None:
    with pytest.raises(NeedsApproval, match=r"manager has to approve.*iPhone 13 of Ștefan Ungureanu.*free of charge"):
        shop.do(intake.register, back(), role)
    done = shop.approved(intake.register, back(), role, Role.MANAGER)
    assert billing(shop, done.id) == "warranty"
    assert ("made_free", '{"approved_by":"Raluca Mureșan"}') in history(shop, done.id)


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
def test_who_decides_about_warranties_is_asked_nothing(shop: TestShop, role: Role) -> None:
    assert billing(shop, shop.do(intake.register, back(), role).id) == "warranty"


def test_a_link_that_covers_nothing_vouches_for_nothing(shop: TestShop) -> None:
    first = repaired(shop)
    other_device = back(device=NewDevice("phone", "Samsung", "A54"), warranty_of=first)
    not_handed_over = back(warranty_of=an_order(shop, device=PHONE).id)
    for command in (other_device, not_handed_over):
        with pytest.raises(NeedsApproval):
            shop.do(intake.register, command, Role.CLERK)
    later = datetime.now(UTC) + timedelta(days=200)
    with pytest.raises(NeedsApproval):
        shop.do(intake.register, back(warranty_of=first, promised_at=None), Role.CLERK, later)


def test_turning_a_paid_order_free_takes_the_same_pin(shop: TestShop) -> None:
    order = an_order(shop, device=PHONE).id
    edit = Edit(order, {"billing": "paid"}, dict(FREE))
    with pytest.raises(NeedsApproval):
        shop.do(orders.edit, edit, Role.CLERK)
    with pytest.raises(NeedsApproval):
        shop.do(orders.edit, Edit(order, {"kind": "external"}, {"kind": Kind.INTERNAL.value}), Role.CLERK)
    assert billing(shop, order) == "paid"
    shop.approved(orders.edit, edit, Role.CLERK, Role.MANAGER)
    assert billing(shop, order) == "warranty"
    # what is free already is edited as before, and may be turned back
    shop.do(
        orders.edit, Edit(order, {"complaint": "Ecran spart, imagine cu linii"}, {"complaint": "Ecran"}), Role.CLERK
    )
    shop.do(orders.edit, Edit(order, dict(FREE), {"billing": "paid"}), Role.CLERK)


def test_an_order_linked_to_a_running_warranty_may_be_turned_back_by_itself(shop: TestShop) -> None:
    order = shop.do(intake.register, back(warranty_of=repaired(shop)), Role.CLERK).id
    shop.do(orders.edit, Edit(order, dict(FREE), {"billing": "paid"}), Role.CLERK)
    shop.do(orders.edit, Edit(order, {"billing": "paid"}, dict(FREE)), Role.CLERK)
    assert billing(shop, order) == "warranty"


def test_an_approval_is_for_this_device_and_this_customer(shop: TestShop) -> None:
    with pytest.raises(NeedsApproval) as needed:
        shop.do(intake.register, back(), Role.CLERK)
    approval = shop.approval(needed.value, Role.MANAGER)
    other = back(device=NewDevice("phone", "Samsung", "A54"), approval=approval)
    with pytest.raises(Refusal, match="given for something else"):
        shop.do(intake.register, other, Role.CLERK)
