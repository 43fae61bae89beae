"""An order that was stopped is taken up again with a PIN: the owner's own, or the owner's for a manager."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from conftest import desk_of
from shop import PIN, TestShop, an_order, order_page
from ticketdesk.desktop import nextstep
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.order.moves import moves_menu
from ticketdesk.desktop.screens.orders.deeds import Deeds
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import orders
from ticketdesk.services.orders import Move

Toast = tuple[str, Callable[[], None] | None]


@pytest.fixture
def stopped(sqlite_shop: TestShop) -> UUID:
    """Give an order that was cancelled."""
    made = an_order(sqlite_shop).id
    sqlite_shop.do(orders.move, Move(made, "cancelled", reason="Renunță"))
    return made


@pytest.fixture
def manager_desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.MANAGER, "T2")


@pytest.fixture
def toasts(host: Host) -> list[Toast]:
    """Give what is said from now on, and what each offers to do."""
    said: list[Toast] = []
    host.toast_wanted.connect(lambda text, _icon, _label, run: said.append((text, run)))
    return said


def approval(qtbot: QtBot, host: Host) -> ApprovalDialog:
    """Wait for the question for a PIN."""
    qtbot.waitUntil(lambda: bool(open_dialogs(host.window)))
    dialog = open_dialogs(host.window)[-1]
    assert isinstance(dialog, ApprovalDialog)
    qtbot.waitUntil(dialog.go.isEnabled)
    return dialog


def status(shop: TestShop, order: UUID) -> str:
    return order_page(shop, order).row.status


def test_a_manager_reopens_with_the_owners_pin(
    qtbot: QtBot, manager_desk: Desk, host: Host, sqlite_shop: TestShop, stopped: UUID
) -> None:
    nextstep.move(manager_desk, host, host.window, order_page(sqlite_shop, stopped).row, "created")
    dialog = approval(qtbot, host)
    assert "Reopen order 1, Apple iPhone 13 128 GB of Ștefan Ungureanu" in dialog.what.text()
    assert [dialog.people.itemText(at) for at in range(dialog.people.count())] == ["Mircea Băcilă, owner"]
    dialog.pin.setText(PIN)
    dialog.finish()
    qtbot.waitUntil(lambda: status(sqlite_shop, stopped) == "created")


def test_an_owner_types_their_own_pin_once_more_also_to_undo_a_stop(
    qtbot: QtBot, owner_desk: Desk, host: Host, sqlite_shop: TestShop, toasts: list[Toast]
) -> None:
    order = an_order(sqlite_shop).id
    nextstep.move(owner_desk, host, host.window, order_page(sqlite_shop, order).row, "cancelled", "Renunță")
    qtbot.waitUntil(lambda: bool(toasts))
    undo = toasts[-1][1]
    assert undo is not None
    undo()
    dialog = approval(qtbot, host)
    assert not dialog.people.isVisible()  # nobody else is asked
    dialog.pin.setText(PIN)
    dialog.finish()
    qtbot.waitUntil(lambda: status(sqlite_shop, order) == "created")


def test_nobody_else_is_offered_it(
    qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop, stopped: UUID, toasts: list[Toast]
) -> None:
    page = order_page(sqlite_shop, stopped)
    menu = Deeds(desk, host, host.window).menu(page.row, QPoint(), ())
    offered = {action.text() for part in menu.findChildren(QMenu) for action in part.actions()}
    assert "Handed over" in offered
    assert "Created" not in offered
    menu.close()
    menu = moves_menu(host.window, desk, page, lambda _to: None, lambda: None)
    back = next(action for action in menu.actions() if action.text().startswith("Put back to new"))
    assert (back.isEnabled(), back.text()) == (False, "Put back to new: Your role may not do this.")
    menu.close()
    other = an_order(sqlite_shop).id
    nextstep.move(desk, host, host.window, order_page(sqlite_shop, other).row, "not_repairable", "Placa arsă")
    qtbot.waitUntil(lambda: bool(toasts))
    assert toasts[-1] == ("2 is “Not repairable” now.", None)  # a step back would be a reopening
