"""Comments and tasks of an order, and what is written to its customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy, tidy_lines
from ticketdesk.services import journal
from ticketdesk.services.doors import Done, action
from ticketdesk.services.orders import locked
from ticketdesk.storage.tables import Comment, Customer, Order, Task
from ticketdesk.texts import _

_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class AddComment:
    """What is said on an order, among ourselves or to the customer."""

    order_id: UUID
    text: str
    to_customer: bool = False


@action("comment.add", Right.NOTE)
def comment(session: Session, by: By, command: AddComment) -> Done:
    """Write a comment on an order."""
    text = tidy_lines(command.text)
    if not text:
        raise Refusal(_("Write the comment first."), "text")
    if len(text) > _LONGEST:
        raise Refusal(_("A comment has at most {count} letters.").format(count=_LONGEST), "text")
    order = locked(session, command.order_id)
    made = Comment(
        order_id=order.id,
        text=text,
        to_customer=command.to_customer,
        at=by.at,
        staff_id=by.staff_id,
    )
    session.add(made)
    journal.record(session, by, order, "commented", {"text": text, "to_customer": command.to_customer})
    session.flush()
    return Done("order", order.id, order.number, order.version, made.id)


@dataclass(frozen=True, slots=True)
class WriteTo:
    """What is written to the customer of an order, by e-mail."""

    order_id: UUID
    text: str


@action("order.write_to", Right.WRITE_TO_MANY)
def write_to(session: Session, by: By, command: WriteTo) -> Done:
    """Write down that an e-mail to the customer of an order is begun; refused if they did not agree to any."""
    text = tidy_lines(command.text)
    if not text:
        raise Refusal(_("Write this first."), "text")
    if len(text) > _LONGEST:
        raise Refusal(_("A comment has at most {count} letters.").format(count=_LONGEST), "text")
    order = locked(session, command.order_id)
    customer = session.get(Customer, order.customer_id) if order.customer_id is not None else None
    if customer is None:
        raise Refusal(_("There is no customer on this order."))
    if not customer.email:
        raise Refusal(_("{name} has no e-mail address.").format(name=customer.name))
    if not customer.consent:
        raise Refusal(_("{name} did not agree to be written to.").format(name=customer.name))
    journal.record(session, by, order, "written_to", {"text": text})
    return Done("order", order.id, order.number, order.version)


def addresses(session: Session, order_ids: Sequence[UUID]) -> list[str]:
    """Give the e-mail addresses of the customers of orders, each once."""
    query = select(Customer.email).join(Order, Order.customer_id == Customer.id).where(Order.id.in_(order_ids))
    return sorted(email for email in session.scalars(query.distinct()) if email)


@dataclass(frozen=True, slots=True)
class AddTask:
    """Something to do on an order, by when and by whom."""

    order_id: UUID
    text: str
    due_at: datetime | None = None
    assignee_id: UUID | None = None
    urgent: bool = False


@action("task.add", Right.NOTE)
def add_task(session: Session, by: By, command: AddTask) -> Done:
    """Add a task to an order."""
    text = tidy(command.text)
    if not text:
        raise Refusal(_("Write what is to be done."), "text")
    order = locked(session, command.order_id)
    task = Task(
        order_id=order.id,
        text=text,
        due_at=command.due_at,
        assignee_id=command.assignee_id,
        urgent=command.urgent,
        created_at=by.at,
    )
    session.add(task)
    journal.record(session, by, order, "task_added", {"text": text})
    session.flush()
    return Done("order", order.id, order.number, order.version, task.id)


@dataclass(frozen=True, slots=True)
class TickTask:
    """A task and whether it is done."""

    order_id: UUID
    task_id: UUID
    done: bool


@action("task.tick", Right.NOTE)
def tick(session: Session, by: By, command: TickTask) -> Done:
    """Tick a task off, or take the tick back."""
    order = locked(session, command.order_id)
    task = session.get(Task, command.task_id)
    if task is None or task.order_id != order.id:
        raise Refusal(_("This task is no longer on the order."))
    if (task.done_at is not None) != command.done:
        task.done_at = by.at if command.done else None
        task.done_by = by.staff_id if command.done else None
        what = "task_done" if command.done else "task_reopened"
        journal.record(session, by, order, what, {"text": task.text})
    return Done("order", order.id, order.number, order.version, task.id)
