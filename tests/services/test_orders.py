"""Taking in, editing, moving, claiming: on both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from shop import TestShop, a_new_order, a_ready_order, an_order, order_page
from ticketdesk.domain.errors import Conflict, Refusal
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import MOST
from ticketdesk.domain.orders import Billing, Kind, Place, Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.services import claiming, customers, devices, intake, journal, lines, notes, orders, unlocking
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.claiming import Assign, Claim
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Forbidden, perform
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.merging import Edit
from ticketdesk.services.orders import Move
from ticketdesk.storage.tables import Line


def test_an_intake_keeps_everything_that_was_typed(shop: TestShop) -> None:
    done = an_order(
        shop, urgency=Urgency.URGENT, condition={"Screen": "defect"}, accessories=["Case"], estimate=52_000,
        deposit=20_000, deposit_method="card", place=Place.ON_SITE, address="Str. Horea 1", note="grăbit",
    )  # fmt: skip
    shown = order_page(shop, done.id)
    assert shown.row.number == done.number == 1
    assert (shown.row.customer_name, shown.row.customer_phone) == ("Ștefan Ungureanu", "+40722000418")
    assert (shown.condition, shown.accessories, shown.estimate) == ({"Screen": "defect"}, ["Case"], 52_000)
    assert (shown.paid, shown.row.balance, shown.surcharge) == (20_000, -20_000, 2000)
    assert (shown.payments[0].kind, shown.payments[0].method, done.receipt) == ("deposit", "card", shop.shown(1))
    assert (shown.address, shown.comments[0].text) == ("Str. Horea 1", "grăbit")
    assert [entry.action for entry in shown.history] == ["deposit", "registered"]


def test_a_known_phone_is_a_known_customer_and_a_known_serial_a_known_device(shop: TestShop) -> None:
    first = an_order(shop, device=NewDevice("phone", "Apple", "iPhone 13", "35 000000 048213 9"))
    again = an_order(
        shop,
        customer=NewCustomer("Cineva", "+40 722 000 418"),
        device=NewDevice("phone", "X", "Y", "350000000482139"),
    )
    assert order_page(shop, first.id).customer == order_page(shop, again.id).customer
    assert order_page(shop, first.id).device == order_page(shop, again.id).device


@pytest.mark.parametrize(
    ("but", "field"),
    [
        ({"device": NewDevice("phone")}, "model"),
        ({"device": NewDevice("phone", "Apple", "iPhone", made_in=10**30)}, "made_in"),
        ({"estimate": 10**20}, "estimate"),
        ({"deposit": 10**20}, "deposit"),
        ({"customer": None}, "name"),
        ({"customer": NewCustomer("", "0722000418")}, "name"),
        ({"customer": NewCustomer("Ana", "")}, "phone"),
        ({"customer": NewCustomer("Ana", "12")}, "phone"),
        ({"device": NewDevice("phone", "A", "B", "350000000482138")}, "serial"),
        ({"promised_at": datetime(2020, 1, 1, tzinfo=UTC)}, "promised_at"),
        ({"place": Place.ON_SITE}, "address"),
        ({"deposit": -1}, "deposit"),
        ({"condition": {"Screen": "so-so"}}, "condition"),
        ({"unlock_code": "1234"}, "unlock_kind"),
        ({"warranty_of": UUID(int=7)}, "warranty_of"),
    ],
)
def test_a_refused_intake_names_the_field_and_leaves_nothing_behind(
    sqlite_shop: TestShop, but: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        an_order(sqlite_shop, **but)
    assert refusal.value.field == field
    assert an_order(sqlite_shop).number == 1


def test_the_same_request_answers_what_the_first_did(shop: TestShop) -> None:
    by, new = shop.by(Role.CLERK), a_new_order()
    first = perform(shop.database, by, intake.register, new)
    again = perform(shop.database, replace(by, at=by.at + timedelta(hours=1)), intake.register, new)
    assert again == first
    with pytest.raises(Refusal, match="already used"):
        perform(shop.database, by, intake.register, a_new_order(complaint="altceva"))


def test_an_order_goes_from_intake_to_hand_over(shop: TestShop) -> None:
    done = a_ready_order(shop, price=0)
    final = shop.do(orders.move, Move(done.id, "handed_over", seen="ready"), Role.CLERK)
    shown = order_page(shop, final.id)
    assert (shown.row.status, shown.row.phase, shown.handed_over_at is not None) == (
        "handed_over",
        "done",
        True,
    )


def test_a_move_seen_in_another_status_is_refused(shop: TestShop) -> None:
    done = a_ready_order(shop)
    with pytest.raises(Refusal, match="already moved this order: it is “Ready” now"):
        shop.do(orders.move, Move(done.id, "in_progress", seen="awaiting_parts"))


def test_of_two_who_claim_at_once_one_gets_it_and_the_other_is_told_who(shop: TestShop) -> None:
    done = an_order(shop)
    together, outcomes = Barrier(2), list[object]()

    def press(role: Role) -> None:
        together.wait()
        try:
            outcomes.append(shop.do(claiming.claim, Claim(done.id), role).number)
        except Refusal as refusal:
            outcomes.append(refusal.sentence)

    threads = [Thread(target=press, args=(role,)) for role in (Role.TECHNICIAN, Role.MANAGER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = order_page(shop, done.id).row.assignee
    assert sorted(map(str, outcomes)) == sorted([str(done.number), f"{winner} claimed it a moment earlier."])


def test_the_next_of_the_pool_is_the_urgent_one(shop: TestShop) -> None:
    an_order(shop)
    urgent = an_order(shop, urgency=Urgency.URGENT)
    assert shop.do(claiming.claim, Claim(start=True), Role.TECHNICIAN).id == urgent.id
    assert order_page(shop, urgent.id).row.status == "in_progress"


def test_different_fields_of_two_editors_both_survive(shop: TestShop) -> None:
    done = an_order(shop)
    shop.do(orders.edit, Edit(done.id, {"complaint": "Ecran spart, imagine cu linii"}, {"complaint": "Alt text"}))
    shop.do(orders.edit, Edit(done.id, {"diagnosis": ""}, {"diagnosis": "Flex rupt"}), Role.CLERK)
    shown = order_page(shop, done.id)
    assert (shown.row.complaint, shown.diagnosis) == ("Alt text", "Flex rupt")


def test_the_same_field_of_two_editors_is_asked_about(shop: TestShop) -> None:
    done = an_order(shop)
    shop.do(orders.edit, Edit(done.id, {"diagnosis": ""}, {"diagnosis": "Flex rupt"}), Role.CLERK)
    with pytest.raises(Conflict) as conflict:
        shop.do(
            orders.edit,
            Edit(done.id, {"diagnosis": "", "address": ""}, {"diagnosis": "Display", "address": "x"}),
        )
    clash = conflict.value.clashes[0]
    assert (clash.field, clash.base, clash.mine, clash.theirs) == ("diagnosis", "", "Display", "Flex rupt")
    assert (clash.by, conflict.value.merged) == ("Alina Dumitrescu", ("address",))
    assert order_page(shop, done.id).diagnosis == "Flex rupt"


def test_assigning_over_somebody_elses_change_is_refused(shop: TestShop) -> None:
    done = an_order(shop)
    shop.do(claiming.claim, Claim(done.id), Role.TECHNICIAN)
    with pytest.raises(Refusal, match="Vlad Ionescu is responsible now"):
        shop.do(claiming.assign, Assign(done.id, shop.people[Role.MANAGER], seen=None))
    shop.do(claiming.assign, Assign(done.id, None, seen=shop.people[Role.TECHNICIAN]))
    assert order_page(shop, done.id).row.assignee_id is None


def test_warranty_and_internal_orders_owe_nothing(shop: TestShop) -> None:
    for but in ({"billing": Billing.WARRANTY}, {"kind": Kind.INTERNAL, "customer": None}):
        assert order_page(shop, a_ready_order(shop, **but).id).row.balance == 0


def test_the_urgency_surcharge_follows_the_lines(shop: TestShop) -> None:
    done = a_ready_order(shop, price=53_000, urgency=Urgency.URGENT)
    shown = order_page(shop, done.id)
    assert (shown.row.total, shown.surcharge_amount) == (63_600, 10_600)
    assert sum(rate.gross for rate in shown.rates) == 63_600


def test_an_unlock_code_is_sealed_shown_with_a_journal_line_and_wiped_at_hand_over(shop: TestShop) -> None:
    done = a_ready_order(shop, price=0, unlock_kind="pin", unlock_code="7391")
    shop.do(unlocking.reveal, unlocking.Reveal(done.id, "test"), Role.TECHNICIAN)
    with shop.database.read() as session:
        assert unlocking.shown(session, done.id, shop.people[Role.TECHNICIAN], datetime.now(UTC)) == "7391"
        assert "code_revealed" in {entry.action for entry in journal.history(session, done.id)}
    shop.do(orders.move, Move(done.id, "handed_over"), Role.CLERK)
    assert not order_page(shop, done.id).has_unlock_code


def test_a_technician_sees_the_codes_of_own_orders_only(shop: TestShop) -> None:
    done = an_order(shop, unlock_kind="pin", unlock_code="7391")
    with pytest.raises(Forbidden):
        shop.do(unlocking.reveal, unlocking.Reveal(done.id, "test"), Role.TECHNICIAN)


def test_a_line_changed_by_somebody_else_is_not_overwritten(shop: TestShop) -> None:
    done = an_order(shop)
    made = shop.do(lines.add, AddLine(done.id, LineFacts("Ecran", price=10_000)))
    before = order_page(shop, done.id).lines[0].facts
    line = made.made or new_key()

    def change(price: int) -> None:
        edit = lines.edit_of(line, before, replace(before, price=price))
        shop.do(lines.change, lines.ChangeLine(done.id, edit))

    change(12_000)
    with pytest.raises(Conflict) as conflict:
        change(9_000)
    assert [(clash.field, clash.base, clash.mine, clash.theirs) for clash in conflict.value.clashes] == [
        ("price", 10_000, 9_000, 12_000)
    ]
    with pytest.raises(Conflict, match="Look at it again before you remove it"):
        shop.do(lines.remove, lines.RemoveLine(done.id, line, before))
    shop.do(lines.remove, lines.RemoveLine(done.id, line, order_page(shop, done.id).lines[0].facts))
    assert order_page(shop, done.id).row.total == 0


def test_comments_and_tasks_stay_on_the_order(shop: TestShop) -> None:
    done = an_order(shop)
    shop.do(notes.comment, notes.AddComment(done.id, "Am sunat."), Role.TECHNICIAN)
    task = shop.do(notes.add_task, notes.AddTask(done.id, "Sună clientul"), Role.CLERK)
    shop.do(notes.tick, notes.TickTask(done.id, task.made or new_key(), done=True), Role.TECHNICIAN)
    shown = order_page(shop, done.id)
    assert (shown.comments[0].text, shown.comments[0].staff) == ("Am sunat.", "Vlad Ionescu")
    assert (shown.tasks[0].text, shown.tasks[0].done_by) == ("Sună clientul", "Vlad Ionescu")


def test_a_renamed_customer_is_found_by_the_new_name(shop: TestShop) -> None:
    done = an_order(shop)
    customer = order_page(shop, done.id).customer
    assert customer is not None
    shop.do(customers.edit, Edit(customer.id, {"name": customer.name}, {"name": "Ștefania Crăciun"}))
    with shop.database.read() as session:
        assert [row.name for row in customers.find(session, "craciun stef")] == ["Ștefania Crăciun"]
    assert order_page(shop, done.id).row.customer_name == "Ștefania Crăciun"


def test_a_device_under_our_warranty_says_so(shop: TestShop) -> None:
    device = NewDevice("phone", "Apple", "iPhone 13", "350000000482139")
    done = a_ready_order(shop, price=0, device=device)
    shop.do(orders.move, Move(done.id, "handed_over"), Role.CLERK)
    with shop.database.read() as session:
        known = devices.by_serial(session, "350000000482139", datetime.now(UTC))
    assert known is not None
    assert (known.warranty_number, known.last_number, known.orders) == (done.number, done.number, 1)


def test_every_change_of_an_order_moves_its_version_by_one(shop: TestShop) -> None:
    done = a_ready_order(shop)
    shown = order_page(shop, done.id)
    assert [entry.position for entry in shown.history] == list(range(shown.row.version, 0, -1))


def test_no_line_and_no_order_comes_to_more_than_an_amount_may(shop: TestShop) -> None:
    order = an_order(shop)
    dear = LineFacts("Server", price=MOST)
    with pytest.raises(Refusal, match=r"A line comes to at most 99"):
        shop.do(lines.add, AddLine(order.id, replace(dear, quantity=2_000)))
    shop.do(lines.add, AddLine(order.id, dear))
    with pytest.raises(Refusal, match="All together comes to at most 99"):
        shop.do(lines.add, AddLine(order.id, LineFacts("Cablu", price=1)))
    assert order_page(shop, order.id).row.total == MOST


def test_a_part_of_what_is_sold_whole_is_refused_on_an_order_too(shop: TestShop) -> None:
    order = an_order(shop)
    with pytest.raises(Refusal, match="sold whole") as refused:
        shop.do(lines.add, AddLine(order.id, LineFacts("Baterie", price=100, quantity=1_333)))
    assert refused.value.field == "quantity"
    made = shop.do(lines.add, AddLine(order.id, LineFacts("Cablu", price=100, quantity=1_500, unit="m"))).made
    before = order_page(shop, order.id).lines[0].facts
    pieces = lines.edit_of(made or new_key(), before, replace(before, unit="buc"))
    with pytest.raises(Refusal, match="sold whole"):
        shop.do(lines.change, lines.ChangeLine(order.id, pieces))
    assert order_page(shop, order.id).lines[0].facts == before


def test_a_part_that_an_older_version_let_in_stays_until_it_is_touched(shop: TestShop) -> None:
    order = an_order(shop)
    made = shop.do(lines.add, AddLine(order.id, LineFacts("Ecran", price=1_000))).made or new_key()
    with shop.database.begin() as session:
        line = session.get_one(Line, made)
        line.quantity, line.total = 1_333, 1_333
    before = order_page(shop, order.id).lines[0].facts
    shop.do(lines.change, lines.ChangeLine(order.id, lines.edit_of(made, before, replace(before, serial="SN-1"))))
    assert [(line.facts.serial, line.total) for line in order_page(shop, order.id).lines] == [("SN-1", 1_333)]
    with pytest.raises(Refusal, match="sold whole"):
        shop.do(lines.change, lines.ChangeLine(order.id, lines.edit_of(made, before, replace(before, quantity=1_500))))


def test_a_clerk_cancels_once_a_manager_has_agreed_and_the_history_names_both(shop: TestShop) -> None:
    order = an_order(shop).id
    with pytest.raises(Refusal, match="Write the reason"):  # nobody is asked for what cannot be done
        shop.do(orders.move, Move(order, "cancelled"), Role.CLERK)
    asked = Move(order, "cancelled", reason="Clientul a renunțat")
    words = r"Cancel order 1, Apple iPhone 13 128 GB of Ștefan Ungureanu\. Reason: Clientul a renunțat"
    with pytest.raises(NeedsApproval, match=words):
        shop.do(orders.move, asked, Role.CLERK)
    with pytest.raises(Forbidden):
        shop.do(orders.move, asked, Role.TECHNICIAN)
    assert order_page(shop, order).row.status == "created"
    shop.approved(orders.move, asked, Role.CLERK, Role.MANAGER)
    shown = order_page(shop, order)
    entry = next(each for each in shown.history if each.action == "moved")
    assert (shown.row.status, entry.staff) == ("cancelled", "Alina Dumitrescu")
    assert '"approved_by":"Raluca Mureșan"' in entry.content
    with pytest.raises(Forbidden, match="closed"):
        shop.do(orders.edit, Edit(order, {"bin": "", "diagnosis": ""}, {"diagnosis": "x"}), Role.CLERK)
    other = an_order(shop).id
    shop.do(orders.move, replace(asked, order_id=other), Role.MANAGER)


@pytest.mark.parametrize(("stopped", "back"), [("cancelled", "created"), ("not_repairable", "in_progress")])
def test_an_order_that_was_stopped_is_taken_up_again_by_the_owner_alone(
    shop: TestShop, stopped: str, back: str
) -> None:
    order = an_order(shop).id
    shop.do(claiming.claim, claiming.Claim(order), Role.TECHNICIAN)
    shop.do(orders.move, Move(order, stopped, reason="Fără piese"))
    again = Move(order, back, seen=stopped)
    for role in (Role.CLERK, Role.TECHNICIAN, Role.ACCOUNTANT):
        with pytest.raises(Forbidden):
            shop.do(orders.move, again, role)
    with pytest.raises(
        NeedsApproval, match=r"An owner has to approve: Reopen order 1, Apple iPhone 13 128 GB of Ștefan"
    ):
        shop.do(orders.move, again, Role.MANAGER)
    with pytest.raises(Refusal, match="may not approve"):
        shop.approved(orders.move, again, Role.MANAGER, Role.MANAGER)
    with pytest.raises(NeedsApproval, match="Confirm with your PIN: Reopen order 1"):
        shop.do(orders.move, again)
    assert order_page(shop, order).row.status == stopped
    shop.approved(orders.move, again, Role.MANAGER, Role.OWNER)
    shown = order_page(shop, order)
    entry = next(each for each in shown.history if each.action == "moved")
    assert (shown.row.status, entry.staff) == (back, "Raluca Mureșan")
    assert '"approved_by":"Mircea Băcilă"' in entry.content
    shop.do(orders.move, Move(order, stopped, reason="Tot fără piese"))
    shop.approved(orders.move, again)  # with the own PIN once more
    assert order_page(shop, order).row.status == back


def test_a_device_that_was_not_repaired_goes_home_without_a_pin(shop: TestShop) -> None:
    order = an_order(shop).id
    shop.do(orders.move, Move(order, "cancelled", reason="Renunță"))
    shop.do(orders.move, Move(order, "handed_over"), Role.CLERK)
    assert order_page(shop, order).row.status == "handed_over"
