"""The facts of papers about money alone: one act at the till, cash put in or taken out. Minor units, shop's clock."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.codes import sale_code
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import Charge, per_rate
from ticketdesk.domain.papers import ShopFacts, VatFacts
from ticketdesk.domain.quantities import ONE, divisible, format_quantity
from ticketdesk.services import settings
from ticketdesk.services.paper import issuer
from ticketdesk.services.payments import of_number
from ticketdesk.storage.tables import CashMove, Customer, Line, Order, Payment, Sale, Shift, Staff, Till
from ticketdesk.texts import N_, _, language

TITLES = {
    "deposit": N_("Payment receipt"),
    "payment": N_("Payment receipt"),
    "account": N_("Payment receipt"),
    "refund": N_("Refund"),
    "reversal": N_("Payment undone"),
}
MOVES = {
    "float": N_("Float"),
    "in": N_("Cash put in"),
    "out": N_("Cash taken out"),
    "difference": N_("Difference at the count"),
}
"""What a receipt's number was for by its kind, and what moved in a till."""


@dataclass(frozen=True, slots=True)
class PaidFor:
    """A part of what changed hands: for what, and how much is still owed on that."""

    text: str
    amount: int
    left: int | None


@dataclass(frozen=True, slots=True)
class PaidBy:
    """A way in which it changed hands; ``tendered`` above the amount means change was given."""

    method: str
    amount: int
    tendered: int
    reference: str


@dataclass(frozen=True, slots=True)
class PaymentSlip:
    """One receipt number: what was paid or given back, for whom, why, and who agreed."""

    shop: ShopFacts
    number: str
    kind: str
    at: datetime
    staff: str
    approved_by: str
    customer: str
    reason: str
    corrects: str | None
    parts: tuple[PaidFor, ...]
    tenders: tuple[PaidBy, ...]
    rates: tuple[VatFacts, ...]
    credit: int | None
    code: str = ""
    """The bar code by which what was sold is found again when it comes back."""


def payment_slip(session: Session, payment_id: UUID) -> tuple[PaymentSlip, str]:
    """Give the facts of the receipt of a payment, and the language it speaks: the customer's, else the shop's.

    Raises:
        Refusal: if there is no such receipt.
    """
    payment = session.get(Payment, payment_id)
    if payment is None:
        raise Refusal(_("There is no such payment."), "payment")
    rows = of_number(session, payment.document_number)
    shop, first = settings.shop(session), rows[0]
    customer = session.get(Customer, first.customer_id) if first.customer_id else None
    code = (customer.language if customer else "") or shop.language
    corrects = session.get(Payment, first.corrects) if first.corrects else None
    sums: dict[str, list[int | str]] = {}
    for row in rows:
        kept = sums.setdefault(row.method, [0, 0, ""])
        kept[:] = [int(kept[0]) + row.amount, int(kept[1]) + row.tendered, row.reference or kept[2]]
    charges = [Charge(part, int(rate)) for row in rows for rate, part in row.rates.items()]
    with language(code):
        slip = PaymentSlip(
            issuer(session),
            first.shown,
            first.kind,
            shop_time(first.at, shop.zone),
            session.get_one(Staff, first.staff_id).name,
            session.get_one(Staff, first.approved_by).name if first.approved_by else "",
            customer.name if customer else "",
            first.reason,
            corrects.shown if corrects else None,
            _parts(session, rows),
            tuple(PaidBy(name, int(kept[0]), int(kept[1]), str(kept[2])) for name, kept in sums.items()),
            tuple(VatFacts(part.rate, part.vat) for part in per_rate(charges) if part.rate and part.vat),
            customer.credit if customer and customer.credit else None,
            _code_of(session, rows),
        )
    return slip, code


def _parts(session: Session, rows: list[Payment]) -> tuple[PaidFor, ...]:
    sums: dict[tuple[UUID | None, UUID | None], int] = {}
    for row in rows:
        key = (row.order_id, row.sale_id)
        sums[key] = sums.get(key, 0) + row.amount
    parts = []
    for (order_id, sale_id), amount in sums.items():
        if order_id:
            order = session.get_one(Order, order_id)
            text = _("Order {number}, {device}").format(number=order.number, device=order.device_title)
            parts.append(PaidFor(text, amount, order.balance))
        elif sale_id:
            sale = session.get_one(Sale, sale_id)
            parts.extend(_sold(session, sale, amount))
        else:
            parts.append(PaidFor(_("Customer's account"), amount, None))
    return tuple(parts)


def _sold(session: Session, sale: Sale, amount: int) -> list[PaidFor]:
    """Name what a sale was of; a part of its money, or one with a rounding, only by its number."""
    written = session.scalars(select(Line).where(Line.sale_id == sale.id).order_by(Line.place))
    found = [line for line in written if (line.quantity > 0) is (amount > 0)]  # one that was undone came back to itself
    if amount != sum(line.total for line in found):
        return [PaidFor(_("Sale {number}").format(number=sale.shown), amount, None)]
    return [PaidFor(_counted(line), line.total, None) for line in found]


def _counted(line: Line) -> str:
    plain = abs(line.quantity) == ONE and not divisible(line.unit)
    return line.name if plain else f"{line.name} × {format_quantity(abs(line.quantity), line.unit)}"


def _code_of(session: Session, rows: list[Payment]) -> str:
    sale = session.get(Sale, rows[0].sale_id) if rows[0].sale_id else None
    return sale_code(sale.document_number) if sale is not None and sale.returns is None else ""


@dataclass(frozen=True, slots=True)
class CashSlip:
    """Cash put into a drawer or taken out of it: negative amounts left it."""

    shop: ShopFacts
    number: str
    till: str
    shift: str
    kind: str
    amount: int
    reason: str
    document: str
    at: datetime
    staff: str
    approved_by: str


def cash_slip(session: Session, move_id: UUID) -> CashSlip:
    """Give the facts of one movement of cash.

    Raises:
        Refusal: if there is none of this key.
    """
    move = session.get(CashMove, move_id)
    if move is None:
        raise Refusal(_("There is no such cash movement."), "number")
    shop = settings.shop(session)
    shift = session.get_one(Shift, move.shift_id)
    return CashSlip(
        issuer(session),
        move.shown,
        session.get_one(Till, shift.till_id).name,
        shift.shown,
        move.kind,
        move.amount,
        move.reason,
        move.document,
        shop_time(move.at, shop.zone),
        session.get_one(Staff, move.staff_id).name,
        session.get_one(Staff, move.approved_by).name if move.approved_by else "",
    )
