import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ticketdesk import texts
from ticketdesk.desktop.widgets.basics import row
from ticketdesk.desktop.widgets.fields import (
    Dropdown,
    Field,
    MoneyInput,
    NumberInput,
    PhoneInput,
    TextArea,
    TextInput,
)


def marked(control: QLineEdit) -> bool:
    """Say whether room is kept behind the text for a mark."""
    return control.textMargins().right() > 0


def test_a_field_names_its_input_and_leads_to_it(qtbot: QtBot) -> None:
    field = Field("&Phone", TextInput(), required=True)
    qtbot.addWidget(field)
    title = field.findChildren(QLabel)[0]
    assert title.text() == "&Phone *"
    assert title.buddy() is field.control
    assert field.control.accessibleName() == "Phone"


def test_an_error_says_what_to_mend_until_it_is_mended(qtbot: QtBot) -> None:
    control = TextInput()
    field = Field("IMEI", control)
    qtbot.addWidget(field)
    field.show()
    before = field.sizeHint().height()
    field.error("The check digit does not match.")
    assert field.message() == control.accessibleDescription() == "The check digit does not match."
    assert control.property("state") == "error"
    assert marked(control)
    assert field.sizeHint().height() > before
    field.hint("IMEI is valid.", "ok")
    assert control.property("state") == "valid"
    field.hint("")
    assert (field.message(), control.property("state"), marked(control)) == ("", "", False)
    assert field.sizeHint().height() == before


def test_a_field_stays_at_the_top_beside_one_with_a_message(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    quiet, wrong = Field("Phone", TextInput()), Field("Name", TextInput())
    host.setLayout(row(quiet, wrong))
    wrong.error("Write the customer's name.")
    host.resize(400, 160)
    host.show()
    assert quiet.control.mapTo(host, QPoint()).y() == wrong.control.mapTo(host, QPoint()).y()


def test_nothing_moves_inside_an_input_when_it_gets_the_focus(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    layout = QVBoxLayout(host)
    first, second = TextInput(), TextInput()
    layout.addWidget(first)
    layout.addWidget(second)
    first.setText("0733")
    second.setFocus()
    host.show()
    host.activateWindow()
    qtbot.waitUntil(second.hasFocus)
    before = first.geometry(), first.cursorRect().x()
    first.setFocus()
    assert (first.geometry(), first.cursorRect().x()) == before


def test_an_amount_is_taken_as_people_type_it_and_shown_as_written(qtbot: QtBot) -> None:
    money = MoneyInput("Deposit")
    qtbot.addWidget(money)
    texts.speak("ro")
    for typed in ("1.234,50", "1234.5", "1234,5"):
        money.clear()
        with qtbot.waitSignal(money.amount_changed):
            QTest.keyClicks(money, typed)
        assert money.amount() == 123450
    QTest.keyClick(money, Qt.Key.Key_Return)
    assert money.text() == "1.234,50"


def test_an_empty_or_unfinished_amount_is_none_at_all(qtbot: QtBot) -> None:
    money = MoneyInput()
    qtbot.addWidget(money)
    assert money.amount() is None
    QTest.keyClicks(money, "12,")
    assert money.valid_amount() == 0
    money.show_amount(None)
    assert money.text() == ""
    assert money.alignment() & Qt.AlignmentFlag.AlignRight


def test_a_phone_number_is_shown_the_usual_way_once_whole(qtbot: QtBot) -> None:
    phone = PhoneInput()
    qtbot.addWidget(phone)
    QTest.keyClicks(phone, "0733000295")
    QTest.keyClick(phone, Qt.Key.Key_Return)
    assert phone.text() == "0733 000 295"
    assert phone.number() == "+40733000295"
    phone.setText("0733")
    QTest.keyClick(phone, Qt.Key.Key_Return)
    assert phone.text() == "0733"


def test_a_number_keeps_its_bounds(qtbot: QtBot) -> None:
    number = NumberInput("Copies", 1, 3)
    qtbot.addWidget(number)
    for _time in range(5):
        QTest.keyClick(number, Qt.Key.Key_Up)
    assert number.value() == 3
    assert number.accessibleName() == "Copies"


def test_a_dropdown_gives_the_value_and_is_not_scrolled_by_accident(qtbot: QtBot) -> None:
    choice = Dropdown("Kind", (("phone", "Phone"), ("laptop", "Laptop")))
    qtbot.addWidget(choice)
    choice.choose("laptop")
    assert choice.currentData() == "laptop"
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert choice.currentData() == "phone"
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, turn)
    assert choice.currentData() == "phone"


def test_a_text_area_lets_tab_and_the_pages_keys_through(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    layout = QVBoxLayout(host)
    area, after = TextArea("Problem"), TextInput()
    layout.addWidget(area)
    layout.addWidget(after)
    host.show()
    host.activateWindow()
    area.setFocus()
    QTest.keyClick(area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert area.toPlainText() == ""
    QTest.keyClick(area, Qt.Key.Key_Tab)
    assert host.focusWidget() is after


@pytest.mark.parametrize(
    ("reason", "shown"),
    [(Qt.FocusReason.ActiveWindowFocusReason, "450"), (Qt.FocusReason.TabFocusReason, "4.0050")],
)
def test_another_window_in_front_for_a_moment_leaves_a_sum_as_it_was_typed(
    qtbot: QtBot, reason: Qt.FocusReason, shown: str
) -> None:
    field = MoneyInput("Cash")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "4")
    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut, reason))
    qtbot.keyClicks(field, "50")
    assert field.text() == shown
