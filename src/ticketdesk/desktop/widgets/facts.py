"""What a preview says at a glance: marks side by side, and facts by their names."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import clear, label
from ticketdesk.desktop.widgets.chips import Flow


class Tags(QWidget):
    """Marks side by side, on another line where they do not fit."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_tags(self, tags: Sequence[QWidget]) -> None:
        """Show these instead of those before."""
        clear(self._flow)
        for tag in tags:
            self._flow.addWidget(tag)
            tag.show()
        self.updateGeometry()


class Facts(QGridLayout):
    """Names at the left, what is known at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(px(8))
        self.setVerticalSpacing(px(6))
        self.setColumnMinimumWidth(0, px(84))
        self.setColumnStretch(1, 1)

    def show_facts(self, facts: Iterable[tuple[str, QWidget]]) -> None:
        """Show these instead of those before."""
        clear(self)
        for place, (name, value) in enumerate(facts):
            self.addWidget(label(name, "small", tone="muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            self.addWidget(value, place, 1)
