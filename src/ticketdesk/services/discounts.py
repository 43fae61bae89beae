"""Discounts on lines and on whole orders, and who has to agree to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import MOST, format_money, format_percent
from ticketdesk.domain.pricing import discount_given, line_total, taken_off
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.search import tidy
from ticketdesk.domain.shop import Shop
from ticketdesk.services import approvals, catalogue, journal, ledger, settings
from ticketdesk.services.doors import Done, Forbidden, action
from ticketdesk.services.ledger import Bill
from ticketdesk.services.orders import locked
from ticketdesk.storage.tables import Line, Order
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class Standing:
    """What an order asks by its prices and the catalogue, what its lines come to, and what its discount leaves of it."""

    full: int
    gross: int
    left: int

    @property
    def given(self) -> int:
        """The share given away in all, on lines and on the whole, in basis points."""
        return discount_given(1000, self.full, self.left)

    @property
    def on_all(self) -> int:
        """The share that the discount on the whole order takes of its lines, in basis points."""
        return discount_given(1000, self.gross, self.left)


@dataclass(frozen=True, slots=True)
class Grown:
    """A line just written, and the share it gave away before."""

    line: Line
    before: int = 0


def given(session: Session, line: Line, customer_id: UUID | None) -> int:
    """Say how large a share of its price a line gives away, in basis points; less than the catalogue asks counts too.

    What the catalogue does not know is measured by the most that was asked for it before.
    """
    return discount_given(line.quantity, _full(session, line, customer_id), line.total)


def remember(session: Session, line: Line, customer_id: UUID | None) -> None:
    """Keep what one of a line is to bring, before its price or code is changed: so many small steps are a large one.

    That is its price, the catalogue's, at least its cost, and the most that was kept before.
    """
    line.asked = max(line.asked, _full(session, line, customer_id), line.cost)


def lines_of(session: Session, order: Order) -> list[Line]:
    """Give the lines of an order."""
    return list(session.scalars(select(Line).where(Line.order_id == order.id)))


def standing(session: Session, order: Order, lines: Sequence[Line]) -> Standing:
    """Say how an order stands with its lines, so that a change of it can be judged by ``admit``."""
    found = [line for line in lines if line.total >= 0]
    full = sum(line_total(line.quantity, _full(session, line, order.customer_id), 0) for line in found)
    gross = sum(line.total for line in found)
    return Standing(full, gross, ledger.total_after_discount(order, gross))


def _full(session: Session, line: Line, customer_id: UUID | None) -> int:
    return max(line.price, catalogue.list_price(session, line.code, customer_id) or line.asked)


def admit(
    session: Session, by: By, command: Any, bill: Bill, changed: Sequence[Grown], before: Standing | None
) -> None:
    """Let pass what a change of lines gives away: within the role's limit, else with an approval.

    Judged is each line that gives away more than it did, and the whole order, that many small discounts are not a large
    one and that one on the whole order does not outlive its lines; ``before`` is how the order stood, nothing for a
    sale. What was given away already asks nobody again. Work taken off below what the customer agreed to asks as well:
    what was promised is not made less by writing it anew. ``command`` has a field ``approval``.

    Raises:
        Forbidden: if the role gives no discounts.
        NeedsApproval: if somebody has to agree first.
        Refusal: if a discount above the limit has no reason.
    """
    shop = settings.shop(session)
    largest, what, less = 0, "", ""
    for each in changed:
        line, share = each.line, given(session, each.line, bill.customer_id)
        if share > max(each.before, largest):
            largest, what = share, _of_line(session, bill, line, share)
            listed = max(line.price, catalogue.list_price(session, line.code, bill.customer_id))
            written = discount_given(
                line.quantity, listed, line.total
            )  # a price mended takes no reason, a discount does
            if written > shop.discount_limit and not line.discount_reason:
                raise Refusal(_("Write why the discount is given."), "discount_reason")
    if before is not None and isinstance(bill, Order) and (largest or bill.discount_amount or bill.agreed is not None):
        now = standing(session, bill, lines_of(session, bill))
        more = largest or now.on_all > before.on_all
        if more and now.given > max(before.given, largest, shop.discount_limit):
            largest, what = now.given, _all_of(session, bill, now)
        if bill.agreed is not None and now.full < before.full and bill.total < bill.agreed:
            less = _less_than_agreed(bill, bill.agreed, shop.currency)
    if largest:
        _allowed(by)
    act = _act(shop, largest)
    if act is not None:
        approvals.demand(session, by, act, command, f"{what}\n{less}".strip())
    elif less:
        approvals.demand(session, by, Act.LESS_THAN_AGREED, command, less)


def _of_line(session: Session, bill: Bill, line: Line, share: int) -> str:
    off = taken_off(line.quantity, _full(session, line, bill.customer_id), line.total)
    return _("{percent} off “{name}”, number {number}: {amount} less. Reason: {reason}").format(
        percent=format_percent(share),
        name=line.name,
        number=ledger.shown(bill),
        amount=format_money(off, settings.shop(session).currency),
        reason=line.discount_reason or "–",
    )


def _less_than_agreed(order: Order, agreed: int, currency: str) -> str:
    return _("Order {number} of {customer} comes to {total}; the customer agreed to {agreed}.").format(
        number=order.number,
        customer=order.customer_name or "–",
        total=format_money(order.total, currency),
        agreed=format_money(agreed, currency),
    )


def _all_of(session: Session, order: Order, now: Standing) -> str:
    return _("{percent} off order {number}: {amount} less. Reason: {reason}").format(
        percent=format_percent(now.given),
        number=order.number,
        amount=format_money(now.full - now.left, settings.shop(session).currency),
        reason=order.discount_reason or "–",
    )


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
    lines = lines_of(session, order)
    before = standing(session, order, lines)
    was = [order.discount, order.discount_amount, order.discount_reason]
    order.discount, order.discount_amount = command.discount, command.amount
    order.discount_reason = tidy(command.reason)
    now = standing(session, order, lines)
    if now.on_all > before.on_all:
        if now.given > settings.shop(session).discount_limit and not order.discount_reason:
            raise Refusal(_("Write why the discount is given."), "reason")
        act = _act(settings.shop(session), now.given)
        if act is not None:
            approvals.demand(session, by, act, command, _all_of(session, order, now))
    ledger.retotal(session, order)
    changes = {
        "discount": [was[0], order.discount],
        "discount_amount": [was[1], order.discount_amount],
        "reason": order.discount_reason,
        **ledger.terms_told(order),
    }
    journal.record(session, by, order, "discounted", changes)
    return Done("order", order.id, order.number, order.version)


def _allowed(by: By) -> None:
    if not may(by.role, Right.DISCOUNT):
        raise Forbidden(_("Your role may not give discounts. Ask a manager."), "discount")


def _act(shop: Shop, share: int) -> Act | None:
    """Say what giving a share away (basis points) is, if it is more than everybody may give who gives discounts."""
    if share <= shop.discount_limit:
        return None
    return Act.DISCOUNT if share <= shop.discount_limit_manager else Act.DISCOUNT_LARGE
