"""The search index: one folded text an order, asked in each database's own way."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal_column, select, text

from ticketdesk.domain.codes import order_number
from ticketdesk.domain.devices import device_title
from ticketdesk.domain.people import REGIONS
from ticketdesk.domain.search import fold
from ticketdesk.storage.tables import Customer, Device, Order

_ORDER = Order.__table__.c
_LONGEST_PROBLEM = 80
_TRIGRAM = 3
_LONG_NUMBER = 6
_GROUPING = str.maketrans("", "", " -./()")


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
    """Make the text under which an order is found. A phone of ours is found as it is dialled at home."""
    code = next((code for code in REGIONS.values() if phone.startswith(code)), None)
    dialled = phone if code is None else f"0{phone.removeprefix(code)}"
    return fold(f"{number} {customer} {dialled} {device} {serial} {complaint}")


def matching(dialect: str, typed: str) -> ColumnElement[bool] | None:
    """Give the condition under which orders match what was typed: every word, anywhere; nothing for nothing.

    A scanned code of ours finds that order alone.
    """
    number = order_number(typed)
    if number is not None:
        return _ORDER.number == number
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
        conditions.append(_ORDER.number.in_(hits))
        words = [word for word in words if len(word) < _TRIGRAM]
    conditions.extend(_ORDER.search.contains(word, autoescape=True) for word in words)
    found = conditions[0]
    for condition in conditions[1:]:
        found &= condition
    return found


def _words(typed: str) -> list[str]:
    """Fold what was typed; a phone or a serial in whatever groups of digits is one word.

    The country code is dropped, because phones of ours are kept as they are dialled at home.
    """
    folded = fold(typed)
    bare = folded.translate(_GROUPING)
    digits = bare.removeprefix("+").removeprefix("00") if bare.startswith(("+", "00")) else bare
    if len(digits) < _LONG_NUMBER or not (digits.isascii() and digits.isdecimal()):
        return folded.split()
    if digits != bare:
        code = next((c[1:] for c in REGIONS.values() if digits.startswith(c[1:])), "")
        return [digits.removeprefix(code)]
    return [bare]
