"""Choose field by field which of two values stays: for two people who changed one thing, and for two who are one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QSizePolicy,
    QWidget,
)

from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.widgets.basics import (
    Avatar,
    Button,
    clear,
    column,
    frame,
    hline,
    icon_label,
    key_cap,
    label,
    row,
    wrapped,
)
from ticketdesk.desktop.widgets.focus import focused
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.desktop.widgets.scrolled import Scrolled
from ticketdesk.texts import _, ngettext

MINE, THEIRS, BOTH = "mine", "theirs", "both"
_LINES = 6
"""How many lines of a long text an option shows; the tool tip has it whole."""
_TITLE = 132
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two whose values are offered: whose initials, and the words over them."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field to choose for: its name alone and in a sentence, what it was, both values with whose they are.

    ``chosen`` is chosen to begin with.
    """

    key: str
    name: str
    word: str
    before: str
    mine: tuple[str, str]
    theirs: tuple[str, str]
    both: bool = False
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the dialog says: its title, what it is about, and its buttons."""

    title: str
    text: str
    take: str
    leave: str
    go: str


class ChoosingDialog(Overlay):
    """A row for each field: one value, the other, or both where both can stand. ← and → choose, ↑ and ↓ move."""

    def __init__(
        self,
        window: QWidget,
        words: Words,
        sides: tuple[Side, Side],
        fields: Sequence[Field],
        done: Callable[[dict[str, str]], None],
    ) -> None:
        super().__init__(window, words.title, width=960)
        self._finished = done
        self._fields = {field.key: field for field in fields}
        self._groups: dict[str, QButtonGroup] = {}
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._about = wrapped(words.text, tone="second")
        self.body.addLayout(row(self._about, margins=(24, 10, 24, 12)))
        self.strip = Strip()
        self.body.addWidget(self.strip)
        self.body.addLayout(_heads(sides))
        self.body.addWidget(hline())
        rows = column(spacing=0)
        for place, field in enumerate(fields):
            if place:
                rows.addWidget(hline())
            rows.addWidget(self._row(field, shaded=place % 2 == 1))
        self.body.addWidget(Scrolled(rows), 1)
        self._count, self._missing = label("", "body", 600), label("", tone="second")
        self._missing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        take = Button(words.take, size="md")
        take.clicked.connect(self._take_all)
        leave = leave_button(self, words.leave)
        self.go = go_button(words.go, self._save)
        self.footer.addWidget(self._count)
        self.footer.addWidget(self._missing, 1)
        for button in (leave, take, self.go):
            self.footer.addWidget(button)
        self._counted()
        self.first = next(iter(self._groups.values())).buttons()[0]

    def say(self, text: str) -> None:
        """Say something else of what it is about."""
        self._about.setText(text)

    def choices(self) -> dict[str, str]:
        """Give what was chosen so far, by field: ``mine``, ``theirs`` or ``both``."""
        return {
            field: str(button.property("choice"))
            for field, group in self._groups.items()
            if (button := group.checkedButton()) is not None
        }

    def choose(self, field: str, choice: str) -> None:
        """Choose for a field."""
        for button in self._groups[field].buttons():
            if button.property("choice") == choice:
                button.setChecked(True)
                self._go_to(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, fields, at = event.key(), list(self._groups), self._field()
        if key in _ARROWS[:2]:
            self.choose(fields[at], MINE if key == Qt.Key.Key_Left else THEIRS)
        elif key in _ARROWS:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _field(self) -> int:
        now = focused(self)
        return next((n for n, group in enumerate(self._groups.values()) if now in group.buttons()), 0)

    def _step(self, by: int) -> None:
        # down goes through the options as they lie below one another, then to the next field
        groups, at = list(self._groups.values()), self._field()
        below = [button for button in groups[at].buttons() if button.property("choice") == BOTH]
        now = focused(self)
        if by > 0 and below and now is not below[0]:
            self._go_to(below[0])
        elif by < 0 and below and now is below[0]:
            self._go_to(groups[at].buttons()[0])
        else:
            group = groups[(at + by) % len(groups)]
            self._go_to(group.checkedButton() or group.buttons()[0])

    def _go_to(self, button: QAbstractButton) -> None:
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def _row(self, field: Field, *, shaded: bool) -> QFrame:
        made = frame("aside" if shaded else "clear")
        grid = _grid(made)
        grid.setContentsMargins(24, 12, 24, 12)
        title = wrapped(field.name, "body")
        title.setFont(label("", "body", 600).font())
        before = wrapped(field.before, "small", "muted")
        if not field.before:
            before.hide()
        for text in (title, before):
            text.setFixedWidth(px(_TITLE))
        grid.addLayout(column(title, before, None, spacing=2), 0, 0)
        group = self._groups[field.key] = QButtonGroup(self)
        add = partial(self._option, group, field.name)
        grid.addWidget(add(MINE, *field.mine), 0, 1)
        grid.addWidget(add(THEIRS, *field.theirs), 0, 2)
        if field.both:
            grid.addWidget(add(BOTH, _("Keep both, one below the other"), ""), 1, 1, 1, 2)
        for button in group.buttons():
            button.setChecked(button.property("choice") == field.chosen)
        group.buttonToggled.connect(lambda _button, _on: self._counted())
        return made

    def _option(self, group: QButtonGroup, name: str, choice: str, text: str, who: str) -> QAbstractButton:
        button = _Option(text, who)
        button.setProperty("choice", choice)
        button.setAccessibleName(f"{name}: {text}, {who}" if who else f"{name}: {text}")
        group.addButton(button)
        return button

    def _counted(self) -> None:
        chosen, count = self.choices(), len(self._groups)
        self._count.setText(_("{chosen} of {count} chosen").format(chosen=len(chosen), count=count))
        missing = ", ".join(self._fields[key].word for key in self._groups if key not in chosen)
        self._missing.setText(_("still missing: {fields}").format(fields=missing) if missing and chosen else "")
        self._missing.setToolTip(self._missing.text())
        self.go.setEnabled(len(chosen) == count)

    def _take_all(self) -> None:
        for field in self._groups:
            self.choose(field, THEIRS)
        self._save()

    def _save(self) -> None:
        choices = self.choices()
        self.dismiss()
        self._finished(choices)


class Strip(QFrame):
    """What merges by itself, in one line; all of it behind a button."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "okband")
        self._bold, self._names = label("", "body", 600, "ok"), label("", tone="ok")
        self._names.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._show = Button(_("Show"), kind="link", size="sm")
        self._show.clicked.connect(self._toggle)
        self._lines = column(spacing=2, margins=(48, 0, 24, 12))
        self._details = QWidget()
        self._details.setLayout(self._lines)
        self._details.hide()
        head = row(icon_label("check", "okText"), self._bold, spacing=8, margins=(24, 8, 16, 8))
        head.addWidget(self._names, 1)
        head.addWidget(self._show)
        self.setLayout(column(head, self._details, spacing=0))
        self.hide()

    def say(self, bold: str, names: str, lines: Sequence[str] = ()) -> None:
        """Say what merges: how much of it, what, and each in a line of its own."""
        self._bold.setText(bold)
        self._names.setText(names)
        self._names.setToolTip(names)
        self.setAccessibleName(f"{bold} {names}")
        clear(self._lines)
        for line in lines:
            self._lines.addWidget(wrapped(line, "small", "second"))
        self._show.setVisible(bool(lines))
        self.show()

    def _toggle(self) -> None:
        shown = self._details.isHidden()
        self._details.setVisible(shown)
        self._show.relabel(_("Hide") if shown else _("Show"))


def merged_by_themselves(count: int) -> str:
    """Say how many changes merged by themselves."""
    text = ngettext("{count} change merged by itself", "{count} changes merged by themselves", count)
    return text.format(count=count)


def _grid(parent: QWidget | None = None) -> QGridLayout:
    grid = QGridLayout(parent)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, px(_TITLE))
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    return grid


def _heads(sides: tuple[Side, Side]) -> QGridLayout:
    grid = _grid()
    grid.setContentsMargins(24, 6, 24, 6)
    grid.addWidget(label(_("Field"), "small", tone="second"), 0, 0)
    for place, (side, key) in enumerate(zip(sides, ("←", "→"), strict=True), 1):
        text = label(side.text, "small", tone="second")
        text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        grid.addLayout(row(Avatar(side.name), text, key_cap(key), None), 0, place)
    return grid


class _Option(QAbstractButton):
    """A choice in a frame: the value, below it who wrote it and when."""

    def __init__(self, text: str, who: str) -> None:
        super().__init__()
        self._text, self._who = text, who
        self.setText(text)
        self.setToolTip(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty(RADIUS, 6)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._words(width).height() + px(18) + (px(18) if self._who else 0)

    def sizeHint(self) -> QSize:
        return QSize(px(220), self.heightForWidth(px(340)))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()  # the dialog knows where they lead; Qt would look for what lies nearest
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setBrush(colour("accentTint" if on else "hover" if self.underMouse() else "surface"))
        painter.setPen(QPen(colour("accent" if on else "borderControl"), 2 if on else 1))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(6), px(6))
        ring = QRect(px(12), px(11), px(16), px(16))
        painter.setBrush(colour("surface"))
        painter.setPen(QPen(colour("accent" if on else "borderControl"), 1.5))
        painter.drawEllipse(ring)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("accent"))
            painter.drawEllipse(ring.adjusted(px(4), px(4), -px(4), -px(4)))
        words = self._words(self.width())
        painter.setFont(paint.cached_font("body"))
        painter.setPen(colour("text"))
        painter.drawText(words, int(_WRAPPED), self._text)
        below = QRect(words.left(), words.bottom() + px(2), self.width() - words.left() - px(12), px(16))
        paint.text(painter, below, self._who, "text2", "small")

    def _words(self, width: int) -> QRect:
        room = QRect(px(38), px(9), max(width - px(50), 1), px(18) * _LINES)
        found = paint.metrics("body").boundingRect(room, int(_WRAPPED), self._text)
        return QRect(room.left(), room.top(), room.width(), min(max(found.height(), px(18)), room.height()))


_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
