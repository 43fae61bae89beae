"""Promise another time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.chips import Flow
from ticketdesk.desktop.widgets.fields import Field
from ticketdesk.desktop.widgets.overlay import Overlay, go_button, leave_button
from ticketdesk.domain.clock import at, shop_time
from ticketdesk.texts import _


class DueDialog(Overlay):
    """A date and a time, with the usual ones a key away."""

    def __init__(self, desk: Desk, host: Host, before: datetime, done: Callable[[datetime], None]) -> None:
        super().__init__(host.window, _("Promised time"), width=460)
        self._zone, self._now, self._done = desk.shop.zone, desk.now, done
        local = shop_time(before, self._zone)
        self.edit = QDateTimeEdit(QDateTime(local.year, local.month, local.day, local.hour, local.minute, 0))
        self.edit.setCalendarPopup(True)
        self.edit.setDisplayFormat("ddd dd.MM.yyyy, HH:mm")
        self._field = Field(_("&When it will be ready"), self.edit, required=True)
        self.body.addWidget(self._field)
        several = QWidget()
        quick = Flow(several, gap=8)
        today = shop_time(desk.now(), self._zone)
        closing = datetime.strptime(desk.shop.closes_at, "%H:%M").time()  # noqa: DTZ007 - a time of day only
        for days in range(4):
            day = (today + timedelta(days=days)).date()
            if day.weekday() == 6:
                continue
            moment = at(day, closing if days == 0 else closing.replace(hour=12), self._zone)
            if moment > desk.now():
                press = Button(dates.moment_text(moment, desk.now(), self._zone), size="sm")
                press.clicked.connect(lambda _on=False, moment=moment: self._take(moment))
                quick.addWidget(press)
        self.body.addWidget(several)
        go = go_button(_("Promise"), self._finish)
        self.footer.addStretch(1)
        self.footer.addWidget(leave_button(self))
        self.footer.addWidget(go)

    def _finish(self) -> None:
        chosen = self.edit.dateTime().toPython()
        if isinstance(chosen, datetime):
            self._take(at(chosen.date(), chosen.time(), self._zone))

    def _take(self, moment: datetime) -> None:
        if moment <= self._now():
            self._field.error(_("That time has passed. Pick a later one."))
            return
        self.dismiss()
        self._done(moment)
