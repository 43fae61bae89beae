"""A scanned code goes where it makes sense, from wherever the focus is, and never does more than that."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from keyboard import Keyboard
from shop import TestShop, an_item, an_order, order_page
from ticketdesk import paths
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.dialogs.sale import SaleDialog
from ticketdesk.desktop.dialogs.unknown import UnknownDialog
from ticketdesk.desktop.dialogs.which import WhichDialog
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.domain.codes import TEST_CODE, bin_code, order_code
from ticketdesk.services import pages, sales, scans
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.scans import Kind, Learn
from ticketdesk.storage import preferences
from ticketdesk.storage.tables import Counter
from window import enter

IMEI = "350000000719464"
EAN = "5941234567899"


def keyboard(session: Session) -> Keyboard:
    return Keyboard(session.frame)


def says(session: Session, text: str) -> bool:
    return any(text in said for said in session.frame.toasts.texts())


def test_our_code_opens_the_order_and_the_field_that_had_the_focus_stays_as_it_was(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop)
    enter(qtbot, session, "Alina")
    session.frame.search.setFocus()
    keyboard(session).scan(f"{order_code(done.number or 0)}\r")
    qtbot.waitUntil(lambda: session.pages.shown() == "order", timeout=5000)
    assert session.frame.search.text() == ""


def test_our_code_leaves_a_half_written_intake_alone_and_offers_to_open(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop)
    enter(qtbot, session, "Alina")
    session.host.open_intake()
    intake = session.pages["intake"]
    keyboard(session).type("0722")
    qtbot.waitUntil(lambda: intake.customer.phone.text() == "0722")
    keyboard(session).scan(f"{order_code(done.number or 0)}\r")
    qtbot.waitUntil(lambda: says(session, f"{done.number} was scanned. The intake stays as it is."), timeout=5000)
    assert session.pages.shown() == "intake"
    assert intake.customer.phone.text() == "0722"


def test_an_imei_fills_the_intake_wherever_the_focus_is(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Alina")
    session.host.open_intake()
    intake = session.pages["intake"]
    intake.price.estimate.setFocus()
    keyboard(session).scan(f"{IMEI}\r")
    qtbot.waitUntil(lambda: intake.device.serial.text().replace(" ", "") == IMEI)
    assert intake.price.estimate.text() == ""


def test_a_serial_number_elsewhere_opens_its_device_with_all_its_orders(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    an_order(sqlite_shop)
    done = an_order(sqlite_shop, device=NewDevice("phone", "Apple", "iPhone 13", serial=IMEI))
    enter(qtbot, session, "Alina")
    session.host.go("board")
    keyboard(session).scan(f"{IMEI}\r")
    qtbot.waitUntil(lambda: session.pages.shown() == "device", timeout=5000)
    page = session.pages["device"]
    qtbot.waitUntil(lambda: page.orders.table.number() == done.number, timeout=5000)
    assert page.page.row.serial == IMEI


def basket(session: Session) -> list[SaleDialog]:
    return [each for each in session.frame.findChildren(SaleDialog) if each.isVisible()]


def test_a_part_goes_on_the_order_that_is_open(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop)
    item = an_item(sqlite_shop, "ECR13", "Ecran iPhone 13", 35_000)
    sqlite_shop.do(scans.learn, Learn(item, EAN))
    enter(qtbot, session, "Alina")
    keyboard(session).scan(f"{EAN}\r")
    qtbot.waitUntil(lambda: bool(basket(session)), timeout=5000)
    assert [made.facts.name for made in basket(session)[0].rows] == ["Ecran iPhone 13"]
    basket(session)[0].dismiss()
    session.host.open_order(done.id)
    keyboard(session).scan(f"{EAN}\r")
    qtbot.waitUntil(lambda: says(session, "Added: Ecran iPhone 13."), timeout=5000)
    with sqlite_shop.database.read() as asked:
        assert [line.facts.name for line in pages.order_page(asked, done.id).lines] == ["Ecran iPhone 13"]


def test_what_was_scanned_is_sold_for_exact_cash_with_one_key(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    item = an_item(sqlite_shop, "HUS13", "Husă iPhone 13", 8_000)
    sqlite_shop.do(scans.learn, Learn(item, EAN))
    enter(qtbot, session, "Alina")
    keyboard(session).scan(f"{EAN}\r")
    qtbot.waitUntil(lambda: bool(basket(session)) and basket(session)[0].go.isEnabled(), timeout=5000)
    qtbot.keyClick(basket(session)[0].field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not basket(session), timeout=5000)
    with sqlite_shop.database.read() as asked:
        sold = sales.sale_page(asked, sales.sale_id_of(asked, "1"))
    assert [(row.method, row.amount) for row in sold.payments] == [("cash", 8_000)]


def test_a_line_being_written_is_filled_from_the_code_of_a_part(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop)
    an_item(sqlite_shop, "ECR13", "Ecran iPhone 13", 35_000)
    enter(qtbot, session, "Alina")
    session.host.open_order(done.id)
    dialog = LineDialog(session.desk, session.host, done.id, None)
    dialog.present()
    keyboard(session).scan("ECR13\r")
    qtbot.waitUntil(lambda: dialog.form.name.text() == "Ecran iPhone 13", timeout=5000)
    dialog.form.serial.setFocus()
    keyboard(session).scan("SN-445566\r")
    assert dialog.form.serial.text() == "SN-445566"
    assert dialog.isVisible()


def begin_at(shop: TestShop, number: int) -> None:
    """Let the next order have a number as long as those of a shop that has worked for years."""
    with shop.database.begin() as asked:
        asked.merge(Counter(kind="order", series="", last=number - 1))


def test_a_bare_number_of_an_order_opens_it(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    begin_at(sqlite_shop, 12_345)
    an_order(sqlite_shop)
    enter(qtbot, session, "Alina")
    session.frame.search.setFocus()
    keyboard(session).scan("12345\r")
    qtbot.waitUntil(lambda: session.pages.shown() == "order", timeout=5000)
    assert session.frame.search.text() == ""
    assert not open_dialogs(session.frame)


def test_a_number_that_is_also_the_code_of_a_part_asks_which_is_meant_and_goes_there(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    begin_at(sqlite_shop, 12_345)
    done = an_order(sqlite_shop, bin="A1")
    an_order(sqlite_shop, bin=str(done.number))
    an_item(sqlite_shop, str(done.number), "Ecran iPhone 13", 35_000)
    enter(qtbot, session, "Alina")
    dialogs = []
    for at in range(2):
        keyboard(session).scan(f"{done.number}\r")
        qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
        dialog = open_dialogs(session.frame)[0]
        assert isinstance(dialog, WhichDialog)
        dialogs.append([button.accessibleName() for button in dialog.buttons])
        dialog.buttons[at].click()
        qtbot.waitUntil(lambda at=at: session.pages.shown() == ("order", "orders")[at], timeout=5000)  # type: ignore[misc]
    assert dialogs[0] == [
        f"Order: {done.number} · Apple iPhone 13 128 GB · Ștefan Ungureanu",
        f"Bin: {done.number}",
        "Work or part: Ecran iPhone 13",
    ]
    assert session.frame.search.text() == f"bin:{done.number}"  # looked into, though an order was open to be put there
    assert order_page(sqlite_shop, done.id).row.bin == "A1"


def test_an_unknown_code_asks_what_it_is_once_and_remembers_the_part(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    an_item(sqlite_shop, "ECR13", "Ecran iPhone 13", 35_000)
    enter(qtbot, session, "Raluca")
    keyboard(session).scan(f"{EAN}\r")
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    dialog = open_dialogs(session.frame)[0]
    assert isinstance(dialog, UnknownDialog)
    qtbot.waitUntil(dialog.item.isEnabled, timeout=5000)
    dialog.item.setText("Ecran iPhone 13 · ECR13")
    dialog.learn.click()
    qtbot.waitUntil(lambda: not open_dialogs(session.frame), timeout=5000)
    with sqlite_shop.database.read() as asked:
        assert scans.meaning(asked, EAN).kind is Kind.ITEM


def test_an_unknown_code_that_was_left_is_not_asked_about_again(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Alina")
    keyboard(session).scan("4006381333931\r")
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    open_dialogs(session.frame)[0].dismiss()
    keyboard(session).scan("4006381333931\r")
    qtbot.waitUntil(lambda: says(session, "Unknown code: 4006381333931."), timeout=5000)
    assert not open_dialogs(session.frame)


def test_an_unknown_code_may_be_the_serial_number_of_a_device_that_comes_in(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Alina")
    keyboard(session).scan("C39F7Q2L0DXW\r")
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    dialog = open_dialogs(session.frame)[0]
    assert isinstance(dialog, UnknownDialog)
    dialog.device.click()
    qtbot.waitUntil(lambda: session.pages.shown() == "intake")
    assert session.pages["intake"].device.serial.text() == "C39F7Q2L0DXW"


def test_our_code_opens_its_order_from_pages_that_take_other_codes(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop)
    enter(qtbot, session, "Mircea")
    for page in ("catalogue", "settings"):
        session.host.go(page)
        keyboard(session).scan(f"{order_code(done.number or 0)}\r")
        qtbot.waitUntil(lambda: session.pages.shown() == "order", timeout=5000)


def test_a_scan_while_nobody_is_signed_in_does_nothing(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop)
    qtbot.waitUntil(lambda: bool(session.signing.page.tiles))
    keyboard(session).scan(f"{order_code(done.number or 0)}\r")
    keyboard(session).scan("482915\r")
    assert session.signing.page.pin.text() == ""
    assert session.desk.staff is None


def test_a_scan_over_a_payment_changes_nothing_and_says_to_close_it(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop)
    enter(qtbot, session, "Alina")
    session.host.open_order(done.id)
    session.host.open_payment(done.id)
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    dialog = open_dialogs(session.frame)[0]
    assert isinstance(dialog, PaymentDialog)
    before = [field.text() for field in dialog.findChildren(QLineEdit)]
    keyboard(session).scan(f"{order_code(done.number or 0)}\r")
    qtbot.waitUntil(lambda: says(session, "Close the dialog, then scan"), timeout=5000)
    keyboard(session).scan(f"{bin_code('Q4')}\r")
    qtbot.waitUntil(lambda: says(session, "Close the dialog, then scan bin Q4 again."), timeout=5000)
    assert dialog.isVisible()
    assert [field.text() for field in dialog.findChildren(QLineEdit)] == before


@pytest.mark.parametrize("key", [Qt.Key.Key_F3, Qt.Key.Key_F5])
def test_keys_pressed_by_hand_still_do_what_they_say(qtbot: QtBot, session: Session, key: Qt.Key) -> None:
    enter(qtbot, session, "Alina")
    heard: list[object] = []
    session.desk.changed.connect(heard.append)
    keyboard(session).key(key, after=500)
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)) if key == Qt.Key.Key_F3 else bool(heard), timeout=5000)


def test_the_settings_say_whether_the_scanner_writes_as_this_pc_reads(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop)
    enter(qtbot, session, "Alina")
    session.host.go("settings")
    outcome = session.pages["settings"].scanner.outcome
    for code, said in ((TEST_CODE, "Right:"), ("ZY-/0189", "Y and Z are swapped")):
        keyboard(session).scan(f"{code}\r")
        assert said in outcome.text()
    keyboard(session).scan(f"{order_code(done.number or 0)}\r")
    qtbot.waitUntil(lambda: session.pages.shown() == "order", timeout=5000)


def test_a_prefix_of_this_pc_is_in_force_at_once_and_remembered(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Alina")
    session.host.go("settings")
    card = session.pages["settings"].scanner
    card.prefix.setText("~")
    card.prefix.editingFinished.emit()
    keyboard(session).scan(f"~{TEST_CODE}\r", gap=60)
    assert "Right:" in card.outcome.text()
    qtbot.waitUntil(lambda: preferences.load().scan_prefix == "~", timeout=5000)


def test_the_test_code_is_printed_so_that_it_can_be_scanned(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Alina")
    session.host.go("settings")
    session.pages["settings"].scanner.print.click()
    qtbot.waitUntil(lambda: len(list(paths.documents().glob("*.pdf"))) == 1, timeout=10_000)


def test_the_label_of_a_bin_shows_what_stands_in_it(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop, bin="A3")
    an_order(sqlite_shop, bin="B1")
    enter(qtbot, session, "Alina")
    session.host.go("board")
    keyboard(session).scan(f"{bin_code('A3')}\r")
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=5000)
    assert session.frame.search.text() == "bin:A3"
    qtbot.waitUntil(lambda: list(session.pages["orders"].model.keys) == [done.number], timeout=5000)


def test_the_label_of_a_bin_puts_the_order_that_is_open_there_and_can_be_taken_back(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop, bin="A3")
    enter(qtbot, session, "Alina")
    session.host.open_order(done.id)
    page = session.pages["order"]
    qtbot.waitUntil(lambda: page.page is not None, timeout=5000)
    page.work.composer.text.setFocus()
    keyboard(session).scan(f"{bin_code('R2-14')}\r")
    qtbot.waitUntil(lambda: says(session, f"{done.number} stands in bin R2-14."), timeout=5000)
    qtbot.waitUntil(lambda: page.page.row.bin == "R2-14", timeout=5000)
    assert page.work.composer.text.toPlainText() == ""
    session.keys.run(next(command for command in session.keys.of_window if command.key == "Ctrl+Z"))
    qtbot.waitUntil(lambda: page.page.row.bin == "A3", timeout=5000)
    keyboard(session).scan(f"{bin_code('A3')}\r")
    qtbot.waitUntil(lambda: says(session, "already stands in bin A3"), timeout=5000)


def test_the_label_of_a_bin_fills_the_bin_of_an_intake(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Alina")
    session.host.open_intake()
    intake = session.pages["intake"]
    keyboard(session).scan(f"{bin_code('A3')}\r")
    qtbot.waitUntil(lambda: intake.footer.bin.text() == "A3")
    assert (intake.form.bin, intake.device.serial.text(), intake.customer.phone.text()) == ("A3", "", "")
