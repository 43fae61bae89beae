"""What a shift comes to: the X report at any time, the Z report at its close. All amounts in minor units."""

import json
from collections.abc import Container, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import Charge, RateTotal, per_rate
from ticketdesk.domain.orders import CASH, METHODS, ROUNDING
from ticketdesk.domain.pricing import taken_off
from ticketdesk.services import ledger, wire
from ticketdesk.services.ledger import PAYMENT, REVERSAL
from ticketdesk.services.numbering import SHIFT, found
from ticketdesk.services.seals import SealRow
from ticketdesk.storage.tables import CashMove, Customer, Line, Order, Payment, Sale, Shift, ShiftCount, Staff, Till
from ticketdesk.texts import _

CLOSE = "close"
"""The occasion of a count that a shift is closed by."""


@dataclass(frozen=True, slots=True)
class MethodSum:
    """What came in and went out by one method, and how many rows of the ledger that were."""

    method: str
    taken: int
    given: int
    count: int


@dataclass(frozen=True, slots=True)
class ClerkSum:
    """What somebody took and gave back."""

    name: str
    taken: int
    given: int
    count: int


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Cash that entered or left the drawer without a payment."""

    id: UUID
    number: str
    kind: str
    amount: int
    reason: str
    document: str
    at: datetime
    staff: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """A count of the drawer, and what was expected then."""

    occasion: str
    pieces: dict[str, int]
    total: int
    expected: int
    at: datetime
    staff: str


@dataclass(frozen=True, slots=True)
class ReceiptRun:
    """The receipts of a shift in one series: from which number to which."""

    series: str
    first: int
    last: int

    def shown(self) -> tuple[str, str]:
        """Give both numbers as people read them."""
        return DocumentNumber(self.series, self.first).shown(), DocumentNumber(self.series, self.last).shown()


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """A shift in numbers. ``cash`` is what has to be in the drawer, unless whoever looks is to count it blind.

    Then there is no sum of ``refunds`` and ``voids`` either, which would tell what went back in cash.
    What follows it is there once the shift is closed.
    """

    id: UUID
    number: str
    till: str
    opened_at: datetime
    opened_by: str
    staff: str
    closed_at: datetime | None
    closed_by: str
    methods: tuple[MethodSum, ...]
    rates: tuple[RateTotal, ...]
    clerks: tuple[ClerkSum, ...]
    refunds: int | None
    refund_count: int
    voids: int | None
    void_count: int
    discounts: int
    discount_count: int
    receipts: tuple[ReceiptRun, ...]
    moves: tuple[MoveRow, ...]
    counts: tuple[CountRow, ...]
    cash: int | None
    expected: int | None = None
    counted: int | None = None
    reason: str = ""
    seal: SealRow | None = None

    @property
    def taken(self) -> int:
        """Give all that was taken less what went back, by any method; roundings are no money."""
        return sum(row.taken - row.given for row in self.methods if row.method != ROUNDING)

    @property
    def difference(self) -> int | None:
        """Give what was counted less what was expected."""
        return None if self.counted is None or self.expected is None else self.counted - self.expected


def report(session: Session, shift: Shift) -> ShiftReport:
    """Reckon a shift from its rows."""
    names: dict[UUID, str] = {row.id: row.name for row in session.execute(select(Staff.id, Staff.name))}
    found = session.scalars(select(Payment).where(Payment.shift_id == shift.id).order_by(*Payment.in_turn()))
    rows = list(found)
    moves = tuple(
        MoveRow(
            row.id, row.shown, row.kind, row.amount, row.reason, row.document, row.at, names[row.staff_id],
            names.get(row.approved_by, "") if row.approved_by else "",
        )
        for row in session.scalars(select(CashMove).where(CashMove.shift_id == shift.id).order_by(*CashMove.in_turn()))
    )  # fmt: skip
    counts = tuple(
        CountRow(row.occasion, row.pieces, row.total, row.expected, row.at, names[row.staff_id])
        for row in session.scalars(select(ShiftCount).where(ShiftCount.shift_id == shift.id).order_by(ShiftCount.id))
    )
    back = [row for row in rows if row.amount < 0 and row.method != ROUNDING]
    voids = [row for row in back if row.kind == REVERSAL]
    refunds = [row for row in back if row.kind != REVERSAL]
    discounts = _discounts(session, rows)
    return ShiftReport(
        id=shift.id,
        number=shift.shown,
        till=session.get_one(Till, shift.till_id).name,
        opened_at=shift.opened_at,
        opened_by=names[shift.opened_by],
        staff=names[shift.staff_id],
        closed_at=shift.closed_at,
        closed_by=names[shift.closed_by] if shift.closed_by else "",
        methods=_methods(rows),
        rates=per_rate(Charge(part, int(rate)) for row in rows for rate, part in row.rates.items()),
        clerks=_clerks(rows, names),
        refunds=-sum(row.amount for row in refunds),
        refund_count=len(refunds),
        voids=-sum(row.amount for row in voids),
        void_count=len({row.document_number for row in voids}),
        discounts=sum(discounts),
        discount_count=len(discounts),
        receipts=_runs(rows),
        moves=moves,
        counts=counts,
        cash=sum(row.amount for row in rows if row.method == CASH) + sum(move.amount for move in moves),
        expected=shift.expected,
        counted=shift.counted,
        reason=shift.reason or "",
    )


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A shift in a list; ``difference`` in minor units once it is closed.

    ``counts`` is how often its drawer was counted for the close: what is expected was known from the second time on.
    """

    id: UUID
    number: str
    till: str
    opened_at: datetime
    staff: str
    closed_at: datetime | None
    counted: int | None
    difference: int | None
    reason: str
    approved_by: str
    counts: int


def latest(session: Session, till_id: UUID | None = None, limit: int = 60) -> list[ShiftRow]:
    """List the shifts of a till or of all, the newest first."""
    holder, approver = aliased(Staff), aliased(Staff)
    counts = select(func.count()).where(ShiftCount.shift_id == Shift.id, ShiftCount.occasion == CLOSE)
    query = (
        select(Shift, Till.name, holder.name, approver.name, counts.scalar_subquery())
        .join(Till, Till.id == Shift.till_id)
        .join(holder, holder.id == Shift.staff_id)
        .outerjoin(approver, approver.id == Shift.approved_by)
        .order_by(*Shift.newest_first())
        .limit(limit)
    )
    if till_id is not None:
        query = query.where(Shift.till_id == till_id)
    return [
        ShiftRow(
            shift.id,
            shift.shown,
            till,
            shift.opened_at,
            name,
            shift.closed_at,
            shift.counted,
            None if shift.counted is None or shift.expected is None else shift.counted - shift.expected,
            shift.reason,
            approved or "",
            times,
        )
        for shift, till, name, approved, times in session.execute(query)
    ]


def closed_shift(session: Session, typed: str) -> UUID:
    """Give the key of a closed shift by the number of its Z report.

    Raises:
        Refusal: if none of this number is closed, or several bear it and none is meant by its series.
    """
    document = found(session, SHIFT, typed)
    bears_it = (Shift.series == document.series) & (Shift.number == document.number)
    shift = session.scalars(select(Shift).where(bears_it)).one()
    if shift.closed_at is None:
        raise Refusal(_(SHIFT.unknown).format(number=typed), "number")
    return shift.id


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt's number in a list: for what, how, how much (minor units); ``payment_id`` is its first row.

    ``amount`` is nothing where there was cash in it, for whoever is to count the drawer blind: added up, they are it.
    """

    number: str
    at: datetime
    kind: str
    subject: str
    methods: tuple[str, ...]
    amount: int | None
    staff: str
    payment_id: UUID
    order_id: UUID | None
    corrected: bool


def receipts(session: Session, shift_id: UUID, *, sees_cash: bool) -> list[ReceiptRow]:
    """List the receipts of a shift, the newest first; without those sums that tell the cash of an open drawer."""
    query = (
        select(Payment, Staff.name, Order.number, Order.customer_name, Sale, Customer.name)
        .join(Staff, Staff.id == Payment.staff_id)
        .outerjoin(Order, Order.id == Payment.order_id)
        .outerjoin(Sale, Sale.id == Payment.sale_id)
        .outerjoin(Customer, Customer.id == Payment.customer_id)
        .where(Payment.shift_id == shift_id)
        .order_by(Payment.at.desc(), Payment.series.desc(), Payment.number.desc(), Payment.place)
    )
    rows = [
        (payment, staff, _subject(order, on_order, sale, customer))
        for payment, staff, order, on_order, sale, customer in session.execute(query)
    ]
    keys = select(Payment.id).where(Payment.shift_id == shift_id)
    corrected = set(session.scalars(select(Payment.corrects).where(Payment.corrects.in_(keys))))
    found = [_receipt(list(its), corrected) for _number, its in groupby(rows, key=lambda row: row[0].document_number)]
    if sees_cash or session.get_one(Shift, shift_id).closed_at is not None:
        return found
    return [replace(row, amount=None) if CASH in row.methods else row for row in found]


def _receipt(rows: list[tuple[Payment, str, str]], corrected: Container[UUID | None]) -> ReceiptRow:
    first, staff, _subject_of_first = rows[0]
    money = [payment for payment, _staff, _subject in rows if payment.method != ROUNDING]
    return ReceiptRow(
        first.shown,
        first.at,
        first.kind,
        ", ".join(dict.fromkeys(subject for _payment, _staff, subject in rows)),
        tuple(dict.fromkeys(payment.method for payment in money)),
        sum(payment.amount for payment in money),
        staff,
        first.id,
        first.order_id,
        any(payment.id in corrected for payment, _staff, _subject in rows),
    )


def _subject(order: int | None, on_order: str | None, sale: Sale | None, customer: str | None) -> str:
    if order is not None:
        return f"{order} {on_order or ''}".strip()
    if sale is not None:
        return _("sale {number}").format(number=sale.shown)
    return customer or ""


def of_shift(session: Session, shift_id: UUID) -> ShiftReport:
    """Give the report of a shift: as it was closed, or as it stands now."""
    shift = session.get_one(Shift, shift_id)
    return as_closed(shift.z) if shift.z else report(session, shift)


def as_closed(z: str) -> ShiftReport:
    """Read a Z report as it was written; before documents had series it had bare numbers and one run of receipts."""
    written = json.loads(z)
    if "first_receipt" in written:
        first, last = written.pop("first_receipt"), written.pop("last_receipt")
        written["number"] = str(written["number"])
        written["receipts"] = [] if first is None else [asdict(ReceiptRun("", first, last))]
        written["moves"] = [{**move, "number": str(move["number"])} for move in written["moves"]]
    return wire.build(ShiftReport, written)


def blind(report: ShiftReport) -> ShiftReport:
    """Give what of an open shift may be seen by whoever is to count its drawer: nothing of its cash."""
    if report.closed_at is not None:
        return report
    others = tuple(row for row in report.methods if row.method != CASH)
    opening = tuple(move for move in report.moves if move.kind == "float")
    return replace(
        report, methods=others, rates=(), clerks=(), refunds=None, voids=None, moves=opening, counts=(), cash=None
    )


def unseen_cash() -> str:
    """Say why somebody sees no cash of a till that is open."""
    return _("Cash is shown once the till is closed.")


def _runs(rows: Iterable[Payment]) -> tuple[ReceiptRun, ...]:
    numbers: dict[str, set[int]] = {}
    for row in rows:
        numbers.setdefault(row.series, set()).add(row.number)
    return tuple(ReceiptRun(series, min(its), max(its)) for series, its in numbers.items())


def _methods(rows: Iterable[Payment]) -> tuple[MethodSum, ...]:
    by_method: dict[str, list[int]] = {}
    for row in rows:
        by_method.setdefault(row.method, []).append(row.amount)
    return tuple(
        MethodSum(method, _positive(amounts), _negative(amounts), len(amounts))
        for method in (*METHODS, ROUNDING)
        if (amounts := by_method.get(method))
    )


def _clerks(rows: Iterable[Payment], names: dict[UUID, str]) -> tuple[ClerkSum, ...]:
    by_clerk: dict[UUID, list[int]] = {}
    for row in rows:
        if row.method != ROUNDING:
            by_clerk.setdefault(row.staff_id, []).append(row.amount)
    made = [
        ClerkSum(names[key], _positive(amounts), _negative(amounts), len(amounts)) for key, amounts in by_clerk.items()
    ]
    return tuple(sorted(made, key=lambda row: row.name))


def _positive(amounts: Iterable[int]) -> int:
    return sum(amount for amount in amounts if amount > 0)


def _negative(amounts: Iterable[int]) -> int:
    return -sum(amount for amount in amounts if amount < 0)


def _discounts(session: Session, rows: Iterable[Payment]) -> list[int]:
    """Give each discount on the bills that were settled in a shift: of a line, and of a whole order."""
    settled = [row for row in rows if row.kind == PAYMENT and row.amount > 0]
    orders = {row.order_id for row in settled if row.order_id}
    sales = {row.sale_id for row in settled if row.sale_id}
    lines = select(Line.quantity, Line.price, Line.total).where(
        Line.order_id.in_(orders) | Line.sale_id.in_(sales), (Line.discount > 0) | (Line.discount_amount > 0)
    )
    given = [taken_off(*row) for row in session.execute(lines)]
    whole = select(Order).where(Order.id.in_(orders), (Order.discount > 0) | (Order.discount_amount > 0))
    for order in session.scalars(whole):
        gross = ledger.gross(session, order)
        given.append(gross - ledger.total_after_discount(order, gross))
    return [amount for amount in given if amount > 0]
