"""A shop made by an earlier version goes on with everything that is in it, on both databases."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import MetaData, insert, select, text
from sqlalchemy.exc import DBAPIError

from postgres import Cluster
from ticketdesk.domain.filters import Filter
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.services import customers, lists, locations, payments, series, timers
from ticketdesk.services.copying import copy_shop, restore_shop
from ticketdesk.services.lists import Question
from ticketdesk.services.verify import verify
from ticketdesk.storage import migrate
from ticketdesk.storage.database import Collision, Database
from ticketdesk.storage.tables import Counter, Location, LocationStation, Order, Payment, Staff, TimerMark
from ticketdesk.storage.types import Key

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest) -> Database:
    """Give an empty database of each kind."""
    if request.param == "sqlite":
        return Database(str(request.getfixturevalue("tmp_path") / "old.db"))
    cluster: Cluster = request.getfixturevalue("cluster")
    return Database(cluster.create_database())


def _fill_0001(database: Database) -> UUID:
    """Put one order with a line, a deposit and its refund into a shop of the first schema; give its customer."""
    metadata = MetaData()
    with database.writing.begin() as connection:
        metadata.reflect(connection)
        tables = metadata.tables
        made = [new_key() for _row in range(7)]
        staff, customer, device, order, paid, back, line = (
            key if database.dialect == "postgresql" else key.bytes for key in made
        )
        at = NOW if database.dialect == "postgresql" else NOW.replace(tzinfo=None)
        subject = {"version": 0, "head": b""}
        rows: list[tuple[str, dict[str, object]]] = [
            ("staff", {"id": staff, "login": "ana", "name": "Ana", "role": "owner", "pin_hash": "", "active": True,
                       "wrong_pins": 0, **subject}),
            ("customer", {"id": customer, "name": "Ion", "phone": "", "email": "", "address": "", "tax_id": "",
                          "language": "", "consent": False, "notes": "", "name_sort": "ion", "created_at": at,
                          **subject}),
            ("device", {"id": device, "kind": "phone", "brand": "", "model": "Nokia", "serial": "", "colour": "",
                        "title_sort": "", "created_at": at, **subject}),
            ("orders", {"id": order, "number": 7, "kind": "external", "urgency": "normal", "billing": "paid",
                        "place": "in_shop", "address": "", "status": "created", "status_place": 0, "phase": "new",
                        "status_at": at, "reason": "", "open": True, "customer_id": customer, "device_id": device,
                        "complaint": "", "diagnosis": "Mufă  oxidată", "condition": {}, "accessories": [], "unlock_kind": "",
                        "received_at": at, "received_by": staff, "promised_at": at, "surcharge": 0, "total": 500,
                        "paid": 0, "balance": 500, "customer_name": "Ion", "customer_phone": "", "device_title": "",
                        "device_kind": "phone", "customer_sort": "", "device_sort": "", "problem_sort": "",
                        "assignee_sort": "", "search": "nokia", **subject}),
            ("line", {"id": line, "order_id": order, "place": 1, "kind": "work", "code": "", "name": "Ecran",
                      "serial": "", "quantity": 1000, "price": 500, "cost": 0, "vat": 2100, "discount": 0,
                      "warranty_months": 0, "total": 500}),
            ("payment", {"id": paid, "order_id": order, "number": 1, "kind": "deposit", "method": "cash",
                         "amount": 200, "tendered": 200, "reference": "", "reason": "", "at": at, "staff_id": staff,
                         "station": "T1"}),
            ("payment", {"id": back, "order_id": order, "number": 2, "kind": "refund", "method": "cash",
                         "amount": -200, "tendered": -200, "reference": "", "reason": "x", "corrects": paid,
                         "at": at, "staff_id": staff, "station": "T1"}),
        ]  # fmt: skip
        for name, values in rows:
            connection.execute(insert(tables[name]), values)
        connection.execute(text("INSERT INTO counter (series, last) VALUES ('order', 7), ('receipt', 2)"))
    return made[1]


def test_the_first_schema_is_raised_with_its_money_untouched(empty: Database) -> None:
    migrate.upgrade(empty, "0001")
    customer = _fill_0001(empty)
    migrate.upgrade(empty)
    assert migrate.state(empty) is migrate.State.CURRENT
    with empty.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT number, place, amount, customer_id FROM payment ORDER BY number").columns(customer_id=Key())
        ).all()
        assert [tuple(row) for row in rows] == [(1, 1, 200, customer), (2, 1, -200, customer)]
        assert connection.scalar(text("SELECT sum(total) FROM line WHERE order_id IS NOT NULL")) == 500
        assert connection.scalar(text("SELECT search FROM orders")) == "nokia mufa oxidata"
        assert connection.scalar(text("SELECT bin FROM orders")) == ""
        assert connection.execute(text("SELECT price, asked FROM line")).all() == [(500, 0)]
    for statement in ("UPDATE payment SET amount = 1", "DELETE FROM payment"):
        with pytest.raises(DBAPIError, match="only added"), empty.engine.begin() as connection:
            connection.execute(text(statement))
    empty.close()


def test_customers_of_the_first_schema_are_numbered_found_and_known(empty: Database) -> None:
    migrate.upgrade(empty, "0001")
    customer = _fill_0001(empty)
    with empty.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE customer SET name = 'Florăria Crin SRL', name_sort = 'floraria crin srl', "
                "phone = '+40722000418', email = 'Office@crin.ro', tax_id = 'RO14399840', consent = :yes"
            ),
            {"yes": True},
        )
    migrate.upgrade(empty)
    with empty.read() as session:
        for typed in ("crin floraria", "+40722000418", "0722 000 418", "14399840", "office@crin"):
            assert [row.id for row in customers.find(session, typed)] == [customer]
        found = customers.of_number(session, 1)
        assert (found.company, found.consent_at, found.contacts, found.tags) == (True, NOW, (), ())
    with empty.snapshot() as session:
        wrong = [fault.row for fault in verify(session) if fault.check == "customers"]
    assert wrong == ["customer 1 is above its counter 0"]  # this database was filled without founding a shop
    empty.close()


@pytest.mark.parametrize("version", migrate.VERSIONS[:-1])
def test_orders_of_every_earlier_version_can_be_put_into_a_bin(empty: Database, version: str) -> None:
    migrate.upgrade(empty, "0001")
    _fill_0001(empty)
    migrate.upgrade(empty, version)
    migrate.upgrade(empty)
    assert migrate.state(empty) is migrate.State.CURRENT
    with empty.begin() as session:
        session.execute(text("UPDATE orders SET bin = 'A3' WHERE number = 7"))
    with empty.read() as session:
        asked = Question((Filter("bin", ("A3",)),), sort="bin")
        assert [(row.number, row.bin) for row in lists.page(session, asked)] == [(7, "A3")]
        assert list(lists.spine(session, Question((), sort="bin"))) == [7]
    empty.close()


@pytest.mark.parametrize("version", migrate.VERSIONS[:-1])
def test_orders_of_every_earlier_version_can_be_worked_at_by_the_minute(empty: Database, version: str) -> None:
    migrate.upgrade(empty, "0001")
    _fill_0001(empty)
    migrate.upgrade(empty, version)
    migrate.upgrade(empty)
    with empty.read() as session:
        order, person = session.scalars(select(Order.id)).one(), session.scalars(select(Staff.id)).one()
        assert timers.worked(session, order) == timers.Worked()
    with empty.begin() as session:
        for place, running in ((1, True), (2, False)):
            at = NOW + timedelta(minutes=7 * place)
            session.add(TimerMark(staff_id=person, place=place, order_id=order, running=running, at=at, station="T1"))
    with empty.read() as session:
        assert timers.worked(session, order) == timers.Worked(420)
    for statement in ("UPDATE timer_mark SET place = 9", "DELETE FROM timer_mark"):
        with pytest.raises(DBAPIError, match="only added"), empty.engine.begin() as connection:
            connection.execute(text(statement))
    with empty.snapshot() as session:
        assert [fault.row for fault in verify(session) if fault.check == "schema"] == []
    empty.close()


@pytest.mark.parametrize("version", migrate.VERSIONS[:-1])
def test_a_shop_of_every_earlier_version_can_work_in_several_places(empty: Database, version: str) -> None:
    migrate.upgrade(empty, "0001")
    _fill_0001(empty)
    migrate.upgrade(empty, version)
    migrate.upgrade(empty)
    with empty.read() as session:
        assert (locations.every(session), locations.of_station(session, "T1")) == ([], None)
    with empty.begin() as session:
        for name, letters, active in (("Centru", "", True), ("Nord", "N", True), ("Vest", "", False)):
            session.add(Location(name=name, letters=letters, active=active, created_at=NOW))
        north = select(Location.id).where(Location.name == "Nord")
        session.flush()
        session.add(LocationStation(station="T1", location_id=session.scalars(north).one()))
    with empty.read() as session:
        assert [row.letters for row in locations.every(session)] == ["", "N", ""]
        here = locations.of_station(session, "T1")
        assert here is not None
        assert here.name == "Nord"
    for letters in ("", "N"):
        with pytest.raises(Collision), empty.begin() as session:
            session.add(Location(name="Est", letters=letters, active=True, created_at=NOW))
    with empty.snapshot() as session:
        assert [fault.row for fault in verify(session) if fault.check == "schema"] == []
    empty.close()


@pytest.mark.parametrize("version", migrate.VERSIONS[:-1])
def test_documents_of_every_earlier_version_keep_their_numbers_for_ever(empty: Database, version: str) -> None:
    migrate.upgrade(empty, "0001")
    _fill_0001(empty)
    migrate.upgrade(empty, version)
    migrate.upgrade(empty)
    with empty.read() as session:
        counters = {(row.kind, row.series): row.last for row in session.scalars(select(Counter))}
        assert counters.items() >= {("order", ""): 7, ("receipt", ""): 2}.items()
        assert {kind for kind, series in counters} <= {"order", "customer", "receipt"}
        assert [(row.series, row.shown) for row in session.scalars(select(Payment).order_by(Payment.number))] == [
            ("", "1"), ("", "2"),
        ]  # fmt: skip
        assert [(row.kind, row.last, row.missing) for row in series.every(session) if row.last] == [("receipt", 2, ())]
        assert [part.left for part in payments.of_receipt(session, "1")] == [0]
    empty.close()


@pytest.mark.parametrize("version", migrate.VERSIONS)
def test_a_shop_on_a_server_is_copied_as_it_is_before_it_is_raised(
    cluster: Cluster, tmp_path: Path, version: str
) -> None:
    served = Database(cluster.create_database())
    migrate.upgrade(served, "0001")
    customer = _fill_0001(served)
    migrate.upgrade(served, version)
    copy_shop(served, tmp_path / "shop.backup")
    served.close()
    kept = Database(str(tmp_path / "shop.backup"))
    assert migrate.version(kept) == version
    kept.close()
    again = Database(cluster.create_database())
    restore_shop(tmp_path / "shop.backup", again)
    with again.read() as session:
        [order] = session.scalars(select(Order))
        assert (order.number, order.customer_id, order.received_at, order.condition) == (7, customer, NOW, {})
        assert sorted(session.scalars(select(Payment.amount))) == [-200, 200]
        assert {row.kind: row.last for row in session.scalars(select(Counter))}["order"] == 7
    again.close()
