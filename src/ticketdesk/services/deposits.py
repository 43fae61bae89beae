"""What was paid beyond what is owed on closed orders: given back, kept as credit, or kept for the diagnosis.

Most of it is deposits of orders that came to nothing; the rest left with devices whose work cost less than was paid.
"""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_money
from ticketdesk.domain.orders import CASH, CREDIT, ROUNDING, Phase
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy
from ticketdesk.domain.shop import FEE, REFUND
from ticketdesk.services import approvals, journal, ledger, lines, payments, settings, tills
from ticketdesk.services.doors import Done, action
from ticketdesk.services.ledger import Receipt, Tender
from ticketdesk.services.orders import locked
from ticketdesk.storage.tables import Order, Payment
from ticketdesk.texts import _

CLOSED = (Phase.CANCELLED.value, Phase.DONE.value)


@dataclass(frozen=True, slots=True)
class DepositRow:
    """A closed order for which more was paid than is owed: that surplus, in minor units; whether work was done on it."""

    order_id: UUID
    number: int
    customer: str
    phone: str
    device: str
    surplus: int
    since: datetime
    worked: bool


def to_settle(session: Session, limit: int = 200) -> list[DepositRow]:
    """List the closed orders of which something paid is still due back, the oldest first."""
    query = select(Order).where(Order.balance < 0, Order.phase.in_(CLOSED)).order_by(Order.status_at).limit(limit)
    return [
        DepositRow(
            order.id, order.number, order.customer_name, order.customer_phone, order.device_title, -order.balance,
            order.status_at, order.phase == Phase.DONE,
        )
        for order in session.scalars(query)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SettleDeposit:
    """A closed order, and what becomes of what is due back: ``refund``, ``credit`` or ``fee``; and why."""

    order_id: UUID
    how: str
    reason: str
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("deposit.settle", Right.REFUND)
def settle(session: Session, by: By, command: SettleDeposit) -> Done:
    """Settle what is due back on a closed order, once whoever has to has agreed."""
    paid = _paid(session, command.order_id)
    cash = command.how == REFUND and any(row.method == CASH for row in paid)
    shift = tills.for_money(session, by, cash=cash, out=True)
    order = locked(session, command.order_id)
    reason, shop = tidy(command.reason), settings.shop(session)
    if order.phase not in CLOSED or order.balance >= 0:
        raise Refusal(_("There is no deposit to settle on this order."), "order")
    if not reason:
        raise Refusal(_("Write the reason."), "reason")
    if command.how == FEE and order.phase == Phase.DONE:
        raise Refusal(_("The work was done: what was paid too much is given back or becomes credit."), "how")
    if command.how == FEE:
        return _keep(session, by, order, reason)
    if command.how not in {REFUND, CREDIT}:
        raise Refusal(_("A deposit is given back, becomes credit or is kept for the diagnosis."), "how")
    surplus = -order.balance
    amount = format_money(surplus, shop.currency)
    act = Act.REFUND if surplus <= shop.refund_limit else Act.REFUND_LARGE
    text = _("Give the deposit of {amount} back, order {number}, {customer}. Reason: {reason}")
    if command.how == CREDIT:
        text = _("Turn the deposit of {amount} into credit, order {number}, {customer}. Reason: {reason}")
    what = text.format(amount=amount, number=order.number, customer=order.customer_name, reason=reason)
    receipt = Receipt(session, by, shift, approvals.demand(session, by, act, command, what))
    for row, part in _parts(session, _paid(session, order.id), surplus):
        method = CREDIT if command.how == CREDIT else row.method
        if method == CASH and shift is not None and tills.cash_in(session, shift.id) < part:
            raise Refusal(_("There is not so much cash in the till."), "amount")
        payments.give_back(receipt, order, row, ledger.REFUND, Tender(method, -part), reason)
    return Done("order", order.id, order.number, order.version, receipt.rows[-1].id, receipt.number)


def _keep(session: Session, by: By, order: Order, reason: str) -> Done:
    """Keep a deposit for the diagnosis."""
    order.surcharge = order.discount = order.discount_amount = 0  # what is kept is what is left without them
    ledger.retotal(session, order)
    surplus = -order.balance
    line_id = lines.charge_diagnosis(session, by, order, surplus)
    if order.balance:
        raise Refusal(_("Nothing is charged for this order, so its deposit cannot be kept."), "how")
    journal.record(session, by, order, "deposit_kept", {"amount": surplus, "reason": reason})
    return Done("order", order.id, order.number, order.version, line_id)


def _paid(session: Session, order_id: UUID) -> list[Payment]:
    taken = (Payment.order_id == order_id, Payment.amount > 0, Payment.method != ROUNDING)
    return list(session.scalars(select(Payment).where(*taken).order_by(Payment.number.desc(), Payment.place.desc())))


def _parts(session: Session, paid: list[Payment], surplus: int) -> list[tuple[Payment, int]]:
    """Say how much of each payment goes back, the last one first."""
    parts = []
    for row in paid:
        part = min(payments.left_of(session, row), surplus)
        if part > 0:
            parts.append((row, part))
            surplus -= part
    return parts
