"""The page of an order as its users use it: steps, lines, money, secrets, and two people at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shop import PIN, TestShop, a_ready_order, an_order, order_page
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.merge import MINE, THEIRS, MergeDialog
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.dialogs.refund import RefundDialog
from ticketdesk.desktop.dialogs.tenders import quick_sums
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.order.page import OrderPage
from ticketdesk.desktop.widgets.fields import MoneyInput
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import claiming, orders, payments
from ticketdesk.services.ledger import Tender
from ticketdesk.services.merging import Edit
from ticketdesk.services.payments import TakePayment

CONTROL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, desk: Desk, window: QWidget, order_id: UUID) -> OrderPage:
    page = OrderPage(desk, Host(window), order_id)
    page.setParent(window)
    page.resize(window.size())
    page.show()
    page.activate()
    qtbot.waitUntil(lambda: page.page is not None)
    return page


def typed(field: MoneyInput, text: str) -> None:
    """Type over whatever stands in a field."""
    field.selectAll()
    field.insert(text)
    field.textEdited.emit(field.text())


def test_a_page_that_comes_late_leaves_the_focus_to_the_sum_being_typed(
    qtbot: QtBot, desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    done = a_ready_order(sqlite_shop, price=43_600)
    host = Host(window)
    page = OrderPage(desk, host, done.id)
    page.setParent(window)
    page.show()
    page.activate()
    dialog = PaymentDialog(desk, host, order_page(sqlite_shop, done.id))
    dialog.present()
    qtbot.keyClicks(dialog.inputs["cash"], "4")
    qtbot.waitUntil(lambda: page.page is not None)
    qtbot.keyClicks(dialog.inputs["cash"], "50")
    assert dialog.inputs["cash"].text() == "450"
    dialog.dismiss()
    assert window.focusWidget() is page.header.step


def test_f8_leads_from_the_pool_to_ready(
    qtbot: QtBot, technician_desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    done = an_order(sqlite_shop)
    page = opened(qtbot, technician_desk, window, done.id)
    assert page.header.step.label == "Claim and start"
    page.work.next_step()
    qtbot.waitUntil(lambda: page.header.step.label == "Mark ready")
    page.work.diagnosis.text.setPlainText("Flex rupt, înlocuit.")
    page.work.next_step()
    qtbot.waitUntil(lambda: order_page(sqlite_shop, done.id).row.status == "ready")
    assert order_page(sqlite_shop, done.id).diagnosis == "Flex rupt, înlocuit."


def test_a_line_typed_in_the_dialog_is_on_the_order(
    qtbot: QtBot, technician_desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    done = an_order(sqlite_shop)
    dialog = LineDialog(technician_desk, Host(window), done.id, None)
    dialog.present()
    dialog.form.name.setText("Înlocuire ecran")
    dialog.form.price.setText("1.234,50")
    dialog.save()
    dialog.save()
    qtbot.waitUntil(lambda: len(order_page(sqlite_shop, done.id).lines) == 1)
    assert order_page(sqlite_shop, done.id).row.total == 123_450


def test_a_refused_line_says_why_and_keeps_what_was_typed(
    qtbot: QtBot, technician_desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    dialog = LineDialog(technician_desk, Host(window), an_order(sqlite_shop).id, None)
    dialog.present()
    dialog.form.name.setText("Ecran")
    dialog.form.quantity.setText("0")
    dialog.save()
    qtbot.waitUntil(lambda: "above zero" in dialog.message())
    assert dialog.form.name.text() == "Ecran"


def test_a_measured_quantity_is_typed_with_its_unit_and_half_a_piece_says_why_not(
    qtbot: QtBot, technician_desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    order = an_order(sqlite_shop).id
    dialog = LineDialog(technician_desk, Host(window), order, None)
    dialog.present()
    dialog.form.name.setText("Cablu")
    dialog.form.price.setText("10")
    dialog.form.quantity.setText("1,5")
    dialog.save()
    assert "sold whole" in dialog.message()
    assert dialog.form.quantity.hasFocus()
    dialog.form.quantity.setText("1,5 m")
    dialog.save()
    qtbot.waitUntil(lambda: len(order_page(sqlite_shop, order).lines) == 1)
    line = order_page(sqlite_shop, order).lines[0]
    assert (line.facts.quantity, line.facts.unit, line.total) == (1_500, "m", 1_500)
    again = LineDialog(technician_desk, Host(window), order, line)
    assert again.form.quantity.text() == "1.5"


def test_exact_cash_takes_one_key_and_hands_over(
    qtbot: QtBot, desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    done = a_ready_order(sqlite_shop, price=43_600)
    dialog = PaymentDialog(desk, Host(window), order_page(sqlite_shop, done.id))
    dialog.present()
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    dialog.finish()
    qtbot.waitUntil(lambda: order_page(sqlite_shop, done.id).row.status == "handed_over")
    assert [row.amount for row in order_page(sqlite_shop, done.id).payments] == [43_600]


def test_a_split_payment_reckons_the_change(desk: Desk, sqlite_shop: TestShop, window: QWidget) -> None:
    done = a_ready_order(sqlite_shop, price=43_600)
    dialog = PaymentDialog(desk, Host(window), order_page(sqlite_shop, done.id))
    dialog.present()
    typed(dialog.inputs["card"], "236")
    assert dialog.inputs["cash"].text() == "200.00"
    typed(dialog.inputs["cash"], "250")
    found = dialog.sums()
    assert (found.change, [tender.amount for tender in found.tenders]) == (5_000, [23_600, 20_000])
    typed(dialog.inputs["card"], "500")
    assert not dialog.go.isEnabled()


def test_quick_sums_are_what_people_put_on_the_counter() -> None:
    assert quick_sums(43_600) == [43_600, 44_000, 45_000, 50_000]
    assert quick_sums(20_000) == [20_000, 25_000, 30_000, 50_000]
    assert quick_sums(8_500) == [8_500, 9_000, 10_000, 20_000]


def test_before_any_work_what_is_paid_is_a_deposit(
    qtbot: QtBot, desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    done = an_order(sqlite_shop)
    dialog = PaymentDialog(desk, Host(window), order_page(sqlite_shop, done.id))
    dialog.present()
    typed(dialog.inputs["card"], "100")
    dialog.finish()
    qtbot.waitUntil(lambda: bool(order_page(sqlite_shop, done.id).payments))
    payment = order_page(sqlite_shop, done.id).payments[0]
    assert (payment.kind, payment.method, payment.amount) == ("deposit", "card", 10_000)


def test_a_refund_needs_its_reason(qtbot: QtBot, owner_desk: Desk, sqlite_shop: TestShop, window: QWidget) -> None:
    done = an_order(sqlite_shop, deposit=10_000)
    dialog = RefundDialog(owner_desk, Host(window), order_page(sqlite_shop, done.id).payments[0], 10_000)
    dialog.present()
    dialog.finish()
    qtbot.waitUntil(dialog.reason.hasFocus)
    dialog.reason.setText("Clientul a renunțat")
    dialog.finish()
    qtbot.waitUntil(lambda: bool(window.findChildren(ApprovalDialog)))
    [approval] = window.findChildren(ApprovalDialog)
    assert "100.00" in approval.what.text()
    assert "Clientul a renunțat" in approval.what.text()
    qtbot.waitUntil(approval.go.isEnabled)
    qtbot.keyClicks(approval.pin, PIN)
    qtbot.keyClick(approval.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: order_page(sqlite_shop, done.id).paid == 0)


def test_a_refund_after_the_device_left_asks_whether_it_is_still_owed(
    qtbot: QtBot, owner_desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    done = a_ready_order(sqlite_shop, price=24_000)
    taken = TakePayment(done.id, (Tender("card", 24_000),), then="handed_over")
    sqlite_shop.do(payments.take_payment, taken, Role.CLERK)
    shown = order_page(sqlite_shop, done.id)
    RefundDialog(owner_desk, Host(window), shown.payments[0], 24_000, balance=shown.row.balance).present()
    [dialog] = window.findChildren(RefundDialog)
    assert dialog.afterwards.isVisible()
    assert dialog.afterwards.currentData() is False
    dialog.amount.setText("100")
    dialog.reason.setText("Client nemulțumit")
    dialog.finish()
    qtbot.waitUntil(lambda: bool(window.findChildren(ApprovalDialog)))
    [approval] = window.findChildren(ApprovalDialog)
    assert "its price is 100.00\N{NO-BREAK SPACE}lei lower" in approval.what.text()
    qtbot.waitUntil(approval.go.isEnabled)
    qtbot.keyClicks(approval.pin, PIN)
    qtbot.keyClick(approval.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: order_page(sqlite_shop, done.id).paid == 14_000)
    assert (order_page(sqlite_shop, done.id).row.total, order_page(sqlite_shop, done.id).row.balance) == (14_000, 0)


def test_the_unlock_code_is_shown_on_demand_and_written_down(
    qtbot: QtBot, owner_desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    done = an_order(sqlite_shop, unlock_kind="pin", unlock_code="7391")
    page = opened(qtbot, owner_desk, window, done.id)
    assert page.work.code.text != "7391"
    page.work.code.ask()
    [dialog] = window.findChildren(ReasonDialog)
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.isVisible()  # not without a reason
    qtbot.keyClicks(dialog.reason, "Testez touch-ul")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.work.code.text == "7391")
    looked = order_page(sqlite_shop, done.id).history[0]
    assert (looked.action, looked.content) == ("code_revealed", '{"reason":"Testez touch-ul"}')


def test_somebody_elses_change_arrives_and_leaves_the_typed_text_alone(
    qtbot: QtBot, owner_desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    done = an_order(sqlite_shop)
    page = opened(qtbot, owner_desk, window, done.id)
    page.work.diagnosis.text.setPlainText("încă scriu")
    page.work.composer.text.setPlainText("un comentariu început")
    sqlite_shop.do(claiming.claim, claiming.Claim(done.id, start=True), Role.TECHNICIAN)
    owner_desk.changed.emit(frozenset({done.id}))
    qtbot.waitUntil(lambda: page.page is not None and page.page.row.status == "in_progress")
    assert (page.work.diagnosis.text.toPlainText(), page.work.composer.text.toPlainText()) == (
        "încă scriu",
        "un comentariu început",
    )


@pytest.mark.parametrize(("choice", "kept"), [(MINE, "Al meu"), (THEIRS, "Al lui")])
def test_the_same_field_is_asked_about_and_the_choice_wins(
    qtbot: QtBot, owner_desk: Desk, sqlite_shop: TestShop, window: QWidget, choice: str, kept: str
) -> None:
    done = an_order(sqlite_shop)
    page = opened(qtbot, owner_desk, window, done.id)
    sqlite_shop.do(orders.edit, Edit(done.id, {"diagnosis": ""}, {"diagnosis": "Al lui"}), Role.CLERK)
    page.work.diagnosis.text.setPlainText("Al meu")
    page.work.diagnosis.keep()
    qtbot.waitUntil(lambda: bool(window.findChildren(MergeDialog)))
    dialog = window.findChildren(MergeDialog)[0]
    assert not dialog.go.isEnabled()
    dialog.choose("diagnosis", choice)
    dialog.go.click()
    qtbot.waitUntil(lambda: order_page(sqlite_shop, done.id).diagnosis == kept)


def test_every_control_of_the_page_has_a_name(
    qtbot: QtBot, owner_desk: Desk, sqlite_shop: TestShop, window: QWidget
) -> None:
    page = opened(qtbot, owner_desk, window, a_ready_order(sqlite_shop, unlock_kind="pin", unlock_code="1").id)
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(page)
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and widget.metaObject().className() not in {"QScrollArea", "QScrollBar"}
    ]
    assert nameless == []
