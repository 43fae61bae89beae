"""Take money, give it back. The ledger is only ever added to."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_amount
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy
from ticketdesk.services.doors import Done, action
from ticketdesk.services.ledger import Tender, book
from ticketdesk.services.orders import locked, put
from ticketdesk.storage.numbers import take
from ticketdesk.storage.tables import Payment
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class TakePayment:
    """What is paid for an order, in one or several tenders, and the status it goes to with it, if any.

    Before anything is written on the order it is a deposit; afterwards it may not exceed what is owed.
    """

    order_id: UUID
    tenders: tuple[Tender, ...]
    then: str | None = None


@action("payment.take", Right.TAKE_PAYMENT)
def take_payment(session: Session, by: By, command: TakePayment) -> Done:
    """Take money for an order: each tender gets a receipt number, the balance falls, the order may move on."""
    order = locked(session, command.order_id)
    total = sum(tender.amount for tender in command.tenders)
    if total <= 0:
        raise Refusal(_("Write the amount."), "amount")
    if order.total and total > order.balance:
        left = format_amount(max(order.balance, 0))
        raise Refusal(_("Only {amount} is still to pay.").format(amount=left), "amount")
    kind = "payment" if order.total and total == order.balance else "deposit"
    payment: Payment | None = None
    for tender in command.tenders:
        number = take(session, ("receipt",))["receipt"]
        payment = book(session, by, order, kind, tender, number)
    if command.then is not None:
        put(session, by, order, command.then)
    made = payment.id if payment else None
    return Done("order", order.id, order.number, order.version, made, payment.number if payment else None)


@dataclass(frozen=True, slots=True)
class Refund:
    """A payment, how much of it goes back (minor units, positive), and why."""

    payment_id: UUID
    amount: int
    reason: str


@action("payment.refund", Right.REFUND)
def refund(session: Session, by: By, command: Refund) -> Done:
    """Give money back the way it was paid, by a second line that names the first."""
    first = session.get(Payment, command.payment_id)
    if first is None or first.amount <= 0 or first.order_id is None:
        raise Refusal(_("There is no such payment."), "payment")
    order = locked(session, first.order_id)
    if not command.reason.strip():
        raise Refusal(_("Write the reason."), "reason")
    given = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.corrects == first.id)
    back = int(session.scalar(given) or 0)  # PostgreSQL sums whole numbers into decimals
    if not 0 < command.amount <= first.amount + back:
        left = format_amount(first.amount + back)
        raise Refusal(_("Of this payment at most {amount} can be given back.").format(amount=left), "amount")
    number = take(session, ("receipt",))["receipt"]
    tender = Tender(first.method, -command.amount)
    made = book(session, by, order, "refund", tender, number, corrects=first, reason=tidy(command.reason))
    return Done("order", order.id, order.number, order.version, made.id, number)
