"""Builders: a founded shop with somebody of every role, and whatever a test needs in it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from ticketdesk.domain.by import By
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.document_numbers import DocumentNumber, series_of
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.orders import Billing
from ticketdesk.domain.rights import Role
from ticketdesk.domain.search import fold
from ticketdesk.domain.shop import Shop
from ticketdesk.services import approvals, claiming, founding, intake, lines, orders, pages, settings, staff
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Action, Done, perform
from ticketdesk.services.intake import NewDevice, NewOrder
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.merging import Edit
from ticketdesk.services.pages import OrderPage
from ticketdesk.storage import migrate
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Item

C = TypeVar("C")
PIN = "482915"
NAMES = {
    Role.OWNER: "Mircea Băcilă",
    Role.MANAGER: "Raluca Mureșan",
    Role.CLERK: "Alina Dumitrescu",
    Role.TECHNICIAN: "Vlad Ionescu",
    Role.ACCOUNTANT: "Ioana Țăranu",
}
SHOP = Shop(
    name="Atelier Busola",
    legal_name="Atelier Busola SRL",
    address="Str. Horea 21, Cluj-Napoca",
    tax_id="RO14399840",
    phone="+40364000210",
)


@dataclass
class TestShop:
    """A shop under test: its database and its people."""

    __test__ = False

    database: Database
    id: UUID
    people: dict[Role, UUID]

    def by(self, role: Role = Role.OWNER, at: datetime | None = None) -> By:
        """Sign as somebody of this role, under a request of its own."""
        return By(self.people[role], "T1", at or datetime.now(UTC), new_key())

    def do(self, action: Action[C], command: C, role: Role = Role.OWNER, at: datetime | None = None) -> Done:
        """Do something in a transaction of its own."""
        return perform(self.database, self.by(role, at), action, command)

    def set(self, **values: str | int | bool) -> Done:
        """Change settings of the shop."""
        with self.database.read() as session:
            base = {name: getattr(settings.shop(session), name) for name in values}
        return self.do(settings.edit, Edit(self.id, base, {**values}))

    def document(self, number: int, letters: str = "") -> DocumentNumber:
        """Give the number of a document that was made now: the so-manieth of its kind this year."""
        return DocumentNumber(series_of(letters, self.today().year), number)

    def today(self) -> date:
        """Give the day it is on the shop's clock, which near midnight is not the day of UTC."""
        with self.database.read() as session:
            zone = settings.shop(session).zone
        return day_of(datetime.now(UTC), zone)

    def shown(self, number: int, letters: str = "") -> str:
        """Give the number of a document that was made now as people read it."""
        return self.document(number, letters).shown()

    def approved(
        self,
        action: Action[C],
        command: C,
        role: Role = Role.OWNER,
        giver: Role | None = None,
        at: datetime | None = None,
    ) -> Done:
        """Do something that takes a PIN: the giver's, else one's own."""
        by = self.by(role, at)
        try:
            perform(self.database, by, action, command)
        except NeedsApproval as needed:
            approval = self.approval(needed, giver or role)
        else:
            raise AssertionError("it was done without an approval")
        return perform(self.database, by, action, replace(command, approval=approval))  # type: ignore[type-var]

    def approval(self, needed: NeedsApproval, giver: Role) -> UUID:
        """Agree to an act with a PIN."""
        who = self.people[giver]
        return approvals.approve(self.database, needed.asked, who, PIN, "T1", datetime.now(UTC))


def found_shop(database: Database, shop: Shop = SHOP) -> TestShop:
    """Found a shop with somebody of every role; all share one PIN."""
    migrate.upgrade(database)
    at = datetime.now(UTC)
    with database.begin() as session:
        founded = founding.found(session, founding.NewShop(shop, NAMES[Role.OWNER], "mircea", PIN), "T1", at)
    database.info["secrets"] = founded.secrets
    made = TestShop(database, founded.shop_id, {Role.OWNER: founded.owner_id})
    for role in (Role.MANAGER, Role.CLERK, Role.TECHNICIAN, Role.ACCOUNTANT):
        with database.read() as session:
            hashed = staff.hashed(session, PIN, role)
        login = NAMES[role].split()[0]
        with database.begin() as session:
            new = staff.NewStaff(NAMES[role], login, role, hashed)
            made.people[role] = staff.new_staff(session, made.by(), new).id
            session.add_all(session.info.pop("entries"))
    return made


def a_new_order(**but: object) -> NewOrder:
    """Give the intake of a phone with a broken screen, except for what the test cares about."""
    usual = NewOrder(
        device=NewDevice("phone", "Apple", "iPhone 13 128 GB", colour="negru"),
        customer=NewCustomer("Ștefan Ungureanu", "0722 000 418"),
        complaint="Ecran spart, imagine cu linii",
        promised_at=datetime.now(UTC) + timedelta(days=1),
    )
    return replace(usual, **but)  # type: ignore[arg-type]


def an_order(shop: TestShop, **but: object) -> Done:
    """Take a phone in: a clerk does, or a manager if it is to be free of charge."""
    new = a_new_order(**but)
    return shop.do(intake.register, new, Role.MANAGER if new.billing is Billing.WARRANTY else Role.CLERK)


def a_ready_order(shop: TestShop, price: int = 53_000, **but: object) -> Done:
    """Take a phone in, claim it, work on it and mark it ready: ``price`` (minor units) is owed."""
    order = an_order(shop, **but)
    shop.do(claiming.claim, claiming.Claim(order.id, start=True), Role.TECHNICIAN)
    shop.do(lines.add, AddLine(order.id, LineFacts("Înlocuire ecran", price=price)), Role.TECHNICIAN)
    return shop.do(orders.move, orders.Move(order.id, "ready"), Role.TECHNICIAN)


def an_item(shop: TestShop, code: str, name: str, price: int, kind: str = "part") -> UUID:
    """Put a work or part into the catalogue; ``price`` in minor units."""
    item = Item(id=new_key(), kind=kind, code=code, name=name, search=fold(f"{name} {code}"), price=price, vat=2100)
    with shop.database.begin() as session:
        session.add(item)
        session.flush()
        return item.id


def order_page(shop: TestShop, order_id: UUID) -> OrderPage:
    """Give everything the page of an order shows."""
    with shop.database.read() as session:
        return pages.order_page(session, order_id)
