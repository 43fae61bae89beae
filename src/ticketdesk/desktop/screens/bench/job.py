"""The work at one order: what is wrong, what was found, tasks, notes, parts and photos, on one page."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ticketdesk.desktop import changing
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.menus import under
from ticketdesk.desktop.screens.bench.cards import parts_card, problem_card
from ticketdesk.desktop.screens.bench.footer import JobFooter
from ticketdesk.desktop.screens.bench.head import JobHead
from ticketdesk.desktop.screens.order.photos import photos_card
from ticketdesk.desktop.screens.order.tasks import tasks_card
from ticketdesk.desktop.screens.order.work import Work
from ticketdesk.desktop.widgets.basics import clear, column, inside
from ticketdesk.desktop.widgets.focus import focus_named, focused, put_in_order
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.desktop.widgets.scrolled import scrolled
from ticketdesk.domain.keys import UUID
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _

_TWO_COLUMNS = 900
"""From this width on, in pixels, the cards stand in two columns."""


class Job(QWidget):
    """One order on the bench, kept up to date without losing what is being typed."""

    def __init__(self, desk: Desk, host: Host, order_id: UUID) -> None:
        super().__init__()
        self.order_id = order_id
        self._desk, self._host = desk, host
        self.work = Work(desk, host, order_id, self)
        self.head, self.footer = JobHead(desk), JobFooter(desk)
        self._problem, self._tasks, self._parts, self._photos = (QVBoxLayout() for _card in range(4))
        self._shown: dict[QVBoxLayout, object] = {}
        self._note = Card(_("Note"))
        self._note.body.addWidget(self.work.composer)
        self._connect()
        self._lay_out()
        for part in self.panes:
            part.hide()  # until the order was read

    def turn_timer(self) -> None:
        """Start one's timer at this order, or pause it."""
        if self.head.turn.isEnabled():
            self._host.turn_timer(self.order_id, on=not self.head.runs)

    def release(self) -> None:
        """Give the order back to the pool."""
        if self.work.page is not None and self.footer.release.isEnabled():
            changing.release(self._desk, self._host, self, self.work.page.row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width()
        wide = room >= px(_TWO_COLUMNS)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(across if wide else down)
        self._columns.setStretch(0, 0 if not wide else 9)
        self._columns.setStretch(1, 0 if not wide else 11)
        self.head.fit(room)

    def _connect(self) -> None:
        work, footer = self.work, self.footer
        work.shown.connect(self._show)
        self.head.open.clicked.connect(lambda: self._host.open_order(self.order_id))
        self.head.turn.clicked.connect(self.turn_timer)
        for to, press in footer.moves.items():
            press.clicked.connect(lambda _on=False, to=to: work.move_to(to))
        footer.release.clicked.connect(self.release)
        footer.step.clicked.connect(work.next_step)
        footer.step.menu_wanted.connect(lambda: work.offer_moves(under(footer.step)))

    def _lay_out(self) -> None:
        first = column(self._problem, self.work.diagnosis, self._tasks, None, spacing=12)
        second = column(self._note, self._parts, self._photos, None, spacing=12)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(12)
        self._columns.setContentsMargins(20, 12, 20, 16)
        self._columns.addLayout(first)
        self._columns.addLayout(second)
        holder = QWidget()
        holder.setObjectName("page")
        whole = QVBoxLayout(holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._columns)
        whole.addStretch(1)
        self._area = scrolled(holder)
        layout = column(self.head, self._area, self.footer, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.panes = (self.head, self._area, self.footer)

    def _show(self, page: OrderPage) -> None:
        held, place = self._held(), self._area.verticalScrollBar().value()
        self.head.show_order(page)
        self.footer.show_order(page)
        work, desk = self.work, self._desk
        self._fill(self._problem, _intake(page), lambda: problem_card(page, work.code.make_row(page)))
        self._fill(self._tasks, page.tasks, lambda: tasks_card(page, desk, work.add_task, work.tick))
        self._fill(self._parts, (page.lines, work.lines_open()), lambda: parts_card(page, work))
        self._fill(self._photos, page.attachments, lambda: photos_card(page, desk, work.photos))
        for part in self.panes:
            part.show()
        self._fit()
        # the cards are shown, and find their height, in the next turn of the loop
        QTimer.singleShot(0, self._area, lambda: self._restore(held, place))

    def _fill(self, slot: QVBoxLayout, facts: object, make: Callable[[], Card]) -> None:
        """Make a card anew if what it shows has changed: the focus may be in it, and a code in sight."""
        if slot.count() == 0 or self._shown.get(slot) != facts:
            self._shown[slot] = facts
            clear(slot)
            slot.addWidget(make())

    def _restore(self, held: str, place: int) -> None:
        if held:
            focus_named(self._area, held)
        self._area.verticalScrollBar().setValue(place)
        first = (*inside(self._problem), self.work.diagnosis, *inside(self._tasks))
        put_in_order(self.head, *first, self._note, *inside(self._parts), *inside(self._photos), self.footer)

    def _held(self) -> str:
        """Give the name of the control of a card that has the focus: the cards are made anew."""
        now = focused(self)
        return now.accessibleName() if now is not None and now.hasFocus() and self._area.isAncestorOf(now) else ""


def _intake(page: OrderPage) -> tuple[object, ...]:
    """Give what the card of the problem shows."""
    said = (page.row.complaint, page.condition, page.accessories, page.address, page.row.bin)
    return (*said, page.unlock_kind, page.has_unlock_code)
