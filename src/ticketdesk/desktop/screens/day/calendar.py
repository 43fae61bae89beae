"""Choosing the day of the report: a month, painted by ourselves and walked by arrows."""

from datetime import date, timedelta

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.spoken import Role
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.widgets.basics import Button, IconButton, announce, label, row
from ticketdesk.desktop.widgets.overlay import Overlay, leave_button
from ticketdesk.texts import _

_CELL, _HEAD, _WEEKS = 40, 28, 6
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class Month(QWidget):
    """A month of days up to today: arrows walk, PgUp and PgDn turn the page, Enter or a click chooses."""

    spoken_role = Role.Grouping
    chosen = Signal(object)  # date
    turned = Signal()

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day, self._today = day, today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Day of the report"))
        self.setProperty(RADIUS, 6)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()
        theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(7 * _CELL), px(_HEAD + _WEEKS * _CELL))

    def spoken_value(self) -> str:
        """Give the day that is chosen."""
        return dates.long_day(self.day)

    def walk(self, day: date) -> None:
        """Go to a day; not beyond today."""
        self.day = min(day, self._today)
        self._say()
        announce(self, dates.long_day(self.day))
        self.turned.emit()
        self.update()

    def turn(self, months: int) -> None:
        """Go to the same day of another month, or its last one."""
        count = self.day.year * 12 + self.day.month - 1 + months
        first = date(count // 12, count % 12 + 1, 1)
        following = (first + timedelta(days=31)).replace(day=1)
        self.walk(min(first + timedelta(days=self.day.day - 1), following - timedelta(days=1)))

    def area_of(self, day: date) -> QRect:
        """Say where a day stands in the month that is shown."""
        weeks, weekday = divmod((day - self._first()).days, 7)
        return QRect(px(weekday * _CELL), px(_HEAD + weeks * _CELL), px(_CELL), px(_CELL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.walk(self.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key is Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        day = next((day for day in self._days() if self.area_of(day).contains(at)), None)
        if day is not None and day <= self._today:
            self.day = day
            self.chosen.emit(day)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, day in enumerate(self._days()[:7]):
            name = dates.locale().dayName(day.isoweekday(), dates.locale().FormatType.ShortFormat)
            area = QRect(px(place * _CELL), 0, px(_CELL), px(_HEAD))
            paint.text(painter, area, name.rstrip("."), "text2", "small", 500, paint.CENTRE)
        for day in self._days():
            self._paint_day(painter, day)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        area = self.area_of(day)
        box = QRectF(area).adjusted(3, 3, -3, -3)
        ink = "text" if day.month == self.day.month else "text3"
        if day == self.day:
            paint.rounded(painter, box, px(6), colour("accent"))
            ink = "textOnAccent"
        elif day > self._today:
            ink = "textDisabled"
        if day == self._today and day != self.day:
            painter.setPen(QPen(colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(6), px(6))
        weight = 600 if day in (self.day, self._today) else 400
        paint.text(painter, area, str(day.day), ink, "body", weight, paint.CENTRE)

    def _first(self) -> date:
        begin = self.day.replace(day=1)
        return begin - timedelta(days=begin.weekday())

    def _days(self) -> list[date]:
        return [self._first() + timedelta(days=step) for step in range(7 * _WEEKS)]

    def _say(self) -> None:
        self.setAccessibleDescription(dates.long_day(self.day))


class DayChooser(Overlay):
    """A month to choose a day from; the future has no report."""

    chosen = Signal(object)  # date

    def __init__(self, window: QWidget, day: date, today: date) -> None:
        super().__init__(window, _("Choose a day"), width=px(7 * _CELL + 48))
        self.month = Month(day, today)
        self._name = label("", "field", 600)
        before, after = IconButton("chev-l", _("Month before"), "PgUp"), IconButton("chev-r", _("Month after"), "PgDn")
        before.clicked.connect(lambda: self.month.turn(-1))
        after.clicked.connect(lambda: self.month.turn(1))
        self.body.addLayout(row(self._name, None, before, after))
        self.body.addWidget(self.month)
        now = Button(_("Today"))
        now.clicked.connect(lambda: self._choose(today))
        self.footer.addWidget(now)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.month.turned.connect(self._name_month)
        self.month.chosen.connect(self._choose)
        self._name_month()
        self.first = self.month

    def _name_month(self) -> None:
        self._name.setText(dates.month(self.month.day))

    def _choose(self, day: date) -> None:
        self.dismiss()
        self.chosen.emit(day)
