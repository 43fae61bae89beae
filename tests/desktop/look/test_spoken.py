"""Controls that are painted say what they are, what they are called and what they hold, in both languages."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ticketdesk import texts
from ticketdesk.desktop.screens.day.charts import Bar, Columns
from ticketdesk.desktop.screens.order.stepper import Stepper
from ticketdesk.desktop.widgets.basics import StatusChip
from ticketdesk.desktop.widgets.choices import Segmented, Switch
from ticketdesk.desktop.widgets.condition import Condition
from ticketdesk.desktop.widgets.pattern import Pattern

Said = tuple[QAccessible.Role, str, str, str]


@pytest.fixture(params=["ro", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    texts.speak(request.param)
    yield request.param
    texts.speak("en")


def said(qtbot: QtBot, widget: QWidget) -> Said:
    """Give role, name, value and description, as a screen reader gets them."""
    qtbot.addWidget(widget)
    spoken = QAccessible.queryAccessibleInterface(widget)
    text = QAccessible.Text
    return spoken.role(), spoken.text(text.Name), spoken.text(text.Value), spoken.text(text.Description)


def test_a_condition_is_a_group_of_three_with_its_state_in_name_and_value(qtbot: QtBot, language: str) -> None:
    control = Condition("Screen")
    control.choose("defect")
    name, keys = {
        "ro": ("Ecran: defect", "plus bun, minus defect, spațiu netestat"),
        "en": ("Screen: defect", "plus good, minus defect, space untested"),
    }[language]
    assert said(qtbot, control) == (QAccessible.Role.Grouping, name, "defect", keys)
    QTest.keyClick(control, Qt.Key.Key_Plus)
    assert said(qtbot, control)[2] == {"ro": "bun", "en": "good"}[language]


def test_a_choice_of_few_says_which_is_chosen(qtbot: QtBot) -> None:
    control = Segmented("Pay", (("cash", "Cash"), ("card", "Card")), "cash")
    QTest.keyClick(control, Qt.Key.Key_Right)
    assert said(qtbot, control)[:3] == (QAccessible.Role.Grouping, "Pay", "Card")


def test_a_pattern_says_how_many_dots_it_has_and_never_which(qtbot: QtBot, language: str) -> None:
    control = Pattern()
    control.choose("1-2-5-8-9")
    name, dots = {"ro": ("Model de deblocare", "5 puncte introduse"), "en": ("Unlock pattern", "5 dots")}[language]
    assert said(qtbot, control) == (QAccessible.Role.Grouping, name, "", dots)


def test_a_status_and_a_step_are_words(qtbot: QtBot, language: str) -> None:
    step = Stepper()
    step.show_status("in_progress", ("", "", "", "", ""))
    chip, place = {
        "ro": ("Stare: În lucru", "Pasul 2 din 5: În lucru"),
        "en": ("Status: In progress", "Step 2 of 5: In progress"),
    }[language]
    assert said(qtbot, StatusChip("in_progress"))[:2] == (QAccessible.Role.StaticText, chip)
    assert said(qtbot, step)[:2] == (QAccessible.Role.StaticText, place)


def test_a_chart_is_a_chart_with_the_table_of_its_values(qtbot: QtBot) -> None:
    chart = Columns("Takings by hour", 1, str, 100)
    chart.show_groups(
        (("09", False), ("10", False)),
        (Bar("09", 1, "9: 1.00", None, "accent"), Bar("10", 3, "10: 3.00", None, "accent")),
    )
    chart.resize(300, 200)
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert said(qtbot, chart) == (QAccessible.Role.Chart, "Takings by hour, chart", "10: 3.00", "9: 1.00; 10: 3.00")


def test_a_switch_is_ticked_or_not(qtbot: QtBot) -> None:
    switch = Switch("Urgent")
    switch.setChecked(True)
    assert said(qtbot, switch)[:2] == (QAccessible.Role.CheckBox, "Urgent")
    assert QAccessible.queryAccessibleInterface(switch).state().checked
