"""Rights hold in the services, not in the buttons: every action, every role (P21)."""

import dataclasses
import importlib
import pkgutil
from typing import Any

import pytest
from sqlalchemy import func, select

from shop import TestShop, an_order
from ticketdesk import services
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.rights import MATRIX, Right, Role, may
from ticketdesk.services import colleagues, customer_pages, journal, notes, registry
from ticketdesk.services.doors import Action, Forbidden, demand_right
from ticketdesk.services.merging import Edit
from ticketdesk.storage.tables import Base, Entry, Order


def test_every_action_there_is_is_known_and_names_its_right() -> None:
    """Whoever writes an action and forgets the registry is told here; without a right there is no action."""
    found: dict[int, str] = {}
    for module in pkgutil.iter_modules(services.__path__, "ticketdesk.services."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Action):
                found[id(value)] = f"{module.name}.{name}"
    assert {found[key] for key in found.keys() - {id(act) for act in registry.ACTIONS}} == set()
    assert len({act.name for act in registry.ACTIONS}) == len(registry.ACTIONS)
    assert all(isinstance(act.right, Right) for act in registry.ACTIONS)


def test_a_right_nobody_was_given_is_nobodys_and_none_is_forgotten() -> None:
    assert set(MATRIX) == set(Role)
    assert {right for act in registry.ACTIONS for right in [act.right]} <= set(Right)
    assert MATRIX[Role.OWNER] == set(Right)


@pytest.mark.parametrize("role", list(Role))
def test_every_action_refuses_the_roles_without_its_right(shop: TestShop, role: Role) -> None:
    before, forbidden = counts(shop), [act for act in registry.ACTIONS if act.right not in MATRIX[role]]
    for act in forbidden:
        with pytest.raises(Forbidden):
            shop.do(act, any_command(act.command), role)
    # nothing changed, and each attempt is in the journal
    assert counts(shop) == {**before, "entry": before["entry"] + len(forbidden)}
    with shop.database.read() as session:
        tried = [entry for entry in journal.history(session, shop.people[role]) if entry.action == "refused"]
    assert [f'{{"action":"{act.name}"}}' for act in forbidden] == [entry.content for entry in reversed(tried)]


@pytest.mark.parametrize("role", [*Role, None])
def test_a_customer_is_shown_whole_only_to_who_may_see_customers(shop: TestShop, role: Role | None) -> None:
    an_order(shop)
    with shop.database.read() as session:
        row = session.scalars(select(Order)).one()
        assert row.customer_id is not None
        device = customer_pages.device_page(session, row.device_id, row.received_at, role)
        assert device.owners[0].name == row.customer_name
        assert bool(device.owners[0].phone) is may(role, Right.SEE_CUSTOMERS)
        if may(role, Right.SEE_CUSTOMERS):
            shown = customer_pages.customer_page(session, row.customer_id, row.received_at, role)
            assert customer_pages.page_of_number(session, shown.row.number, row.received_at, role).row == shown.row
        else:
            with pytest.raises(Forbidden):
                customer_pages.customer_page(session, row.customer_id, row.received_at, role)


def counts(shop: TestShop) -> dict[str, int]:
    with shop.database.read() as session:
        tables = Base.metadata.sorted_tables
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def any_command(kind: type) -> Any:
    """Make a command of a kind, of whatever values: the role is looked at before they are."""
    usual = {"UUID": new_key(), "str": "x", "int": 1, "bool": True, "dict": {}, "tuple": (), "Role": Role.CLERK}
    values = {}
    for field in dataclasses.fields(kind):
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            name = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
            values[field.name] = usual.get(name, new_key())
    return kind(**values)


@pytest.mark.parametrize("role", list(Role))
def test_what_is_no_action_asks_for_its_right_too(shop: TestShop, role: Role) -> None:
    if Right.BACKUP in MATRIX[role]:
        demand_right(shop.database, shop.by(role), Right.BACKUP, "shop.backup")
        return
    with pytest.raises(Forbidden):
        demand_right(shop.database, shop.by(role), Right.BACKUP, "shop.backup")
    with shop.database.read() as session:
        last = session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
    assert (last.action, last.content) == ("refused", '{"action":"shop.backup"}')


def test_a_new_role_or_a_dismissal_bites_at_the_next_action(shop: TestShop) -> None:
    clerk, order = shop.people[Role.CLERK], an_order(shop)
    shop.approved(colleagues.edit, Edit(clerk, {"role": "clerk"}, {"role": "accountant"}))
    with pytest.raises(Forbidden):
        an_order(shop)
    shop.approved(colleagues.edit, Edit(clerk, {"active": True}, {"active": False}))
    for role_no_longer_there in (notes.AddComment(order.id, "Mai sunt aici?"),):
        with pytest.raises(Refusal, match="sign in again"):
            shop.do(notes.comment, role_no_longer_there, Role.CLERK)


def test_what_a_caller_says_of_his_role_counts_for_nothing(shop: TestShop) -> None:
    liar = dataclasses.replace(shop.by(Role.ACCOUNTANT), role=Role.OWNER, name="Mircea Băcilă")
    with pytest.raises(Forbidden), shop.database.begin() as session:
        notes.comment(session, liar, notes.AddComment(new_key(), "Sunt patronul."))
