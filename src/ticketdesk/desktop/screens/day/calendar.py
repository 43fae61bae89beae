"""Choosing the day of the report from a calendar."""

from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.look.theme import colour
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.overlay import Overlay
from ticketdesk.texts import _


class DayChooser(Overlay):
    """A month to choose a day from; the future has no report."""

    chosen = Signal(object)  # date

    def __init__(self, window: QWidget, day: date, today: date) -> None:
        super().__init__(window, _("Choose a day"), width=380)
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(_("Day of the report"))
        self.calendar.setLocale(dates.locale())
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setMaximumDate(QDate(today.year, today.month, today.day))
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        quiet = QTextCharFormat()
        quiet.setForeground(colour("text"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(weekday, quiet)
        self.calendar.activated.connect(self._choose)
        self.calendar.clicked.connect(self._choose)
        self.body.addWidget(self.calendar)
        now = Button(_("Today"))
        now.clicked.connect(lambda: self._choose(self.calendar.maximumDate()))
        self.footer.addWidget(now)
        self.footer.addStretch(1)

    def present(self, first: QWidget | None = None) -> None:
        """Show the calendar with the focus in its days."""
        view = self.calendar.findChild(QWidget, "qt_calendar_calendarview")
        super().present(first or view)

    def _choose(self, day: QDate) -> None:
        self.dismiss()
        self.chosen.emit(date(day.year(), day.month(), day.day()))
