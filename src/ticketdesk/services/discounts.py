"""Discounts on lines and on whole orders, and who has to agree to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import MOST, format_money, format_percent
from ticketdesk.domain.pricing import discount_given, taken_off
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.search import tidy
from ticketdesk.services import approvals, catalogue, journal, ledger, settings
from ticketdesk.services.doors import Done, Forbidden, action
from ticketdesk.services.orders import locked
from ticketdesk.storage.tables import Line
from ticketdesk.texts import _


def given(session: Session, line: Line, customer_id: UUID | None) -> int:
    """Say how large a share of its price a line gives away, in basis points; less than the catalogue asks counts too."""
    return discount_given(line.quantity, _full(session, line, customer_id), line.total)


def _full(session: Session, line: Line, customer_id: UUID | None) -> int:
    return max(line.price, catalogue.list_price(session, line.code, customer_id))


def admit(
    session: Session,
    by: By,
    command: Any,
    lines: Sequence[tuple[Line, int]],
    number: int,
    customer_id: UUID | None,
) -> None:
    """Let discounts pass that grew on lines of an order or a sale: within the role's limit, else with an approval.

    Each line comes with the share it gave away before. ``command`` has a field ``approval``.

    Raises:
        Forbidden: if the role gives no discounts.
        NeedsApproval: if somebody has to agree first.
        Refusal: if a discount above the limit has no reason.
    """
    shares = [(line, before, given(session, line, customer_id)) for line, before in lines]
    grown = [(line, share) for line, before, share in shares if share > before]
    if not grown:
        return
    _allowed(by)
    line, largest = max(grown, key=lambda each: each[1])
    if largest > settings.shop(session).discount_limit and not line.discount_reason:
        raise Refusal(_("Write why the discount is given."), "discount_reason")
    what = _("{percent} off “{name}”, number {number}: {amount} less. Reason: {reason}").format(
        percent=format_percent(largest),
        name=line.name,
        number=number,
        amount=format_money(
            taken_off(line.quantity, _full(session, line, customer_id), line.total), settings.shop(session).currency
        ),
        reason=line.discount_reason,
    )
    _agreed(session, by, command, largest, what)


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount on all of an order: a share (basis points), an amount (minor units), or both; and why."""

    order_id: UUID
    discount: int
    amount: int
    reason: str
    seen: tuple[int, int] = (0, 0)
    """The share and the amount that stood there when this was decided."""
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("order.discount", Right.DISCOUNT)
def discount(session: Session, by: By, command: Discount) -> Done:
    """Give a discount on all of an order, or take it back."""
    order = locked(session, command.order_id)
    if order.phase == "done":
        raise Refusal(_("This order is handed over: its lines can no longer change."))
    if not 0 <= command.discount <= 10_000:
        raise Refusal(_("A discount is between 0 and 100 %."), "discount")
    if not 0 <= command.amount <= MOST:
        raise Refusal(_("An amount cannot be negative."), "amount")
    if (order.discount, order.discount_amount) not in {tuple(command.seen), (command.discount, command.amount)}:
        raise Refusal(_("Somebody has just changed this. Look again."), "discount")
    gross = ledger.gross(session, order)
    before = discount_given(1000, gross, ledger.total_after_discount(order, gross))
    was = [order.discount, order.discount_amount, order.discount_reason]
    order.discount, order.discount_amount = command.discount, command.amount
    order.discount_reason = tidy(command.reason)
    left = ledger.total_after_discount(order, gross)
    now = discount_given(1000, gross, left)
    if now > before:
        if now > settings.shop(session).discount_limit and not order.discount_reason:
            raise Refusal(_("Write why the discount is given."), "reason")
        what = _("{percent} off order {number}: {amount} less. Reason: {reason}").format(
            percent=format_percent(now),
            number=order.number,
            amount=format_money(gross - left, settings.shop(session).currency),
            reason=order.discount_reason,
        )
        _agreed(session, by, command, now, what)
    ledger.retotal(session, order)
    changes = {
        "discount": [was[0], order.discount],
        "discount_amount": [was[1], order.discount_amount],
        "reason": order.discount_reason,
    }
    journal.record(session, by, order, "discounted", changes)
    return Done("order", order.id, order.number, order.version)


def _allowed(by: By) -> None:
    if not may(by.role, Right.DISCOUNT):
        raise Forbidden(_("Your role may not give discounts. Ask a manager."), "discount")


def _agreed(session: Session, by: By, command: Any, share: int, what: str) -> None:
    shop = settings.shop(session)
    if share <= shop.discount_limit:
        return
    act = Act.DISCOUNT if share <= shop.discount_limit_manager else Act.DISCOUNT_LARGE
    approvals.demand(session, by, act, command, what)
