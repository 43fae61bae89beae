"""The foot of the bench: where the order may go from here."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from ticketdesk.desktop import nextstep
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, column, hline, label, row
from ticketdesk.desktop.widgets.split import SplitButton
from ticketdesk.domain.orders import AWAITING_APPROVAL, AWAITING_PARTS, MOVES, STATUS
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import POOL
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _, ngettext

_MARGIN, _GAP = 20, 8


class JobFooter(QFrame):
    """The next step, what else is usual, and giving the order back; the page gives its buttons their meaning."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setMinimumHeight(px(56))
        self._desk = desk
        self.moves = {
            AWAITING_PARTS: Button(_(STATUS[AWAITING_PARTS].step), icon="stock", size="md"),
            AWAITING_APPROVAL: Button(_(STATUS[AWAITING_APPROVAL].step), icon="message", size="md"),
        }
        self.release = Button(_("Give back to the pool"), kind="quiet", icon="undo", size="md")
        self.step = SplitButton("", "F8", "primary", "check", "md")
        self._left = label("", tone="second")
        parts = (*self.moves.values(), self.release, None, self._left, self.step)
        self.setLayout(column(hline(), row(*parts, spacing=_GAP, margins=(_MARGIN, 9, _MARGIN, 10)), spacing=0))

    def show_order(self, page: OrderPage) -> None:
        """Show where an order may go."""
        order, person = page.row, self._desk.staff
        for to, press in self.moves.items():
            press.setEnabled(to in MOVES[order.status] and self._desk.may(STATUS[to].right))
        mine = person is not None and order.assignee_id == person.id
        self.release.setEnabled(mine and self._desk.may(Right.CLAIM))
        left = sum(task.done_at is None for task in page.tasks)
        said = ngettext("{count} task left", "{count} tasks left", left).format(count=left)
        self._left.setText(said if left else "")
        found = nextstep.step(order)
        self.step.setVisible(found is not None)
        if found is not None:
            self.step.relabel(_(found.text), found.icon)
            no = nextstep.why_not(self._desk, order)
            self.step.setEnabled(not no)
            self.step.setToolTip(no)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what there is no room for: the count of tasks, the moves that the arrow offers, too, giving back."""
        moves = tuple(self.moves.values())
        room = self.width() - 2 * _MARGIN - (0 if self.step.isHidden() else _wide(self.step))
        room -= _wide(self.release)
        self.release.setVisible(self._desk.shop.allocation == POOL and room >= 0)
        for press in moves:
            press.setVisible(room >= _wide(*moves))
        room -= _wide(*moves)
        self._left.setVisible(bool(self._left.text()) and room >= _wide(self._left) + _GAP)


def _wide(*parts: QWidget) -> int:
    """Give how wide parts are side by side, each with the gap before it."""
    return sum(part.sizeHint().width() + _GAP for part in parts)
