"""Merging two customers who are the same, and taking it back for a day."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.contacts import contact_parts
from ticketdesk.domain.errors import Refusal, Value
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import approvals, journal, settings
from ticketdesk.services.customer_traces import index, known_by, repeat_on_orders
from ticketdesk.services.customers import fields, locked
from ticketdesk.services.doors import Done, action
from ticketdesk.storage.tables import Base, Customer, CustomerApart, CustomerKey, Entry, Order, Payment, Staff
from ticketdesk.texts import _

REVERSIBLE = timedelta(days=1)
CHOSEN = ("company", "name", "legal_name", "phone", "email", "address", "tax_id", "language")
"""What a person chooses: which of the two values stays."""
_OWN_WAY = {Customer.__table__, CustomerKey.__table__, CustomerApart.__table__, Order.__table__, Payment.__table__}
"""Tables that name a customer and do not simply follow: payments are never changed, so an account is asked for
together with those of the customers that were merged into it."""


@dataclass(frozen=True, slots=True)
class MergeCustomers:
    """Who stays and who goes, in the versions they were seen in, and the values that stay where the two differ."""

    kept: UUID
    kept_version: int
    gone: UUID
    gone_version: int
    values: dict[str, Value]
    approval: UUID | None = field(default=None, metadata=UNASKED)


@dataclass(frozen=True, slots=True)
class UndoMerge:
    """Two customers who were merged within the last day and are two again."""

    kept: UUID
    gone: UUID
    approval: UUID | None = field(default=None, metadata=UNASKED)


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that can be taken back: who went, when, by whom, and how many orders came along."""

    gone: UUID
    number: int
    name: str
    at: datetime
    by: str
    orders: int


def gathered(kept: Any, gone: Any, values: dict[str, Value]) -> dict[str, Value]:
    """Give what both have: contacts (with the phones and e-mails that were not chosen), tags, notes, consent.

    Consent stays only if both had given it.
    """
    phone, email = values.get("phone", kept.phone), values.get("email", kept.email)
    known = {phone, email, ""}
    contacts: list[str] = []
    for contact in (kept.phone, kept.email, *kept.contacts, gone.phone, gone.email, *gone.contacts):
        if contact_parts(contact)[0] not in known:
            known.add(contact_parts(contact)[0])
            contacts.append(contact)
    notes = "\n".join(dict.fromkeys(text for text in (kept.notes, gone.notes) if text))
    return {
        "contacts": contacts,
        "tags": list(dict.fromkeys([*kept.tags, *gone.tags])),
        "notes": notes,
        "consent": kept.consent and gone.consent,
    }


@action("customer.merge", Right.MERGE_CUSTOMERS)
def merge(session: Session, by: By, command: MergeCustomers) -> Done:
    """Make one customer of two: everything of the one that goes moves to the one that stays."""
    if command.kept == command.gone:
        raise Refusal(_("Choose two different customers."))
    pair = {key: locked(session, key) for key in sorted((command.kept, command.gone))}
    kept, gone = pair[command.kept], pair[command.gone]
    for customer, seen in ((kept, command.kept_version), (gone, command.gone_version)):
        if customer.version != seen:
            raise Refusal(_("{name} has just been changed. Look again before you merge.").format(name=customer.name))
    text = _("Merge {gone}, customer {gone_number}, into {kept}, customer {kept_number}.")
    agreed = approvals.agreed(session, by, Act.MERGE, command, _of_both(text, kept, gone))
    before, gone_before = known_by(kept), known_by(gone)
    consent = _signature(kept)
    changes = _take_over(session, kept, gone, command.values)
    if "consent" in changes:
        kept.consent_at, kept.consent_by = by.at, by.staff_id
    kept.credit, gone.credit, credit = kept.credit + gone.credit, 0, gone.credit
    gone.merged_into = kept.id
    moved = {table.name: _move(session, table, gone.id, kept.id) for table in following()}
    index(session, gone, gone_before)
    index(session, kept, before)
    orders = repeat_on_orders(session, kept, Order.customer_id == gone.id)
    if "name" in changes or "phone" in changes:
        repeat_on_orders(session, kept, Order.customer_id == kept.id)
    journal.record(
        session,
        by,
        kept,
        "merged",
        {
            "gone": str(gone.id),
            "name": gone.name,
            "number": gone.number,
            "fields": changes,
            "orders": orders,
            "credit": credit,
            "consent": consent,
            "moved": {name: keys for name, keys in moved.items() if keys},
            **agreed,
        },
    )
    journal.record(session, by, gone, "merged_into", {"name": kept.name, "number": kept.number, "orders": len(orders)})
    return Done("customer", kept.id, kept.number, kept.version, made=gone.id)


def _of_both(text: str, kept: Customer, gone: Customer) -> str:
    return text.format(gone=gone.name, gone_number=gone.number, kept=kept.name, kept_number=kept.number)


def _signature(customer: Customer) -> list[str | None]:
    at, by = customer.consent_at, customer.consent_by
    return [at.isoformat() if at else None, str(by) if by else None]


def _take_over(session: Session, kept: Customer, gone: Customer, chosen: dict[str, Value]) -> dict[str, list[Value]]:
    editable = fields(settings.shop(session).region)
    unknown = set(chosen) - set(CHOSEN)
    if unknown:
        raise Refusal(_("There is no field “{field}”.").format(field=min(unknown)))
    values = {name: editable[name].read(value) for name, value in chosen.items()}
    changes: dict[str, list[Value]] = {}
    for name, value in {**values, **gathered(kept, gone, values)}.items():
        was = editable[name].write(getattr(kept, name))
        if was != value:
            changes[name] = [was, value]
            setattr(kept, name, value)
    return changes


def following() -> list[Table]:
    """Give the tables whose rows simply move from one customer to another."""
    return [
        table
        for table in Base.metadata.sorted_tables
        if table not in _OWN_WAY and any(key.column.table is Customer.__table__ for key in table.foreign_keys)
    ]


def _move(session: Session, table: Table, gone: UUID, kept: UUID, only: list[str] | None = None) -> list[str]:
    whose = table.c.customer_id == gone
    if only is not None:
        whose &= table.c.id.in_([UUID(key) for key in only])
    keys = [str(key) for key in session.scalars(select(table.c.id).where(whose))]
    if keys:
        # who the customer is belongs to the customer: the rows' own versions stay
        session.connection().execute(update(table).where(whose).values(customer_id=kept))
    return keys


def reversible(session: Session, customer_id: UUID, at: datetime) -> list[Merged]:
    """List the merges of a customer that can still be taken back, the latest first."""
    return [
        Merged(UUID(said["gone"]), said["number"], said["name"], entry.at, name, len(said["orders"]))
        for entry, said, name in _merges(session, customer_id, at)
    ]


def _merges(session: Session, kept: UUID, at: datetime) -> list[tuple[Entry, dict[str, Any], str]]:
    query = (
        select(Entry, Staff.name)
        .join(Staff, Staff.id == Entry.staff_id)
        .where(Entry.subject_id == kept, Entry.action == "merged", Entry.at > at - REVERSIBLE)
        .order_by(Entry.position.desc())
    )
    found = [(entry, json.loads(entry.content or "{}"), name) for entry, name in session.execute(query)]
    gone = [UUID(said["gone"]) for _entry, said, _name in found if said]
    still = set(session.scalars(select(Customer.id).where(Customer.id.in_(gone), Customer.merged_into == kept)))
    latest: dict[UUID, tuple[Entry, dict[str, Any], str]] = {}
    for entry, said, name in found:
        if said and UUID(said["gone"]) in still:
            latest.setdefault(UUID(said["gone"]), (entry, said, name))
    return list(latest.values())


@action("customer.unmerge", Right.MERGE_CUSTOMERS)
def undo(session: Session, by: By, command: UndoMerge) -> Done:
    """Make two customers of one again: whatever has not been changed since goes back.

    The journal says what stayed: the fields somebody changed since, and the orders that went elsewhere.
    """
    kept = locked(session, command.kept)
    found = next((one for one in _merges(session, kept.id, by.at) if one[1]["gone"] == str(command.gone)), None)
    if found is None:
        raise Refusal(_("This merge can no longer be taken back: it was more than a day ago, or it was already."))
    said = found[1]
    gone = session.get(Customer, command.gone, with_for_update=True, populate_existing=True)
    if gone is None:
        raise Refusal(_("This customer is no longer here."), "customer")
    if kept.credit < said["credit"]:
        raise Refusal(_("Credit of {name} has been spent since; the merge stays.").format(name=said["name"]))
    text = _("Make two customers of {kept}, customer {kept_number}, and {gone}, customer {gone_number}, again.")
    agreed = approvals.agreed(session, by, Act.MERGE, command, _of_both(text, kept, gone))
    before, gone_before = known_by(kept), known_by(gone)
    editable = fields(settings.shop(session).region)
    stayed, back = [], {}
    for name, (was, then) in said["fields"].items():
        if editable[name].write(getattr(kept, name)) == then:
            back[name] = [then, was]
            setattr(kept, name, was)
        else:
            stayed.append(name)
    if "consent" in back:
        at, signer = said["consent"]
        kept.consent_at = datetime.fromisoformat(at) if at else None
        kept.consent_by = UUID(signer) if signer else None
    kept.credit, gone.credit = kept.credit - said["credit"], said["credit"]
    gone.merged_into = None
    for table in following():
        _move(session, table, kept.id, gone.id, said["moved"].get(table.name, []))
    index(session, kept, before)
    index(session, gone, gone_before)
    orders = repeat_on_orders(session, gone, (Order.customer_id == kept.id) & Order.number.in_(said["orders"]))
    if "name" in back or "phone" in back:
        repeat_on_orders(session, kept, Order.customer_id == kept.id)
    elsewhere = sorted(set(said["orders"]) - set(orders))
    journal.record(
        session,
        by,
        kept,
        "unmerged",
        {"name": gone.name, "number": gone.number, "fields": back, "stayed": stayed, "orders": orders,
         "elsewhere": elsewhere, **agreed},
    )  # fmt: skip
    journal.record(session, by, gone, "unmerged_from", {"name": kept.name, "number": kept.number, "orders": orders})
    return Done("customer", kept.id, kept.number, kept.version, made=gone.id)
