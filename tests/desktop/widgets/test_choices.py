import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ticketdesk.desktop.widgets.chips import Chip
from ticketdesk.desktop.widgets.choices import Chips, Segmented, Switch
from ticketdesk.desktop.widgets.condition import Condition
from ticketdesk.desktop.widgets.focus import stops
from ticketdesk.desktop.widgets.pattern import Pattern
from ticketdesk.domain.devices import DEFECT, GOOD, UNTESTED

PAY = (("cash", "Cash"), ("card", "Card", "card"), ("none", "No deposit"))


def test_segments_are_one_stop_with_arrows_inside(qtbot: QtBot) -> None:
    choice = Segmented("Deposit", PAY)
    qtbot.addWidget(choice)
    heard: list[str] = []
    choice.changed.connect(heard.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home):
        QTest.keyClick(choice, key)
    assert heard == ["card", "none", "cash", "none", "cash"]
    assert choice.findChildren(QWidget) == []


def test_segments_are_chosen_with_the_mouse(qtbot: QtBot) -> None:
    choice = Segmented("Deposit", PAY)
    qtbot.addWidget(choice)
    choice.resize(choice.sizeHint())
    with qtbot.waitSignal(choice.changed) as told:
        QTest.mouseClick(choice, Qt.MouseButton.LeftButton, pos=QPoint(choice.width() - 5, 10))
    assert told.args == ["none"]
    assert choice.value() == "none"


def test_segments_say_what_is_chosen(qtbot: QtBot) -> None:
    choice = Segmented("Deposit", PAY, "card")
    qtbot.addWidget(choice)
    assert (choice.accessibleName(), choice.accessibleDescription()) == ("Deposit", "Card")
    with qtbot.assertNotEmitted(choice.changed):
        choice.choose("cash")
    assert choice.accessibleDescription() == "Cash"


def test_keys_of_the_page_pass_through_segments(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    choice = Segmented("Deposit", PAY)
    QVBoxLayout(host).addWidget(choice)
    QTest.keyClick(choice, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert choice.value() == "cash"


def test_several_chips_may_be_chosen(qtbot: QtBot) -> None:
    chips = Chips("Accessories", (("case", "Case"), ("box", "Box"), ("sim", "SIM")))
    qtbot.addWidget(chips)
    with qtbot.waitSignal(chips.changed):
        QTest.keyClick(chips.findChildren(Chip)[2], Qt.Key.Key_Space)
    QTest.mouseClick(chips.findChildren(Chip)[0], Qt.MouseButton.LeftButton)
    assert chips.values() == ["case", "sim"]


def test_chips_are_one_stop_with_arrows_inside(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    layout = QVBoxLayout(host)
    chips = Chips("Accessories", (("case", "Case"), ("box", "Box"), ("sim", "SIM")))
    other = Chips("Tags", (("vip", "VIP"), ("new", "New")))
    layout.addWidget(chips)
    layout.addWidget(other)
    host.show()
    host.activateWindow()
    case, box, sim = chips.findChildren(Chip)
    vip = other.findChildren(Chip)[0]
    assert stops(host) == [case, vip]
    case.setFocus()
    qtbot.waitUntil(case.hasFocus)
    for key, now in (
        (Qt.Key.Key_Right, box), (Qt.Key.Key_Down, sim), (Qt.Key.Key_Right, sim), (Qt.Key.Key_Home, case),
        (Qt.Key.Key_Left, case), (Qt.Key.Key_End, sim), (Qt.Key.Key_Up, box),
    ):  # fmt: skip
        QTest.keyClick(host.focusWidget() or host, key)
        assert host.focusWidget() is now
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert chips.values() == ["box"]
    assert stops(host) == [box, vip]
    QTest.keyClick(box, Qt.Key.Key_Tab)
    assert host.focusWidget() is vip
    QTest.keyClick(vip, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert host.focusWidget() is box


def test_tab_comes_to_the_first_chip_that_is_chosen(qtbot: QtBot) -> None:
    chips = Chips("Accessories", (("case", "Case"), ("box", "Box"), ("sim", "SIM")))
    qtbot.addWidget(chips)
    chips.show()
    chips.choose(["sim"])
    assert [chip.text() for chip in stops(chips)] == ["SIM"]  # type: ignore[attr-defined]
    chips.offer((("case", "Case"), ("sim", "SIM"), ("bag", "Bag")))
    assert [chip.text() for chip in stops(chips)] == ["SIM"]  # type: ignore[attr-defined]


def test_keys_of_the_page_pass_through_chips(qtbot: QtBot) -> None:
    chips = Chips("Accessories", (("case", "Case"), ("box", "Box")))
    qtbot.addWidget(chips)
    chips.show()
    case = chips.findChildren(Chip)[0]
    case.setFocus()
    QTest.keyClick(case, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert [chip.text() for chip in stops(chips)] == ["Case"]  # type: ignore[attr-defined]


def test_offering_other_chips_keeps_what_was_chosen(qtbot: QtBot) -> None:
    chips = Chips("Accessories", (("case", "Case"), ("box", "Box")))
    qtbot.addWidget(chips)
    with qtbot.assertNotEmitted(chips.changed):
        chips.choose(["box"])
        chips.offer((("box", "Box"), ("bag", "Bag")))
    assert chips.values() == ["box"]


def test_chips_break_into_lines_and_none_is_cut(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    chips = Chips("Complaints", tuple((str(n), f"A rather long complaint {n}") for n in range(6)))
    layout = QVBoxLayout(host)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(chips)
    layout.addStretch(1)
    host.resize(420, 300)
    host.show()
    parts = chips.findChildren(Chip)
    assert len({part.y() for part in parts}) == 3 or len({part.y() for part in parts}) == 6
    assert all(part.width() == part.sizeHint().width() for part in parts)
    assert chips.height() >= max(part.geometry().bottom() for part in parts)


def test_a_switch_is_switched_with_space(qtbot: QtBot) -> None:
    switch = Switch("Urgent")
    qtbot.addWidget(switch)
    off = switch.grab().toImage()
    with qtbot.waitSignal(switch.toggled):
        QTest.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    assert switch.grab().toImage() != off
    assert switch.accessibleName() == "Urgent"


@pytest.mark.parametrize(
    ("key", "value"), [(Qt.Key.Key_Plus, GOOD), (Qt.Key.Key_Minus, DEFECT), (Qt.Key.Key_Space, UNTESTED)]
)
def test_a_condition_takes_one_key_and_goes_on(qtbot: QtBot, key: Qt.Key, value: str) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    layout = QVBoxLayout(host)
    first, second = Condition("Screen"), Condition("Touch")
    layout.addWidget(first)
    layout.addWidget(second)
    host.show()
    host.activateWindow()
    first.setFocus()
    with qtbot.waitSignal(first.changed):
        QTest.keyClick(first, key)
    assert first.value() == value
    assert host.focusWidget() is second


def test_a_condition_goes_through_its_states_with_arrows(qtbot: QtBot) -> None:
    condition = Condition("Screen")
    qtbot.addWidget(condition)
    seen = []
    for _time in range(3):
        QTest.keyClick(condition, Qt.Key.Key_Right)
        seen.append(condition.value())
    assert seen == [GOOD, DEFECT, UNTESTED]


def test_a_condition_says_its_state(qtbot: QtBot) -> None:
    condition = Condition("Screen")
    qtbot.addWidget(condition)
    assert condition.accessibleName() == "Screen: not checked"
    condition.choose(DEFECT)
    assert condition.accessibleName() == "Screen: defect"
    assert "minus" in condition.accessibleDescription()


def test_a_condition_is_clicked_and_clicked_away(qtbot: QtBot) -> None:
    condition = Condition("Screen")
    qtbot.addWidget(condition)
    condition.resize(240, 28)
    cell = QPoint(240 - 70, 14)
    QTest.mouseClick(condition, Qt.MouseButton.LeftButton, pos=cell)
    assert condition.value() == GOOD
    QTest.mouseClick(condition, Qt.MouseButton.LeftButton, pos=cell)
    assert condition.value() == ""


def test_a_pattern_is_typed(qtbot: QtBot) -> None:
    pattern = Pattern()
    qtbot.addWidget(pattern)
    QTest.keyClicks(pattern, "12258")
    assert pattern.value() == "1-2-5-8"
    assert pattern.accessibleDescription() == "4 dots"
    QTest.keyClick(pattern, Qt.Key.Key_Backspace)
    assert pattern.value() == "1-2-5"


def test_a_pattern_is_drawn(qtbot: QtBot) -> None:
    pattern = Pattern()
    qtbot.addWidget(pattern)
    pattern.choose("7-8")
    pattern.resize(pattern.sizeHint())
    pattern.show()
    QTest.mousePress(pattern, Qt.MouseButton.LeftButton, pos=QPoint(16, 16))
    for at in (QPoint(40, 16), QPoint(40, 40), QPoint(60, 60), QPoint(64, 64)):
        QTest.mouseMove(pattern, at)
    QTest.mouseRelease(pattern, Qt.MouseButton.LeftButton, pos=QPoint(64, 64))
    assert pattern.value() == "1-2-5-9"
