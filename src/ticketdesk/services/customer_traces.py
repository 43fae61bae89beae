"""What a customer is known, found and sorted by, and what their orders repeat of them."""

from sqlalchemy import ColumnElement, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from ticketdesk.domain.likeness import Key, keys, search_text
from ticketdesk.domain.search import fold
from ticketdesk.services import searching
from ticketdesk.storage.tables import Customer, CustomerKey, Device, Order

_ORDER = Order.__table__.c
_REPEATED = ("customer_id", "customer_name", "customer_phone", "customer_sort", "search")
_REPEAT = (
    update(Order.__table__)  # type: ignore[arg-type]
    .where(_ORDER.number == bindparam("of_number"))
    .values({name: bindparam(f"now_{name}") for name in _REPEATED})
)


def known_by(customer: Customer) -> set[Key]:
    """Give all that a customer is known by; one that was merged is known by nothing."""
    if customer.merged_into is not None:
        return set()
    return keys(
        name=customer.name,
        phone=customer.phone,
        email=customer.email,
        contacts=customer.contacts,
        tax_id=customer.tax_id,
        tags=customer.tags,
        company=customer.company,
    )


def text_of(customer: Customer) -> str:
    """Give the text under which a customer is found."""
    return search_text(
        number=customer.number,
        name=customer.name,
        legal_name=customer.legal_name,
        phone=customer.phone,
        email=customer.email,
        contacts=customer.contacts,
        tax_id=customer.tax_id,
        tags=customer.tags,
    )


def index(session: Session, customer: Customer, before: set[Key]) -> None:
    """Write what a customer is sorted, found and known by; ``before`` is what it was known by until now."""
    customer.name_sort = fold(customer.name)
    customer.search = text_of(customer)
    session.flush()
    now = known_by(customer)
    for kind, value in before - now:
        session.execute(
            delete(CustomerKey).where(
                CustomerKey.kind == kind, CustomerKey.value == value, CustomerKey.customer_id == customer.id
            )
        )
    if fresh := sorted(now - before):
        rows = [{"kind": kind, "value": value, "customer_id": customer.id} for kind, value in fresh]
        session.execute(insert(CustomerKey), rows)


def repeat_on_orders(session: Session, customer: Customer, whose: ColumnElement[bool]) -> list[int]:
    """Repeat a customer on orders, which are the customer's from now on; give their numbers.

    The orders of a good customer are thousands: all texts are made first, then written in one go, straight to
    the database. That is no edit of theirs, so their versions stay: what is repeated belongs to the customer.
    """
    session.flush()
    found = session.execute(
        select(_ORDER.number, _ORDER.device_title, Device.serial, _ORDER.complaint, _ORDER.diagnosis)
        .join(Device, Device.id == _ORDER.device_id)
        .where(whose)
        .order_by(_ORDER.number)
        .with_for_update(of=Order)
    ).all()
    same = {
        "now_customer_id": customer.id,
        "now_customer_name": customer.name,
        "now_customer_phone": customer.phone,
        "now_customer_sort": fold(customer.name),
    }
    rows = [
        {
            **same,
            "of_number": number,
            "now_search": searching.search_text(number, customer.name, customer.phone, *said),
        }
        for number, *said in found
    ]
    if rows:
        session.connection().execute(_REPEAT, rows)
    return [row[0] for row in found]
