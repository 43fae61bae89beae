"""Two people at once, in the dialogs: what clashes is asked, what was typed stays, nothing is overwritten."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from conftest import desk_of
from shop import PIN, TestShop, an_order
from ticketdesk import texts
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.merge import MINE, THEIRS, MergeDialog
from ticketdesk.desktop.dialogs.staff import StaffDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.settings.page import SettingsPage
from ticketdesk.desktop.sentences import field_name
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.domain.errors import Value
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.domain.shop import Shop
from ticketdesk.services import colleagues, lines, pages, settings, staff
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.merging import Edit
from ticketdesk.services.pages import LineRow


@pytest.fixture
def order(sqlite_shop: TestShop) -> UUID:
    """Give an order with one line."""
    made = an_order(sqlite_shop).id
    sqlite_shop.do(lines.add, AddLine(made, LineFacts("Ecran", price=10_000, quantity=2_000)))
    return made


def line_of(shop: TestShop, order: UUID) -> LineRow:
    with shop.database.read() as session:
        return pages.order_page(session, order).lines[0]


def elsewhere(shop: TestShop, order: UUID, **to: object) -> None:
    line = line_of(shop, order)
    edit = lines.edit_of(line.id, line.facts, replace(line.facts, **to))  # type: ignore[arg-type]
    shop.do(lines.change, lines.ChangeLine(order, edit), Role.MANAGER)


def shown(host: Host, kind: type[Overlay]) -> list[Overlay]:
    return [dialog for dialog in host.window.findChildren(kind) if dialog.isVisible()]


def asked(qtbot: QtBot, host: Host) -> MergeDialog:
    qtbot.waitUntil(lambda: bool(shown(host, MergeDialog)))
    dialog = shown(host, MergeDialog)[0]
    assert isinstance(dialog, MergeDialog)
    return dialog


def test_the_estimate_that_clashes_is_called_as_on_the_intake_form() -> None:
    texts.speak("ro")
    assert field_name("estimate", "order") == texts._("&Estimate").replace("&", "") == "Estimare"


def test_different_fields_of_a_line_both_survive(
    qtbot: QtBot, owner_desk: Desk, host: Host, sqlite_shop: TestShop, order: UUID
) -> None:
    dialog = LineDialog(owner_desk, host, order, line_of(sqlite_shop, order))
    dialog.present()
    elsewhere(sqlite_shop, order, quantity=3_000)
    dialog.form.price.setText("120")
    dialog.save()
    qtbot.waitUntil(lambda: line_of(sqlite_shop, order).facts.price == 12_000)
    assert (line_of(sqlite_shop, order).facts.quantity, shown(host, MergeDialog)) == (3_000, [])


@pytest.mark.parametrize(("choice", "price"), [(MINE, 12_000), (THEIRS, 9_000)])
def test_the_same_field_of_a_line_is_asked(
    qtbot: QtBot, owner_desk: Desk, host: Host, sqlite_shop: TestShop, order: UUID, choice: str, price: int
) -> None:
    dialog = LineDialog(owner_desk, host, order, line_of(sqlite_shop, order))
    dialog.present()
    elsewhere(sqlite_shop, order, price=9_000)
    dialog.form.price.setText("120")
    dialog.form.serial.setText("SN-1")
    dialog.save()
    question = asked(qtbot, host)
    question.choose("price", choice)
    question.go.click()
    qtbot.waitUntil(lambda: line_of(sqlite_shop, order).facts.serial == "SN-1")
    assert line_of(sqlite_shop, order).facts.price == price


def test_a_line_changed_meanwhile_is_shown_before_it_is_taken_off(
    qtbot: QtBot, owner_desk: Desk, host: Host, sqlite_shop: TestShop, order: UUID
) -> None:
    dialog = LineDialog(owner_desk, host, order, line_of(sqlite_shop, order))
    dialog.present()
    elsewhere(sqlite_shop, order, price=9_000)
    dialog._remove()
    qtbot.waitUntil(lambda: "Raluca Mureșan has just changed this" in dialog.message())
    assert dialog.form.price.text() == "90.00"
    assert line_of(sqlite_shop, order).facts.price == 9_000
    dialog._remove()
    qtbot.waitUntil(lambda: not shown(host, LineDialog))
    with sqlite_shop.database.read() as session:
        assert pages.order_page(session, order).lines == []


def shop_now(shop: TestShop) -> Shop:
    with shop.database.read() as session:
        return settings.shop(session)


def test_settings_typed_here_and_changed_elsewhere_are_asked(
    qtbot: QtBot, owner_desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    page = SettingsPage(owner_desk, host)
    page.setParent(host.window)
    page.show()
    page.shop.inputs["hours"].show("L–V 8–16")
    page.shop.inputs["email"].show("busola@exemplu.ro")
    old = shop_now(sqlite_shop)
    changed = {"hours": "L–V 10–18", "phone": "+40364000999"}
    sqlite_shop.do(settings.edit, Edit(sqlite_shop.id, {name: getattr(old, name) for name in changed}, {**changed}))
    owner_desk.changed.emit(frozenset({sqlite_shop.id}))
    qtbot.waitUntil(lambda: page.shop.inputs["phone"].read() == "+40364000999")
    assert page.shop.inputs["hours"].read() == "L–V 8–16"
    page.shop.save()
    question = asked(qtbot, host)
    question.choose("hours", THEIRS)
    question.go.click()
    qtbot.waitUntil(lambda: shop_now(sqlite_shop).email == "busola@exemplu.ro")
    kept = shop_now(sqlite_shop)
    assert (kept.hours, kept.phone) == ("L–V 10–18", "+40364000999")
    qtbot.waitUntil(lambda: page.shop.inputs["hours"].read() == "L–V 10–18")
    qtbot.waitUntil(lambda: owner_desk.shop == kept)


def test_two_owners_rename_one_colleague(qtbot: QtBot, owner_desk: Desk, host: Host, sqlite_shop: TestShop) -> None:
    clerk = sqlite_shop.people[Role.CLERK]

    def now() -> staff.StaffRow:
        with sqlite_shop.database.read() as session:
            return staff.one(session, clerk)

    dialog = StaffDialog(owner_desk, host, now())
    dialog.present()
    sqlite_shop.approved(colleagues.edit, Edit(clerk, {"name": "Alina Dumitrescu"}, {"name": "Alina Pop"}))
    dialog.name.setText("Alina Ionescu")
    dialog.role.setCurrentIndex(dialog.role.findData("technician"))
    dialog.save()
    question = asked(qtbot, host)
    question.choose("name", MINE)
    question.go.click()
    qtbot.waitUntil(lambda: bool(shown(host, ApprovalDialog)))
    confirm = shown(host, ApprovalDialog)[0]
    assert isinstance(confirm, ApprovalDialog)
    assert confirm.what.text() == "Write Alina Ionescu in place of Alina Pop.\nMake Alina Pop technician."
    qtbot.waitUntil(confirm.go.isEnabled)
    confirm.pin.setText(PIN)
    confirm.finish()
    qtbot.waitUntil(lambda: now().name == "Alina Ionescu")
    assert now().role is Role.TECHNICIAN


@pytest.fixture
def clerks_desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give the desk of a clerk at another PC."""
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.CLERK, "T2")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"active": False}, "You no longer work here: sign in again."),
        ({"role": "technician"}, "Your role was changed."),
    ],
)
def test_a_dismissal_or_a_new_role_bites_at_the_other_pc(
    qtbot: QtBot, clerks_desk: Desk, sqlite_shop: TestShop, change: dict[str, str | bool], sentence: str
) -> None:
    clerk = sqlite_shop.people[Role.CLERK]
    before: dict[str, Value] = {"active": True, "role": "clerk"}
    sqlite_shop.approved(colleagues.edit, Edit(clerk, {name: before[name] for name in change}, {**change}))
    with qtbot.waitSignal(clerks_desk.ousted, timeout=5_000) as why:
        clerks_desk.changed.emit(frozenset({clerk}))
    assert sentence in why.args[0]
