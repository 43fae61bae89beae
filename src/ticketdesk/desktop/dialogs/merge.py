"""Two people changed the same fields: both are shown, the later one chooses, field by field."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.sentences import FIELDS, value_text
from ticketdesk.desktop.widgets.basics import Avatar, Button, column, frame, icon_label, key_cap, label, row
from ticketdesk.desktop.widgets.focus import focused
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.domain.errors import Clash, Conflict
from ticketdesk.services.merging import Edit
from ticketdesk.texts import _, ngettext

MINE, THEIRS, BOTH = "mine", "theirs", "both"
_TEXTS = {"complaint", "diagnosis"}
_LINES = 6
"""How many lines of a long text an option shows; the tool tip has it whole."""


def retry(edit: Edit, conflict: Conflict, choices: dict[str, str]) -> Edit:
    """Give the edit that carries the choices out, on top of what the other person saved."""
    base, values = dict(edit.base), dict(edit.values)
    for clash in conflict.clashes:
        base[clash.field] = clash.theirs
        if choices[clash.field] == THEIRS:
            del values[clash.field], base[clash.field]
        elif choices[clash.field] == BOTH:
            values[clash.field] = f"{clash.theirs}\n{clash.mine}"
    return Edit(edit.id, base, values)


class MergeDialog(Overlay):
    """A row for each field: mine, theirs, or both where both can stand. Nothing is chosen beforehand."""

    def __init__(self, desk: Desk, host: Host, conflict: Conflict, done: Callable[[dict[str, str]], None]) -> None:
        other = conflict.clashes[0].by
        title = _("{name} changed the same while you were editing").format(name=other or _("Somebody else"))
        super().__init__(host.window, title, width=960)
        self._finished, self._desk = done, desk
        self._groups: dict[str, QButtonGroup] = {}
        self.body.addWidget(label(_("Nothing is lost: choose what stays in the fields below."), tone="second"))
        if conflict.merged:
            self.body.addWidget(_merged_strip(conflict.merged))
        grid = QGridLayout()
        grid.setContentsMargins(2, 2, 2, 2)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, px(132))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        me = desk.staff.name if desk.staff is not None else ""
        for at, name, text, key in ((1, me, _("Yours"), "←"), (2, other, _("{name}'s").format(name=other), "→")):
            grid.addLayout(row(Avatar(name), label(text, tone="second"), key_cap(key), None), 0, at)
        for place, clash in enumerate(conflict.clashes):
            self._row(grid, 3 * place + 1, clash)
        self.body.addWidget(_scrolled(grid), 1)
        self._names = {clash.field: _(FIELDS.get(clash.field, clash.field)) for clash in conflict.clashes}
        self._count = label("", tone="second")
        take = Button(_("Take all from {name}").format(name=other), size="md")
        take.clicked.connect(self._take_all)
        edit = Button(_("Back to editing"), "Esc", "quiet", size="md")
        edit.clicked.connect(self.dismiss)
        self.go = Button(_("Save the merge"), "Ctrl+Enter", "primary", size="md")
        self.go.setShortcut("Ctrl+Return")
        self.go.clicked.connect(self._save)
        for widget in (self._count, edit, take, self.go):
            self.footer.addWidget(widget, 1 if widget is self._count else 0)
        self._counted()

    def present(self, first: QWidget | None = None) -> None:
        """Show the dialog, the first field's two options ahead."""
        super().present(first or next(iter(self._groups.values())).buttons()[0])

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
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, fields, at = event.key(), list(self._groups), self._field()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.choose(fields[at], MINE if key == Qt.Key.Key_Left else THEIRS)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
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
            below[0].setFocus(Qt.FocusReason.TabFocusReason)
        elif by < 0 and below and now is below[0]:
            groups[at].buttons()[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            group = groups[(at + by) % len(groups)]
            (group.checkedButton() or group.buttons()[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def _row(self, grid: QGridLayout, at: int, clash: Clash) -> None:
        zone, now = self._desk.shop.zone, self._desk.now()
        name = _(FIELDS.get(clash.field, clash.field))
        before = label(
            _("before: {value}").format(value=value_text(clash.field, clash.base, zone)), "small", tone="muted"
        )
        before.setWordWrap(True)
        before.setMaximumWidth(px(150))
        title = label(name[:1].upper() + name[1:], "body", 600)
        grid.addLayout(column(title, before, None, spacing=2), at, 0)
        group = self._groups[clash.field] = QButtonGroup(self)
        when = dates.moment_text(datetime.fromisoformat(clash.at), now, zone) if clash.at else ""
        mine, theirs = value_text(clash.field, clash.mine, zone), value_text(clash.field, clash.theirs, zone)
        add = partial(self._option, group, name)
        grid.addWidget(add(MINE, mine, _("you, now")), at, 1)
        grid.addWidget(add(THEIRS, theirs, ", ".join(part for part in (clash.by, when) if part)), at, 2)
        if clash.field in _TEXTS and clash.mine and clash.theirs:
            grid.addWidget(add(BOTH, _("Keep both, one below the other"), ""), at + 1, 1, 1, 2)
        group.buttonToggled.connect(lambda _button, _on: self._counted())

    def _option(self, group: QButtonGroup, name: str, choice: str, text: str, who: str) -> QAbstractButton:
        button = _Option(text, who)
        button.setProperty("choice", choice)
        button.setAccessibleName(f"{name}: {text}, {who}" if who else f"{name}: {text}")
        group.addButton(button)
        return button

    def _counted(self) -> None:
        chosen, count = self.choices(), len(self._groups)
        text = _("{chosen} of {count} chosen").format(chosen=len(chosen), count=count)
        missing = [self._names[field] for field in self._groups if field not in chosen]
        if missing and chosen:
            text = f"{text} · {_('still missing: {fields}').format(fields=', '.join(missing))}"
        self._count.setText(text)
        self.go.setEnabled(len(chosen) == count)

    def _take_all(self) -> None:
        for field in self._groups:
            self.choose(field, THEIRS)
        self._save()

    def _save(self) -> None:
        choices = self.choices()
        self.dismiss()
        self._finished(choices)


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
        return QSize(px(160), px(40))

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


def _merged_strip(merged: Sequence[str]) -> QFrame:
    strip = frame("ok")
    names = ", ".join(_(FIELDS.get(field, field)) for field in merged)
    text = ngettext("{count} change merged by itself", "{count} changes merged by themselves", len(merged))
    bold = label(text.format(count=len(merged)), "body", 600)
    strip.setLayout(row(icon_label("check", "okText"), bold, label(names), None, margins=(16, 10, 16, 10)))
    return strip


def _scrolled(grid: QGridLayout) -> QScrollArea:
    # many or long fields scroll; few take what they need
    holder = QWidget()
    holder.setProperty("kind", "clear")
    holder.setLayout(grid)
    return _Fields(holder)


class _Fields(QScrollArea):
    """As high as its fields, if the window is."""

    def __init__(self, holder: QWidget) -> None:
        super().__init__()
        self._holder = holder
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(holder)

    def sizeHint(self) -> QSize:
        width = max(self.width(), px(880))
        wanted = max(self._holder.heightForWidth(width), self._holder.minimumSizeHint().height())
        return QSize(width, wanted + px(4))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(400), min(self.sizeHint().height(), px(120)))
