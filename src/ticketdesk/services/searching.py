"""The search index: one folded text an order, asked in each database's own way."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, select, text

from ticketdesk.domain.codes import order_number
from ticketdesk.domain.devices import device_title
from ticketdesk.domain.people import phone_digits
from ticketdesk.domain.search import fold
from ticketdesk.storage.tables import Customer, Device, Order

_LONGEST_PROBLEM = 80
_TRIGRAM = 3


def index_order(order: Order, device: Device, customer: Customer | None) -> None:
    """Repeat on the order what lists sort, show and search of its customer and device."""
    order.customer_id = customer.id if customer else None
    order.device_id = device.id
    order.customer_name = customer.name if customer else ""
    order.customer_phone = customer.phone if customer else ""
    order.customer_sort = fold(order.customer_name)
    order.device_title = device_title(device.brand, device.model, device.kind)
    order.device_kind = device.kind
    order.device_sort = fold(order.device_title)
    order.problem_sort = fold(order.complaint)[:_LONGEST_PROBLEM]
    order.search = search_text(
        order.number,
        order.customer_name,
        order.customer_phone,
        order.device_title,
        device.serial,
        order.complaint,
    )


def search_text(number: int, customer: str, phone: str, device: str, serial: str, complaint: str) -> str:
    """Make the text under which an order is found. A national phone is found with and without its zero."""
    national = f"0{phone[3:]}" if phone.startswith("+40") else phone
    return fold(f"{number} {customer} {national} {device} {serial} {complaint}")


def matching(dialect: str, typed: str) -> ColumnElement[bool] | None:
    """Give the condition under which orders match what was typed: every word, anywhere; nothing for nothing.

    A scanned code of ours, or a bare number of up to seven digits, also finds that order's number.
    """
    number = order_number(typed)
    if number is not None:
        return Order.number == number
    words = _words(typed)
    if not words:
        return None
    long = [word for word in words if len(word) >= _TRIGRAM]
    conditions: list[ColumnElement[bool]] = []
    if dialect == "sqlite" and long:
        phrase = " AND ".join('"' + word.replace('"', '""') + '"' for word in long)
        hits: Select[Any] = (
            select(literal_column("rowid"))
            .select_from(text("order_search"))
            .where(text("order_search MATCH :phrase").bindparams(bindparam("phrase", phrase, unique=True)))
        )
        conditions.append(Order.number.in_(hits))
        words = [word for word in words if len(word) < _TRIGRAM]
    conditions.extend(Order.search.contains(word, autoescape=True) for word in words)
    found = conditions[0]
    for condition in conditions[1:]:
        found &= condition
    return found


def _words(typed: str) -> list[str]:
    """Fold what was typed; a phone typed with spaces or country code is one word of national digits."""
    folded = fold(typed)
    bare = folded.replace(" ", "").replace("-", "").replace(".", "").replace("/", "")
    if (
        bare.lstrip("+").isdecimal()
        and len(bare) >= 6
        and (" " in folded or bare.startswith(("+40", "0040")))
    ):
        return [phone_digits(folded)]
    return folded.split()
