"""What can be done to a card of the board, by mouse, keys and menu alike."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop import changing
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.menus import passing_menu
from ticketdesk.desktop.screens.board import moves
from ticketdesk.desktop.screens.board.moves import Spot
from ticketdesk.desktop.screens.orders.deeds import Deeds
from ticketdesk.domain.orders import MOVES, STATUS
from ticketdesk.domain.rights import Right
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _


class BoardDeeds(Deeds):
    """Moves cards and gives them to people, or says why not; and all that is done to an order elsewhere."""

    def __init__(self, desk: Desk, host: Host, board: QWidget) -> None:
        super().__init__(desk, host, board)
        self._board = board

    def move_to(self, found: OrderRow, status: str) -> None:
        """Move a card to another status."""
        if reason := moves.obstacle(self._desk, found, status):
            self._host.toast(reason, "warning", _("Open"), lambda: self._host.open_order(found.id))
        else:
            changing.move(self._desk, self._host, self._board, found, status)

    def move_beside(self, found: OrderRow, step: int) -> None:
        """Move a card to where the flow leads to the right (1) or left (-1)."""
        if (to := moves.beside(found, step)) is not None:
            self.move_to(found, to)

    def give(self, found: OrderRow, spot: Spot) -> None:
        """Make the owner of a lane responsible."""
        owner = spot.owner
        if reason := moves.why_not(self._desk, found, spot):
            self._host.toast(reason, "warning")
        elif owner is not None and self._desk.may(Right.ASSIGN):
            changing.assign(self._desk, self._host, self._board, found, owner.id, owner.name)
        else:
            self.claim(found)

    def offer(self, found: OrderRow, at: QPoint) -> None:
        """Offer in a menu where a card may go."""
        menu = passing_menu(self._board)
        menu.addAction(_("Open"), lambda: self._host.open_order(found.id))
        if found.assignee_id is None and self._desk.may(Right.CLAIM):
            menu.addAction(_("Claim"), lambda: self.claim(found))
        menu.addSeparator()
        for to in MOVES[found.status]:
            action = menu.addAction(_(STATUS[to].step))
            action.triggered.connect(lambda _on=False, to=to: self.move_to(found, to))
            action.setEnabled(not moves.obstacle(self._desk, found, to))
        menu.popup(at)
