"""What is still to do on an order, and what was done."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Avatar, Button, label, row
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.rights import Right
from ticketdesk.services.pages import OrderPage, TaskRow
from ticketdesk.texts import _


class TaskBox(QCheckBox):
    """A task and its tick; a long one is cut at its end, and said whole in its tool tip."""

    def __init__(self, task: TaskRow) -> None:
        super().__init__()
        self._whole = task.text
        self.setAccessibleName(task.text)
        self.setToolTip(task.text)
        self.setChecked(task.done_at is not None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(120), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - px(32)
        shown = paint.metrics("body").elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))


def tasks_card(page: OrderPage, desk: Desk, add: Callable[[], None], tick: Callable[[TaskRow, bool], None]) -> Card:
    """Make the list of tasks with their ticks."""
    done = sum(task.done_at is not None for task in page.tasks)
    card = Card(_("Tasks"))
    card.body.setContentsMargins(0, 4, 0, 4)
    card.body.setSpacing(0)
    if page.tasks:
        card.head.insertWidget(1, label(_("{done} of {count}").format(done=done, count=len(page.tasks)), tone="muted"))
    more = Button(_("Add"), "Ctrl+J", "quiet", "plus")
    more.setAccessibleName(_("Add a task"))
    more.clicked.connect(add)
    more.setEnabled(desk.may(Right.NOTE))
    card.head.addWidget(more)
    for task in page.tasks:
        box = TaskBox(task)
        box.setEnabled(desk.may(Right.NOTE))
        box.toggled.connect(lambda on, task=task: tick(task, on))
        line = row(margins=(16, 2, 16, 2))
        line.addWidget(box, 1)
        moment = task.done_at or task.due_at
        if moment:
            line.addWidget(label(dates.moment_text(moment, desk.now(), desk.shop.zone), "small", tone="muted"))
        if task.done_by or task.assignee:
            line.addWidget(Avatar(task.done_by or task.assignee))
        card.body.addLayout(line)
    if not page.tasks:
        card.body.addLayout(row(label(_("No tasks."), tone="muted"), None, margins=(16, 4, 16, 4)))
    card.body.addStretch(1)
    return card
