"""The fiscal printer at the counter: what is paid comes out, and what did not is put right by whoever looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from conftest import desk_of
from exchange.fiscal_driver import REFUSALS, FiscalDriver
from shop import TestShop, an_order
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.fiscal import FiscalDialog
from ticketdesk.desktop.dialogs.undone import follow_undo
from ticketdesk.desktop.fiscal import FiscalPrinter
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.fields import TextInput
from ticketdesk.domain.rights import Role
from ticketdesk.services import fiscal, numbering, payments, settings
from ticketdesk.services.doors import Done
from ticketdesk.services.fiscal import FiscalRow, State
from ticketdesk.services.ledger import Tender
from ticketdesk.services.merging import Edit
from ticketdesk.storage.preferences import Preferences


@pytest.fixture
def driver(tmp_path: Path) -> FiscalDriver:
    folder = tmp_path / "driver"
    folder.mkdir()
    return FiscalDriver(folder)


@pytest.fixture
def host(qtbot: QtBot, driver: FiscalDriver) -> Host:
    window = QWidget()
    window.resize(1100, 700)
    qtbot.addWidget(window)
    window.show()
    return Host(window, Preferences(fiscal_folder=str(driver.folder)))


@pytest.fixture
def manager(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    sqlite_shop.do(settings.edit, Edit(sqlite_shop.id, {"fiscal": False}, {"fiscal": True}))
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.MANAGER)


def pay(qtbot: QtBot, desk: Desk, shop: TestShop) -> str:
    order = an_order(shop).id
    done: list[Done] = []
    desk.write(desk, done.append, payments.take_payment, payments.TakePayment(order, (Tender("card", 5_000),)))
    qtbot.waitUntil(lambda: bool(done))
    return done[0].receipt or ""


def found(shop: TestShop, number: str) -> FiscalRow:
    with shop.database.read() as session:
        row = fiscal.of_receipt(session, numbering.found(session, numbering.RECEIPT, number))
    assert row is not None
    return row


def button(dialog: FiscalDialog, text: str) -> Button:
    return next(each for each in dialog.findChildren(Button) if each.text() == text and each.isVisible())


def test_what_is_paid_comes_out_by_itself(
    qtbot: QtBot, manager: Desk, host: Host, sqlite_shop: TestShop, driver: FiscalDriver
) -> None:
    printer = FiscalPrinter(manager, host)
    number = pay(qtbot, manager, sqlite_shop)
    qtbot.waitUntil(lambda: bool(list(driver.folder.glob("*.inp"))))
    driver.work()
    qtbot.waitUntil(lambda: found(sqlite_shop, number).state is State.CONFIRMED, timeout=8000)
    assert len(driver.printed) == 1
    printer.deleteLater()


@pytest.mark.parametrize("why", ["paper", "day", "hours"])
def test_a_refusal_is_said_and_printed_again_when_somebody_says_so(
    qtbot: QtBot, manager: Desk, host: Host, sqlite_shop: TestShop, driver: FiscalDriver, why: str
) -> None:
    driver.blocked = why
    printer = FiscalPrinter(manager, host)
    said: list[str] = []
    host.toast_wanted.connect(lambda text, *_rest: said.append(text))
    number = pay(qtbot, manager, sqlite_shop)
    qtbot.waitUntil(lambda: bool(list(driver.folder.glob("*.inp"))))
    driver.work()
    qtbot.waitUntil(lambda: bool(said), timeout=8000)
    assert said == [f"The fiscal printer refused receipt {number}: {REFUSALS[why]}."]
    driver.blocked = ""
    dialog = FiscalDialog(manager, host)
    dialog.present()
    qtbot.waitUntil(lambda: any(field.isVisible() for field in dialog.findChildren(TextInput)))
    state = f"Refused by the printer: {REFUSALS[why]}"
    assert any(each.text() == state for each in dialog.findChildren(QLabel))
    button(dialog, "Print again").click()
    qtbot.waitUntil(lambda: bool(list(driver.folder.glob("bon-*-2-*.inp"))), timeout=8000)
    driver.work()
    qtbot.waitUntil(lambda: found(sqlite_shop, number).state is State.CONFIRMED, timeout=8000)
    printer.deleteLater()


def test_a_number_must_be_written_for_what_came_out(
    qtbot: QtBot, manager: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    number = pay(qtbot, manager, sqlite_shop)
    dialog = FiscalDialog(manager, host)
    dialog.present()
    qtbot.waitUntil(lambda: any(field.isVisible() for field in dialog.findChildren(TextInput)))
    button(dialog, "It came out").click()
    qtbot.waitUntil(lambda: bool(dialog._message.text()))
    assert "number" in dialog._message.text()
    dialog.findChildren(TextInput)[0].setText("0042")
    button(dialog, "It came out").click()
    qtbot.waitUntil(lambda: found(sqlite_shop, number).state is State.CONFIRMED)
    assert found(sqlite_shop, number).fiscal_number == "0042"


def test_who_types_a_number_goes_on_typing_whatever_else_happens_in_the_shop(
    qtbot: QtBot, manager: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    first = pay(qtbot, manager, sqlite_shop)
    dialog = FiscalDialog(manager, host)
    dialog.present()
    qtbot.waitUntil(lambda: first in field_names(dialog))
    field = field_names(dialog)[first]
    field.setFocus()
    qtbot.keyClicks(field, "00")
    second = pay(qtbot, manager, sqlite_shop)
    qtbot.waitUntil(lambda: second in field_names(dialog))
    field = field_names(dialog)[first]
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "42")
    assert field.text() == "0042"


def field_names(dialog: FiscalDialog) -> dict[str, TextInput]:
    fields = [field for field in dialog.findChildren(TextInput) if field.isVisible()]
    return {field.accessibleName().rsplit(" ", 1)[1]: field for field in fields}


@pytest.mark.parametrize("printed", [False, True])
def test_whoever_undoes_a_receipt_is_told_what_became_of_its_fiscal_receipt(
    qtbot: QtBot, manager: Desk, host: Host, sqlite_shop: TestShop, driver: FiscalDriver, *, printed: bool
) -> None:
    said: list[tuple[str, str]] = []
    host.toast_wanted.connect(lambda text, _icon, label, _run: said.append((text, label)))
    number = pay(qtbot, manager, sqlite_shop)
    if printed:
        printer = FiscalPrinter(manager, host)
        printer._work()
        qtbot.waitUntil(lambda: bool(list(driver.folder.glob("*.inp"))))
        driver.work()
        qtbot.waitUntil(lambda: found(sqlite_shop, number).state is State.CONFIRMED, timeout=8000)
        printer.deleteLater()
    with sqlite_shop.database.read() as session:
        mistake = payments.Reverse(payments.of_receipt(session, number)[0].id, "Greșeală")
    undone = sqlite_shop.approved(payments.reverse, mistake, Role.MANAGER, Role.OWNER)
    follow_undo(manager, host, mistake.payment_id, number, undone)
    qtbot.waitUntil(lambda: bool(said))
    sentence = "Its fiscal receipt is not printed any more."
    if printed:
        sentence = "Its fiscal receipt 0000001 was printed: cancel it at the fiscal printer."
    assert said == [(sentence, "Look")]
    dialog = FiscalDialog(manager, host)
    dialog.present()
    state = "Not printed: the receipt was undone"
    if printed:
        state = "Printed: 0000001. The receipt was undone: cancel it at the fiscal printer."
    qtbot.waitUntil(lambda: any(each.text() == state for each in dialog.findChildren(QLabel)))
    assert not dialog.findChildren(TextInput)  # there is nothing to say about it any more
