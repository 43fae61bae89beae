"""What takes somebody's PIN asks for it in the window: a photo removed, a colleague's new PIN, customers merged."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from conftest import desk_of
from shop import PIN, TestShop, an_order, order_page
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.join import JoinDialog
from ticketdesk.desktop.dialogs.staff import StaffDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.order.photos import Photos
from ticketdesk.desktop.screens.settings.people import People
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.pictures import Prepared
from ticketdesk.domain.rights import Role
from ticketdesk.services import attachments, customers, journal, staff
from ticketdesk.services.attachments import Attach
from ticketdesk.services.customers import NewCustomer

PIXEL = Prepared("ecran.jpg", "image/jpeg", b"\xff\xd8\xff", 1, 1)


@pytest.fixture
def manager_desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.MANAGER, "T2")


def agree(qtbot: QtBot, host: Host, words: str) -> None:
    """Wait for the question for a PIN, read it, and give the PIN."""
    qtbot.waitUntil(lambda: any(isinstance(dialog, ApprovalDialog) for dialog in open_dialogs(host.window)))
    dialog = next(dialog for dialog in open_dialogs(host.window) if isinstance(dialog, ApprovalDialog))
    assert words in dialog.what.text()
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.pin.setText(PIN)
    dialog.finish()


def told(shop: TestShop, subject: UUID, action: str) -> list[str]:
    with shop.database.read() as session:
        return [entry.content for entry in journal.history(session, subject) if entry.action == action]


def test_a_manager_removes_a_photo_with_the_owners_pin(
    qtbot: QtBot, manager_desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    order = an_order(sqlite_shop).id
    sqlite_shop.do(attachments.attach, Attach(order, PIXEL))
    photos = Photos(manager_desk, host, order, host.window)
    photos._large(order_page(sqlite_shop, order).attachments[0], QPixmap(9, 9))
    remove = next(button for button in host.window.findChildren(QPushButton) if button.text() == "Remove")
    remove.click()
    agree(qtbot, host, "Remove the file “ecran.jpg” from order 1")
    qtbot.waitUntil(lambda: not order_page(sqlite_shop, order).attachments)
    assert '"approved_by":"Mircea Băcilă"' in told(sqlite_shop, order, "detached")[0]


def test_a_manager_gives_a_clerk_a_new_pin_with_their_own(
    qtbot: QtBot, manager_desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    card = People(manager_desk, host)
    qtbot.addWidget(card)
    card.look_again()
    qtbot.waitUntil(lambda: len(card.findChildren(QPushButton)) > len(Role))
    names = {button.accessibleName() for button in card.findChildren(QPushButton) if button.isEnabled()}
    assert names == {"Change Alina Dumitrescu", "Change Vlad Ionescu", "Change Raluca Mureșan"}
    with sqlite_shop.database.read() as session:
        clerk = staff.one(session, sqlite_shop.people[Role.CLERK])
    dialog = StaffDialog(manager_desk, host, clerk)
    dialog.present()
    dialog.pin.setText("7391")
    dialog.save()
    agree(qtbot, host, "Give Alina Dumitrescu a new PIN")
    qtbot.waitUntil(lambda: bool(told(sqlite_shop, clerk.id, "pin_changed")))


def test_a_clerk_merges_two_customers_with_a_managers_pin(
    qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    made = [sqlite_shop.do(customers.add, NewCustomer(name)).id for name in ("Ana Pop", "Pop Ana")]
    with sqlite_shop.database.read() as session:
        one, other = (customers.one(session, key) for key in made)
    merged: list[UUID] = []
    JoinDialog(desk, host, one, other, merged.append)._chosen({"record": "mine"})
    agree(qtbot, host, "Merge Pop Ana, customer 2, into Ana Pop, customer 1")
    qtbot.waitUntil(lambda: merged == [one.id])
