"""The day of a shop: what came in, what went out, what was taken, who did it, what is late.

Days are the shop's own: bounds and hours follow its clock, also across daylight saving. Amounts are minor
units; refunds are negative payments, so every sum is what stayed in the shop.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from ticketdesk.domain import clock
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import LINE_WORK, MONEY
from ticketdesk.domain.shop import Shop
from ticketdesk.domain.views import VIEW
from ticketdesk.services import lists
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.lists import OrderRow, Question
from ticketdesk.storage.tables import Line, Order, Payment, Staff
from ticketdesk.texts import _

TAKINGS, REFUNDS, RECEIVED, HANDED_OVER = "takings", "refunds", "received", "handed_over"
AVERAGE, REPAIR, LATE = "average", "repair", "late"
TECHNICIAN, ON_TIME, WORK = "technician", "on_time", "work"
METHOD, HOUR = "method.", "hour."
"""Before a method (``method.card``) or an hour of the shop's clock (``hour.17``)."""

SERIES_DAYS = 13
_WEEK = timedelta(days=7)
_LATE_SHOWN = 50
_BEHIND_AT_MOST = 2000
_FINISHED = func.coalesce(Order.ready_at, Order.handed_over_at)
"""When an order was ready, or at least gone: what its promised time is held against."""


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
class InOut:
    """How many orders came in and went out on a day."""

    date: date
    received: int
    handed_over: int


@dataclass(frozen=True, slots=True)
class Technician:
    """What one colleague handed over, how much of it by its promised time, and the price of their work."""

    staff_id: UUID | None
    name: str
    handed_over: int
    on_time: int
    work: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a day that are compared; nothing where there is nothing to take a mean of.

    ``average`` is the mean total of the orders handed over that cost something; ``repair`` the mean time in
    seconds from taking in to ready of the orders handed over.
    """

    date: date
    takings: int
    received: int
    handed_over: int
    average: int | None
    repair: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """The report of a day. ``late`` is as of ``at``, oldest first, at most 50 of ``late_count``.

    ``taken`` less ``refunded`` is ``figures.takings``, and so are the sums of ``methods`` and of ``hours``.
    ``before`` is the same weekday a week earlier.
    """

    date: date
    at: datetime
    figures: Figures
    before: Figures
    taken: int
    refunded: int
    payments: int
    methods: tuple[Method, ...]
    hours: tuple[Hour, ...]
    series: tuple[InOut, ...]
    late: tuple[OrderRow, ...]
    late_count: int
    technicians: tuple[Technician, ...]


@dataclass(frozen=True, slots=True)
class _Paid:
    at: datetime
    method: str
    amount: int


@dataclass(frozen=True, slots=True)
class _Gone:
    total: int
    received_at: datetime
    ready_at: datetime | None
    finished_at: datetime
    promised_at: datetime
    assignee_id: UUID | None
    assignee: str


def day(session: Session, date: date, shop: Shop) -> Day:
    """Give the report of one of the shop's days, as things stand now."""
    at = clock.now()
    paid, paid_before = _paid(session, date, shop), _paid(session, date - _WEEK, shop)
    gone, gone_before = _gone(session, date, shop), _gone(session, date - _WEEK, shop)
    series = _series(session, date, shop)
    counts = {each.date: each for each in series}
    late, late_count = _late(session, at)
    return Day(
        date=date,
        at=at,
        figures=_figures(counts[date], paid, gone),
        before=_figures(counts[date - _WEEK], paid_before, gone_before),
        taken=sum(each.amount for each in paid if each.amount > 0),
        refunded=-sum(each.amount for each in paid if each.amount < 0),
        payments=len(paid),
        methods=_methods(paid),
        hours=_hours(paid, shop.zone),
        series=series,
        late=late,
        late_count=late_count,
        technicians=_technicians(session, date, shop, gone),
    )


def day_orders(session: Session, date: date, shop: Shop, what: str, staff_id: UUID | None = None) -> list[OrderRow]:
    """Give the orders behind a number of the day, by number; late ones oldest first. At most 2000.

    ``what`` is one of this module's words; ``staff_id`` says whose, for those of a technician.

    Raises:
        Refusal: if there is no such number.
    """
    if what == LATE:
        question = Question(VIEW["late"].filters, at=clock.now(), sort="promised")
        return lists.page(session, question, limit=_BEHIND_AT_MOST)
    if what in (TAKINGS, REFUNDS) or what.startswith((METHOD, HOUR)):
        ids = _paid_orders(session, date, shop, what)
    elif what == RECEIVED:
        ids = session.scalars(select(Order.id).where(_on(Order.received_at, date, shop)))
    else:
        ids = session.scalars(select(Order.id).where(*_behind(date, shop, what, staff_id)))
    found = lists.rows_by_id(session, list(dict.fromkeys(ids))[:_BEHIND_AT_MOST])
    return sorted(found, key=lambda row: row.number)


def _behind(date: date, shop: Shop, what: str, staff_id: UUID | None) -> Sequence[ColumnElement[bool]]:
    worked = (
        select(Line.id)
        .where(
            Line.order_id == Order.id,
            Line.kind == LINE_WORK,
            func.coalesce(Line.done_by, Order.assignee_id) == staff_id,
        )
        .exists()
    )
    narrower: dict[str, tuple[ColumnElement[bool], ...]] = {
        HANDED_OVER: (),
        AVERAGE: (Order.total > 0,),
        REPAIR: (Order.ready_at.is_not(None),),
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


def _paid_orders(session: Session, date: date, shop: Shop, what: str) -> Iterable[UUID]:
    query = select(Payment.order_id, Payment.at).where(
        _on(Payment.at, date, shop), Payment.order_id.is_not(None), Payment.method.in_(MONEY)
    )
    if what == REFUNDS:
        query = query.where(Payment.amount < 0)
    if what.startswith(METHOD):
        query = query.where(Payment.method == what.removeprefix(METHOD))
    found = session.execute(query).all()
    if what.startswith(HOUR):
        hour = what.removeprefix(HOUR)
        return [key for key, at in found if key and str(clock.shop_time(at, shop.zone).hour) == hour]
    return [key for key, _at in found if key]


def _on(
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None], date: date, shop: Shop
) -> ColumnElement[bool]:
    first, end = clock.bounds(date, date, shop.zone)
    return (column >= first) & (column < end)


def _paid(session: Session, date: date, shop: Shop) -> list[_Paid]:
    query = select(Payment.at, Payment.method, Payment.amount).where(
        _on(Payment.at, date, shop), Payment.method.in_(MONEY)
    )
    return [_Paid(*row) for row in session.execute(query)]


def _gone(session: Session, date: date, shop: Shop) -> list[_Gone]:
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
        .where(_on(Order.handed_over_at, date, shop))
    )
    return [_Gone(*row) for row in session.execute(query)]


def _figures(count: InOut, paid: list[_Paid], gone: list[_Gone]) -> Figures:
    totals = [each.total for each in gone if each.total > 0]
    times = [int((each.ready_at - each.received_at).total_seconds()) for each in gone if each.ready_at]
    return Figures(
        date=count.date,
        takings=sum(each.amount for each in paid),
        received=count.received,
        handed_over=count.handed_over,
        average=_mean(totals),
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


def _series(session: Session, last: date, shop: Shop) -> tuple[InOut, ...]:
    days = [last - timedelta(days=back) for back in reversed(range(SERIES_DAYS))]
    received = _per_day(session, Order.received_at, days, shop)
    handed_over = _per_day(session, Order.handed_over_at, days, shop)
    return tuple(InOut(*each) for each in zip(days, received, handed_over, strict=True))


def _per_day(
    session: Session,
    column: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
    days: list[date],
    shop: Shop,
) -> list[int]:
    first, end = clock.bounds(days[0], days[-1], shop.zone)
    # one pass over one index counts every day
    query = select(*(func.count().filter(_on(column, each, shop)) for each in days))
    return list(session.execute(query.where(column >= first, column < end)).one())


def _late(session: Session, at: datetime) -> tuple[tuple[OrderRow, ...], int]:
    rows = lists.page(session, Question(VIEW["late"].filters, at=at, sort="promised"), limit=_LATE_SHOWN)
    count = len(rows) if len(rows) < _LATE_SHOWN else lists.counts(session, [VIEW["late"]], Viewer(at=at))["late"]
    return tuple(rows), count


def _technicians(session: Session, date: date, shop: Shop, gone: list[_Gone]) -> tuple[Technician, ...]:
    who = func.coalesce(Line.done_by, Order.assignee_id)
    query = (
        select(who, func.coalesce(Staff.name, ""), func.sum(Line.total))
        .join(Order, Order.id == Line.order_id)
        .outerjoin(Staff, Staff.id == who)
        .where(_on(Order.handed_over_at, date, shop), Line.kind == LINE_WORK)
        .group_by(who, Staff.name)
    )
    work: dict[UUID | None, int] = {}
    names = {each.assignee_id: each.assignee for each in gone}
    for worker, name, total in session.execute(query):
        work[worker] = int(total)
        names[worker] = name
    made = []
    for staff_id, name in names.items():
        theirs = [each for each in gone if each.assignee_id == staff_id]
        on_time = sum(each.finished_at <= each.promised_at for each in theirs)
        made.append(Technician(staff_id, name, len(theirs), on_time, work.get(staff_id, 0)))
    return tuple(sorted(made, key=lambda each: (-each.handed_over, -each.work, each.name)))
