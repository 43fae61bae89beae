"""What is still to do on an order, and what was done."""

from collections.abc import Callable

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.widgets.basics import Avatar, Button, label, row
from ticketdesk.desktop.widgets.fields import Tick
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.rights import Right
from ticketdesk.services.pages import OrderPage, TaskRow
from ticketdesk.texts import _


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
        box = Tick(task.text)
        box.setChecked(task.done_at is not None)
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
