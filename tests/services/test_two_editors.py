"""Two people edit one thing: different fields both survive, the same field is asked about, nothing is lost."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop import TestShop, an_order
from ticketdesk.desktop.dialogs.merge import MINE, THEIRS, retry
from ticketdesk.domain.errors import Conflict, Refusal, Value
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import catalogue, colleagues, customers, devices, journal, lines, orders, pages
from ticketdesk.services import settings as shop_settings
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.doors import Done
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.merging import Edit, Editable
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Customer, Device, Item, Line, Order, Staff

Values = dict[str, Value]
WORDS = st.text("aăâșț ,:;-'\"0", min_size=1, max_size=12).map(str.strip).filter(bool)
AMOUNTS = st.integers(0, 5_000)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)).map(datetime.isoformat)  # noqa: DTZ001 - the strategy adds the zone


@dataclass(frozen=True)
class Thing:
    """Something two people edit: what its fields may hold, how it is made, read and edited."""

    fields: Mapping[str, st.SearchStrategy[Any]]
    editable: Mapping[str, Editable]
    made: Callable[[TestShop], UUID]
    row: type[Any]
    edit: Callable[[TestShop, UUID, Edit, Role], object]

    def now(self, shop: TestShop, key: UUID) -> Values:
        with shop.database.read() as session:
            row = session.get_one(self.row, key)
            return {name: self.editable[name].write(getattr(row, name)) for name in self.fields}


def a_customer(shop: TestShop) -> UUID:
    return shop.do(customers.add, customers.NewCustomer("Ana")).id


def a_device(shop: TestShop) -> UUID:
    with shop.database.read() as session:
        return pages.order_page(session, an_order(shop).id).device.id


def an_item(shop: TestShop) -> UUID:
    return shop.do(catalogue.add, catalogue.NewItem("Ecran", str(new_key()))).id


def a_line(shop: TestShop) -> UUID:
    made = shop.do(lines.add, AddLine(an_order(shop).id, LineFacts("Ecran", price=2_000)))
    assert made.made is not None
    return made.made


def order_of(shop: TestShop, line: UUID) -> UUID:
    with shop.database.read() as session:
        order_id = session.get_one(Line, line).order_id
    assert order_id is not None
    return order_id


def edit_line(shop: TestShop, _key: UUID, edit: Edit, _role: Role) -> object:
    """Only an owner lowers any price without asking."""
    return shop.do(lines.change, lines.ChangeLine(order_of(shop, edit.id), edit))


ORDER = Thing(
    {
        "complaint": WORDS,
        "diagnosis": WORDS,
        "address": WORDS,
        "promised_at": MOMENTS,
        "urgency": st.sampled_from(["normal", "urgent"]),
        "billing": st.sampled_from(["paid", "warranty"]),
        "place": st.sampled_from(["in_shop", "on_site"]),
        "kind": st.sampled_from(["external", "internal"]),
        "accessories": st.lists(WORDS, max_size=3),
        "condition": st.dictionaries(st.sampled_from(["Screen", "Back"]), st.sampled_from(["good", "defect"])),
        "estimate": st.none() | AMOUNTS,
    },
    orders.FIELDS,
    lambda shop: an_order(shop).id,
    Order,
    lambda shop, _key, edit, role: shop.do(orders.edit, edit, role),
)
CUSTOMER = Thing(
    {
        **dict.fromkeys(("name", "legal_name", "address", "notes"), WORDS),
        "email": st.sampled_from(["", "ana@exemplu.ro", "office@florarie.example"]),
        "contacts": st.lists(st.sampled_from(["+40722000112 soția", "ana@exemplu.ro", "+40722000113"]), unique=True),
        "tax_id": st.sampled_from(["", "RO14399840", "18547290", "HU12345678"]),
        "language": st.sampled_from(["", "ro", "en"]),
        "tags": st.lists(st.sampled_from(["VIP", "fidel", "sună înainte"]), unique=True),
        **dict.fromkeys(("consent", "company"), st.booleans()),
    },
    customers.fields("RO"),
    a_customer,
    Customer,
    lambda shop, _key, edit, role: shop.do(customers.edit, edit, role),
)
DEVICE = Thing(
    {
        **dict.fromkeys(("brand", "model", "colour"), WORDS),
        "kind": st.sampled_from(["phone", "tablet", "watch"]),
        "made_in": st.none() | st.integers(1990, 2026),
    },
    devices.FIELDS,
    a_device,
    Device,
    lambda shop, _key, edit, role: shop.do(devices.edit, edit, role),
)
ITEM = Thing(
    {
        **dict.fromkeys(("name", "category", "unit"), WORDS),
        "kind": st.sampled_from(["work", "part"]),
        **dict.fromkeys(("price", "cost"), AMOUNTS),
        "warranty_months": st.integers(0, 36),
        "active": st.booleans(),
    },
    catalogue.FIELDS,
    an_item,
    Item,
    lambda shop, _key, edit, role: shop.do(catalogue.edit, edit, role),
)
LINE = Thing(
    {
        **dict.fromkeys(("name", "code", "serial"), WORDS),
        "kind": st.sampled_from(["work", "part"]),
        "quantity": st.integers(1, 5).map(lambda count: count * 1_000),  # parts only of what is measured
        "price": st.integers(1_000, 5_000),
        "cost": AMOUNTS,
        "vat": st.sampled_from([2100, 1900, 1100, 900, 0]),
        "discount": st.integers(0, 400),  # above five per cent somebody has to agree
        "warranty_months": st.integers(0, 36),
    },
    lines.FIELDS,
    a_line,
    Line,
    edit_line,
)


def edit_colleague(shop: TestShop, _key: UUID, edit: Edit, _role: Role) -> Done:
    try:
        return shop.do(colleagues.edit, edit)
    except NeedsApproval:
        return shop.approved(colleagues.edit, edit)


STAFF = Thing(
    {"name": WORDS, "role": st.sampled_from(["clerk", "technician", "accountant"]), "active": st.booleans()},
    colleagues.FIELDS,
    lambda shop: shop.people[Role.ACCOUNTANT],
    Staff,
    edit_colleague,
)


class Settings(Thing):
    """The shop's settings live in one column."""

    def now(self, shop: TestShop, key: UUID) -> Values:  # noqa: ARG002 - there is one shop in a database
        with shop.database.read() as session:
            values = asdict(shop_settings.shop(session))
        return {name: values[name] for name in self.fields}


SETTINGS = Settings(
    {
        **dict.fromkeys(("name", "address", "email", "hours"), WORDS),
        "closes_at": st.sampled_from(["18:00", "09:30", "20:15"]),
        **dict.fromkeys(("surcharge", "urgent_hours", "lock_minutes"), st.integers(1, 60)),
        "vat_payer": st.booleans(),
    },
    shop_settings.FIELDS,
    lambda shop: shop.id,
    object,
    lambda shop, _key, edit, _role: shop.do(shop_settings.edit, edit),
)
THINGS = {
    "order": ORDER, "customer": CUSTOMER, "device": DEVICE, "item": ITEM, "line": LINE, "staff": STAFF,
    "settings": SETTINGS,
}  # fmt: skip


@pytest.mark.parametrize("kind", THINGS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_two_edits_merge_or_ask(shop: TestShop, kind: str, data: st.DataObject) -> None:
    thing = THINGS[kind]
    key = thing.made(shop)
    base = thing.now(shop, key)
    names = st.lists(st.sampled_from(sorted(thing.fields)), min_size=1, max_size=3, unique=True)

    def an_edit() -> Edit:
        chosen = data.draw(names)
        values = {name: data.draw(thing.fields[name]) for name in chosen}
        return Edit(key, {name: base[name] for name in chosen}, values)

    first, second = an_edit(), an_edit()
    answers = {name: data.draw(st.sampled_from([MINE, THEIRS])) for name in second.values}
    wanted = {name: thing.editable[name].write(thing.editable[name].read(v)) for name, v in second.values.items()}
    thing.edit(shop, key, first, Role.OWNER)
    between = thing.now(shop, key)
    assert between == base | {
        name: thing.editable[name].write(thing.editable[name].read(value)) for name, value in first.values.items()
    }
    clashing = {name for name, mine in wanted.items() if between[name] not in (base[name], mine)}
    if not clashing:
        thing.edit(shop, key, second, Role.MANAGER)
        assert thing.now(shop, key) == between | wanted
        return
    with pytest.raises(Conflict) as asked:
        thing.edit(shop, key, second, Role.MANAGER)
    assert thing.now(shop, key) == between
    conflict = asked.value
    assert {(clash.field, clash.by) for clash in conflict.clashes} == {(name, "Mircea Băcilă") for name in clashing}
    choices = {name: answers[name] for name in clashing}
    thing.edit(shop, key, retry(second, conflict, choices), Role.MANAGER)
    theirs = {name: between[name] for name, choice in choices.items() if choice == THEIRS}
    assert thing.now(shop, key) == between | wanted | theirs


def test_an_edit_that_does_not_say_what_it_saw_asks(shop: TestShop) -> None:
    order = an_order(shop)
    with pytest.raises(Conflict) as asked:
        shop.do(orders.edit, Edit(order.id, {}, {"complaint": "Alt text"}))
    assert asked.value.clashes[0].theirs == "Ecran spart, imagine cu linii"


def test_editing_a_line_moves_the_version_of_its_order(shop: TestShop) -> None:
    order = an_order(shop)
    line = shop.do(lines.add, AddLine(order.id, LineFacts("Ecran", price=100)))
    assert line.made is not None
    before = LineFacts("Ecran", price=100)
    with shop.database.read() as session:
        before = pages.order_page(session, order.id).lines[0].facts
    changed = shop.do(
        lines.change, lines.ChangeLine(order.id, lines.edit_of(line.made, before, replace(before, price=200)))
    )
    assert (line.version, changed.version) == (order.version + 1, order.version + 2)
    with shop.database.read() as session:
        entry = journal.history(session, order.id)[0]
    assert (entry.action, '"price":[100,200]' in entry.content) == ("line_changed", True)


def test_a_line_somebody_took_off_is_not_edited_back(shop: TestShop) -> None:
    key = a_line(shop)
    order = order_of(shop, key)
    with shop.database.read() as session:
        seen = lines.seen(session.get_one(Line, key))
    shop.do(lines.remove, lines.RemoveLine(order, key, seen))
    with pytest.raises(Refusal, match="no longer on the order"):
        shop.do(lines.change, lines.ChangeLine(order, Edit(key, {"price": 100}, {"price": 200})))


def test_edits_at_the_same_moment_lose_nothing(shop: TestShop) -> None:
    """Two stations, each with its own connection, both edit at once, again and again."""
    order, outcomes = an_order(shop), list[str]()
    url = shop.database.url.render_as_string(hide_password=False)
    start = threading.Barrier(2)

    def station(field: str, role: Role) -> None:
        database = Database(url)
        database.info.update(shop.database.info)
        here, last = TestShop(database, shop.id, shop.people), ORDER.now(shop, order.id)[field]
        for turn in range(15):
            start.wait(30)
            here.do(orders.edit, Edit(order.id, {field: last}, {field: f"{field} {turn}"}), role)
            last = f"{field} {turn}"
        database.close()
        outcomes.append(field)

    threads = [
        threading.Thread(target=station, args=("complaint", Role.CLERK)),
        threading.Thread(target=station, args=("diagnosis", Role.TECHNICIAN)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["complaint", "diagnosis"]
    kept = ORDER.now(shop, order.id)
    assert (kept["complaint"], kept["diagnosis"]) == ("complaint 14", "diagnosis 14")
