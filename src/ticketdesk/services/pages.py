"""Everything the page of one order shows, asked for at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import RateTotal
from ticketdesk.services import journal, ledger, lines, lists
from ticketdesk.services.customers import CustomerRow, one
from ticketdesk.storage.tables import Attachment, Comment, Device, Line, Order, Payment, Staff, Task
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
    number: int
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
    order = session.get(Order, order_id)
    if order is None:
        raise Refusal(_("There is no such order."), "order")
    names = {staff.id: staff.name for staff in session.scalars(select(Staff))}
    found = list(session.scalars(select(Line).where(Line.order_id == order.id).order_by(Line.place)))
    sums = ledger.reckoned(order, [(line.total, line.vat) for line in found])
    device = session.get_one(Device, order.device_id)
    earlier = session.get(Order, order.warranty_of) if order.warranty_of else None
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
        warranty_of_number=earlier.number if earlier else None,
        customer=one(session, order.customer_id) if order.customer_id else None,
        device=DeviceFacts(
            device.id, device.version, device.kind, device.brand, device.model, device.serial, device.colour
        ),
        lines=[LineRow(line.id, lines.seen(line), names.get(line.done_by, ""), line.total) for line in found],  # type: ignore[arg-type]
        rates=sums.rates,
        payments=_payments(session, order, names),
        tasks=_tasks(session, order, names),
        comments=[
            CommentRow(row.id, row.text, row.to_customer, row.at, names[row.staff_id])
            for row in session.scalars(select(Comment).where(Comment.order_id == order.id).order_by(Comment.at))
        ],
        attachments=[
            AttachmentRow(
                row.id, row.name, row.media_type, row.size, row.width, row.height, row.thumbnail, row.at,
                names[row.staff_id],
            )
            for row in session.scalars(select(Attachment).where(Attachment.order_id == order.id).order_by(Attachment.at))
        ],
        history=journal.history(session, order.id),
    )  # fmt: skip


def _payments(session: Session, order: Order, names: dict[UUID, str]) -> list[PaymentRow]:
    query = select(Payment).where(Payment.order_id == order.id).order_by(Payment.number)
    return [
        PaymentRow(
            row.id, row.number, row.kind, row.method, row.amount, row.tendered, row.reference, row.reason,
            row.corrects, row.at, names[row.staff_id],
        )
        for row in session.scalars(query)
    ]  # fmt: skip


def _tasks(session: Session, order: Order, names: dict[UUID, str]) -> list[TaskRow]:
    query = select(Task).where(Task.order_id == order.id).order_by(Task.created_at)
    return [
        TaskRow(
            row.id,
            row.text,
            row.due_at,
            names[row.assignee_id] if row.assignee_id else "",
            row.urgent,
            row.done_at,
            names[row.done_by] if row.done_by else "",
        )
        for row in session.scalars(query)
    ]
