"""The settings all PCs of a shop share."""

import dataclasses
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.domain.search import tidy
from ticketdesk.domain.shop import FIXED, Shop, check
from ticketdesk.domain.tax_numbers import normal_tax_id
from ticketdesk.services import journal, wire
from ticketdesk.services.doors import Done, action
from ticketdesk.services.merging import Edit, Editable, merged
from ticketdesk.storage.tables import ShopRow
from ticketdesk.texts import _


def shop(session: Session) -> Shop:
    """Give the shop's settings.

    Raises:
        Refusal: if the database holds no shop yet.
    """
    row = shop_row(session)
    known: tuple[object, Shop] | None = session.info.get("settings")
    if known is None or known[0] is not row.settings:  # looked up once: an action asks half a dozen times
        known = session.info["settings"] = row.settings, _shop(row.head, wire.dumps(row.settings))
    return known[1]


@lru_cache(maxsize=8)
def _shop(_head: bytes, text: str) -> Shop:
    return wire.loads(Shop, text)


def usual_vat(session: Session, at: datetime) -> int:
    """Give the VAT rate of a new line at a moment, by the shop's day, in basis points."""
    known = shop(session)
    return known.vat_on(day_of(at, known.zone))


_ROW = select(ShopRow)


def shop_row(session: Session) -> ShopRow:
    """Give the one row of the shop, asked for once in a session.

    Raises:
        Refusal: if the database holds no shop yet.
    """
    known = session.info.get("shop")
    if isinstance(known, ShopRow) and known in session:
        return known
    row: ShopRow | None = session.scalar(_ROW)
    if row is None:
        raise Refusal(_("There is no shop in this database yet."), "database")
    session.info["shop"] = row
    return row


def shop_id(session: Session) -> UUID:
    """Give the key of the shop, under which a station keeps what belongs to it."""
    return shop_row(session).id


def _tidied(value: Any) -> Any:
    return tidy(value) if isinstance(value, str) else value


_FIXED = {field.name: field.metadata["kind"] == FIXED for field in dataclasses.fields(Shop)}
FIELDS = {field.name: Editable(_tidied) for field in dataclasses.fields(Shop)}
"""What may be edited of the settings; ``Shop`` itself says what each may hold."""


@action("shop.edit", Right.SETTINGS)
def edit(session: Session, by: By, command: Edit) -> Done:
    """Change settings of the shop; see ``merging`` for two people at once."""
    row = shop_row(session)
    before = dataclasses.asdict(wire.build(Shop, row.settings))
    parsed, changes = merged(session, row.id, before, command, FIELDS)
    made = wire.build(Shop, {**before, **parsed})
    check(made)
    if "tax_id" in changes:
        normal_tax_id(made.tax_id, made.region)
    if fixed := [name for name in changes if _FIXED[name]]:
        raise Refusal(_("This cannot change any more: amounts and days of the past stand on it."), fixed[0])
    if changes:
        row.settings = dataclasses.asdict(made)
        journal.record(session, by, row, "edited", changes)
    return Done("shop", row.id, version=row.version)
