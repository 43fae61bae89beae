"""Verification finds what was planted, names the row, and is silent about a healthy shop."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.orders import Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.services import (
    catalogue,
    discounts,
    estimates,
    joining,
    journal,
    lines,
    locations,
    orders,
    payments,
    sales,
    shifts,
    tills,
)  # fmt: skip
from ticketdesk.services.catalogue import NewItem, NewList, PutPrice
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.discounts import Discount
from ticketdesk.services.estimates import Answer, MakeEstimate
from ticketdesk.services.joining import MergeCustomers, UndoMerge
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.locations import NewLocation, UseLocation
from ticketdesk.services.merging import Edit
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.sales import BackLine, NewSale, TakeBack
from ticketdesk.services.searching import index_order
from ticketdesk.services.shifts import CloseShift, Count, CountTill, MoveCash, OpenShift
from ticketdesk.services.tills import NewTill, UseTill
from ticketdesk.services.verify import verify
from ticketdesk.storage.tables import Customer, Device, Item, ItemPrice, Line, Order


def faults(shop: TestShop) -> list[str]:
    with shop.database.snapshot() as session:
        return [f"{fault.check}: {fault.row}" for fault in verify(session)]


def a_till_that_was_closed(shop: TestShop) -> None:
    """Take money at a till, keep some as credit, and close the till."""
    shop.set(shifts=True)
    shift = shop.do(shifts.open_shift, OpenShift(Count(other=1_000)), Role.CLERK)
    done = a_ready_order(shop, price=10_000)
    command = TakePayment(done.id, (Tender("cash", 12_000),), keep_rest=True)
    shop.do(payments.take_payment, command, Role.CLERK)
    counted = shop.do(shifts.count_till, CountTill(shift.id, Count(other=13_000)), Role.CLERK)
    assert counted.made is not None
    shop.do(shifts.close, CloseShift(shift.id, counted.made), Role.CLERK)


def a_busy_shop(shop: TestShop) -> None:
    an_order(shop, deposit=5_000)
    done = a_ready_order(shop)
    shop.do(payments.take_payment, TakePayment(done.id, (Tender("cash", 53_000),), "handed_over"), Role.CLERK)


def without_guards(session: Session) -> None:
    if session.get_bind().dialect.name == "sqlite":
        for table in ("payment", "entry", "cash_move", "shift_count"):
            session.execute(text(f"DROP TRIGGER {table}_no_update"))
            session.execute(text(f"DROP TRIGGER {table}_no_delete"))
        session.execute(text("DROP TRIGGER shift_closed"))
    else:
        for table in ("payment", "entry", "cash_move", "shift_count"):
            session.execute(text(f"DROP TRIGGER {table}_only_added ON {table}"))
        session.execute(text("DROP TRIGGER shift_closed ON shift"))


def run(statement: str) -> Callable[[Session], None]:
    def plant(session: Session) -> None:
        session.execute(text(statement))

    return plant


def test_a_healthy_shop_has_no_faults(shop: TestShop) -> None:
    a_busy_shop(shop)
    assert faults(shop) == []


@pytest.mark.parametrize(
    ("plant", "named"),
    [
        (run("UPDATE orders SET total = total + 1 WHERE number = 2"), "balances: order 2: total"),
        (run("UPDATE orders SET paid = 0 WHERE number = 1"), "balances: order 1: paid"),
        (run("UPDATE orders SET balance = 7 WHERE number = 2"), "balances: order 2: balance"),
        (run("UPDATE line SET total = 1"), "balances: order 2"),
        (run("UPDATE counter SET last = 0 WHERE kind = 'order'"), "numbers: order 2 is above"),
        (run("UPDATE payment SET number = 9 WHERE number = 2"), "numbers: receipt"),
        (run("DELETE FROM payment WHERE number = 2"), "balances: order 2: paid"),
        (run("UPDATE entry SET content = '{}' WHERE action = 'registered'"), "journal: entry"),
        (run("DELETE FROM entry WHERE action = 'claimed'"), "journal: entry"),
    ],
)
def test_each_planted_fault_is_named(shop: TestShop, plant: Callable[[Session], None], named: str) -> None:
    a_busy_shop(shop)
    with shop.database.begin() as session:
        without_guards(session)
        plant(session)
    found = faults(shop)
    assert any(fault.startswith(in_series(shop, named)) for fault in found), found
    assert any("guard" in fault for fault in found)


@pytest.mark.parametrize(
    ("plant", "named"),
    [
        (run("UPDATE customer SET credit = credit + 1 WHERE credit > 0"), "credits: customer 1: credit 2001"),
        (run("UPDATE payment SET amount = amount + 1 WHERE order_id IS NULL"), "credits: customer 1: credit 2000"),
        (
            run("UPDATE payment SET amount = amount - 1 WHERE order_id IS NULL"),
            "shifts: shift {shown[1]} of Casa 1: closed with",
        ),
        (
            run("UPDATE payment SET method = 'card' WHERE order_id IS NULL"),
            "shifts: shift {shown[1]} of Casa 1: its Z report",
        ),
        (run("UPDATE shift SET counted = 5"), "shifts: shift {shown[1]} of Casa 1: closed with 5"),
        (run("UPDATE shift SET z = NULL"), "shifts: shift {shown[1]} of Casa 1: its Z report is missing"),
        (run("UPDATE cash_move SET amount = 2000"), "shifts: shift {shown[1]} of Casa 1: closed with 13000"),
        (run("UPDATE cash_move SET number = 7"), "numbers: cash"),
        (
            run("DELETE FROM shift_count WHERE occasion = 'close'"),
            "shifts: shift {shown[1]} of Casa 1: closed with 13000, which",
        ),
    ],
)
def test_each_planted_fault_of_the_money_is_named(shop: TestShop, plant: Callable[[Session], None], named: str) -> None:
    a_till_that_was_closed(shop)
    assert faults(shop) == []
    with shop.database.begin() as session:
        without_guards(session)
        plant(session)
    found = faults(shop)
    assert any(fault.startswith(in_series(shop, named)) for fault in found), found


def in_series(shop: TestShop, named: str) -> str:
    """Fill the numbers of documents made now into what is expected."""
    return named.format(shown={number: shop.shown(number) for number in (1, 2, 3)})


def a_shop_that_sells(shop: TestShop) -> None:
    """Sell two things and take one back, charge a diagnosis, and lower a price after hand-over."""
    goods = (LineFacts("Husă", "part", price=8_000, cost=3_000), LineFacts("Folie", "part", price=5_000))
    sale = shop.do(sales.sell, NewSale(goods, (Tender("card", 13_000),)), Role.CLERK)
    with shop.database.read() as session:
        line = sales.sale_page(session, sale.id).lines[0]
    back = TakeBack(sale.id, (BackLine(line.id, 1_000),), "Nu se potrivește")
    shop.approved(sales.take_back, back, Role.CLERK, Role.MANAGER)
    refused = a_ready_order(shop)
    shop.do(orders.move, orders.Move(refused.id, "in_progress"), Role.TECHNICIAN)
    estimate = shop.do(estimates.make, MakeEstimate(refused.id, fee=5_000), Role.CLERK).made
    assert estimate is not None
    shop.do(estimates.answer, Answer(estimate, (1,), "Ștefan Ungureanu", "phone"), Role.CLERK)
    gone = a_ready_order(shop)
    paid = shop.do(payments.take_payment, TakePayment(gone.id, (Tender("card", 53_000),), "handed_over"), Role.CLERK)
    assert paid.made is not None
    shop.approved(payments.refund, payments.Refund(paid.made, 1_000, "Zgârieturi"), Role.CLERK, Role.MANAGER)


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ("name = 'Folie'", "lines: sale {shown[1]}, line 2: "),
        ("quantity < 0", "lines: sale {shown[2]}, line 1: "),
        ("price = 5000 AND order_id IS NOT NULL", "lines: order 1, line 1: "),
        ("total < 0 AND order_id IS NOT NULL", "lines: order 2, line 2: "),
    ],
)
def test_no_line_of_any_bill_is_changed_unseen(shop: TestShop, where: str, named: str) -> None:
    a_shop_that_sells(shop)
    assert faults(shop) == []
    for column, value in (("name", "'Altceva'"), ("cost", "77"), ("vat", "1100"), ("code", "'X'")):
        with shop.database.begin() as session:
            session.execute(text(f"UPDATE line SET {column} = {value} WHERE {where}"))
        assert any(fault.startswith(f"{in_series(shop, named)}{column}") for fault in faults(shop)), column
        where = where.replace("name = 'Folie'", "name = 'Altceva'")


def without_line(session: Session) -> None:
    """Take a paid line off an order as whoever knows the sums would: all that repeats it is put right."""
    session.execute(text("DELETE FROM line WHERE name = 'Înlocuire ecran' AND order_id IS NOT NULL"))
    session.execute(text("UPDATE orders SET total = 0, balance = -paid"))


def with_a_line(session: Session) -> None:
    """Bring a copy of a line onto its order, and the sums up to it."""
    row = session.execute(text("SELECT * FROM line WHERE order_id IS NOT NULL")).mappings().one()
    put_line(session, {**row, "id": another_key(row["id"]), "place": 2})
    session.execute(text("UPDATE orders SET total = total * 2, balance = total * 2 - paid"))


def put_line(session: Session, row: dict[str, object]) -> None:
    session.execute(text(f"INSERT INTO line ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def another_key(key: object) -> object:
    """Give another key of the same kind, as this database keeps keys."""
    return bytes(reversed(key)) if isinstance(key, bytes) else new_key()


@pytest.mark.parametrize(
    ("plant", "named"),
    [
        (without_line, "lines: order 1, line 1: the journal tells of a line that is not there"),
        (with_a_line, "lines: order 1, line 2: the journal tells nothing of it"),
    ],
)
def test_a_line_taken_off_or_put_on_behind_the_journal_is_named(
    shop: TestShop, plant: Callable[[Session], None], named: str
) -> None:
    order = a_ready_order(shop)
    shop.do(payments.take_payment, TakePayment(order.id, (Tender("card", 53_000),)), Role.CLERK)
    assert faults(shop) == []
    with shop.database.begin() as session:
        plant(session)
    assert faults(shop) == [named]


def test_a_line_that_was_taken_off_is_gone_and_does_not_come_back(shop: TestShop) -> None:
    order = a_ready_order(shop, price=10_000)
    shop.do(orders.move, orders.Move(order.id, "in_progress"), Role.TECHNICIAN)
    with shop.database.read() as session:
        row = dict(session.execute(text("SELECT * FROM line")).mappings().one())
        line = session.scalars(select(Line)).one()
        seen = lines.seen(line)
    shop.do(lines.remove, lines.RemoveLine(order.id, line.id, seen), Role.TECHNICIAN)
    assert faults(shop) == []
    with shop.database.begin() as session:
        put_line(session, row)
        session.execute(text("UPDATE orders SET total = 10000, balance = 10000"))
    assert faults(shop) == ["lines: order 1, line 1: the journal says that it was taken off"]


@pytest.mark.parametrize(
    ("action", "told"),
    [("line_removed", {"line": "Înlocuire ecran"}), ("estimate_refused", {"refused": ["Înlocuire ecran"]})],
)
def test_lines_of_which_older_versions_told_less_are_believed(
    shop: TestShop, action: str, told: dict[str, object]
) -> None:
    order = a_ready_order(shop, price=10_000)
    with shop.database.begin() as session:
        row, by = session.get_one(Order, order.id), shop.by()
        line = session.scalars(select(Line)).one()
        journal.record(session, by, row, action, told)
        journal.record(session, by, row, "line_added", {"line": "Folie", "total": 10_000})
        session.delete(line)
        facts = {"kind": "work", "name": "Folie", "quantity": 1000, "price": 10_000, "vat": 2100, "total": 10_000}
        session.add(Line(order_id=order.id, place=2, **facts))
        session.add_all(session.info.pop("entries"))
    assert faults(shop) == []


def test_an_order_that_was_made_somebody_elses_is_named_by_their_money(shop: TestShop) -> None:
    """All that an order repeats of its customer can be put right with it, but what they paid tells them apart."""
    mine = a_ready_order(shop, price=10_000).id
    shop.do(payments.take_payment, TakePayment(mine, (Tender("card", 10_000),)), Role.CLERK)
    theirs = an_order(shop, customer=NewCustomer("Ana Pop", "0722 000 419")).id
    with shop.database.begin() as session:
        order, customer_id = session.get_one(Order, mine), session.get_one(Order, theirs).customer_id
        index_order(order, session.get_one(Device, order.device_id), session.get_one(Customer, customer_id))
    assert faults(shop) == [
        "credits: customer 1: 10000 came in, 0 is paid for orders and sales and 0 is credit",
        "credits: customer 2: 0 came in, 10000 is paid for orders and sales and 0 is credit",
    ]


def test_who_pays_for_an_order_of_somebody_they_are_parted_from_again_is_no_fault(shop: TestShop) -> None:
    first = a_ready_order(shop, price=10_000)
    second = an_order(shop, customer=NewCustomer("Ștefan Ungureanu", "0722 000 419"))
    with shop.database.read() as session:
        kept, gone = (session.get_one(Order, key).customer_id for key in (second.id, first.id))
    assert kept is not None
    assert gone is not None
    with shop.database.read() as session:
        versions = [session.get_one(Customer, key).version for key in (kept, gone)]
    shop.do(joining.merge, MergeCustomers(kept, versions[0], gone, versions[1], {}))
    shop.do(payments.take_payment, TakePayment(first.id, (Tender("card", 10_000),)), Role.CLERK)
    shop.do(joining.undo, UndoMerge(kept, gone))
    assert faults(shop) == []


def a_shop_with_prices(shop: TestShop) -> None:
    """Put prices on two lists, give discounts, charge for hurry, and move cash at a till until it is closed."""
    shop.set(shifts=True)
    item = shop.do(catalogue.add, NewItem("Baterie", "B1", "part", price=10_000, cost=4_000)).id
    firms = shop.do(catalogue.add_list, NewList("Firme", companies=True)).id
    friends = shop.do(catalogue.add_list, NewList("Prieteni")).id
    for chosen, price in ((firms, 9_000), (friends, 8_000), (friends, None)):
        seen = 8_000 if price is None else None
        shop.do(catalogue.put_price, PutPrice(item, chosen, price, seen))
    shop.do(catalogue.edit_list, Edit(firms, {"name": "Firme"}, {"name": "Companii"}))
    an_order(shop, urgency=Urgency.URGENT)
    cheaper = a_ready_order(shop).id
    shop.do(discounts.discount, Discount(cheaper, 300, 0, "Client vechi"), Role.CLERK)
    plain = an_order(shop).id
    shop.do(orders.edit, Edit(plain, {"urgency": "normal"}, {"urgency": "urgent"}))
    shop.do(orders.edit, Edit(plain, {"urgency": "urgent"}, {"urgency": "normal"}))
    shift = shop.do(shifts.open_shift, OpenShift(Count(other=20_000)), Role.CLERK)
    taken = MoveCash(-5_000, "Curier", "Bon 12")
    shop.approved(shifts.move, taken, Role.CLERK, Role.MANAGER)
    counted = shop.do(shifts.count_till, CountTill(shift.id, Count(other=14_000)), Role.CLERK)
    assert counted.made is not None
    shop.do(shifts.close, CloseShift(shift.id, counted.made, "Lipsesc 10 lei"), Role.CLERK)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE item_price SET price = 1", "prices: item B1, list Companii: price 1, the journal says 9000"),
        ("DELETE FROM item_price", "prices: item "),
        (
            "INSERT INTO item_price SELECT item.id, price_list.id, 7 FROM item, price_list WHERE price_list.name = 'Prieteni'",
            "prices: item B1, list Prieteni: price 7",
        ),
        ("UPDATE price_list SET companies = false WHERE name = 'Companii'", "subjects: price_list Companii: companies"),
        ("UPDATE price_list SET active = false WHERE name = 'Prieteni'", "subjects: price_list Prieteni: active"),
        ("UPDATE item SET cost = 1", "subjects: item B1: cost 1"),
        ("UPDATE orders SET surcharge = 0 WHERE number = 1", "terms: order 1: surcharge 0"),
        ("UPDATE orders SET discount = 0 WHERE number = 2", "terms: order 2: discount 0, the journal says 300"),
        ("UPDATE orders SET discount_amount = 9 WHERE number = 3", "terms: order 3: discount_amount 9"),
        ("UPDATE cash_move SET reason = 'Altceva' WHERE kind = 'out'", "cash: cash slip {shown[2]}: reason Altceva"),
        ("UPDATE cash_move SET document = '' WHERE kind = 'out'", "cash: cash slip {shown[2]}: document "),
        ("UPDATE cash_move SET reason = '' WHERE kind = 'difference'", "cash: cash slip {shown[3]}: reason "),
        ("UPDATE cash_move SET station = 'X' WHERE kind = 'float'", "cash: cash slip {shown[1]}: station X"),
        ("DELETE FROM cash_move WHERE kind = 'difference'", "cash: cash slip "),
    ],
)
def test_prices_terms_and_cash_are_not_changed_unseen(shop: TestShop, statement: str, named: str) -> None:
    a_shop_with_prices(shop)
    assert faults(shop) == []
    with shop.database.begin() as session:
        without_guards(session)
        session.execute(text(statement))
    found = faults(shop)
    assert any(fault.startswith(in_series(shop, named)) for fault in found), found


def test_prices_written_by_older_versions_are_believed_until_they_are_written_again(shop: TestShop) -> None:
    item = shop.do(catalogue.add, NewItem("Baterie", "B1", "part", price=10_000)).id
    firms = shop.do(catalogue.add_list, NewList("Firme")).id
    with shop.database.begin() as session:
        row, by = session.get_one(Item, item), shop.by()
        journal.record(session, by, row, "priced", {"list": "Firme", "price": [None, 9_000]})
        session.add_all(session.info.pop("entries"))
        session.add(ItemPrice(item_id=item, price_list_id=firms, price=9_000))
    assert faults(shop) == []
    shop.do(catalogue.put_price, PutPrice(item, firms, 9_500, 9_000))
    with shop.database.begin() as session:
        session.execute(text("UPDATE item_price SET price = 9000"))
    assert faults(shop) == ["prices: item B1, list Firme: price 9000, the journal says 9500"]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE location SET letters = 'X' WHERE name = 'Vest'",
            "subjects: location Vest: letters X, the journal says V",
        ),
        ("UPDATE location SET active = false WHERE name = 'Centru'", "subjects: location Centru: active False"),
        (
            "UPDATE location SET address = 'Altundeva' WHERE name = 'Centru'",
            "subjects: location Centru: address Altundeva",
        ),
        ("UPDATE till SET name = 'Alta' WHERE name = 'Seif'", "subjects: till Alta: name Alta, the journal says Seif"),
        (
            "UPDATE location_station SET location_id = (SELECT id FROM location WHERE letters = '') WHERE station = 'T1'",
            "stations: location of T1: ",
        ),
        ("DELETE FROM location_station WHERE station = 'T2'", "stations: location of T2: None, the journal says "),
        (
            "INSERT INTO location_station SELECT 'T9', id FROM location WHERE name = 'Vest'",
            "stations: location of T9: ",
        ),
        ("DELETE FROM till_station WHERE station = 'T2'", "stations: till of T2: None, the journal says "),
    ],
)
def test_locations_tills_and_who_uses_them_are_not_changed_unseen(shop: TestShop, statement: str, named: str) -> None:
    a_till_that_was_closed(shop)  # its PC was never said to use it
    centre = shop.do(locations.add, NewLocation("Centru", "Piața Unirii 1")).id
    west = shop.do(locations.add, NewLocation("Vest", letters="V")).id
    till = shop.do(tills.add, NewTill("Seif")).id
    for station, key in (("T1", centre), ("T2", centre), ("T1", west)):
        shop.do(locations.use, UseLocation(key, station))
    shop.do(tills.use, UseTill(till, "T2"))
    assert faults(shop) == []
    with shop.database.begin() as session:
        session.execute(text(statement))
    assert [fault for fault in faults(shop) if not fault.startswith(named)] == []
    assert len(faults(shop)) == 1


def remade(session: Session) -> None:
    """Put a guard of the same name in the place of one, that lets everything pass."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER payment_no_update"))
        nothing = (
            "CREATE TRIGGER payment_no_update BEFORE UPDATE ON payment WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
        session.execute(text(nothing))
    else:
        session.execute(text("DROP TRIGGER payment_only_added ON payment"))
        never = "FOR EACH ROW WHEN (false) EXECUTE FUNCTION only_added()"
        session.execute(text(f"CREATE TRIGGER payment_only_added BEFORE UPDATE ON payment {never}"))


def hollowed(session: Session) -> None:
    """Let the guard of closed shifts stand, but watch nothing."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER shift_closed"))
        session.execute(text("CREATE TRIGGER shift_closed BEFORE UPDATE ON shift BEGIN SELECT 1; END"))
    else:
        nothing = (
            "CREATE OR REPLACE FUNCTION shift_closed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$"
        )
        session.execute(text(nothing))


@pytest.mark.parametrize(("plant", "named"), [(remade, "guard payment_"), (hollowed, "guard shift_closed ")])
def test_a_guard_that_guards_nothing_is_none(shop: TestShop, plant: Callable[[Session], None], named: str) -> None:
    with shop.database.begin() as session:
        plant(session)
    assert [fault for fault in faults(shop) if named in fault and fault.endswith("is not as it was made")]
