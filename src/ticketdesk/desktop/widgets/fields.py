"""Fields: a label with its mnemonic, an input, and a line below that says what to mend."""

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import px, theme
from ticketdesk.desktop.widgets.basics import IconLabel, label, retone, row
from ticketdesk.domain import quantities
from ticketdesk.domain.cards import holds_card_number
from ticketdesk.domain.devices import imei_valid
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import format_amount, parse_amount, parse_price
from ticketdesk.domain.people import normal_phone, shown_phone
from ticketdesk.texts import _

NUMBERED = "numbered"
"""A property of inputs for the number of a device: an IMEI can check as cards do."""


class Field(QWidget):
    """A labelled input. ``&`` in the label marks the mnemonic; the message takes room only when it speaks."""

    def __init__(self, text: str, control: QWidget, *, required: bool = False) -> None:
        super().__init__()
        self.control = control
        title = label(f"{text} *" if required else text, "small", 400, "second")
        title.setBuddy(control)
        if not text:
            title.hide()  # to show what has no parent yet would make a window of it
        self._mark = IconLabel("", size=14)
        self._message = label("", "small", tone="muted")
        self._message.setWordWrap(True)
        self._below = QWidget()
        below = row(self._mark, self._message, spacing=4)
        below.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        below.setStretch(1, 1)
        self._below.setLayout(below)
        self._below.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addWidget(control)
        layout.addWidget(self._below)
        if not control.sizePolicy().verticalStretch():
            layout.addStretch(1)  # beside a higher field this one stays at the top
        plain = text.replace("&", "")
        if not control.accessibleName():
            control.setAccessibleName(plain)
        self.setFocusProxy(control)
        if isinstance(control, TextInput | TextArea):
            control.textChanged.connect(self._no_card_number)

    def _no_card_number(self) -> None:
        control = self.control
        text = control.text() if isinstance(control, TextInput) else cast("TextArea", control).toPlainText()
        if holds_card_number(text) and not (control.property(NUMBERED) and imei_valid(text)):
            self.error(
                _("This looks like a card number, which is never kept. Write the reference on the slip instead.")
            )

    def error(self, sentence: str) -> None:
        """Say what is wrong, and how to mend it."""
        self._say(sentence, "danger", "error")

    def hint(self, sentence: str, tone: str = "muted") -> None:
        """Say something helpful; in the tone ``ok`` the input is marked as right."""
        self._say(sentence, tone, "valid" if tone == "ok" and sentence else "")

    def message(self) -> str:
        """Give what the line below says."""
        return self._message.text()

    def _say(self, sentence: str, tone: str, state: str) -> None:
        self._message.setText(sentence)
        self._mark.show_icon("warning" if state == "error" else "", "dangerText")
        self._mark.setVisible(state == "error")
        self._below.setVisible(bool(sentence))
        retone(self._message, tone)
        if self.control.property("state") != state:
            self.control.setProperty("state", state)
            self.control.style().unpolish(self.control)
            self.control.style().polish(self.control)
        if isinstance(self.control, TextInput):
            self.control.show_state(state)
        self.control.setAccessibleDescription(sentence)


def point_out(refusal: Refusal, fields: Mapping[str, Field]) -> bool:
    """Say a refusal at the field it names and put the cursor there; give whether one of these is named and shown."""
    field = fields.get(refusal.field or "")
    if field is None or field.isHidden():
        return False
    field.error(refusal.sentence)
    field.setFocus()
    return True


_ICON_LEFT, _ICON_ROOM = 10, 26
_COMES_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_STATES = {"error": ("warning", "dangerText"), "valid": ("check", "okText")}


class TextInput(QLineEdit):
    """A line of text, with an icon in front if it has one, and a mark behind when it is right or wrong.

    ``finished`` tells that somebody pressed Enter or went on to something else in this window. Qt's ``editingFinished`` also
    comes when another window is in front for a moment: what is put in order then meets the rest of what is typed.
    """

    finished = Signal()

    def __init__(self, placeholder: str = "", icon: str = "", name: str = "") -> None:
        super().__init__()
        self._icon, self._state = icon, ""
        self.setPlaceholderText(placeholder)
        self.setMaxLength(300)
        if name:
            self.setAccessibleName(name)
        self._redraw()
        theme().changed.connect(self._redraw)
        self.returnPressed.connect(self.finished)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _COMES_BACK:
            self.finished.emit()

    def show_state(self, state: str) -> None:
        """Mark the input as ``valid``, as ``error``, or as neither."""
        if state != self._state:
            self._state = state
            self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        # painted, not actions of Qt: those are buttons, which screen readers find and nobody can press
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.height() // 2
        if self._icon:
            paint.mark(painter, px(_ICON_LEFT), middle, self._icon, "text3")
        if self._state in _STATES:
            name, token = _STATES[self._state]
            paint.mark(painter, self.width() - px(_ICON_LEFT + 16), middle, name, token)

    def _redraw(self) -> None:
        self.setTextMargins(px(_ICON_ROOM) if self._icon else 0, 0, px(_ICON_ROOM) if self._state in _STATES else 0, 0)
        self.update()


class PhoneInput(TextInput):
    """A telephone number: shown the usual way once it is whole."""

    def __init__(self, placeholder: str = "", region: str = "RO") -> None:
        super().__init__(placeholder, "phone-call")
        self._region = region
        self.setMaxLength(40)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.finished.connect(self._tidy)

    def number(self) -> str:
        """Give the number in its normal form (E.164); empty for an empty field.

        Raises:
            Refusal: if it is too short or too long, saying by how many digits.
        """
        return normal_phone(self.text(), self._region) if self.text().strip() else ""

    def _tidy(self) -> None:
        try:
            if self.text().strip():
                self.setText(shown_phone(self.number(), self._region))
        except Refusal:
            return


class MoneyInput(TextInput):
    """An amount: right-aligned, typed in any usual way, shown as the language writes it."""

    amount_changed = Signal()

    def __init__(self, name: str = "") -> None:
        super().__init__(name=name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(20)
        self.textEdited.connect(lambda _text: self.amount_changed.emit())
        self.finished.connect(self._tidy)

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


class PriceInput(MoneyInput):
    """A gross price; one typed without VAT says so (``100 + VAT``) and is shown with it, at the rate ``vat``."""

    vat = 0

    def amount(self) -> int | None:
        return parse_price(self.text(), self.vat) if self.text().strip() else None


class QuantityInput(TextInput):
    """How much of something, typed as people type it (``2``, ``1,5``, ``1,5 m``); Up and Down change it by one."""

    changed = Signal()

    def __init__(
        self, name: str, quantity: int, unit: str = "", *, least: int = 1, most: int = quantities.MOST
    ) -> None:
        super().__init__(name=name)
        self._unit, self._least, self._most = unit, least, most
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(20)
        self.show_quantity(quantity)
        self.textEdited.connect(lambda _text: self.changed.emit())
        self.finished.connect(self._tidy)

    def read(self) -> tuple[int, str]:
        """Give the quantity in thousandths and its unit; none of it for an empty field, where none may be.

        Raises:
            Refusal: if what is typed is no quantity, or more than there is.
        """
        typed = self.text().strip()
        if not self._least and typed in {"", "0"}:
            return 0, self._unit
        quantity, unit = quantities.parse_quantity(typed, self._unit, "quantity")
        if quantity > self._most:
            most = quantities.format_quantity(self._most, self._unit)
            raise Refusal(_("At most {count}.").format(count=most), "quantity")
        return quantity, unit

    def valid(self) -> int:
        """Give the quantity in thousandths, none while what is typed is none yet."""
        try:
            return self.read()[0]
        except Refusal:
            return 0

    def show_quantity(self, thousandths: int) -> None:
        """Show a quantity; its unit stands beside the field."""
        self.setText(quantities.format_quantity(thousandths))

    def step(self, by: int) -> None:
        """Make it more or less by whole ones, within what there is."""
        made = self.valid() + by * quantities.ONE
        if self._least <= made <= self._most:
            self.show_quantity(made)
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or event.key() not in steps:
            super().keyPressEvent(event)
        else:
            self.step(steps[Qt.Key(event.key())])

    def _tidy(self) -> None:
        try:
            quantity, unit = self.read()
        except Refusal:
            return
        own = "" if unit == self._unit else unit
        self.setText(quantities.format_quantity(quantity, own))


class Dropdown(QComboBox):
    """A closed list to choose one from; what is chosen is its ``currentData``."""

    def __init__(self, name: str = "", options: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        if name:
            self.setAccessibleName(name)
        # the list of a plain combo box ignores the style sheet's rows
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setMaxVisibleItems(12)
        for value, text in options:
            self.addItem(text, value)

    def choose(self, value: str) -> None:
        """Choose a value; the first one if it is not offered."""
        self.setCurrentIndex(max(self.findData(value), 0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a form must not change what it says


class Tick(QCheckBox):
    """Something to tick; a long name is cut at its end, and said whole in its tool tip."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(120), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width() - px(32))
        self.setText(shown.replace("&", "&&"))


class NumberInput(QSpinBox):
    """A whole number between two bounds."""

    def __init__(self, name: str, least: int, most: int) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setAccessibleName(name)
        self._indent()
        theme().changed.connect(self._indent)

    def _indent(self) -> None:
        # WORKAROUND: a spin box with styled buttons ignores the padding of its style sheet (Qt 6.11)
        self.lineEdit().setTextMargins(px(9), 0, 0, 0)


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab goes to the next field. A picture that is pasted is somebody else's to take."""

    picture_pasted = Signal()

    def __init__(self, name: str, placeholder: str = "", height: int = 64) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(px(height))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasImage() and not source.hasText():
            self.picture_pasted.emit()
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the page's own keys
            return
        super().keyPressEvent(event)


def debounced(parent: QWidget, milliseconds: int) -> QTimer:
    """Make a timer that fires once things are quiet for so long."""
    return QTimer(parent, interval=milliseconds, singleShot=True)
