"""Fields: a label with its mnemonic, an input, and a line below that says what to mend."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ticketdesk.desktop.look import icons
from ticketdesk.desktop.look.theme import colour, font, theme
from ticketdesk.desktop.widgets.basics import label, retone
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import format_amount, parse_amount


class Field(QWidget):
    """A labelled input. ``&`` in the label marks the mnemonic; the message takes room only when it speaks."""

    def __init__(self, text: str, control: QWidget, *, required: bool = False) -> None:
        super().__init__()
        self.control = control
        title = QLabel(f"{text} *" if required else text)
        title.setFont(font("small", 500))
        title.setBuddy(control)
        self._message = label("", "small", tone="muted")
        self._message.setWordWrap(True)
        self._message.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addWidget(control)
        layout.addWidget(self._message)
        plain = text.replace("&", "")
        if not control.accessibleName():
            control.setAccessibleName(plain)
        self.setFocusProxy(control)

    def error(self, sentence: str) -> None:
        """Say what is wrong, and how to mend it."""
        self._say(sentence, "danger", "error")

    def hint(self, sentence: str, tone: str = "muted") -> None:
        """Say something helpful; nothing for an empty sentence."""
        self._say(sentence, tone, "")

    def message(self) -> str:
        """Give what the line below says."""
        return self._message.text()

    def _say(self, sentence: str, tone: str, state: str) -> None:
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        retone(self._message, tone)
        if self.control.property("state") != state:
            self.control.setProperty("state", state)
            self.control.style().unpolish(self.control)
            self.control.style().polish(self.control)
        self.control.setAccessibleDescription(sentence)


class TextInput(QLineEdit):
    """A line of text, with an icon in front if it has one."""

    def __init__(self, placeholder: str = "", icon: str = "", name: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setMaxLength(300)
        if name:
            self.setAccessibleName(name)
        if icon:
            action = self.addAction(
                icons.icon(icon, colour("text3")), QLineEdit.ActionPosition.LeadingPosition
            )
            theme().changed.connect(lambda: action.setIcon(icons.icon(icon, colour("text3"))))


class MoneyInput(QLineEdit):
    """An amount: right-aligned, typed in any usual way, shown as the language writes it."""

    amount_changed = Signal()

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(20)
        if name:
            self.setAccessibleName(name)
        self.textEdited.connect(lambda _text: self.amount_changed.emit())
        self.editingFinished.connect(self._tidy)

    def amount(self) -> int | None:
        """Give the amount in minor units; nothing for an empty field.

        Raises:
            Refusal: if what is typed is no amount.
        """
        return parse_amount(self.text()) if self.text().strip() else None

    def valid_amount(self) -> int:
        """Give the amount in minor units, none while it is empty or not yet one."""
        try:
            return self.amount() or 0
        except Refusal:
            return 0

    def show_amount(self, minor: int | None) -> None:
        """Show an amount of minor units."""
        self.setText("" if minor is None else format_amount(minor))

    def _tidy(self) -> None:
        try:
            self.show_amount(self.amount())
        except Refusal:
            return


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab goes to the next field."""

    def __init__(self, name: str, placeholder: str = "", height: int = 64) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the page's own keys
            return
        super().keyPressEvent(event)


def debounced(parent: QWidget, milliseconds: int) -> QTimer:
    """Make a timer that fires once things are quiet for so long."""
    return QTimer(parent, interval=milliseconds, singleShot=True)
