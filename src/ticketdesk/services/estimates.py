"""Estimates: the price put to the customer, version after version, and what the customer said to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED
from ticketdesk.domain.by import By
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.estimates import (
    AGREED,
    ANSWERS,
    MADE,
    PARTLY,
    REFUSED,
    SENDINGS,
    SENT,
    SUPERSEDED,
    VALID_DAYS,
    EstimateLine,
    EstimateLines,
)
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import MOST, RateTotal
from ticketdesk.domain.pictures import prepared
from ticketdesk.domain.pricing import Reckoned, reckon
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy, tidy_lines
from ticketdesk.services import discounts, journal, ledger, lines, settings, wire
from ticketdesk.services.doors import Done, action
from ticketdesk.services.orders import locked
from ticketdesk.storage.tables import Estimate, Line, Order, Staff
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class MakeEstimate:
    """An order whose lines are put to the customer, what is owed if all is refused (minor units), and a remark."""

    order_id: UUID
    fee: int = 0
    note: str = ""
    valid_days: int = VALID_DAYS


@action("estimate.make", Right.EDIT_ORDER)
def make(session: Session, by: By, command: MakeEstimate) -> Done:
    """Put the lines of an order, as they stand now, into a new version of its estimate."""
    order = _open(session, command.order_id)
    found = list(session.scalars(select(Line).where(Line.order_id == order.id).order_by(Line.place)))
    if not found:
        raise Refusal(_("Write the work and parts first: an estimate says what they cost."), "lines")
    if not 0 <= command.fee <= MOST:
        raise Refusal(_("An amount cannot be negative."), "fee")
    if not VALID_DAYS <= command.valid_days <= 365:
        raise Refusal(_("An estimate holds for at least {days} days.").format(days=VALID_DAYS), "valid_days")
    earlier = select(Estimate.version).where(Estimate.order_id == order.id).order_by(Estimate.version.desc()).limit(1)
    version = (session.scalar(earlier) or 0) + 1
    waiting = select(Estimate).where(Estimate.order_id == order.id, Estimate.state.in_((MADE, SENT)))
    for older in session.scalars(waiting.with_for_update()):
        older.state = SUPERSEDED
    told = EstimateLines(
        tuple(
            EstimateLine(
                line.id, line.place, line.kind, line.name, line.quantity, line.unit, line.price, line.total, line.vat
            )
            for line in found
        ),
        ledger.terms(order),
    )
    made = Estimate(
        id=new_key(),
        order_id=order.id,
        version=version,
        state=MADE,
        lines=wire.dumps(told),
        total=ledger.reckoned(order, [(line.total, line.vat) for line in found]).total,
        fee=command.fee,
        note=tidy_lines(command.note),
        made_at=by.at,
        made_by=by.staff_id,
        valid_until=day_of(by.at, settings.shop(session).zone) + timedelta(days=command.valid_days),
        refused=[],
    )
    session.add(made)
    journal.record(session, by, order, "estimate_made", {"version": version, "total": made.total, "fee": made.fee})
    return Done("order", order.id, order.number, order.version, made.id)


@dataclass(frozen=True, slots=True)
class EstimateSent:
    """That an estimate went to the customer, and how: printed, message, email."""

    estimate_id: UUID
    how: str


@action("estimate.sent", Right.EDIT_ORDER)
def sent(session: Session, by: By, command: EstimateSent) -> Done:
    """Write down that an estimate was given or sent to the customer."""
    estimate, order = _both(session, command.estimate_id)
    if command.how not in SENDINGS:
        raise Refusal(_("Choose how it reaches the customer."), "how")
    if estimate.state == MADE:
        estimate.state = SENT
    estimate.sent_at, estimate.sent_how = by.at, command.how
    journal.record(session, by, order, "estimate_sent", {"version": estimate.version, "how": command.how})
    return Done("order", order.id, order.number, order.version, estimate.id)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the customer said: the lines they refused (by place), who said it and how; a signature if it was drawn."""

    estimate_id: UUID
    refused: tuple[int, ...]
    by_whom: str
    how: str
    signature: bytes = b""
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("estimate.answer", Right.EDIT_ORDER)
def answer(session: Session, by: By, command: Answer) -> Done:
    """Write down the customer's answer: refused lines leave the order, and if all are, its diagnosis fee is owed."""
    estimate, order = _both(session, command.estimate_id)
    if estimate.state not in {MADE, SENT}:
        raise Refusal(_("This estimate was answered or replaced already."), "estimate")
    if command.how not in ANSWERS:
        raise Refusal(_("Choose how the customer answered."), "how")
    who = tidy(command.by_whom)[:80]
    if not who:
        raise Refusal(_("Write who answered."), "by_whom")
    told = _told(estimate)
    if not set(command.refused) <= {line.place for line in told.lines}:
        raise Refusal(_("This line is not on the estimate."), "refused")
    refused = [line for line in told.lines if line.place in command.refused]
    before = discounts.standing(session, order, discounts.lines_of(session, order))
    removed = [
        there
        for line in refused
        if (there := session.get(Line, line.line_id)) is not None and there.order_id == order.id
    ]
    for there in removed:
        session.delete(there)
    everything = len(refused) == len(told.lines)
    if everything and estimate.fee:
        lines.charge_fee(session, by, order, estimate.fee)
    estimate.state = REFUSED if everything else PARTLY if refused else AGREED
    estimate.refused = sorted(line.place for line in refused)
    estimate.answered_at, estimate.answered_how, estimate.answered_by = by.at, command.how, who
    estimate.heard_by = by.staff_id
    estimate.signature = _picture(command.signature) if command.signature else None
    ledger.retotal(session, order)
    order.agreed = None  # what was agreed before is answered anew
    discounts.admit(session, by, command, order, [], before)
    estimate.agreed = order.agreed = (
        estimate.fee if everything else _reckoned(order, estimate, told, command.refused).total
    )
    content = {
        "version": estimate.version,
        "agreed": estimate.agreed,
        "refused": [line.name for line in refused],
        "removed": [str(line.id) for line in removed],
        "by_whom": who,
        "how": command.how,
        **ledger.terms_told(order),
    }
    journal.record(session, by, order, f"estimate_{estimate.state}", content)
    return Done("order", order.id, order.number, order.version, estimate.id)


def _picture(drawn: bytes) -> bytes:
    return prepared("signature.png", drawn).content


def _reckoned(order: Order, estimate: Estimate, told: EstimateLines, refused: Sequence[int] = ()) -> Reckoned:
    """Reckon lines as they were told, with the discount and surcharge of then; nothing if nothing was to be paid."""
    left = [(line.total, line.vat) for line in told.lines if line.place not in refused]
    return reckon(left if estimate.total else (), told.terms or ledger.terms(order))


def _open(session: Session, order_id: UUID) -> Order:
    order = locked(session, order_id)
    if order.phase in {"done", "cancelled"}:
        raise Refusal(_("This order is closed: nothing is put to the customer any more."))
    return order


def _both(session: Session, estimate_id: UUID) -> tuple[Estimate, Order]:
    order_id = session.scalar(select(Estimate.order_id).where(Estimate.id == estimate_id))
    if order_id is None:
        raise Refusal(_("There is no such estimate."), "estimate")
    order = _open(session, order_id)
    return session.get_one(Estimate, estimate_id, with_for_update=True, populate_existing=True), order


def _told(estimate: Estimate) -> EstimateLines:
    return wire.loads(EstimateLines, estimate.lines)


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """An estimate as screens show it. Amounts in minor units; ``rates`` is what its total holds by VAT rate."""

    id: UUID
    version: int
    state: str
    lines: tuple[EstimateLine, ...]
    discount: int
    surcharge: int
    total: int
    rates: tuple[RateTotal, ...]
    fee: int
    note: str
    made_at: datetime
    made_by: str
    valid_until: date
    sent_at: datetime | None
    sent_how: str
    answered_at: datetime | None
    answered_how: str
    answered_by: str
    heard_by: str
    refused: tuple[int, ...]
    agreed: int | None
    signed: bool


def of_order(session: Session, order_id: UUID) -> list[EstimateRow]:
    """List the estimates of an order, newest first."""
    order = session.get_one(Order, order_id)
    names = {key: name for key, name in session.execute(select(Staff.id, Staff.name))}  # noqa: C416 - rows are no pairs
    query = select(Estimate).where(Estimate.order_id == order_id).order_by(Estimate.version.desc())
    return [_row(order, estimate, names) for estimate in session.scalars(query)]


def _row(order: Order, estimate: Estimate, names: dict[UUID, str]) -> EstimateRow:
    told = _told(estimate)
    sums = _reckoned(order, estimate, told)
    return EstimateRow(
        estimate.id, estimate.version, estimate.state, told.lines, sums.discount, sums.surcharge, estimate.total, sums.rates,
        estimate.fee, estimate.note, estimate.made_at, names[estimate.made_by], estimate.valid_until, estimate.sent_at,
        estimate.sent_how, estimate.answered_at, estimate.answered_how, estimate.answered_by,
        names[estimate.heard_by] if estimate.heard_by else "", tuple(estimate.refused), estimate.agreed,
        estimate.signature is not None,
    )  # fmt: skip
