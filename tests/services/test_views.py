"""Views are kept, changed and thrown away by those who may, and count what is in them."""

from datetime import UTC, datetime, timedelta

import pytest

from shop import TestShop, a_ready_order, an_order
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Conflict, Refusal
from ticketdesk.domain.filters import ABOVE, Filter
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Urgency
from ticketdesk.domain.rights import MATRIX, Right, Role
from ticketdesk.domain.views import VIEWS, View
from ticketdesk.services import journal, lists, payments, views
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.filtering import Viewer
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lists import Question
from ticketdesk.services.merging import Edit
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.verify import verify
from ticketdesk.services.views import Arrange, Mark, NewView

ZONE = "Europe/Bucharest"
PHONES = (Filter("device_kind", ("phone", "tablet")), Filter("balance", ("0",), ABOVE))


def of(shop: TestShop, role: Role) -> list[View]:
    with shop.database.read() as session:
        return views.saved(session, shop.people[role])


def keep(shop: TestShop, name: str, role: Role = Role.CLERK, *, shared: bool = False) -> UUID:
    new = NewView(name, PHONES, ("number", "phone"), "balance", descending=True, shared=shared)
    return shop.do(views.add, new, role).id


def change(shop: TestShop, view: UUID, role: Role, **values: tuple[object, object]) -> None:
    base = {name: before for name, (before, _after) in values.items()}
    after = {name: value for name, (_before, value) in values.items()}
    shop.do(views.edit, Edit(view, base, after), role)  # type: ignore[arg-type]


def test_a_view_is_kept_whole_and_seen_by_whoever_made_it_alone(shop: TestShop) -> None:
    made = keep(shop, "Telefoane  neplătite")
    (view,) = of(shop, Role.CLERK)
    assert view == View(
        str(made), "Telefoane neplătite", PHONES, "balance", descending=True, columns=("number", "phone"), id=made
    )
    assert of(shop, Role.MANAGER) == []


def test_a_view_of_the_shop_is_seen_by_everybody_and_made_by_managers_alone(shop: TestShop) -> None:
    with pytest.raises(Forbidden, match="manager"):
        keep(shop, "Tot", Role.CLERK, shared=True)
    made = keep(shop, "Tot", Role.MANAGER, shared=True)
    own = keep(shop, "A mea", Role.CLERK)
    assert [(view.id, view.shared) for view in of(shop, Role.CLERK)] == [(made, True), (own, False)]
    with pytest.raises(Forbidden):
        change(shop, made, Role.CLERK, name=("Tot", "Altfel"))
    with pytest.raises(Forbidden, match="somebody else"):
        change(shop, own, Role.OWNER, name=("A mea", "A ta"))
    with pytest.raises(Forbidden):
        change(shop, own, Role.CLERK, shared=(False, True))
    change(shop, made, Role.OWNER, shared=(True, False))
    assert [view.id for view in of(shop, Role.CLERK)] == [own]
    assert [view.id for view in of(shop, Role.MANAGER)] == [made]


def test_a_view_is_renamed_changed_thrown_away_and_brought_back(shop: TestShop) -> None:
    made = keep(shop, "Una")
    filters = views.written((Filter("promised", ("today",)),))
    change(
        shop,
        made,
        Role.CLERK,
        name=("Una", "Alta"),
        filters=(views.written(PHONES), filters),
        columns=(["number", "phone"], []),
    )
    (view,) = of(shop, Role.CLERK)
    assert (view.title, view.filters, view.columns) == ("Alta", (Filter("promised", ("today",)),), ())
    change(shop, made, Role.CLERK, active=(True, False))
    assert of(shop, Role.CLERK) == []
    keep(shop, "Alta")
    with pytest.raises(Refusal, match="already a view"):
        change(shop, made, Role.CLERK, active=(False, True))
    change(shop, made, Role.CLERK, active=(False, True), name=("Alta", "Prima"))
    assert {view.title for view in of(shop, Role.CLERK)} == {"Alta", "Prima"}
    with shop.database.read() as session:
        history = [entry.action for entry in journal.history(session, made)]
    assert history == ["edited", "edited", "edited", "added"]
    with shop.database.snapshot() as session:
        assert list(verify(session)) == []


def test_two_people_do_not_overwrite_each_others_view(shop: TestShop) -> None:
    made = keep(shop, "Tot", Role.MANAGER, shared=True)
    change(shop, made, Role.MANAGER, name=("Tot", "Toate"))
    change(shop, made, Role.OWNER, sort=("balance", "number"))
    with pytest.raises(Conflict):
        change(shop, made, Role.OWNER, name=("Tot", "Altfel"))
    (view,) = of(shop, Role.CLERK)
    assert (view.title, view.sort) == ("Toate", "number")


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewView("  ", PHONES), "name"),
        (NewView("Active", PHONES), "name"),
        (NewView("OVERDUE", PHONES), "name"),
        (NewView("x", (Filter("colour", ("red",)),)), "colour"),
        (NewView("x", (Filter("status", ("melted",)),)), "status"),
        (NewView("x", (Filter("promised", ("someday",)),)), "promised"),
        (NewView("x", (Filter("balance", ("much",)),)), "balance"),
        (NewView("x", (Filter("balance", ("", ""), ".."),)), "balance"),
        (NewView("x", (Filter("responsible", ("vlad",)),)), "responsible"),
        (NewView("x", (Filter("text", ("a",), ">"),)), "text"),
        (NewView("x", PHONES, sort="colour"), "sort"),
    ],
)
def test_a_view_that_nobody_could_show_is_refused_naming_the_field(
    sqlite_shop: TestShop, new: NewView, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        sqlite_shop.do(views.add, new, Role.CLERK)
    assert refused.value.field == field


def test_views_stand_as_they_were_arranged(shop: TestShop) -> None:
    one, two, three = (keep(shop, name) for name in ("Una", "Două", "Trei"))
    shop.do(views.arrange, Arrange((three, one, two)), Role.CLERK)
    assert [view.title for view in of(shop, Role.CLERK)] == ["Trei", "Una", "Două"]
    with pytest.raises(Forbidden):
        shop.do(views.arrange, Arrange((three, one, two)), Role.MANAGER)


def test_a_view_is_found_by_the_name_somebody_gave_it_or_by_its_key(shop: TestShop) -> None:
    made = keep(shop, "Telefoane neplătite")
    with shop.database.read() as session:
        me = shop.people[Role.CLERK]
        assert views.named(session, me, "telefoane NEPLATITE").id == made
        assert views.named(session, me, "late").filters == (Filter("late", ("yes",)),)
        assert views.named(session, me, "Ready for pickup").key == "ready"
        with pytest.raises(Refusal, match="no view"):
            views.named(session, shop.people[Role.MANAGER], "telefoane neplatite")


def test_counts_are_what_the_lists_hold(shop: TestShop) -> None:
    at = datetime.now(UTC) + timedelta(hours=1)
    ready = a_ready_order(shop)
    an_order(shop, urgency=Urgency.URGENT, promised_at=at - timedelta(minutes=10))
    done = a_ready_order(shop)
    shop.do(payments.take_payment, TakePayment(done.id, (Tender("cash", 53_000),), "handed_over"), Role.CLERK)
    shop.do(views.mark, Mark(done.id), Role.CLERK)
    keep(shop, "Telefoane neplătite")
    me = shop.people[Role.CLERK]
    with shop.database.read() as session:
        known = (*VIEWS, *views.saved(session, me))
        counted = lists.counts(session, known, Viewer(me, at, ZONE))
        for view in known:
            question = Question(view.filters, me, at, ZONE, "number")
            assert counted.get(view.key, 3) == len(lists.spine(session, question)), view
    assert counted["marked"] == 1
    assert "all" not in counted
    assert ready.number


def test_long_lists_of_closed_orders_are_counted_no_further_than_anybody_reads(
    shop: TestShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_COUNTED", 2)
    for _one in range(4):
        an_order(shop)
    view = View("x", "x", (Filter("received", ("today",)),))
    with shop.database.read() as session:
        at = datetime.now(UTC)
        assert lists.counts(session, [view], Viewer(None, at, ZONE)) == {"x": 3}
        assert day_of(at, ZONE)


def test_marks_are_ones_own_and_come_off_again(shop: TestShop) -> None:
    order = an_order(shop)
    for _again in range(2):
        shop.do(views.mark, Mark(order.id), Role.CLERK)
    with shop.database.read() as session:
        assert views.is_marked(session, shop.people[Role.CLERK], order.id)
        assert not views.is_marked(session, shop.people[Role.MANAGER], order.id)
        marked = [entry.action for entry in journal.history(session, shop.people[Role.CLERK])]
    assert marked.count("marked") == 1
    shop.do(views.mark, Mark(order.id, on=False), Role.CLERK)
    with shop.database.read() as session:
        assert not views.is_marked(session, shop.people[Role.CLERK], order.id)
    with pytest.raises(Refusal, match="no such order"):
        shop.do(views.mark, Mark(shop.id), Role.CLERK)


def test_only_owner_and_managers_share_views() -> None:
    assert {role for role in Role if Right.SHARE_VIEWS in MATRIX[role]} == {Role.OWNER, Role.MANAGER}
