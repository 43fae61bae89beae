"""The room of the cash, and money at the counter, through the real window."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from conftest import desk_of
from shop import PIN, TestShop, a_new_order, a_ready_order, an_order, order_page
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.account import AccountDialog
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.cash_move import CashMoveDialog
from ticketdesk.desktop.dialogs.count import CountDialog
from ticketdesk.desktop.dialogs.debt import DebtDialog
from ticketdesk.desktop.dialogs.deposit import DepositDialog
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.dialogs.receipts import ReceiptsDialog
from ticketdesk.desktop.dialogs.shift import ShiftDialog
from ticketdesk.desktop.dialogs.tills import TillsDialog
from ticketdesk.desktop.host import Host, Slip
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.papers import Papers
from ticketdesk.desktop.screens.cash.page import CashPage
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.fields import Field, TextInput
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.desktop.widgets.table import Table
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import CANCELLED, HANDED_OVER
from ticketdesk.domain.rights import Role
from ticketdesk.services import accounts, intake, locations, orders, payments, reckoning, sales, shifts
from ticketdesk.services.accounts import PayIn
from ticketdesk.services.ledger import Tender
from ticketdesk.services.lines import LineFacts
from ticketdesk.services.locations import NewLocation, UseLocation
from ticketdesk.services.orders import Move
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.reckoning import ShiftReport
from ticketdesk.services.sales import NewSale
from ticketdesk.services.shifts import CloseShift, Count, CountTill, OpenShift
from window import activate, sign_in

CLERK = Role.CLERK


@pytest.fixture
def manager_desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give the desk of the signed-in manager."""
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.MANAGER)


@pytest.fixture
def keeps_shifts(sqlite_shop: TestShop) -> TestShop:
    """Give a shop that keeps shifts; to be asked for before a desk is."""
    sqlite_shop.set(shifts=True)
    return sqlite_shop


class Room:
    """The page of the cash in a window, and what is open over it."""

    def __init__(self, qtbot: QtBot, desk: Desk, window: QWidget, shop: TestShop) -> None:
        self.qtbot, self.desk, self.shop = qtbot, desk, shop
        self.host = Host(window)
        self.papers = Papers(desk, self.host)
        self.said: list[str] = []
        self.host.toast_wanted.connect(lambda text, *_rest: self.said.append(text))
        self.page = CashPage(desk, self.host)
        self.page.setParent(window)
        self.page.resize(window.size())
        self.page.show()
        self.page.activate()
        self.settle()

    def settle(self) -> None:
        """Wait for the page to show what is so now."""
        self.qtbot.waitUntil(lambda: self.page._room is not None)

    def dialog(self, kind: type[Overlay]) -> Overlay:
        """Give the dialog of a kind that is open."""
        found: list[Overlay] = []

        def opened() -> bool:
            found[:] = [one for one in self.host.window.findChildren(kind) if one.isVisible()]
            return bool(found)

        self.qtbot.waitUntil(opened)
        return found[-1]

    def agree(self, pin: str = PIN) -> None:
        """Type a PIN into the approval that is asked for."""
        dialog = self.dialog(ApprovalDialog)
        assert isinstance(dialog, ApprovalDialog)
        self.qtbot.waitUntil(dialog.go.isEnabled)
        self.qtbot.keyClicks(dialog.pin, pin)
        self.qtbot.keyClick(dialog.pin, Qt.Key.Key_Return)

    def press(self, command: str) -> None:
        """Run a command of the page, which has to be possible now."""
        found = next(one for one in self.page.commands if one.id == command)
        self.qtbot.waitUntil(found.enabled)
        found.run()


def open_till(shop: TestShop, amount: int = 30_000) -> UUID:
    return shop.do(shifts.open_shift, OpenShift(Count(other=amount)), CLERK).id


def cut(table: Table) -> list[str]:
    """Give what in the first row of a table is not seen whole."""
    found = []
    for column, cell in enumerate(table.cells.rows[0]):
        margins = 12 + 12 * (column == 0)  # as the table draws them
        if paint.metrics("body", cell.weight).horizontalAdvance(cell.text) > table.columnWidth(column) - margins:
            found.append(cell.text)
    return found


def report(shop: TestShop, shift_id: UUID) -> ShiftReport:
    with shop.database.read() as session:
        return reckoning.of_shift(session, shift_id)


def latest(shop: TestShop) -> reckoning.ShiftRow:
    with shop.database.read() as session:
        return reckoning.latest(session)[0]


def test_a_till_is_opened_by_counting_notes_and_coins(
    qtbot: QtBot, keeps_shifts: TestShop, desk: Desk, window: QWidget
) -> None:
    room = Room(qtbot, desk, window, keeps_shifts)
    room.press("cash.next")
    dialog = room.dialog(CountDialog)
    assert isinstance(dialog, CountDialog)
    first = next(iter(dialog.sheet.pieces.values()))
    qtbot.waitUntil(first.hasFocus)
    for keys in ("", "2", "1"):  # none of 500, two of 200, one of 100; Enter goes on
        qtbot.keyClicks(window.window().focusWidget(), keys)
        qtbot.keyClick(window.window().focusWidget(), Qt.Key.Key_Return)
    dialog.finish()
    qtbot.waitUntil(lambda: bool(keeps_shifts) and "500.00" in " ".join(room.said))
    assert report(keeps_shifts, latest(keeps_shifts).id).cash == 50_000


def test_the_close_shows_what_is_expected_only_after_the_count_and_asks_why_it_differs(
    qtbot: QtBot, keeps_shifts: TestShop, desk: Desk, window: QWidget
) -> None:
    shift = open_till(keeps_shifts)
    room = Room(qtbot, desk, window, keeps_shifts)
    slips: list[Slip] = []
    room.host.slip_wanted.connect(slips.append)
    assert room.page.figures.drawer.text() == "—"
    room.press("cash.next")
    dialog = room.dialog(CountDialog)
    assert isinstance(dialog, CountDialog)
    assert "300" not in dialog.message.text()
    dialog.sheet.other.setText("295")
    dialog.finish()
    qtbot.waitUntil(lambda: "Expected: 300.00" in dialog.message.text())
    assert "−5.00" in dialog.message.text()
    dialog.reason.setText("Rest dat greșit")
    dialog.finish()
    qtbot.waitUntil(lambda: report(keeps_shifts, shift).closed_at is not None)
    z = report(keeps_shifts, shift)
    assert (z.counted, z.difference, z.reason) == (29_500, -500, "Rest dat greșit")
    qtbot.waitUntil(lambda: any("Z report" in said for said in room.said))
    assert [slip.name for slip in slips] == [f"z-report-{z.number}"]  # the file is found by the number on the paper


def test_a_count_can_be_made_again_and_both_stand(
    qtbot: QtBot, keeps_shifts: TestShop, desk: Desk, window: QWidget
) -> None:
    shift = open_till(keeps_shifts)
    room = Room(qtbot, desk, window, keeps_shifts)
    room.press("cash.next")
    dialog = room.dialog(CountDialog)
    assert isinstance(dialog, CountDialog)
    dialog.sheet.other.setText("250")
    dialog.finish()
    qtbot.waitUntil(lambda: "difference" in dialog.message.text())
    dialog.again.click()
    dialog.sheet.other.setText("300")
    dialog.finish()
    qtbot.waitUntil(lambda: "exact" in dialog.message.text())
    dialog.finish()
    qtbot.waitUntil(lambda: report(keeps_shifts, shift).closed_at is not None)
    assert [count.total for count in report(keeps_shifts, shift).counts] == [30_000, 25_000, 30_000]


def test_cash_leaves_the_till_with_a_reason_and_a_second_person(
    qtbot: QtBot, keeps_shifts: TestShop, desk: Desk, window: QWidget
) -> None:
    shift = open_till(keeps_shifts)
    room = Room(qtbot, desk, window, keeps_shifts)
    room.press("cash.move")
    dialog = room.dialog(CashMoveDialog)
    assert isinstance(dialog, CashMoveDialog)
    dialog.amount.setText("50")
    dialog.finish()
    qtbot.waitUntil(lambda: "reason" in dialog.fields["reason"].message())
    dialog.reason.setText("Depunere")
    dialog.finish()
    room.agree()
    qtbot.waitUntil(lambda: report(keeps_shifts, shift).cash == 25_000)
    [_float, move] = report(keeps_shifts, shift).moves
    assert (move.reason, move.approved_by) == ("Depunere", "Mircea Băcilă")


def test_an_approval_that_outlives_what_asked_for_it_is_left_quietly(
    qtbot: QtBot, keeps_shifts: TestShop, desk: Desk, window: QWidget
) -> None:
    shift = open_till(keeps_shifts)
    room = Room(qtbot, desk, window, keeps_shifts)
    room.press("cash.move")
    dialog = room.dialog(CashMoveDialog)
    assert isinstance(dialog, CashMoveDialog)
    dialog.amount.setText("50")
    dialog.reason.setText("Depunere")
    dialog.finish()
    approval = room.dialog(ApprovalDialog)
    dialog.dismiss()
    qtbot.waitUntil(lambda: window.findChildren(CashMoveDialog) == [])
    approval.dismiss()  # an exception in what hears of it fails the test
    qtbot.waitUntil(lambda: window.findChildren(ApprovalDialog) == [])
    assert report(keeps_shifts, shift).cash == 30_000


def test_a_colleague_takes_the_till_over(
    qtbot: QtBot, keeps_shifts: TestShop, manager_desk: Desk, window: QWidget
) -> None:
    shift = open_till(keeps_shifts)
    room = Room(qtbot, manager_desk, window, keeps_shifts)
    qtbot.waitUntil(room.page.over.isVisible)
    room.page.over.click()
    dialog = room.dialog(CountDialog)
    assert isinstance(dialog, CountDialog)
    dialog.sheet.other.setText("299")
    dialog.finish()
    qtbot.waitUntil(dialog.why.isVisible)
    assert [count.total for count in report(keeps_shifts, shift).counts] == [30_000, 29_900]
    assert dialog.message.text() == "Expected: 300.00 lei. The difference is −1.00 lei.".replace(" lei", "\u00a0lei")
    dialog.reason.setText("Lipsă")
    dialog.finish()
    qtbot.waitUntil(lambda: report(keeps_shifts, shift).staff == "Raluca Mureșan")


def test_a_receipt_is_found_and_undone(qtbot: QtBot, keeps_shifts: TestShop, desk: Desk, window: QWidget) -> None:
    open_till(keeps_shifts)
    order = a_ready_order(keeps_shifts, price=10_000)
    keeps_shifts.do(payments.take_payment, TakePayment(order.id, (Tender("cash", 10_000),)), CLERK)
    room = Room(qtbot, desk, window, keeps_shifts)
    room.press("cash.receipts")
    dialog = room.dialog(ReceiptsDialog)
    assert isinstance(dialog, ReceiptsDialog)
    qtbot.waitUntil(lambda: dialog.table.currentIndex().isValid())
    assert [row.amount for row in dialog._rows] == [None]
    assert dialog.unseen.isVisible()
    assert dialog.unseen.text() == "Cash is shown once the till is closed."
    dialog.undo.click()
    why = room.dialog(ReasonDialog)
    assert isinstance(why, ReasonDialog)
    qtbot.keyClicks(why.reason, "Alt client")
    qtbot.keyClick(why.reason, Qt.Key.Key_Return)
    room.agree()
    qtbot.waitUntil(lambda: order_page(keeps_shifts, order.id).row.balance == 10_000)
    assert order_page(keeps_shifts, order.id).payments[1].kind == "reversal"


def test_a_shift_with_receipts_of_several_series_names_them_without_being_cut(
    qtbot: QtBot, keeps_shifts: TestShop, desk: Desk, window: QWidget
) -> None:
    open_till(keeps_shifts)
    for letters in ("CLUJ", "TIMI"):
        an_order(keeps_shifts, deposit=5_000)
        place = keeps_shifts.do(locations.add, NewLocation(letters, letters=letters))
        keeps_shifts.do(locations.use, UseLocation(place.id))
    an_order(keeps_shifts, deposit=5_000)
    tile = Room(qtbot, desk, window, keeps_shifts).page.figures.count
    qtbot.waitUntil(lambda: tile.text() == "3")
    series = [keeps_shifts.document(1, letters).series for letters in ("", "CLUJ", "TIMI")]
    assert sorted(tile.toolTip().removeprefix("series ").split(", ")) == series
    assert paint.metrics("small").horizontalAdvance(tile.toolTip()) <= tile.width() - px(28)


def test_numbers_with_four_letters_are_read_whole_in_every_list(
    qtbot: QtBot, keeps_shifts: TestShop, desk: Desk, window: QWidget
) -> None:
    keeps_shifts.do(locations.add, NewLocation("Cluj", letters="MWMW"))
    shift = open_till(keeps_shifts)
    count = keeps_shifts.do(shifts.count_till, CountTill(shift, Count(other=30_000)), CLERK).made
    assert count is not None
    keeps_shifts.do(shifts.close, CloseShift(shift, count), CLERK)
    open_till(keeps_shifts)
    keeps_shifts.do(sales.sell, NewSale((LineFacts("Husă", price=5_000),), (Tender("cash", 5_000),)), CLERK)
    room = Room(qtbot, desk, window, keeps_shifts)
    room.press("cash.receipts")
    dialog = room.dialog(ReceiptsDialog)
    assert isinstance(dialog, ReceiptsDialog)
    qtbot.waitUntil(lambda: bool(dialog.table.cells.rows))
    assert cut(dialog.table) == []
    qtbot.waitUntil(lambda: bool(room.page.shifts.table.cells.rows))
    assert cut(room.page.shifts.table) == []


def test_a_difference_is_approved_by_somebody_else(
    qtbot: QtBot, keeps_shifts: TestShop, manager_desk: Desk, window: QWidget
) -> None:
    shift = open_till(keeps_shifts)
    counted = keeps_shifts.do(shifts.count_till, shifts.CountTill(shift, Count(other=29_000)), CLERK)
    assert counted.made is not None
    keeps_shifts.do(shifts.close, shifts.CloseShift(shift, counted.made, "Lipsă"), CLERK)
    room = Room(qtbot, manager_desk, window, keeps_shifts)
    room.page._open_shift(latest(keeps_shifts))
    dialog = room.dialog(ShiftDialog)
    assert isinstance(dialog, ShiftDialog)
    dialog.approve.click()
    qtbot.waitUntil(lambda: latest(keeps_shifts).approved_by == "Raluca Mureșan")


def test_debts_and_deposits_wait_in_the_room_until_they_are_settled(
    qtbot: QtBot, keeps_shifts: TestShop, owner_desk: Desk, window: QWidget
) -> None:
    open_till(keeps_shifts)
    unpaid = a_ready_order(keeps_shifts, price=10_000)
    day = keeps_shifts.today()
    keeps_shifts.approved(orders.move, Move(unpaid.id, HANDED_OVER, pay_by=day), CLERK, Role.MANAGER)
    stopped = an_order(keeps_shifts, deposit=5_000)
    keeps_shifts.do(orders.move, Move(stopped.id, CANCELLED, reason="x"), Role.MANAGER)
    cheaper = a_ready_order(keeps_shifts, price=15_000, deposit=20_000)
    keeps_shifts.do(orders.move, Move(cheaper.id, HANDED_OVER), CLERK)
    room = Room(qtbot, owner_desk, window, keeps_shifts)
    qtbot.waitUntil(lambda: len(room.page.debts.table.cells.rows) == 1)
    room.page.debts.table.opened.emit(0)
    debt = room.dialog(DebtDialog)
    assert isinstance(debt, DebtDialog)
    debt.remind.click()
    qtbot.waitUntil(lambda: room.page.debts.table.cells.rows[0][3].text == "1")
    room.page.deposits.table.opened.emit(0)
    deposit = room.dialog(DepositDialog)
    assert isinstance(deposit, DepositDialog)
    deposit.reason.setText("Nu mai vine")
    deposit.finish()
    room.agree()
    qtbot.waitUntil(lambda: order_page(keeps_shifts, stopped.id).paid == 0)
    qtbot.waitUntil(lambda: len(room.page.deposits.table.cells.rows) == 1)
    room.page.deposits.table.opened.emit(0)
    due_back = room.dialog(DepositDialog)
    assert isinstance(due_back, DepositDialog)
    due_back.how.choose("fee")
    assert due_back.how.value() == "refund"
    due_back.reason.setText("Mai ieftin")
    due_back.finish()
    room.agree()
    qtbot.waitUntil(lambda: order_page(keeps_shifts, cheaper.id).row.balance == 0)
    qtbot.waitUntil(lambda: room.page.deposits.table.cells.rows == [])


def test_an_abandoned_deposit_may_be_kept_from_the_room(
    qtbot: QtBot, keeps_shifts: TestShop, owner_desk: Desk, window: QWidget
) -> None:
    long_ago = owner_desk.now() - timedelta(days=91)
    stopped = keeps_shifts.do(intake.register, a_new_order(deposit=5_000, deposit_method="card"), CLERK, long_ago)
    keeps_shifts.do(orders.move, Move(stopped.id, CANCELLED, reason="x"), Role.MANAGER, long_ago)
    room = Room(qtbot, owner_desk, window, keeps_shifts)
    qtbot.waitUntil(lambda: [row[3].text for row in room.page.deposits.table.cells.rows] == ["abandoned"])
    room.page.deposits.table.opened.emit(0)
    dialog = room.dialog(DepositDialog)
    assert isinstance(dialog, DepositDialog)
    dialog.how.choose("keep")
    assert dialog.how.value() == "keep"
    dialog.reason.setText("Anunțat de trei ori")
    dialog.finish()
    room.agree()
    qtbot.waitUntil(lambda: order_page(keeps_shifts, stopped.id).row.total == 5_000)
    qtbot.waitUntil(lambda: room.page.deposits.table.cells.rows == [])


def test_a_technician_has_no_business_here(qtbot: QtBot, technician_desk: Desk, window: QWidget) -> None:
    page = CashPage(technician_desk, Host(window))
    page.setParent(window)
    page.show()
    page.activate()
    assert not page.step.isVisible()
    assert not any(command.enabled() for command in page.commands)
    technician_desk.changed.emit(frozenset())  # whatever others do: the room stays shut
    qtbot.waitUntil(lambda: not page._soon.isActive() and technician_desk.idle)
    assert page._behind.currentIndex() == 2


def test_other_orders_credit_and_the_rest_are_paid_in_one_go(
    qtbot: QtBot, keeps_shifts: TestShop, owner_desk: Desk, window: QWidget
) -> None:
    open_till(keeps_shifts)
    first, second = a_ready_order(keeps_shifts, price=20_000), a_ready_order(keeps_shifts, price=10_000)
    customer = order_page(keeps_shifts, first.id).customer
    assert customer is not None
    keeps_shifts.do(accounts.pay_in, PayIn(customer.id, (Tender("transfer", 4_000),)), CLERK)
    dialog = PaymentDialog(owner_desk, Host(window), order_page(keeps_shifts, first.id))
    dialog.present()
    qtbot.waitUntil(lambda: bool(dialog.end.others))
    next(iter(dialog.end.others.values())).setChecked(True)
    assert dialog._aside.text() == "Total 200.00\nOther orders: 100.00"
    for method, typed in (("credit", "40"), ("cash", "300")):
        dialog.inputs[method].setText(typed)
        dialog.inputs[method].amount_changed.emit()
    assert dialog.sums().change == 4_000
    dialog.end.keep_rest.setChecked(True)
    assert (dialog.sums().rest, dialog.sums().change) == (4_000, 0)
    dialog.finish()
    qtbot.waitUntil(lambda: order_page(keeps_shifts, second.id).row.balance == 0)
    with keeps_shifts.database.read() as session:
        assert accounts.account(session, customer.id).credit == 4_000
    assert order_page(keeps_shifts, first.id).row.status == HANDED_OVER


def test_a_manager_adds_and_renames_tills(
    qtbot: QtBot, keeps_shifts: TestShop, manager_desk: Desk, window: QWidget
) -> None:
    room = Room(qtbot, manager_desk, window, keeps_shifts)
    room.press("cash.tills")
    dialog = room.dialog(TillsDialog)
    assert isinstance(dialog, TillsDialog)
    dialog.name.setText("Casa 1")
    dialog.add.click()
    qtbot.waitUntil(lambda: "already a till" in dialog._field.message())
    dialog.name.setText("Atelier")
    dialog.add.click()
    qtbot.waitUntil(lambda: [row[0].text for row in dialog.table.cells.rows] == ["Atelier", "Casa 1"])
    dialog.table.selectRow(0)
    dialog.table.opened.emit(0)
    dialog.name.setText("Casa 2")
    dialog.rename.click()
    qtbot.waitUntil(lambda: [row[0].text for row in dialog.table.cells.rows] == ["Casa 1", "Casa 2"])
    qtbot.waitUntil(room.page.tills.isVisible)


def test_money_is_left_with_us_and_given_back(
    qtbot: QtBot, keeps_shifts: TestShop, owner_desk: Desk, window: QWidget
) -> None:
    open_till(keeps_shifts)
    customer = order_page(keeps_shifts, an_order(keeps_shifts).id).customer
    assert customer is not None
    room = Room(qtbot, owner_desk, window, keeps_shifts)

    def credit() -> int:
        with keeps_shifts.database.read() as session:
            return accounts.account(session, customer.id).credit

    dialog = AccountDialog(owner_desk, room.host, customer.id, customer.name)
    dialog.present()
    dialog.amount.setText("100")
    dialog.finish()
    qtbot.waitUntil(lambda: credit() == 10_000)
    dialog = AccountDialog(owner_desk, room.host, customer.id, customer.name)
    dialog.present()
    qtbot.waitUntil(lambda: "100.00" in dialog.state.text())
    dialog.way.choose("out")
    dialog.way.changed.emit("out")
    dialog.amount.setText("40")
    dialog.finish()
    qtbot.waitUntil(lambda: "reason" in dialog.fields["reason"].message())
    dialog.reason.setText("Nu mai vine")
    dialog.finish()
    room.agree()
    qtbot.waitUntil(lambda: credit() == 6_000)


def test_cash_is_not_offered_while_the_till_is_closed(
    qtbot: QtBot, keeps_shifts: TestShop, desk: Desk, window: QWidget
) -> None:
    order = a_ready_order(keeps_shifts, price=10_000)
    dialog = PaymentDialog(desk, Host(window), order_page(keeps_shifts, order.id))
    dialog.present()
    qtbot.waitUntil(lambda: not dialog.go.isEnabled())
    dialog.inputs["card"].setFocus()
    dialog.inputs["card"].setText("100")
    dialog.inputs["cash"].clear()
    dialog.inputs["card"].amount_changed.emit()
    assert dialog.go.isEnabled()


def test_a_payment_waits_until_every_amount_in_it_can_be_read(
    desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    order = a_ready_order(sqlite_shop, price=10_000)
    dialog = PaymentDialog(desk, Host(window), order_page(sqlite_shop, order.id))
    dialog.present()
    for method, typed in (("card", "50"), ("cash", "0,500")):
        dialog.inputs[method].setText(typed)
        dialog.inputs[method].amount_changed.emit()
    assert dialog._sum.text() == "Cash: An amount has at most two decimals."
    assert not dialog.go.isEnabled()
    dialog.inputs["cash"].setText("0,50")
    dialog.inputs["cash"].amount_changed.emit()
    assert dialog.sums().paid == 5_050
    assert dialog.go.isEnabled()


def test_a_count_that_cannot_be_read_is_not_taken_for_nothing(
    qtbot: QtBot, keeps_shifts: TestShop, desk: Desk, window: QWidget
) -> None:
    room = Room(qtbot, desk, window, keeps_shifts)
    room.press("cash.next")
    dialog = room.dialog(CountDialog)
    assert isinstance(dialog, CountDialog)
    dialog.sheet.other.setText("10 lei 50")
    dialog.finish()
    assert dialog.message.text() == "Write an amount like 1.234,50."
    assert dialog.go.isEnabled()
    dialog.sheet.other.setText("10,50")
    dialog.finish()
    qtbot.waitUntil(lambda: "10.50" in " ".join(room.said))


@pytest.mark.parametrize("number", ["4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005"])
def test_a_card_number_is_refused_where_it_is_typed_and_kept_nowhere(
    qtbot: QtBot, desk: Desk, sqlite_shop: TestShop, window: QWidget, tmp_path: Path, number: str
) -> None:
    order = a_ready_order(sqlite_shop, price=10_000)
    dialog = PaymentDialog(desk, Host(window), order_page(sqlite_shop, order.id))
    dialog.present()
    dialog.inputs["card"].setFocus()
    dialog.inputs["card"].setText("100")
    dialog.inputs["cash"].clear()
    dialog.inputs["card"].amount_changed.emit()
    dialog.end.reference.setText(number)
    field = dialog.end.reference.parent()
    assert isinstance(field, Field)
    assert "never kept" in field.message()
    dialog.finish()
    qtbot.waitUntil(lambda: "never kept" in dialog._sum.text())
    assert order_page(sqlite_shop, order.id).payments == []
    digits = number.replace(" ", "").replace("-", "").encode()
    for file in tmp_path.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert number.encode() not in content
            assert digits not in content


def test_an_imei_is_no_card_number_in_any_field(qtbot: QtBot) -> None:
    field = Field("Serial", TextInput())
    qtbot.addWidget(field)
    assert isinstance(field.control, TextInput)
    field.control.setText("353456789012348")
    assert field.message() == ""


def test_exact_cash_from_f4_to_the_printed_receipt_takes_at_most_five_keys(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop, tmp_path: Path
) -> None:
    sqlite_shop.set(shifts=True)
    open_till(sqlite_shop)
    done = a_ready_order(sqlite_shop)
    sign_in(qtbot, session, "Alina")
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
    qtbot.waitUntil(lambda: session.desk.shop.shifts)
    session.host.open_order(done.id)
    page = session.pages["order"]
    qtbot.waitUntil(lambda: page.page is not None)
    activate(qtbot, session)
    keys = 0

    def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal keys
        keys += 1
        qtbot.keyClick(widget, key, held)

    press(page.header.step, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: bool(session.frame.findChildren(PaymentDialog)))
    dialog = session.frame.findChildren(PaymentDialog)[0]
    activate(qtbot, session)
    press(dialog.inputs["cash"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    papers = tmp_path / "documents"
    qtbot.waitUntil(lambda: any("receipt" in path.name for path in papers.rglob("*.pdf")), timeout=20_000)
    assert keys <= 5
    with sqlite_shop.database.read() as read:
        assert reckoning.receipts(read, latest(sqlite_shop).id, sees_cash=True)[0].amount == 53_000
