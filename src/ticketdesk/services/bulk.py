"""Many finished orders at once: for imports, demos and benchmarks. Same rows and chains as the actions make."""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, select, text
from sqlalchemy.orm import Session

from ticketdesk.domain.devices import device_title
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.likeness import keys
from ticketdesk.domain.likeness import search_text as customer_text
from ticketdesk.domain.orders import OPEN_PHASES, PLACE_IN_FLOW, STATUS
from ticketdesk.domain.search import fold
from ticketdesk.services import wire
from ticketdesk.services.journal import Signed, chain, commit_to
from ticketdesk.services.searching import search_text
from ticketdesk.storage.tables import (
    Base,
    Comment,
    Counter,
    Customer,
    CustomerKey,
    Device,
    Entry,
    Item,
    Line,
    Order,
    Payment,
    Task,
)
from ticketdesk.storage.types import Key, UtcTime, key_to_bytes, moment_to_text

Values = dict[str, Any]
_ORDER_OF_TABLES = (Customer, CustomerKey, Device, Item, Order, Line, Payment, Task, Comment, Entry)


@dataclass
class Batch:
    """Rows gathered in memory until ``write`` puts them in, table by table."""

    station: str
    rows: dict[type[Base], list[Values]] = field(default_factory=lambda: {kind: [] for kind in _ORDER_OF_TABLES})

    def add(self, kind: type[Base], values: Values) -> Values:
        """Add a row."""
        self.rows[kind].append(values)
        return values

    def add_customer(self, values: Values) -> Values:
        """Add a customer, with what it is sorted, found and known by."""
        facts = {name: values[name] for name in ("name", "phone", "email", "contacts", "tax_id", "tags")}
        values["name_sort"] = fold(values["name"])
        values["search"] = customer_text(number=values["number"], legal_name=values["legal_name"], **facts)
        self.rows[CustomerKey].extend(
            {"kind": kind, "value": value, "customer_id": values["id"]}
            for kind, value in keys(company=values["company"], **facts)
        )
        return self.add(Customer, values)

    def record(self, subject: str, row: Values, at: datetime, staff_id: UUID, action: str, content: Values) -> None:
        """Add a journal line of a row, moving the row's version and head."""
        text, salt = wire.dumps(content), os.urandom(16)
        row["version"] = row.get("version", 0) + 1
        commitment = commit_to(text, salt)
        before = row.get("head", b"")
        signed = Signed(row["id"], row["version"], at, staff_id, self.station, action, commitment)
        row["head"] = chain(before, signed)
        self.rows[Entry].append(
            {
                "subject": subject,
                "subject_id": row["id"],
                "position": row["version"],
                "at": at,
                "staff_id": staff_id,
                "station": self.station,
                "action": action,
                "content": text,
                "salt": salt,
                "commitment": commitment,
                "hash": row["head"],
            }
        )

    def write(self, session: Session) -> None:
        """Put everything gathered into the database, and start over.

        Straight through the driver: with the ORM or Core each row costs three times as much.
        """
        connection = session.connection()
        name = connection.dialect.name
        mark = "?" if name == "sqlite" else "%s"
        for kind in _ORDER_OF_TABLES:
            rows = self.rows[kind]
            if not rows:
                continue
            names = list(rows[0])
            columns, marks = ", ".join(f'"{column}"' for column in names), ", ".join(mark for _name in names)
            statement = f"INSERT INTO {kind.__tablename__} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
            connection.exec_driver_sql(statement, _stored(kind, names, rows, name))
            self.rows[kind] = []


def _stored(kind: type[Base], names: list[str], rows: list[Values], dialect: str) -> list[tuple[Any, ...]]:
    """Give rows as a driver stores them, as ``storage.types`` would: a whole column at a time."""
    forms: dict[type, Callable[[Any], Any]] = {JSON: json.dumps}
    if dialect == "sqlite":
        forms |= {Key: key_to_bytes, UtcTime: moment_to_text}
    columns: list[Iterable[Any]] = []
    for name in names:
        values = [row[name] for row in rows]
        form = forms.get(type(kind.__table__.columns[name].type))
        columns.append(values if form is None else map(form, values))
    return list(zip(*columns, strict=True))


def move_counter(session: Session, kind: str, last: int, series: str = "") -> None:
    """Say that numbers up to here are given out in a series of a kind."""
    session.execute(_MOVE, {"kind": kind, "series": series, "last": last})


_MOVE = text(
    "INSERT INTO counter (kind, series, last) VALUES (:kind, :series, :last) "
    "ON CONFLICT (kind, series) DO UPDATE SET last = excluded.last"
)


def counter(session: Session, kind: str) -> int:
    """Give the last number of what is numbered for ever, locked until the transaction ends."""
    query = select(Counter.last).where(Counter.kind == kind, Counter.series == "").with_for_update()
    return session.scalars(query).one()


def finish(order: Values, device: Values, customer: Values | None, assignee: str, serial: str = "") -> None:
    """Fill in what an order repeats of its customer, device, status and sums."""
    title = device_title(device["brand"], device["model"], device["kind"])
    name, phone = (customer["name"], customer["phone"]) if customer else ("", "")
    status = STATUS[order["status"]]
    order.update(
        status_place=PLACE_IN_FLOW[order["status"]],
        phase=status.phase.value,
        open=status.phase in OPEN_PHASES,
        balance=order["total"] - order["paid"],
        customer_name=name,
        customer_phone=phone,
        device_title=title,
        device_kind=device["kind"],
        customer_sort=fold(name),
        device_sort=fold(title),
        problem_sort=fold(order["complaint"])[:80],
        assignee_sort=fold(assignee),
        search=search_text(order["number"], name, phone, title, serial, order["complaint"], order["diagnosis"]),
    )


def blank_order(**values: Any) -> Values:
    """Give every column of an order its empty value, then those given."""
    empty: Values = {
        "version": 0, "head": b"", "kind": "external", "urgency": "normal", "billing": "paid", "place": "in_shop",
        "address": "", "bin": "", "reason": "", "customer_id": None, "warranty_of": None, "complaint": "", "diagnosis": "",
        "condition": {}, "accessories": [], "unlock_kind": "", "unlock_code": None, "unlock_epoch": None,
        "assignee_id": None, "claimed_at": None, "ready_at": None, "handed_over_at": None, "estimate": None,
        "surcharge": 0, "total": 0, "paid": 0, "source": None, "source_id": None,
    }  # fmt: skip
    return {**empty, **values}


def blank_customer(**values: Any) -> Values:
    """Give every column of a customer its empty value, then those given."""
    empty: Values = {
        "version": 0, "head": b"", "company": False, "legal_name": "", "phone": "", "email": "", "contacts": [],
        "address": "", "tax_id": "", "language": "", "consent": False, "consent_at": None, "consent_by": None,
        "tags": [], "notes": "", "merged_into": None,
    }  # fmt: skip
    return {**empty, **values}
