"""Everything the page of one order shows, asked for at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import FromClause, Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from ticketdesk.domain.document_numbers import DocumentNumber
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import RateTotal
from ticketdesk.services import journal, ledger, lines, lists, timers
from ticketdesk.services.customers import CustomerRow, the_living
from ticketdesk.storage.tables import Attachment, Comment, Customer, Device, Line, Order, Payment, Staff, Task
from ticketdesk.storage.types import Key
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of an order. ``total`` in minor units."""

    id: UUID
    facts: lines.LineFacts
    done_by: str
    total: int


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment of an order; refunds are negative. Minor units."""

    id: UUID
    number: str
    kind: str
    method: str
    amount: int
    tendered: int
    reference: str
    reason: str
    corrects: UUID | None
    at: datetime
    staff: str


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of an order."""

    id: UUID
    text: str
    due_at: datetime | None
    assignee: str
    urgent: bool
    done_at: datetime | None
    done_by: str


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment on an order."""

    id: UUID
    text: str
    to_customer: bool
    at: datetime
    staff: str


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A photo or file of an order, without its bytes; the thumbnail is a JPEG."""

    id: UUID
    name: str
    media_type: str
    size: int
    width: int
    height: int
    thumbnail: bytes | None
    at: datetime
    staff: str


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """The device of an order."""

    id: UUID
    version: int
    kind: str
    brand: str
    model: str
    serial: str
    colour: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One order whole. ``paid``, ``estimate``, ``surcharge_amount`` in minor units; ``surcharge`` in basis points."""

    row: lists.OrderRow
    address: str
    reason: str
    diagnosis: str
    condition: dict[str, str]
    accessories: list[str]
    unlock_kind: str
    has_unlock_code: bool
    received_by: str
    claimed_at: datetime | None
    ready_at: datetime | None
    handed_over_at: datetime | None
    estimate: int | None
    surcharge: int
    surcharge_amount: int
    discount: int
    discount_amount: int
    discount_reason: str
    taken_off: int
    """What the discount on all of the order comes to."""
    agreed: int | None
    paid: int
    has_lines: bool
    warranty_of: UUID | None
    warranty_of_number: int | None
    customer: CustomerRow | None
    device: DeviceFacts
    lines: list[LineRow]
    rates: tuple[RateTotal, ...]
    payments: list[PaymentRow]
    tasks: list[TaskRow]
    comments: list[CommentRow]
    attachments: list[AttachmentRow]
    history: list[journal.EntryRow]
    worked: timers.Worked


_ASKED = bindparam("order", type_=Key())
_EARLIER = aliased(Order)
_HEAD = (
    select(Order, Device, Customer, _EARLIER.number)
    .join(Device, Device.id == Order.device_id)
    .outerjoin(Customer, Customer.id == Order.customer_id)
    .outerjoin(_EARLIER, _EARLIER.id == Order.warranty_of)
    .where(Order.id == _ASKED)
)
_LINES = select(Line).where(Line.order_id == _ASKED).order_by(Line.place)
_NAMES = select(Staff.__table__.c.id, Staff.__table__.c.name)


def _hanging(table: FromClause, *columns: str, sort: tuple[str, ...]) -> Select[Any]:
    """Ask for what hangs on an order: plain columns, since to make objects of the rows would cost as much again."""
    found = select(*(table.c[column] for column in columns)).where(table.c.order_id == _ASKED)
    return found.order_by(*(table.c[column] for column in sort))


def _signed(table: FromClause, *columns: str, sort: tuple[str, ...]) -> Select[Any]:
    """Ask for it with the name of whoever did it, which comes last."""
    staff = Staff.__table__
    return _hanging(table, *columns, sort=sort).add_columns(staff.c.name).join(staff, staff.c.id == table.c.staff_id)


_TASKS = _hanging(
    Task.__table__, "id", "text", "due_at", "assignee_id", "urgent", "done_at", "done_by", sort=("created_at",)
)
_PAYMENTS = _signed(
    Payment.__table__, "series", "number", "id", "kind", "method", "amount", "tendered", "reference", "reason",
    "corrects", "at", sort=("at", "series", "number", "place"),
)  # fmt: skip
_COMMENTS = _signed(Comment.__table__, "id", "text", "to_customer", "at", sort=("at",))
_ATTACHMENTS = _signed(
    Attachment.__table__, "id", "name", "media_type", "size", "width", "height", "thumbnail", "at", sort=("at",)
)


def order_id_of(session: Session, number: int) -> UUID:
    """Find an order by its number.

    Raises:
        Refusal: if there is none.
    """
    found = session.scalar(select(Order.id).where(Order.number == number))
    if found is None:
        raise Refusal(_("There is no order {number}.").format(number=number), "number")
    return found


def page_of_number(session: Session, number: int) -> OrderPage:
    """Give one order whole, by its number.

    Raises:
        Refusal: if there is none.
    """
    return order_page(session, order_id_of(session, number))


def order_page(session: Session, order_id: UUID) -> OrderPage:
    """Give one order whole.

    Raises:
        Refusal: if there is none of this key.
    """
    asked = {"order": order_id}
    head = session.execute(_HEAD, asked).one_or_none()
    if head is None:
        raise Refusal(_("There is no such order."), "order")
    order, device, customer, warranty_of_number = head
    names = dict(session.execute(_NAMES).all())
    found = session.scalars(_LINES, asked).all()
    sums = ledger.reckoned(order, [(line.total, line.vat) for line in found])
    return OrderPage(
        row=lists.rows_by_id(session, [order.id])[0],
        address=order.address,
        reason=order.reason,
        diagnosis=order.diagnosis,
        condition=order.condition,
        accessories=order.accessories,
        unlock_kind=order.unlock_kind,
        has_unlock_code=order.unlock_code is not None,
        received_by=names[order.received_by],
        claimed_at=order.claimed_at,
        ready_at=order.ready_at,
        handed_over_at=order.handed_over_at,
        estimate=order.estimate,
        surcharge=order.surcharge,
        surcharge_amount=sums.surcharge,
        discount=order.discount,
        discount_amount=order.discount_amount,
        discount_reason=order.discount_reason,
        taken_off=sums.discount,
        agreed=order.agreed,
        paid=order.paid,
        has_lines=bool(found),
        warranty_of=order.warranty_of,
        warranty_of_number=warranty_of_number,
        customer=the_living(session, customer) if customer else None,
        device=DeviceFacts(
            device.id, device.version, device.kind, device.brand, device.model, device.serial, device.colour
        ),
        lines=[LineRow(line.id, lines.seen(line), names.get(line.done_by, ""), line.total) for line in found],
        rates=sums.rates,
        payments=[
            PaymentRow(key, DocumentNumber(series, number).shown(), *facts)
            for series, number, key, *facts in session.execute(_PAYMENTS, asked)
        ],
        tasks=[
            TaskRow(key, text, due_at, names.get(assignee, ""), urgent, done_at, names.get(done_by, ""))
            for key, text, due_at, assignee, urgent, done_at, done_by in session.execute(_TASKS, asked)
        ],
        comments=[CommentRow(*row) for row in session.execute(_COMMENTS, asked)],
        attachments=[AttachmentRow(*row) for row in session.execute(_ATTACHMENTS, asked)],
        history=journal.history(session, order.id),
        worked=timers.worked(session, order.id),
    )
