"""What was paid beyond what is owed on closed orders: given back, kept as credit, or kept for the diagnosis.

Most of it is deposits of orders that came to nothing; the rest left with devices whose work cost less than was paid.
A deposit is abandoned when nothing moved on its order, cancelled or waiting to be collected, for as many days as the
shop says: then a person may keep it. Nothing is taken from a customer by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain import clock
from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_money
from ticketdesk.domain.orders import CASH, CREDIT, PLACE_IN_FLOW, ROUNDING, STATUSES, Phase
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy
from ticketdesk.domain.shop import FEE, KEEP, REFUND, abandoned
from ticketdesk.services import approvals, journal, ledger, lines, payments, settings, tills
from ticketdesk.services.doors import Done, action
from ticketdesk.services.ledger import Receipt, Tender
from ticketdesk.services.orders import locked
from ticketdesk.services.reading import told_phone
from ticketdesk.storage.tables import Entry, Order, Payment
from ticketdesk.texts import N_, _

_ASKED = {
    REFUND: N_("Give the deposit of {amount} back, order {number}, {customer}. Reason: {reason}"),
    CREDIT: N_("Turn the deposit of {amount} into credit, order {number}, {customer}. Reason: {reason}"),
    KEEP: N_("Keep the abandoned deposit of {amount}, order {number}, {customer}. Reason: {reason}"),
}
"""What whoever agrees is told."""
_READY = tuple(PLACE_IN_FLOW[status.key] for status in STATUSES if status.phase is Phase.READY)
CLOSED = (Phase.CANCELLED.value, Phase.DONE.value)


@dataclass(frozen=True, slots=True)
class DepositRow:
    """An order of which something paid is to be settled: how much, in minor units; whether work was done on it.

    It is closed and more was paid than is owed; or it waits to be collected and its deposit is ``abandoned``, which
    is when nothing moved on it for as many days as the shop says. That decides what may be done, and does nothing.
    """

    order_id: UUID
    number: int
    customer: str
    phone: str
    device: str
    surplus: int
    since: datetime
    worked: bool
    abandoned: bool = False
    waiting: bool = False


def to_settle(session: Session, limit: int = 200, at: datetime | None = None) -> list[DepositRow]:
    """List the orders of which something paid is to be settled, the oldest first."""
    at, days = at or clock.now(), settings.shop(session).abandoned_days
    closed = (Order.balance < 0) & Order.phase.in_(CLOSED)
    found = list(session.scalars(select(Order).where(closed).order_by(Order.status_at).limit(limit)))
    if days:
        long_ago = (Order.paid > 0) & (Order.status_at <= at - timedelta(days=days))
        ready = Order.status_place.in_(_READY) & long_ago
        found.extend(session.scalars(select(Order).where(ready).order_by(Order.status_at).limit(limit)))
    rows = _rows(session, found, at)
    return sorted(rows, key=lambda row: row.since)[:limit]


def of_order(session: Session, order_id: UUID, at: datetime) -> DepositRow | None:
    """Give what is to be settled of an order, if anything is."""
    return next(iter(_rows(session, [session.get_one(Order, order_id)], at)), None)


def _rows(session: Session, orders: Sequence[Order], at: datetime) -> list[DepositRow]:
    days = settings.shop(session).abandoned_days
    mine = Entry.subject_id.in_([order.id for order in orders])
    last = select(Entry.subject_id, func.max(Entry.at)).where(mine).group_by(Entry.subject_id)
    moved = {row.subject_id: row[1] for row in session.execute(last)}
    kept = set(session.scalars(select(Entry.subject_id).where(mine, Entry.action == "deposit_kept")))
    rows = []
    for order in orders:
        idle = abandoned(moved.get(order.id, order.status_at), at, days)
        waiting = order.phase == Phase.READY
        if waiting and (order.paid <= 0 or order.id in kept or not idle):
            continue
        if not waiting and (order.phase not in CLOSED or order.balance >= 0):
            continue
        rows.append(
            DepositRow(
                order.id, order.number, order.customer_name, told_phone(session, order.customer_phone), order.device_title,
                order.paid if waiting else -order.balance, order.status_at, order.phase != Phase.CANCELLED,
                abandoned=idle and order.phase != Phase.DONE, waiting=waiting,
            )
        )  # fmt: skip
    return rows


@dataclass(frozen=True, slots=True)
class SettleDeposit:
    """An order, and what becomes of what is to be settled: ``refund``, ``credit``, ``fee`` or ``keep``; and why."""

    order_id: UUID
    how: str
    reason: str
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("deposit.settle", Right.REFUND)
def settle(session: Session, by: By, command: SettleDeposit) -> Done:
    """Settle what was paid beyond what is owed, or a deposit nobody came for, once whoever has to has agreed."""
    paid = _paid(session, command.order_id)
    cash = command.how == REFUND and any(row.method == CASH for row in paid)
    shift = tills.for_money(session, by, cash=cash, out=True)
    order = locked(session, command.order_id)
    reason, shop = tidy(command.reason), settings.shop(session)
    deposit = of_order(session, order.id, by.at)
    if deposit is None:
        raise Refusal(_("There is no deposit to settle on this order."), "order")
    if not reason:
        raise Refusal(_("Write the reason."), "reason")
    if command.how == FEE and deposit.worked:
        raise Refusal(_("The work was done: what was paid too much is given back or becomes credit."), "how")
    if command.how == FEE:
        return _keep(session, by, order, deposit, command)
    if command.how not in {REFUND, CREDIT, KEEP}:
        raise Refusal(_("A deposit is given back, becomes credit or is kept for the diagnosis."), "how")
    if command.how == KEEP and not deposit.abandoned:
        sentence = _("A deposit is kept as abandoned only once nothing has moved on its order for {days} days.")
        if not shop.abandoned_days:
            sentence = _("This shop keeps no abandoned deposits: Settings, Money says so.")
        raise Refusal(sentence.format(days=shop.abandoned_days), "how")
    if command.how == KEEP and deposit.waiting and order.total and order.balance < 0:
        raise Refusal(_("The work was done: what was paid too much is given back or becomes credit."), "how")
    what = _(_ASKED[command.how]).format(
        amount=format_money(deposit.surplus, shop.currency), number=order.number, customer=order.customer_name,
        reason=reason,
    )  # fmt: skip
    act = Act.REFUND if deposit.surplus <= shop.refund_limit else Act.REFUND_LARGE
    approved_by = approvals.demand(session, by, act, command, what)
    if command.how == KEEP:
        return _keep(session, by, order, deposit, command, approved_by)
    receipt = Receipt(session, by, shift, approved_by)
    for row, part in _parts(session, _paid(session, order.id), deposit.surplus):
        method = CREDIT if command.how == CREDIT else row.method
        if method == CASH and shift is not None and tills.cash_in(session, shift.id) < part:
            raise Refusal(_("There is not so much cash in the till."), "amount")
        payments.give_back(receipt, order, row, ledger.REFUND, Tender(method, -part), reason)
    return Done("order", order.id, order.number, order.version, receipt.rows[-1].id, receipt.rows[-1].shown)


def _keep(
    session: Session, by: By, order: Order, deposit: DepositRow, command: SettleDeposit, approved_by: UUID | None = None
) -> Done:
    """Keep a deposit, for the diagnosis or as abandoned: what no work stands for becomes a line, taxed like any."""
    line_id = None
    if not deposit.waiting:
        order.surcharge = order.discount = order.discount_amount = 0  # what is kept is what is left without them
        ledger.retotal(session, order)
    kept = deposit.surplus if deposit.waiting else -order.balance
    if order.balance < 0:
        name = N_("Abandoned deposit") if command.how == KEEP else N_("Diagnosis fee")
        line_id = lines.charge_fee(session, by, order, -order.balance, name)
    if order.balance and not deposit.waiting:
        raise Refusal(_("Nothing is charged for this order, so its deposit cannot be kept."), "how")
    content: dict[str, object] = {"amount": kept, "how": command.how, "reason": tidy(command.reason)}
    content |= ledger.terms_told(order)
    if approved_by is not None:
        content["approved_by"] = approvals.name_of(session, approved_by)
    journal.record(session, by, order, "deposit_kept", content)
    return Done("order", order.id, order.number, order.version, line_id)


def _paid(session: Session, order_id: UUID) -> list[Payment]:
    taken = (Payment.order_id == order_id, Payment.amount > 0, Payment.method != ROUNDING)
    return list(session.scalars(select(Payment).where(*taken).order_by(*Payment.newest_first())))


def _parts(session: Session, paid: list[Payment], surplus: int) -> list[tuple[Payment, int]]:
    """Say how much of each payment goes back, the last one first."""
    parts = []
    for row in paid:
        part = min(payments.left_of(session, row), surplus)
        if part > 0:
            parts.append((row, part))
            surplus -= part
    return parts
