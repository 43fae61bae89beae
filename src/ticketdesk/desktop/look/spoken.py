"""What screen readers are told of the controls we paint ourselves.

A widget says what it is with the attribute ``spoken_role``, and what it holds with a method ``spoken_value``; its
name and description are Qt's. Without them Qt would call it a client area and read no value.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleValueChangeEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

Role = QAccessible.Role


class _Interface(QAccessibleWidget):
    def text(self, what: QAccessible.Text) -> str:
        value = getattr(self.widget(), "spoken_value", None)
        if what == QAccessible.Text.Value and value is not None:
            return str(value())
        return super().text(what)


def install() -> None:
    """Tell screen readers about painted controls from now on."""
    QAccessible.installFactory(_made)


def value_changed(widget: QWidget, value: str) -> None:
    """Let a screen reader say the new value of the control somebody is at."""
    QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, value))


def _made(_class: str, what: QObject) -> QAccessibleWidget | None:
    role = getattr(what, "spoken_role", None)
    return _Interface(what, role) if isinstance(role, Role) and isinstance(what, QWidget) else None
