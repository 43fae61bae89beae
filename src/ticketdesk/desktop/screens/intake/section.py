"""What every section of the intake page is: a title, fields, and a part of the form."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.desktop.widgets.basics import section_title
from ticketdesk.desktop.widgets.fields import Field


class Section(QWidget):
    """One part of the page. ``changed`` after every change by hand; ``fields`` by the names refusals use."""

    changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.setAccessibleName(title.replace("&", ""))
        self.title = section_title(title)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(8)
        self.body.addLayout(self.head)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def values(self) -> dict[str, Any]:
        """Give this section's part of the form, as typed."""
        raise NotImplementedError

    def show_form(self, form: Form) -> None:
        """Show this section's part of a form, silently."""
        raise NotImplementedError

    def stops(self) -> list[QWidget]:
        """Give what Tab stops at, in order."""
        return [
            one
            for one in self.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and one.focusProxy() is None
            and one.window() is self.window()  # the list of a combo box is a window of its own
        ]

    def enter(self) -> None:
        """Put the focus on the section's first stop."""
        for stop in self.stops():
            if stop.isEnabled() and stop.isVisible():
                stop.setFocus(Qt.FocusReason.TabFocusReason)
                return
