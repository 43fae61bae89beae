"""Customers and devices: found however one types, told apart from their doubles, repeated on their orders."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.errors import Conflict, Refusal, Value
from ticketdesk.domain.filters import Filter
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import customer_lists, customers, devices, duplicates, intake, lists, orders, pages
from ticketdesk.services.customer_lists import ALIKE, COMPANIES, OWES, OWING, Question
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.devices import DeviceRow
from ticketdesk.services.doors import Done, perform
from ticketdesk.services.duplicates import KeepApart
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.merging import Edit
from ticketdesk.services.verify import verify
from ticketdesk.storage.database import Database

FLORIST = NewCustomer(
    "Florăria Crin", "0364 111 222", "Office@Crin.ro", "Str. Horea 21, Cluj-Napoca", "RO 14399840", "ro",
    company=True, legal_name="Florăria Crin SRL", contacts=("0722 000 111 șofer", "comenzi@crin.ro"), tags=("fidel",),
)  # fmt: skip


def add(shop: TestShop, name: str, phone: str = "", **but: object) -> Done:
    return shop.do(customers.add, NewCustomer(name, phone, **but), Role.CLERK)  # type: ignore[arg-type]


def found(shop: TestShop, typed: str) -> list[str]:
    with shop.database.read() as session:
        return [row.name for row in customers.find(session, typed)]


def row(shop: TestShop, key: UUID) -> customers.CustomerRow:
    with shop.database.read() as session:
        return customers.one(session, key)


def faults(shop: TestShop) -> list[str]:
    with shop.database.snapshot() as session:
        return [f"{fault.check}: {fault.row}" for fault in verify(session)]


def names(shop: TestShop, question: Question) -> list[str]:
    with shop.database.read() as session:
        numbers = list(customer_lists.listing(session, question).keys)
        return [one.name for one in customer_lists.rows(session, numbers)]


def reasons(shop: TestShop, key: UUID) -> dict[str, tuple[str, ...]]:
    with shop.database.read() as session:
        return {likely.row.name: likely.reasons for likely in duplicates.of_customer(session, key)}


@pytest.mark.parametrize(
    "typed",
    [
        "floraria", "crin flor", "FLORĂRIA", "0364111222", "364 111", "+40 364 111 222", "0722-000-111", "șofer",
        "office@crin", "14399840", "ro14399840", "fidel", "srl crin",
    ],
)  # fmt: skip
def test_a_customer_is_found_however_it_is_typed(shop: TestShop, typed: str) -> None:
    shop.do(customers.add, FLORIST)
    add(shop, "Ion Popescu", "0733 999 888")
    assert found(shop, typed) == ["Florăria Crin"]


def test_names_that_begin_so_come_first_and_nothing_finds_nobody(shop: TestShop) -> None:
    for name in ("Maria Ionescu", "Ion Popa", "Ioana Crin"):
        add(shop, name)
    assert found(shop, "io") == ["Ioana Crin", "Ion Popa", "Maria Ionescu"]
    assert found(shop, "  ") == []
    assert found(shop, "zzz") == []


def test_a_customer_is_kept_as_it_should_be_written(shop: TestShop) -> None:
    kept = row(shop, shop.do(customers.add, FLORIST, Role.CLERK).id)
    assert (kept.phone, kept.email, kept.tax_id) == ("+40364111222", "Office@crin.ro", "RO14399840")
    assert kept.contacts == ("+40722000111 șofer", "comenzi@crin.ro")
    assert (kept.number, kept.company, kept.legal_name) == (1, True, "Florăria Crin SRL")


def test_consent_carries_when_and_who(shop: TestShop) -> None:
    done = add(shop, "Ana")
    assert row(shop, done.id).consent_at is None
    at = datetime(2026, 11, 24, 9, tzinfo=UTC)
    shop.do(customers.edit, Edit(done.id, {"consent": False}, {"consent": True}), Role.CLERK, at)
    kept = row(shop, done.id)
    assert (kept.consent, kept.consent_at, kept.consent_by) == (True, at, "Alina Dumitrescu")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"phone": "0722"}, "phone"),
        ({"email": "ana"}, "email"),
        ({"tax_id": "14399841"}, "tax_id"),
        ({"contacts": ["cineva"]}, "contacts"),
        ({"contacts": [f"07220001{n:02}" for n in range(21)]}, "contacts"),
        ({"tags": [str(n) for n in range(21)]}, "tags"),
    ],
)
def test_bad_values_are_refused_with_their_field(sqlite_shop: TestShop, values: dict[str, Value], field: str) -> None:
    done = add(sqlite_shop, "Ana", "0722 000 418")
    base: dict[str, Value] = {
        "name": "Ana",
        "phone": "+40722000418",
        "email": "",
        "tax_id": "",
        "contacts": [],
        "tags": [],
    }
    with pytest.raises(Refusal) as refusal:
        sqlite_shop.do(customers.edit, Edit(done.id, {name: base[name] for name in values}, values))
    assert refusal.value.field == field
    assert row(sqlite_shop, done.id).version == 1


def test_a_phone_belongs_to_one_customer(shop: TestShop) -> None:
    ana = add(shop, "Ana", "0722 000 418")
    ion = add(shop, "Ion", "0733 000 418")
    with pytest.raises(Refusal, match="already that of Ana, customer 1"):
        add(shop, "Maria", "+40 722 000 418")
    with pytest.raises(Refusal, match="already that of Ana") as refusal:
        shop.do(customers.edit, Edit(ion.id, {"phone": "+40733000418"}, {"phone": "0722000418"}))
    assert refusal.value.field == "phone"
    shop.do(customers.edit, Edit(ana.id, {"phone": "+40722000418"}, {"phone": ""}))
    shop.do(customers.edit, Edit(ion.id, {"phone": "+40733000418"}, {"phone": "0722000418"}))
    assert faults(shop) == []


def test_an_order_finds_its_customer_by_any_of_their_phones(shop: TestShop) -> None:
    florist = shop.do(customers.add, FLORIST)
    an_order(shop, customer=NewCustomer("Cineva", "0722 000 111"))
    assert row(shop, florist.id).orders == 1


def test_two_people_editing_the_same_customer_are_asked(shop: TestShop) -> None:
    done = add(shop, "Ana", tags=("VIP",))
    shop.do(customers.edit, Edit(done.id, {"tags": ["VIP"]}, {"tags": ["VIP", "fidel"]}), Role.CLERK)
    with pytest.raises(Conflict) as conflict:
        shop.do(customers.edit, Edit(done.id, {"tags": ["VIP"]}, {"tags": []}))
    clash = conflict.value.clashes[0]
    assert (clash.field, clash.theirs, clash.by) == ("tags", ["VIP", "fidel"], "Alina Dumitrescu")


def test_a_new_name_and_phone_are_on_every_order_at_once(shop: TestShop) -> None:
    done = an_order(shop)
    an_order(shop, device=NewDevice("laptop", "Dell", "XPS 13"))
    customer = page_of(shop, done).customer
    assert customer is not None
    base: dict[str, Value] = {"name": "Ștefan Ungureanu", "phone": "+40722000418"}
    shop.do(customers.edit, Edit(customer.id, base, {"name": "Ștefania Crăciun", "phone": "0744 555 666"}))
    for typed in ("craciun", "0744555666"):
        assert len(orders_found(shop, typed)) == 2
    assert orders_found(shop, "ungureanu") == orders_found(shop, "0722000418") == []
    assert page_of(shop, done).row.customer_phone == "+40744555666"
    assert faults(shop) == []


def page_of(shop: TestShop, done: Done) -> pages.OrderPage:
    with shop.database.read() as session:
        return pages.order_page(session, done.id)


def orders_found(shop: TestShop, typed: str) -> list[int]:
    with shop.database.read() as session:
        return list(lists.spine(session, lists.Question((Filter("text", (typed,)),), sort="number")))


def test_an_order_registered_while_the_name_changes_carries_the_new_one(postgres_shop: TestShop) -> None:
    """The one who registers waits for the one who renames, or the other way round; neither is lost."""
    shop = postgres_shop
    done = an_order(shop)
    customer = page_of(shop, done).customer
    assert customer is not None
    url = shop.database.url.render_as_string(hide_password=False)
    with shop.database.begin() as session:
        by = shop.by()
        customers.edit(session, by, Edit(customer.id, {"name": customer.name}, {"name": "Alt Nume"}))
        other = Database(url)
        other.info.update(shop.database.info)
        thread = Thread(target=perform, args=(other, shop.by(Role.CLERK), intake.register, a_second_order(customer.id)))
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(20)
    other.close()
    with shop.database.read() as session:
        assert {one.customer_name for one in lists.rows(session, [1, 2])} == {"Alt Nume"}
    assert faults(shop) == []


def a_second_order(customer_id: UUID) -> intake.NewOrder:
    return intake.NewOrder(
        device=NewDevice("phone", "Apple", "iPhone 11"), customer_id=customer_id, complaint="Baterie"
    )


def test_a_mended_device_is_found_on_its_orders_by_what_it_is_now(shop: TestShop) -> None:
    done = an_order(shop, device=NewDevice("phone", "Apple", "iPhone 13", "350000000482139"))
    device = page_of(shop, done).device
    base: dict[str, Value] = {"model": "iPhone 13", "serial": "350000000482139", "kind": "phone", "made_in": None}
    edit = Edit(device.id, base, {"model": "iPad 9", "serial": "DMPX12", "kind": "tablet", "made_in": 2021})
    shop.do(devices.edit, edit, Role.TECHNICIAN)
    assert orders_found(shop, "ipad 9") == orders_found(shop, "dmpx12") == [1]
    assert orders_found(shop, "iphone") == orders_found(shop, "350000000482139") == []
    assert page_of(shop, done).row.device_kind == "tablet"
    assert faults(shop) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [({"model": "", "brand": ""}, "model"), ({"serial": "350000000482138"}, "serial"), ({"made_in": 21}, "made_in")],
)
def test_a_device_stays_what_a_device_must_be(sqlite_shop: TestShop, values: dict[str, Value], field: str) -> None:
    done = an_order(sqlite_shop, device=NewDevice("phone", "Apple", "iPhone 13"))
    device = page_of(sqlite_shop, done).device
    base: dict[str, Value] = {"model": "iPhone 13", "brand": "Apple", "serial": "", "made_in": None}
    with pytest.raises(Refusal) as refusal:
        sqlite_shop.do(devices.edit, Edit(device.id, {name: base[name] for name in values}, values))
    assert refusal.value.field == field


def test_a_serial_number_is_one_devices(shop: TestShop) -> None:
    an_order(shop, device=NewDevice("phone", "Apple", "iPhone 13", "ABC123"))
    other = an_order(shop, device=NewDevice("phone", "Apple", "iPhone 11", "XYZ789"))
    device = page_of(shop, other).device
    with pytest.raises(Refusal, match="already that of Apple iPhone 13"):
        shop.do(devices.edit, Edit(device.id, {"serial": "XYZ789"}, {"serial": "abc 123"}))


def test_a_customers_devices_say_their_last_order_and_warranty(shop: TestShop) -> None:
    done = a_ready_order(shop, price=0, device=NewDevice("phone", "Apple", "iPhone 13", "ABC123"))
    shop.do(orders.move, orders.Move(done.id, "handed_over"), Role.CLERK)
    last = an_order(shop, device=NewDevice("phone", model="iPhone", serial="ABC123"))
    customer = page_of(shop, done).customer
    assert customer is not None
    rows = owned(shop, customer.id)
    assert [(one.last_number, one.orders, one.warranty_number) for one in rows] == [(last.number, 2, done.number)]


def owned(shop: TestShop, customer_id: UUID) -> list[DeviceRow]:
    with shop.database.read() as session:
        return devices.of_customer(session, customer_id, datetime.now(UTC))


def test_the_list_shows_views_sorts_and_pages(shop: TestShop) -> None:
    shop.do(customers.add, FLORIST)
    for n, name in enumerate(("Zoe", "Ana", "Ștefan")):
        add(shop, name, f"0733 000 00{n}")
    debtor = a_ready_order(shop, price=10_000, customer=NewCustomer("Ana", "0733 000 001"))
    assert names(shop, Question()) == ["Ana", "Florăria Crin", "Ștefan", "Zoe"]
    assert names(shop, Question(sort="number", descending=True)) == ["Ștefan", "Ana", "Zoe", "Florăria Crin"]
    assert names(shop, Question(sort=OWES, descending=True))[0] == "Ana"
    assert names(shop, Question(OWING, sort=OWES)) == ["Ana"]
    assert names(shop, Question(COMPANIES)) == ["Florăria Crin"]
    assert names(shop, Question(tag="fidel")) == ["Florăria Crin"]
    assert names(shop, Question(typed="0733 000", sort="phone")) == ["Zoe", "Ana", "Ștefan"]
    with shop.database.read() as session:
        assert customer_lists.counts(session) == {"all": 4, "owing": 1, "companies": 1}
        assert customer_lists.count_doubles(session) == 0
        ana = customer_lists.page(session, Question(), limit=1)[0]
        assert (ana.owes, ana.orders, debtor.number) == (10_000, 1, 1)


@pytest.mark.parametrize("sort", sorted(customer_lists.SORTS))
@pytest.mark.parametrize("descending", [False, True])
def test_pages_follow_one_another_in_every_order(shop: TestShop, sort: str, descending: bool) -> None:  # noqa: FBT001
    for n in range(7):
        add(shop, f"Nume {n % 3}", f"0733 000 00{n}" if n % 2 else "")
    a_ready_order(shop, price=10_000, customer=NewCustomer("", "0733 000 001"))
    question = Question(sort=sort, descending=descending)
    with shop.database.read() as session:
        whole, paged, after = list(customer_lists.listing(session, question).keys), list[int](), None
        while part := customer_lists.page(session, question, after=after, limit=2):
            paged.extend(one.number for one in part)
            after = paged[-1]
        assert paged == whole


def test_doubles_are_suggested_with_the_reason(shop: TestShop) -> None:
    florist = shop.do(customers.add, FLORIST)
    add(shop, "Crin Florăria SRL", tax_id="14399840", company=True)
    add(shop, "Altă firmă", email="comenzi@crin.ro")
    add(shop, "Șofer", "0722 333 444", contacts=("0364 111 222",))
    add(shop, "Ion Popescu", "0733 000 111")
    assert reasons(shop, florist.id) == {
        "Crin Florăria SRL": ("tax", "name"), "Altă firmă": ("email",), "Șofer": ("phone",),
    }  # fmt: skip
    assert sorted(names(shop, Question(ALIKE))) == ["Altă firmă", "Crin Florăria SRL", "Florăria Crin", "Șofer"]


def test_a_slip_in_the_name_is_suggested_and_a_common_name_is_not(shop: TestShop) -> None:
    slip = add(shop, "Ungureanu Stefn", "0733 000 111")
    add(shop, "Ștefan Ungureanu", "0733 000 112")
    assert reasons(shop, slip.id) == {"Ștefan Ungureanu": ("near",)}
    for n in range(5):
        last = add(shop, "Ion Popescu", f"0744 000 00{n}")
    assert reasons(shop, last.id) == {}
    assert names(shop, Question(ALIKE)) == []


def test_what_is_typed_of_a_new_customer_finds_its_doubles(shop: TestShop) -> None:
    shop.do(customers.add, FLORIST)
    with shop.database.read() as session:
        typed = duplicates.typed(session, NewCustomer("Florarie Crin", "0364 111", tax_id="ro14399840"), "RO")
        nobody = duplicates.typed(session, NewCustomer("Io"), "RO")
    assert [(likely.row.name, likely.reasons) for likely in typed] == [("Florăria Crin", ("tax", "near"))]
    assert nobody == []


def test_two_who_are_not_the_same_are_suggested_no_more(shop: TestShop) -> None:
    one, other = add(shop, "Ion Popescu"), add(shop, "Popescu Ion")
    assert sorted(names(shop, Question(ALIKE))) == ["Ion Popescu", "Popescu Ion"]
    shop.do(duplicates.keep_apart, KeepApart(one.id, other.id), Role.CLERK)
    assert names(shop, Question(ALIKE)) == []
    assert reasons(shop, one.id) == reasons(shop, other.id) == {}
    third = add(shop, "ION POPESCU")
    assert sorted(reasons(shop, third.id)) == ["Ion Popescu", "Popescu Ion"]


@contextmanager
def statements(shop: TestShop) -> Iterator[list[str]]:
    seen: list[str] = []

    def heard(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(shop.database.engine, "before_cursor_execute", heard)
    yield seen
    event.remove(shop.database.engine, "before_cursor_execute", heard)


def test_renaming_a_good_customer_takes_as_many_statements_as_renaming_any(shop: TestShop) -> None:
    def renamed(session: Session, customer: customers.CustomerRow, name: str) -> None:
        customers.edit(session, shop.by(), Edit(customer.id, {"name": customer.name}, {"name": name}))

    counts = []
    for orders_of_theirs in (1, 12):
        for _one in range(orders_of_theirs):
            done = an_order(
                shop, customer=NewCustomer(f"Client {orders_of_theirs}", f"0733 000 0{orders_of_theirs:02}")
            )
        customer = page_of(shop, done).customer
        assert customer is not None
        with statements(shop) as seen, shop.database.begin() as session:
            renamed(session, customer, "Alt Nume")
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert faults(shop) == []
