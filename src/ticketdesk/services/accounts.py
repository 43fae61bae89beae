"""What stands between the shop and a customer: credit they have with us, debts they have to pay, and the statement."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ticketdesk.domain import clock
from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_money
from ticketdesk.domain.orders import CASH, CREDIT, METHOD_LABELS, Phase
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy
from ticketdesk.services import approvals, fiscal, journal, ledger, settings, tills
from ticketdesk.services.customers import followed, pointers
from ticketdesk.services.doors import Done, action
from ticketdesk.services.ledger import Receipt, Tender
from ticketdesk.services.orders import locked
from ticketdesk.services.reading import told_phone
from ticketdesk.storage.tables import Customer, Entry, Order, Payment, Sale
from ticketdesk.texts import _, language


@dataclass(frozen=True, slots=True)
class PayIn:
    """Money a customer leaves with us, for no order yet."""

    customer_id: UUID
    tenders: tuple[Tender, ...]


@action("account.pay_in", Right.TAKE_PAYMENT)
def pay_in(session: Session, by: By, command: PayIn) -> Done:
    """Put money into a customer's account."""
    cash = sum(tender.amount for tender in command.tenders if tender.method == CASH)
    shift = tills.for_money(session, by, cash=bool(cash))
    customer = _customer(session, command.customer_id)
    if not command.tenders or any(tender.amount <= 0 for tender in command.tenders):
        raise Refusal(_("Write the amount."), "amount")
    if any(tender.method == CREDIT for tender in command.tenders):
        raise Refusal(_("Credit cannot be put back into credit."), "amount")
    receipt = Receipt(session, by, shift)
    ledger.check_cash(receipt, customer.id, cash)
    for tender in command.tenders:
        receipt.account(customer.id, ledger.ACCOUNT, tender)
    fiscal.queue(session, by, receipt.rows)
    return Done("customer", customer.id, None, customer.version, receipt.rows[-1].id, receipt.rows[-1].shown)


@dataclass(frozen=True, slots=True)
class PayOut:
    """How much of their credit a customer gets back (minor units, positive), how, and why."""

    customer_id: UUID
    amount: int
    method: str
    reason: str
    reference: str = ""
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("account.pay_out", Right.REFUND)
def pay_out(session: Session, by: By, command: PayOut) -> Done:
    """Give a customer's credit back, once whoever has to has agreed."""
    shift = tills.for_money(session, by, cash=command.method == CASH, out=True)
    customer = _customer(session, command.customer_id)
    reason = tidy(command.reason)
    if command.amount <= 0 or command.method == CREDIT:
        raise Refusal(_("Write the amount."), "amount")
    if not reason:
        raise Refusal(_("Write the reason."), "reason")
    shop = settings.shop(session)
    act = Act.REFUND if command.amount <= shop.refund_limit else Act.REFUND_LARGE
    what = _("Pay {amount} of credit out to {customer}. Reason: {reason}").format(
        amount=format_money(command.amount, shop.currency), customer=customer.name, reason=reason
    )
    receipt = Receipt(session, by, shift, approvals.demand(session, by, act, command, what))
    if shift is not None and command.method == CASH and tills.cash_in(session, shift.id) < command.amount:
        raise Refusal(_("There is not so much cash in the till."), "amount")
    tender = Tender(command.method, -command.amount, reference=command.reference)
    made = receipt.account(customer.id, ledger.REFUND, tender, reason=reason)
    return Done("customer", customer.id, None, customer.version, made.id, made.shown)


@dataclass(frozen=True, slots=True)
class Remind:
    """An order with a debt, and how its customer was reminded: by phone, message or letter."""

    order_id: UUID
    how: str


@action("account.remind", Right.NOTE)
def remind(session: Session, by: By, command: Remind) -> Done:
    """Write down that a customer was reminded of a debt."""
    order = locked(session, command.order_id)
    if order.balance <= 0:
        raise Refusal(_("Nothing is owed on this order."), "order")
    journal.record(session, by, order, "reminded", {"how": tidy(command.how), "amount": order.balance})
    return Done("order", order.id, order.number, order.version)


@dataclass(frozen=True, slots=True)
class Account:
    """What a customer has with us and owes us, in minor units; ``overdue`` is the part whose day has passed."""

    customer_id: UUID
    name: str
    credit: int
    owes: int
    overdue: int


def account(session: Session, customer_id: UUID) -> Account:
    """Give the account of a customer as it stands."""
    customer = _customer(session, customer_id)
    shop = settings.shop(session)
    today = clock.day_of(clock.now(), shop.zone)
    late = (Order.phase == Phase.DONE.value) & (Order.pay_by < today)
    owes, overdue = session.execute(
        select(func.coalesce(func.sum(Order.balance), 0), func.coalesce(func.sum(Order.balance).filter(late), 0)).where(
            Order.customer_id == customer_id, Order.balance > 0
        )
    ).one()
    return Account(customer.id, customer.name, customer.credit, int(owes), int(overdue))


@dataclass(frozen=True, slots=True)
class DebtRow:
    """A device that left unpaid: what is owed (minor units), until when, and when its customer was last reminded."""

    order_id: UUID
    number: int
    customer_id: UUID | None
    customer: str
    phone: str
    device: str
    amount: int
    pay_by: date | None
    handed_over_at: datetime | None
    reminded_at: datetime | None
    reminders: int


def debts(session: Session, customer_id: UUID | None = None, limit: int = 500) -> list[DebtRow]:
    """List what is owed for devices that left, the longest overdue first; of everybody or of one customer."""
    query = (
        select(Order)
        .where(Order.balance > 0, Order.phase == Phase.DONE.value)
        .order_by(Order.pay_by.is_(None), Order.pay_by, Order.number)
        .limit(limit)
    )
    if customer_id is not None:
        query = query.where(Order.customer_id == customer_id)
    orders = list(session.scalars(query))
    reminded = _reminded(session, [order.id for order in orders])
    return [
        DebtRow(
            order.id,
            order.number,
            order.customer_id,
            order.customer_name,
            told_phone(session, order.customer_phone),
            order.device_title,
            order.balance,
            order.pay_by,
            order.handed_over_at,
            *reminded.get(order.id, (None, 0)),
        )
        for order in orders
    ]


def _reminded(session: Session, orders: list[UUID]) -> dict[UUID, tuple[datetime, int]]:
    query = (
        select(Entry.subject_id, func.max(Entry.at), func.count())
        .where(Entry.subject_id.in_(orders), Entry.action == "reminded")
        .group_by(Entry.subject_id)
    )
    return {key: (at, times) for key, at, times in session.execute(query)}


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A day on which something was charged or paid. Minor units."""

    date: date
    text: str
    charged: int
    paid: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a customer was charged and paid between two days. A closing sum above zero is owed to the shop."""

    customer_id: UUID
    name: str
    address: str
    tax_id: str
    first: date
    last: date
    opening: int
    lines: tuple[StatementLine, ...]
    closing: int
    credit: int
    language: str


def statement(session: Session, customer_id: UUID, first: date, last: date) -> Statement:
    """Draw up the account of a customer, in their language: orders and sales as charges, money as payments."""
    customer, shop = _customer(session, customer_id), settings.shop(session)
    code = customer.language or shop.language
    with language(code):
        lines = sorted(_statement_lines(session, customer_id, shop.zone), key=lambda line: line.date)
    before = sum(line.charged - line.paid for line in lines if line.date < first)
    within = tuple(line for line in lines if first <= line.date <= last)
    closing = before + sum(line.charged - line.paid for line in within)
    return Statement(
        customer.id, customer.name, customer.address, customer.tax_id, first, last, before, within, closing,
        customer.credit, code,
    )  # fmt: skip


def _statement_lines(session: Session, customer_id: UUID, zone: str) -> Iterator[StatementLine]:
    for order in session.scalars(select(Order).where(Order.customer_id == customer_id, Order.total != 0)):
        at = order.handed_over_at or order.received_at
        text = _("Order {number}, {device}").format(number=order.number, device=order.device_title)
        yield StatementLine(clock.day_of(at, zone), text, order.total, 0)
    for sale in session.scalars(select(Sale).where(Sale.customer_id == customer_id)):
        text = _("Sale {number}").format(number=sale.shown)
        yield StatementLine(clock.day_of(sale.at, zone), text, sale.total, 0)
    # credit that is spent is money that came before
    receipts: dict[str, list[Payment]] = {}
    for payment in session.scalars(_money_of(session, customer_id)):
        receipts.setdefault(payment.shown, []).append(payment)
    for number, rows in receipts.items():
        methods = dict.fromkeys(_(METHOD_LABELS[row.method]).lower() for row in rows)
        text = _("Receipt {number}, {methods}").format(number=number, methods=", ".join(methods))
        yield StatementLine(clock.day_of(rows[0].at, zone), text, 0, sum(row.amount for row in rows))


def _money_of(session: Session, customer_id: UUID) -> Select[Payment]:
    merged = pointers(session)
    selves = [customer_id, *(gone for gone in merged if followed(merged, gone) == customer_id)]
    orders = select(Order.id).where(Order.customer_id == customer_id)
    sales = select(Sale.id).where(Sale.customer_id == customer_id)
    theirs = (
        Payment.order_id.in_(orders)
        | Payment.sale_id.in_(sales)
        | (Payment.order_id.is_(None) & Payment.sale_id.is_(None) & Payment.customer_id.in_(selves))
    )
    return select(Payment).where(theirs, Payment.method != CREDIT).order_by(*Payment.in_turn())


def _customer(session: Session, customer_id: UUID) -> Customer:
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise Refusal(_("This customer is no longer here."), "customer")
    return customer
