"""One input for each setting of the shop, made from what the setting says of itself."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from ticketdesk.desktop.widgets.basics import label
from ticketdesk.desktop.widgets.choices import Switch
from ticketdesk.desktop.widgets.fields import Dropdown, Field, MoneyInput, NumberInput, TextInput
from ticketdesk.domain.errors import Value
from ticketdesk.domain.money import format_percent, parse_percent
from ticketdesk.domain.shop import AMOUNT, CHOICE, FIXED, NUMBER, PERCENT, SWITCH, Shop
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class Input:
    """A setting on the screen: its field, how its value is read (``Refusal`` for what is none), and shown."""

    name: str
    group: str
    field: Field
    read: Callable[[], Value]
    show: Callable[[Any], None]


def inputs() -> list[Input]:
    """Make an input for every setting."""
    return [_input(each.name, each.metadata) for each in fields(Shop)]


def _input(name: str, said: Any) -> Input:
    text, details = _(said["label"]), said["details"]
    control, read, show = _MAKERS.get(said["kind"], _text)(name, text, details)
    return Input(name, said["group"], Field(text, control), read, show)


Made = tuple[QWidget, Callable[[], Value], Callable[[Any], None]]


def _text(_name: str, _label: str, _details: Any) -> Made:
    made = TextInput()
    return made, lambda: made.text().strip(), lambda value: made.setText(str(value))


def _switch(_name: str, text: str, _details: Any) -> Made:
    made = Switch(text)
    return made, made.isChecked, made.setChecked


def _percent(name: str, _label: str, _details: Any) -> Made:
    made = TextInput()
    return made, lambda: parse_percent(made.text(), name), lambda value: made.setText(format_percent(value))


def _amount(_name: str, text: str, _details: Any) -> Made:
    made = MoneyInput(text)
    return made, lambda: made.amount() or 0, made.show_amount


def _number(_name: str, text: str, details: Any) -> Made:
    made = NumberInput(text, *details)
    return made, made.value, made.setValue


def _choice(_name: str, text: str, details: Any) -> Made:
    made = Dropdown(text, [(value, _(words)) for value, words in details])
    return made, lambda: str(made.currentData()), made.choose


def _fixed(_name: str, _label: str, _details: Any) -> Made:
    made: QLabel = label("", "body", 500)
    return made, made.text, lambda value: made.setText(str(value))


_MAKERS: dict[str, Callable[[str, str, Any], Made]] = {
    SWITCH: _switch,
    PERCENT: _percent,
    AMOUNT: _amount,
    NUMBER: _number,
    CHOICE: _choice,
    FIXED: _fixed,
}
