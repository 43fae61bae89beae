"""The head of the order on the bench: what it is, for when it is promised, and the timer."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.screens.order.header import Title
from ticketdesk.desktop.widgets.basics import (
    Button,
    StatusChip,
    clear,
    column,
    frame,
    hline,
    icon_label,
    label,
    retone,
    row,
    tag,
)
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.domain.devices import kind_of
from ticketdesk.domain.rights import Right
from ticketdesk.services.lists import is_late
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _

_ROOMY, _ENOUGH = 760, 560
"""Below these widths, in pixels, the buttons show no keys; then the queue alone shows the status, and opens."""


class JobHead(QFrame):
    """Shows which order is worked at, and for how long; the page gives its buttons their meaning."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self._desk = desk
        self._page: OrderPage | None = None
        self._icon, self._chip = icon_label("phone", "text2", 20), StatusChip()
        self._device, self._number = Title(), label("", "field", tone="second")
        self._due = Elided("", "small", 400, "text2")
        self._marks = QHBoxLayout()
        self._marks.setSpacing(px(8))
        self.time = label("", "title", 600)
        self.turn = Button(_("Start"), "Ctrl+B", "quiet", "clock", "sm")
        self.open = Button(_("Open"), _("Enter"), "quiet")
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._show_time)
        self._lay_out()

    def _lay_out(self) -> None:
        timer = frame("card")
        timer.setLayout(row(self.time, self.turn, spacing=4, margins=(12, 3, 4, 3)))
        first = row(self._device, self._number, self._chip, spacing=8)
        first.setStretch(0, 10)
        first.addLayout(self._marks)
        first.addStretch(1)
        words = column(first, self._due, spacing=2)
        across = row(self._icon, spacing=12, margins=(20, 8, 16, 8))
        across.addLayout(words, 1)
        across.addWidget(timer)
        across.addWidget(self.open)
        self.setLayout(column(across, hline(), spacing=0))

    @property
    def runs(self) -> bool:
        """Say whether the timer of who is signed in runs at this order."""
        person, page = self._desk.staff, self._page
        return person is not None and page is not None and any(one.staff_id == person.id for one in page.worked.running)

    def fit(self, room: int) -> None:
        """Take the look that suits a page so wide, in pixels."""
        for button in (self.turn, self.open):
            button.show_key(shown=room >= px(_ROOMY))
        for part in (self._chip, self.open):
            part.setVisible(room >= px(_ENOUGH))

    def show_order(self, page: OrderPage) -> None:
        """Show an order, and what its timer does."""
        self._page, order = page, page.row
        self._icon.show_icon(kind_of(order.device_kind).icon)
        self._device.say(", ".join(part for part in (order.device_title, page.device.colour) if part))
        self._number.setText(str(order.number))
        self._chip.show_status(order.status)
        clear(self._marks)
        if order.urgency == "urgent":
            self._marks.addWidget(tag(_("Urgent"), "warn", "bolt"))
        self.see()
        self.turn.relabel(_("Pause") if self.runs else _("Start"))
        name = _("Pause the timer") if self.runs else _("Start the timer")
        self.turn.setAccessibleName(name)
        self.turn.setEnabled(self.runs or self._may_take_time(page))
        self._show_time()
        if page.worked.running:
            self._tick.start()
        else:
            self._tick.stop()

    def _may_take_time(self, page: OrderPage) -> bool:
        person, order, may = self._desk.staff, page.row, self._desk.may
        theirs = person is not None and order.assignee_id == person.id
        at_work = order.phase in {"new", "working", "waiting"}
        return at_work and may(Right.CLAIM) and (theirs or may(Right.ASSIGN))

    def see(self) -> None:
        """Say again for when the order is promised: time goes on."""
        if self._page is None:
            return
        order, moment, zone = self._page.row, self._desk.now(), self._desk.shop.zone
        due = _("due {moment}").format(moment=dates.moment_text(order.promised_at, moment, zone))
        left = dates.until(order.promised_at, moment, zone) if order.phase in {"new", "working", "waiting"} else ""
        self._due.setText(
            " · ".join(part for part in (order.customer_name, ", ".join(filter(None, (due, left)))) if part)
        )
        self._due.ink("dangerText" if is_late(order, moment) else "text2")

    def _show_time(self) -> None:
        if self._page is not None:
            minutes, seconds = divmod(self._page.worked.until(self._desk.now()), 60)
            hours, minutes = divmod(minutes, 60)
            self.time.setText(f"{hours}:{minutes:02}:{seconds:02}")
            self.time.setAccessibleName(_("Worked: {time}").format(time=self.time.text()))
            retone(self.time, "" if self._page.worked.running else "second")
