"""New rows go in parents first, whole, and in few round trips: over a network these decide how long saving takes."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, text

from proxy import Proxy
from shop import TestShop, a_new_order
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import claiming, intake, orders, pages
from ticketdesk.services.claiming import Claim
from ticketdesk.services.doors import perform
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.lines import AddLine, LineFacts, add
from ticketdesk.services.merging import Edit
from ticketdesk.storage.database import Collision, Database
from ticketdesk.storage.tables import Comment, Device, Order

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@contextmanager
def counted(shop: TestShop) -> Generator[tuple[TestShop, Proxy]]:
    """Give a shop on PostgreSQL through a line that counts how often it is spoken to."""
    with Proxy(shop.database.url.port or 5432) as line:
        database = Database(shop.database.url.set(port=line.port).render_as_string(hide_password=False))
        database.info.update(shop.database.info)
        try:
            yield TestShop(database, shop.id, shop.people), line
        finally:
            database.close()


def whole_intake(n: int) -> intake.NewOrder:
    """Give the fullest intake of a known customer: a new device with its serial, a code, a deposit, a note."""
    serial = f"SN{n:08}"
    return a_new_order(
        device=NewDevice("laptop", "Lenovo", "T14", serial=serial), unlock_kind="pin", unlock_code="4821",
        accessories=["Case"], condition={"Screen": "defect"}, estimate=52_000, deposit=20_000, deposit_method="card",
        note="grăbit",
    )  # fmt: skip


def test_saving_an_order_takes_at_most_ten_round_trips(postgres_shop: TestShop) -> None:
    with counted(postgres_shop) as (shop, line):
        for n in range(8):  # the driver prepares what it is asked often
            shop.do(intake.register, whole_intake(n), Role.CLERK)
        line.trips = 0
        shop.do(intake.register, whole_intake(9), Role.CLERK)
        assert line.trips <= 10


@pytest.mark.parametrize(
    ("what", "most"), [("claim", 6), ("edit", 8), ("line", 9)], ids=["claiming", "a field", "adding a line"]
)
def test_working_on_an_order_takes_few_round_trips(postgres_shop: TestShop, what: str, most: int) -> None:
    with counted(postgres_shop) as (shop, line):
        made = [shop.do(intake.register, whole_intake(n), Role.CLERK).id for n in range(8)]
        for n, order_id in enumerate(made):
            line.trips = 0
            if what == "claim":
                shop.do(claiming.claim, Claim(order_id), Role.TECHNICIAN)
            elif what == "edit":
                shop.do(orders.edit, Edit(order_id, {"diagnosis": ""}, {"diagnosis": f"Flex {n}"}))
            else:
                shop.do(add, AddLine(order_id, LineFacts("Ecran", price=100)))
        assert line.trips <= most


def test_an_action_that_is_refused_by_the_database_leaves_nothing(shop: TestShop) -> None:
    done = shop.do(intake.register, a_new_order(), Role.CLERK)

    def again() -> None:
        with shop.database.begin() as session:
            session.add(device())
            session.add(order_like(session.get_one(Order, done.id)))  # its number is taken

    with pytest.raises(Collision):
        again()
    with shop.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM device")) == 1


def test_rows_go_in_parents_first_whatever_was_added_first(shop: TestShop) -> None:
    done = shop.do(intake.register, a_new_order(), Role.CLERK)
    with shop.database.begin() as session:
        first = session.get_one(Order, done.id)
        second = order_like(first, number=2, device_id=new_key())
        session.add(Comment(order_id=second.id, text="întâi", to_customer=False, at=NOW, staff_id=first.received_by))
        session.add(second)
        session.add(device(second.device_id))
    with shop.database.read() as session:
        shown = pages.order_page(session, second.id)
    assert (shown.comments[0].text, shown.device.id, shown.row.number) == ("întâi", second.device_id, 2)


def test_a_row_that_was_put_in_goes_on_living_in_its_session(shop: TestShop) -> None:
    with shop.database.begin() as session:
        made = device()
        session.add(made)
        session.flush()
        assert session.get(Device, made.id) is made
        assert (made.serial, made.version) == ("", 0)  # what nobody said is what usually stands there
        made.colour = "roșu"
    with shop.database.read() as session:
        assert session.get_one(Device, made.id).colour == "roșu"


def test_many_rows_go_in_as_few_do(shop: TestShop) -> None:
    with shop.database.begin() as session:
        session.add_all([device() for _n in range(60)])
    with shop.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM device")) == 60


def test_one_intake_is_one_statement_for_all_it_adds(postgres_shop: TestShop) -> None:
    shop, sent = postgres_shop, list[str]()
    perform(shop.database, shop.by(Role.CLERK), intake.register, whole_intake(1))
    event.listen(shop.database.engine, "before_cursor_execute", lambda *heard: sent.append(heard[2]))
    perform(shop.database, shop.by(Role.CLERK), intake.register, whole_intake(2))
    adding = [statement for statement in sent if "INSERT" in statement and "INTO counter" not in statement]
    assert len(adding) == 1
    for table in ("device", "orders", "payment", "comment", "entry"):
        assert f"INSERT INTO {table} " in adding[0]


def device(key: UUID | None = None) -> Device:
    """Give a device that is in no session yet."""
    return Device(id=key or new_key(), kind="phone", model="Nokia", created_at=NOW)


def order_like(first: Order, **but: object) -> Order:
    """Give another order with everything of the first one but its key."""
    same = {column.key: getattr(first, column.key) for column in Order.__table__.columns}
    return Order(**{**same, "id": new_key(), **but})
