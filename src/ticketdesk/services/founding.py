"""A new shop: its settings, its secrets, its first owner."""

import dataclasses
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.people import normal_phone
from ticketdesk.domain.pins import check_pin, hash_pin
from ticketdesk.domain.rights import Role
from ticketdesk.domain.search import fold, tidy
from ticketdesk.domain.shop import Shop, check
from ticketdesk.domain.tax_numbers import normal_tax_id
from ticketdesk.services import journal, vault
from ticketdesk.services.numbering import CUSTOMER, ORDER
from ticketdesk.services.staff import NewStaff, new_staff
from ticketdesk.services.tills import new_till
from ticketdesk.services.vault import Secrets
from ticketdesk.storage.tables import Counter, ShopRow
from ticketdesk.texts import _, language


@dataclasses.dataclass(frozen=True, slots=True)
class NewShop:
    """A shop to be founded, and its first owner."""

    shop: Shop
    owner: str
    login: str
    pin: str
    demo: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Founded:
    """A founded shop: who owns it, what its first station must keep, and the code the owner puts away."""

    shop_id: UUID
    owner_id: UUID
    secrets: Secrets
    recovery_code: str


def found(session: Session, new: NewShop, station: str, at: datetime) -> Founded:
    """Found a shop in an empty, migrated database; the caller's transaction makes it whole or not at all.

    Raises:
        Refusal: if a name is missing, the tax number or the phone is none, the PIN is too easy, or a shop is there
            already.
    """
    shop = dataclasses.replace(
        new.shop,
        name=tidy(new.shop.name),
        tax_id=normal_tax_id(new.shop.tax_id, new.shop.region),
        phone=normal_phone(new.shop.phone, new.shop.region) if new.shop.phone.strip() else "",
    )
    check(shop)
    check_pin(new.pin, Role.OWNER)
    if session.query(ShopRow).first() is not None:
        raise Refusal(_("There is already a shop in this database."), "database")
    known, code, shop_id, owner_id = (
        vault.new_secrets(),
        vault.new_recovery_code(),
        new_key(),
        new_key(),
    )
    session.info["secrets"] = known
    by = By(owner_id, station, at, new_key())
    owner = NewStaff(new.owner, new.login or fold(new.owner), Role.OWNER, hash_pin(new.pin, known.pepper))
    new_staff(session, by, owner, owner_id)
    row = ShopRow(
        id=shop_id,
        settings=dataclasses.asdict(shop),
        secrets=vault.wrap(known, code, shop_id),
        demo=new.demo,
        created_at=at,
    )
    session.add(row)
    journal.record(session, by, row, "founded", {"name": shop.name, "journal": journal.FORMAT})
    session.execute(insert(Counter), [{"kind": kind, "series": "", "last": 0} for kind in (ORDER, CUSTOMER)])
    with language(shop.language):
        new_till(session, by, _("Till 1"))
    session.add_all(session.info.pop("entries"))
    session.flush()
    return Founded(shop_id, owner_id, known, code)
