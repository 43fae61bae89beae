"""The day of a shop, or of one person in it: what came in, what went out, what was taken, who did it, what is late.

Days are the shop's own: bounds and hours follow its clock, also across daylight saving. Amounts are minor
units; refunds are negative payments, so every sum is what stayed in the shop. Who is to count a drawer blind sees no
cash of a day on which a till is open, and no sum from which it follows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ticketdesk.domain import clock
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import CASH, LINE_WORK, MONEY
from ticketdesk.domain.rights import Right, Role, may
from ticketdesk.domain.shop import Shop
from ticketdesk.domain.views import VIEW
from ticketdesk.services import day_work, lists, reckoning
from ticketdesk.services.day_work import Technician
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.lists import OrderRow, Question
from ticketdesk.storage.tables import Line, Order, Payment, Shift, Staff, Till
from ticketdesk.texts import _

TAKINGS, REFUNDS, RECEIVED, HANDED_OVER = "takings", "refunds", "received", "handed_over"
AVERAGE, REPAIR, LATE = "average", "repair", "late"
TECHNICIAN, ON_TIME, WORK = "technician", "on_time", "work"
METHOD, HOUR, SHIFT = "method.", "hour.", "shift."
"""Before a method (``method.card``), an hour of the shop's clock (``hour.17``) or the key of a shift."""
OUTSIDE = "outside"
"""What was taken while no till was open at that PC."""

SERIES_DAYS = 13
_WEEK = timedelta(days=7)
_LATE_SHOWN = 50
_BEHIND_AT_MOST = 2000
_FINISHED = func.coalesce(Order.ready_at, Order.handed_over_at)
"""When an order was ready, or at least gone: what its promised time is held against."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may see of a day: their own, or nothing for that of everybody; and the cash of tills still open."""

    staff_id: UUID | None
    cash: bool


WHOLE = Sight(None, cash=True)


def sight(role: Role, staff_id: UUID) -> Sight:
    """Say what somebody of a role may see."""
    return Sight(None if may(role, Right.SEE_DAY) else staff_id, may(role, Right.SEE_TILL_CASH))


@dataclass(frozen=True, slots=True)
class Method:
    """What was taken by one method, in how many payments and refunds."""

    method: str
    amount: int
    count: int


@dataclass(frozen=True, slots=True)
class Hour:
    """What was taken while the shop's clock showed this hour; an hour that comes twice counts once."""

    hour: int
    amount: int


@dataclass(frozen=True, slots=True)
class Place:
    """What was taken in one shift, or outside any: then it has no number. Nothing for one that is counted blind."""

    shift: str | None
    shift_id: UUID | None
    till: str
    staff: str
    open: bool
    amount: int | None
    count: int


def named(place: Place) -> str:
    """Name where something was taken."""
    if place.shift is None:
        return _("Outside any shift")
    return _("{till}, shift {number}").format(till=place.till, number=place.shift)


@dataclass(frozen=True, slots=True)
class InOut:
    """How many orders came in and went out on a day."""

    date: date
    received: int
    handed_over: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a day that are compared; nothing where there is nothing to take a mean of.

    ``average`` is the mean total of the orders handed over that cost something; ``repair`` the mean time in
    seconds from taking in to ready of the orders handed over. On a ``blind`` day there is neither ``takings`` nor
    ``average``: with the number of orders it would give the cash away.
    """

    date: date
    takings: int | None
    received: int
    handed_over: int
    average: int | None
    repair: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """The report of a day. ``late`` is as of ``at``, oldest first, at most 50 of ``late_count``.

    ``taken`` less ``refunded`` is ``figures.takings``, and so are the sums of ``methods``, of ``hours`` and, in a shop
    that keeps shifts, of ``places``. ``before`` is the same weekday a week earlier. On a ``blind`` day cash is not among
    the methods, and there are no other sums of money. An ``own`` day holds what one person took, the orders they took
    in or are responsible for, and their work; what is late is late for all.
    """

    date: date
    at: datetime
    figures: Figures
    before: Figures
    own: bool
    blind: bool
    taken: int | None
    refunded: int | None
    payments: int
    methods: tuple[Method, ...]
    hours: tuple[Hour, ...]
    places: tuple[Place, ...]
    series: tuple[InOut, ...]
    late: tuple[OrderRow, ...]
    late_count: int
    technicians: tuple[Technician, ...]


@dataclass(frozen=True, slots=True)
class _Paid:
    at: datetime
    method: str
    amount: int
    shift_id: UUID | None


@dataclass(frozen=True, slots=True)
class _Gone:
    total: int
    received_at: datetime
    ready_at: datetime | None
    finished_at: datetime
    promised_at: datetime
    assignee_id: UUID | None
    assignee: str


def day(session: Session, date: date, shop: Shop, seen: Sight) -> Day:
    """Give what somebody may see of one of the shop's days, as things stand now."""
    at = clock.now()
    who = seen.staff_id
    week_before = date - _WEEK
    paid, paid_before = _paid(session, date, shop, who), _paid(session, week_before, shop, who)
    gone, gone_before = _gone(session, date, shop, who), _gone(session, week_before, shop, who)
    series = _series(session, date, shop, who)
    counts = {each.date: each for each in series}
    late, late_count = _late(session, at)
    blind = _is_blind(session, date, shop, seen)
    return Day(
        date=date,
        at=at,
        figures=_figures(counts[date], paid, gone, blind=blind),
        before=_figures(
            counts[week_before], paid_before, gone_before, blind=_is_blind(session, week_before, shop, seen)
        ),
        own=who is not None,
        blind=blind,
        taken=None if blind else sum(each.amount for each in paid if each.amount > 0),
        refunded=None if blind else -sum(each.amount for each in paid if each.amount < 0),
        payments=len(paid),
        methods=tuple(each for each in _methods(paid) if not blind or each.method != CASH),
        hours=() if blind else _hours(paid, shop.zone),
        places=_places(session, paid, shop, seen),
        series=series,
        late=late,
        late_count=late_count,
        technicians=day_work.technicians(
            session,
            clock.bounds(date, date, shop.zone),
            at,
            [(each.assignee_id, each.assignee, each.finished_at <= each.promised_at) for each in gone],
            who,
        ),
    )


def _is_blind(session: Session, date: date, shop: Shop, seen: Sight) -> bool:
    """Say whether the cash of a day is kept from somebody: a till that was open on it is open still."""
    _first, end = clock.bounds(date, date, shop.zone)
    still_open = select(Shift.id).where(Shift.closed_at.is_(None), Shift.opened_at < end).limit(1)
    return not seen.cash and session.scalar(still_open) is not None


def day_orders(
    session: Session, date: date, shop: Shop, seen: Sight, what: str, staff_id: UUID | None = None
) -> list[OrderRow]:
    """Give the orders behind a number of the day, by number; late ones oldest first. At most 2000.

    ``what`` is one of this module's words; ``staff_id`` says whose, for those of a technician.

    Raises:
        Refusal: if there is no such number, or it is of cash that somebody is to count blind.
    """
    if what == LATE:
        question = Question(VIEW["late"].filters, at=clock.now(), sort="promised")
        return lists.page(session, question, limit=_BEHIND_AT_MOST)
    if what in (TAKINGS, REFUNDS, OUTSIDE) or what.startswith((METHOD, HOUR, SHIFT)):
        if tells_cash(what) and _is_blind(session, date, shop, seen):
            raise Refusal(reckoning.unseen_cash(), "what")
        ids = _paid_orders(session, date, shop, what, seen.staff_id)
    elif what == RECEIVED:
        ids = session.scalars(select(Order.id).where(_on(Order.received_at, date, shop), *_own(seen.staff_id)))
    else:
        ids = session.scalars(select(Order.id).where(*_behind(date, shop, what, seen, staff_id)))
    found = lists.rows_by_id(session, list(dict.fromkeys(ids))[:_BEHIND_AT_MOST])
    return sorted(found, key=lambda row: row.number)


def tells_cash(what: str) -> bool:
    """Say whether the orders behind a number of the day are those paid in cash, alone or with others."""
    return what in (TAKINGS, f"{METHOD}{CASH}") or what.startswith((HOUR, SHIFT))


def _behind(date: date, shop: Shop, what: str, seen: Sight, staff_id: UUID | None) -> Sequence[ColumnElement[bool]]:
    own, staff_id = _own(seen.staff_id), seen.staff_id or staff_id
    worked = (
        select(Line.id)
        .where(
            Line.order_id == Order.id,
            Line.kind == LINE_WORK,
            Line.total >= 0,
            func.coalesce(Line.done_by, Order.assignee_id) == staff_id,
        )
        .exists()
    )
    narrower: dict[str, Sequence[ColumnElement[bool]]] = {
        HANDED_OVER: own,
        AVERAGE: (Order.total > 0, *own),
        REPAIR: (Order.ready_at.is_not(None), *own),
        TECHNICIAN: (Order.assignee_id == staff_id,),
        ON_TIME: (
            Order.assignee_id == staff_id,
            Order.promised_at >= _FINISHED,
        ),
        WORK: (worked,),
    }
    if what not in narrower:
        raise Refusal(_("There is no number “{name}” in the day's report.").format(name=what), "what")
    return (_on(Order.handed_over_at, date, shop), *narrower[what])


def _paid_orders(session: Session, date: date, shop: Shop, what: str, who: UUID | None) -> Iterable[UUID]:
    query = select(Payment.order_id, Payment.at).where(
        _on(Payment.at, date, shop), Payment.order_id.is_not(None), Payment.method.in_(MONEY)
    )
    if who is not None:
        query = query.where(Payment.staff_id == who)
    if what == OUTSIDE:
        query = query.where(Payment.shift_id.is_(None))
    if what.startswith(SHIFT):
        query = query.where(Payment.shift_id == _key(what.removeprefix(SHIFT)))
    if what == REFUNDS:
        query = query.where(Payment.amount < 0)
    if what.startswith(METHOD):
        query = query.where(Payment.method == what.removeprefix(METHOD))
    found = session.execute(query).all()
    if what.startswith(HOUR):
        hour = what.removeprefix(HOUR)
        return [key for key, at in found if key and str(clock.shop_time(at, shop.zone).hour) == hour]
    return [key for key, _at in found if key]


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal(_("There is no number “{name}” in the day's report.").format(name=text), "what") from error


def _own(who: UUID | None) -> Sequence[ColumnElement[bool]]:
    """Narrow to the orders somebody took in or is responsible for; nobody means all."""
    return () if who is None else ((Order.received_by == who) | (Order.assignee_id == who),)


def _on(
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None], date: date, shop: Shop
) -> ColumnElement[bool]:
    first, end = clock.bounds(date, date, shop.zone)
    return (column >= first) & (column < end)


def _paid(session: Session, date: date, shop: Shop, who: UUID | None) -> list[_Paid]:
    query = select(Payment.at, Payment.method, Payment.amount, Payment.shift_id).where(
        _on(Payment.at, date, shop), Payment.method.in_(MONEY)
    )
    if who is not None:
        query = query.where(Payment.staff_id == who)
    return [_Paid(*row) for row in session.execute(query)]


def _gone(session: Session, date: date, shop: Shop, who: UUID | None) -> list[_Gone]:
    query = (
        select(
            Order.total,
            Order.received_at,
            Order.ready_at,
            _FINISHED,
            Order.promised_at,
            Order.assignee_id,
            func.coalesce(Staff.name, ""),
        )
        .outerjoin(Staff, Staff.id == Order.assignee_id)
        .where(_on(Order.handed_over_at, date, shop), *_own(who))
    )
    return [_Gone(*row) for row in session.execute(query)]


def _figures(count: InOut, paid: list[_Paid], gone: list[_Gone], *, blind: bool) -> Figures:
    totals = [each.total for each in gone if each.total > 0]
    times = [int((each.ready_at - each.received_at).total_seconds()) for each in gone if each.ready_at]
    return Figures(
        date=count.date,
        takings=None if blind else sum(each.amount for each in paid),
        received=count.received,
        handed_over=count.handed_over,
        average=None if blind else _mean(totals),
        repair=_mean(times),
    )


def _mean(values: list[int]) -> int | None:
    return round(sum(values) / len(values)) if values else None


def _methods(paid: list[_Paid]) -> tuple[Method, ...]:
    made = []
    for method in dict.fromkeys((*MONEY, *(each.method for each in paid))):
        amounts = [each.amount for each in paid if each.method == method]
        made.append(Method(method, sum(amounts), len(amounts)))
    return tuple(sorted(made, key=lambda method: -method.amount))


def _hours(paid: list[_Paid], zone: str) -> tuple[Hour, ...]:
    sums: dict[int, int] = {}
    for each in paid:
        hour = clock.shop_time(each.at, zone).hour
        sums[hour] = sums.get(hour, 0) + each.amount
    if not sums:
        return ()
    return tuple(Hour(hour, sums.get(hour, 0)) for hour in range(min(sums), max(sums) + 1))


def _places(session: Session, paid: list[_Paid], shop: Shop, seen: Sight) -> tuple[Place, ...]:
    """Give what was taken in each shift, in their order, and last what no shift holds; nothing where none are kept."""
    if not shop.shifts and all(each.shift_id is None for each in paid):
        return ()
    amounts: dict[UUID | None, list[int]] = {}
    for each in paid:
        amounts.setdefault(each.shift_id, []).append(each.amount)
    query = (
        select(Shift, Till.name, Staff.name)
        .join(Till, Till.id == Shift.till_id)
        .join(Staff, Staff.id == Shift.staff_id)
        .where(Shift.id.in_([key for key in amounts if key is not None]))
        .order_by(*Shift.in_turn())
    )
    made = []
    for shift, till, name in session.execute(query):
        still_open, its = shift.closed_at is None, amounts[shift.id]
        told = seen.cash or not still_open
        made.append(Place(shift.shown, shift.id, till, name, still_open, sum(its) if told else None, len(its)))
    if outside := amounts.get(None):
        made.append(Place(None, None, "", "", False, sum(outside), len(outside)))
    return tuple(made)


def _series(session: Session, last: date, shop: Shop, who: UUID | None) -> tuple[InOut, ...]:
    days = [last - timedelta(days=back) for back in reversed(range(SERIES_DAYS))]
    received = _per_day(session, Order.received_at, days, shop, who)
    handed_over = _per_day(session, Order.handed_over_at, days, shop, who)
    return tuple(InOut(*each) for each in zip(days, received, handed_over, strict=True))


def _per_day(
    session: Session,
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    days: list[date],
    shop: Shop,
    who: UUID | None,
) -> list[int]:
    first, end = clock.bounds(days[0], days[-1], shop.zone)
    # one pass over one index counts every day
    query = select(*(func.count().filter(_on(column, each, shop)) for each in days))
    return list(session.execute(query.where(column >= first, column < end, *_own(who))).one())


def _late(session: Session, at: datetime) -> tuple[tuple[OrderRow, ...], int]:
    rows = lists.page(session, Question(VIEW["late"].filters, at=at, sort="promised"), limit=_LATE_SHOWN)
    count = len(rows) if len(rows) < _LATE_SHOWN else lists.counts(session, [VIEW["late"]], Viewer(at=at))["late"]
    return tuple(rows), count
