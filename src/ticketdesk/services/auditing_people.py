"""Does what is known of customers and devices stand everywhere it is repeated?"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.devices import device_title
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.search import fold
from ticketdesk.services.customer_traces import known_by, text_of
from ticketdesk.services.numbering import CUSTOMER
from ticketdesk.services.searching import LONGEST_PROBLEM, search_text
from ticketdesk.storage.tables import Counter, Customer, CustomerKey, Device, Order

_CHUNK = 2000


def customers(session: Session) -> Iterator[str]:
    """Check what customers are sorted, found and known by."""
    last = session.scalar(select(Counter.last).where(Counter.kind == CUSTOMER)) or 0
    query = select(Customer).order_by(Customer.number).execution_options(yield_per=_CHUNK)
    for some in session.scalars(query).partitions():
        known: dict[UUID, set[tuple[str, str]]] = {}
        keys = select(CustomerKey).where(CustomerKey.customer_id.in_([customer.id for customer in some]))
        for key in session.scalars(keys):
            known.setdefault(key.customer_id, set()).add((key.kind, key.value))
        for customer in some:
            if customer.number > last:
                yield f"customer {customer.number} is above its counter {last}"
            if (customer.name_sort, customer.search) != (fold(customer.name), text_of(customer)):
                yield f"customer {customer.number}: is not found by what is written on it"
            if known.get(customer.id, set()) != known_by(customer):
                yield f"customer {customer.number}: its keys are not those of what is written on it"


def repeated(session: Session) -> Iterator[str]:
    """Check what orders repeat of their customers and devices."""
    order = Order.__table__.c
    columns = (
        order.number, order.complaint, order.diagnosis, order.customer_id, order.customer_name, order.customer_phone,
        order.customer_sort, order.device_title, order.device_kind, order.device_sort, order.problem_sort,
        order.search, Customer.name, Customer.phone, Customer.merged_into, Device.brand, Device.model, Device.kind,
        Device.serial,
    )  # fmt: skip
    query = (
        select(*columns)
        .join_from(Order.__table__, Device, Device.id == order.device_id)
        .outerjoin(Customer, Customer.id == order.customer_id)
        .execution_options(yield_per=_CHUNK)
    )
    for row in session.execute(query):
        name, phone = row.name or "", row.phone or ""
        title = device_title(row.brand, row.model, row.kind)
        if (row.customer_name, row.customer_phone, row.customer_sort) != (name, phone, fold(name)):
            yield f"order {row.number}: its customer's name or phone is another one now"
        if row.merged_into is not None:
            yield f"order {row.number}: its customer was merged into another"
        if (row.device_title, row.device_kind, row.device_sort) != (title, row.kind, fold(title)):
            yield f"order {row.number}: its device is called otherwise now"
        text_now = search_text(row.number, name, phone, title, row.serial, row.complaint, row.diagnosis)
        if row.search != text_now or row.problem_sort != fold(row.complaint)[:LONGEST_PROBLEM]:
            yield f"order {row.number}: is not found by what is written on it"
