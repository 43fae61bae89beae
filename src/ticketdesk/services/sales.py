"""Sell over the counter without an order, and take back what was sold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain import quantities
from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import RateTotal, format_money, half_up, share_out
from ticketdesk.domain.orders import CASH, CREDIT, METHOD_LABELS, ROUNDING
from ticketdesk.domain.papers import PaidFacts
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy
from ticketdesk.services import (
    approvals,
    customers,
    discounts,
    fiscal,
    journal,
    ledger,
    lines,
    numbering,
    payments,
    settings,
    tills,
)
from ticketdesk.services.discounts import Grown
from ticketdesk.services.doors import Done, action
from ticketdesk.services.ledger import Receipt, Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.numbering import RECEIPT, SALE, take
from ticketdesk.storage.tables import Customer, Line, Payment, Sale, Staff
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class NewSale:
    """What is sold and how it is paid, all of it now.

    ``customer_id`` for who pays their own prices, wants their name on it or pays with their credit; ``keep_rest``
    makes credit of what is too much.
    """

    lines: tuple[LineFacts, ...]
    tenders: tuple[Tender, ...]
    customer_id: UUID | None = None
    keep_rest: bool = False
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("sale.sell", Right.TAKE_PAYMENT)
def sell(session: Session, by: By, command: NewSale) -> Done:
    """Sell something over the counter: lines, money and receipt in one transaction."""
    if not command.lines:
        raise Refusal(_("Scan or choose something to sell."), "lines")
    shift = tills.for_money(session, by, cash=any(tender.method == CASH for tender in command.tenders))
    customer_id = customers.one(session, command.customer_id).id if command.customer_id else None
    numbers = take(session, tills.in_time(by, shift), (SALE.key, RECEIPT.key))
    sale = _made(session, by, numbers[SALE.key], customer_id=customer_id)
    sold = [Line(sale_id=sale.id, place=place) for place in range(1, len(command.lines) + 1)]
    for line, facts in zip(sold, command.lines, strict=True):
        lines.write(session, by, line, lines.from_catalogue(session, by, facts, customer_id))
        if not line.price:
            said = _("“{name}” has no price: write one. A gift is a discount of 100 %.").format(name=line.name)
            raise Refusal(said, "price")
    session.add_all(sold)
    session.flush()
    discounts.admit(session, by, command, sale, [Grown(line) for line in sold], None)
    ledger.retotal(session, sale)
    if sale.total <= 0:
        raise Refusal(_("Nothing is to be paid for this."), "lines")
    journal.record(session, by, sale, "sold", {"number": sale.shown, "total": sale.total})
    for line in sold:
        lines.record(session, by, sale, line)
    receipt = Receipt(session, by, shift, number=numbers[RECEIPT.key])
    ledger.receive(receipt, [sale], command.tenders, keep_rest=command.keep_rest)
    if sale.balance:
        left = format_money(sale.balance, settings.shop(session).currency)
        raise Refusal(_("{amount} still to pay.").format(amount=left), "amount")
    fiscal.queue(session, by, receipt.rows)
    return _done(sale, receipt)


@dataclass(frozen=True, slots=True)
class BackLine:
    """A line of a sale, and how much of it comes back (thousandths)."""

    line_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True)
class TakeBack:
    """What of a sale comes back and why; the money goes back the way it came, unless ``method`` says otherwise."""

    sale_id: UUID
    lines: tuple[BackLine, ...]
    reason: str
    method: str = ""
    reference: str = ""
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("sale.take_back", Right.REFUND)
def take_back(session: Session, by: By, command: TakeBack) -> Done:
    """Take back what was sold, against its receipt: never more than was sold, and once approved."""
    sold = _rows(session, command.sale_id)
    cash = command.method == CASH if command.method else any(row.method == CASH for row in sold)
    shift = tills.for_money(session, by, cash=cash, out=True)
    first = session.get(Sale, command.sale_id, with_for_update=True, populate_existing=True)
    if first is None or first.returns is not None:
        raise Refusal(_("There is no such sale."), "sale")
    reason = tidy(command.reason)
    if not reason:
        raise Refusal(_("Write the reason."), "reason")
    wanted: dict[UUID, int] = {}
    for each in command.lines:  # a line may be named twice
        wanted[each.line_id] = wanted.get(each.line_id, 0) + each.quantity
    back = [_coming_back(session, first, BackLine(key, quantity)) for key, quantity in wanted.items() if quantity]
    total = -sum(line.total for line in back)
    if not back or total <= 0:
        raise Refusal(_("Choose what comes back."), "lines")
    shop = settings.shop(session)
    parts = _going_back(session, sold, total, command)
    what = _("Take back {amount} of sale {number}, {methods}. Reason: {reason}").format(
        amount=format_money(total, shop.currency),
        number=first.shown,
        methods=", ".join(dict.fromkeys(_(METHOD_LABELS[tender.method]).lower() for _row, tender in parts)),
        reason=reason,
    )
    act = Act.REFUND if total <= shop.refund_limit else Act.REFUND_LARGE
    if any(tender.method not in {row.method, CREDIT} for row, tender in parts):
        act = Act.REFUND_OTHERWISE
    approved_by = approvals.demand(session, by, act, command, what)
    tills.require_cash(session, shift, -sum(tender.amount for _row, tender in parts if tender.method == CASH))
    numbers = take(session, tills.in_time(by, shift), (SALE.key, RECEIPT.key))
    sale = _made(session, by, numbers[SALE.key], customer_id=first.customer_id, returns=first.id, reason=reason)
    for line in back:
        line.sale_id = sale.id
        session.add(line)
    ledger.retotal(session, sale)
    content = {"number": sale.shown, "total": sale.total, "of": first.shown, "reason": reason}
    journal.record(session, by, sale, "taken_back", content)
    for line in back:
        lines.record(session, by, sale, line)
    journal.record(session, by, first, "came_back", {"number": sale.shown, "total": sale.total, "reason": reason})
    receipt = Receipt(session, by, shift, approved_by, numbers[RECEIPT.key])
    _pay_back(receipt, sale, parts, reason)
    return _done(sale, receipt)


def _made(
    session: Session,
    by: By,
    document: DocumentNumber,
    *,
    customer_id: UUID | None,
    returns: UUID | None = None,
    reason: str = "",
) -> Sale:
    sale = Sale(
        id=new_key(),
        series=document.series,
        number=document.number,
        at=by.at,
        staff_id=by.staff_id,
        station=by.station,
        customer_id=customer_id,
        returns=returns,
        reason=reason,
        total=0,
        paid=0,
        balance=0,
    )
    session.add(sale)
    session.flush()
    return sale


def _done(sale: Sale, receipt: Receipt) -> Done:
    last = receipt.rows[-1]
    return Done("sale", sale.id, None, sale.version, last.id, last.shown, sale.shown)


def _rows(session: Session, sale_id: UUID) -> list[Payment]:
    mine = select(Payment).where(Payment.sale_id == sale_id).order_by(*Payment.in_turn())
    return list(session.scalars(mine))


def _coming_back(session: Session, sale: Sale, back: BackLine) -> Line:
    """Make the line that takes one back; all that is left of it gives back exactly what is left of its total."""
    line = session.get(Line, back.line_id)
    if line is None or line.sale_id != sale.id:
        raise Refusal(_("This line is not on the receipt."), "lines")
    returned = select(func.coalesce(func.sum(Line.quantity), 0), func.coalesce(func.sum(Line.total), 0))
    quantity, total = (int(value) for value in session.execute(returned.where(Line.returns == line.id)).one())
    left = line.quantity + quantity
    if not 0 < back.quantity <= left:
        count = quantities.format_quantity(left, line.unit)
        raise Refusal(_("Of “{name}” at most {count} can come back.").format(name=line.name, count=count), "lines")
    worth = line.total + total  # what is left of it; roundings of parts must not make more of it
    share = half_up(Decimal(line.total) * back.quantity / line.quantity)
    amount = worth if back.quantity == left else min(share, worth)
    return lines.coming_back(line, back.quantity, amount)


def _going_back(
    session: Session, sold: Sequence[Payment], total: int, command: TakeBack
) -> list[tuple[Payment, Tender]]:
    """Say of which payments money goes back, how, and how much of each.

    What cash was rounded up by stays with the shop; what it was rounded down by was never paid, so it goes last.
    """
    parts = []
    for row in sorted(sold, key=lambda row: row.method == ROUNDING):
        part = min(payments.left_of(session, row), total)
        if part > 0:
            method = command.method if command.method and row.method != ROUNDING else row.method
            reference = row.reference if method == row.method else command.reference
            parts.append((row, Tender(method, -part, reference=reference)))
            total -= part
    if total:
        raise Refusal(_("More would be given back than was paid."), "lines")
    return parts


def _pay_back(receipt: Receipt, sale: Sale, parts: list[tuple[Payment, Tender]], reason: str) -> None:
    taxed = {rate: -part for rate, part in ledger.left_by_rate(receipt.session, sale).items() if part < 0}
    for place, (row, tender) in enumerate(parts, 1):
        split = dict(taxed) if place == len(parts) else share_out(-tender.amount, taxed)
        taxed = {rate: part - split.get(rate, 0) for rate, part in taxed.items()}
        rates = {rate: -part for rate, part in split.items() if part}
        receipt.book(sale, ledger.REFUND, tender, corrects=row, rates=rates, reason=reason)


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line of a sale, and how much of it has come back (thousandths, positive)."""

    id: UUID
    facts: LineFacts
    total: int
    returned: int


@dataclass(frozen=True, slots=True)
class SalePage:
    """A sale whole. Amounts in minor units; those of what came back are negative."""

    id: UUID
    number: str
    payment_id: UUID | None
    """A payment of its receipt."""
    at: datetime
    staff: str
    station: str
    customer: str
    returns: str | None
    """The number of the sale that this one takes back."""
    reason: str
    total: int
    lines: tuple[SoldLine, ...]
    payments: tuple[PaidFacts, ...]
    rates: tuple[RateTotal, ...]


def sale_page(session: Session, sale_id: UUID) -> SalePage:
    """Give a sale whole.

    Raises:
        Refusal: if there is none of this key.
    """
    sale = session.get(Sale, sale_id)
    if sale is None:
        raise Refusal(_("There is no such sale."), "sale")
    every = list(session.scalars(select(Line).where(Line.sale_id == sale.id).order_by(Line.place)))
    found = [line for line in every if sale.returns or not line.returns]  # one that was undone came back to itself
    came_back = select(Line.returns, func.sum(-Line.quantity)).where(Line.returns.in_([line.id for line in found]))
    returned = {key: int(count) for key, count in session.execute(came_back.group_by(Line.returns))}
    paid = _rows(session, sale.id)
    first = session.get(Sale, sale.returns) if sale.returns else None
    customer = session.get(Customer, sale.customer_id) if sale.customer_id else None
    return SalePage(
        sale.id,
        sale.shown,
        paid[0].id if paid else None,
        sale.at,
        session.get_one(Staff, sale.staff_id).name,
        sale.station,
        customer.name if customer else "",
        first.shown if first else None,
        sale.reason,
        sale.total,
        tuple(SoldLine(line.id, lines.seen(line), line.total, returned.get(line.id, 0)) for line in found),
        tuple(PaidFacts(row.shown, row.kind, row.method, row.amount, row.tendered) for row in paid),
        ledger.rates(sale, [(line.total, line.vat) for line in every]),
    )


def sale_id_of(session: Session, typed: str) -> UUID:
    """Give the key of a sale by its number.

    Raises:
        Refusal: if there is none of this number, or several bear it and none is meant by its series.
    """
    document = numbering.found(session, SALE, typed)
    bears_it = (Sale.series == document.series) & (Sale.number == document.number)
    return session.scalars(select(Sale.id).where(bears_it)).one()


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A sale in a list: what was sold, or taken back; then its total (minor units) is negative."""

    id: UUID
    number: str
    at: datetime
    staff: str
    what: str
    total: int


def of_customer(session: Session, customer_id: UUID, limit: int = 200) -> list[SaleRow]:
    """List what was sold to a customer over the counter and what they brought back, the newest first."""
    query = (
        select(Sale, Staff.name)
        .join(Staff, Staff.id == Sale.staff_id)
        .where(Sale.customer_id == customer_id)
        .order_by(*Sale.newest_first())
        .limit(limit)
    )
    rows = [(sale, staff) for sale, staff in session.execute(query)]
    named: dict[UUID | None, list[str]] = {}
    written = select(Line.sale_id, Line.name).join(Sale, Sale.id == Line.sale_id)
    written = written.where(
        Line.sale_id.in_([sale.id for sale, _staff in rows]), Line.returns.is_(None) | Sale.returns.is_not(None)
    )
    for sale_id, name in session.execute(written.order_by(Line.sale_id, Line.place)):
        named.setdefault(sale_id, []).append(name)
    return [
        SaleRow(sale.id, sale.shown, sale.at, staff, ", ".join(named.get(sale.id, [])), sale.total)
        for sale, staff in rows
    ]
