"""Where an order may go beside its next step, each with what stands in its way."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.menus import passing_menu
from ticketdesk.domain.moving import may_move
from ticketdesk.domain.orders import HANDED_OVER, MOVES, STATUS, Facts, obstacles
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _


def moves_menu(
    parent: QWidget, desk: Desk, page: OrderPage, move: Callable[[str], None], leave_unpaid: Callable[[], None]
) -> QMenu:
    """Make the menu of all lawful moves; what is not possible now says why."""
    menu, order = passing_menu(parent), page.row
    for to in MOVES[order.status]:
        no = _obstacle(desk, page, to)
        action = menu.addAction(f"{_(STATUS[to].step)}: {no}" if no else _(STATUS[to].step), partial(move, to))
        action.setEnabled(not no)
    if HANDED_OVER in MOVES[order.status] and order.balance > 0 and order.customer_name:
        menu.addAction(_("Hand over, to be paid later…"), leave_unpaid)
    return menu


def _obstacle(desk: Desk, page: OrderPage, to: str) -> str:
    order = page.row
    if not may_move(desk.role, order.status, to):
        return _("Your role may not do this.")
    facts = Facts(
        order.status,
        due=order.balance,
        assigned=order.assignee_id is not None,
        diagnosis=page.diagnosis,
        lines=len(page.lines),
        reason="asked afterwards",
        beyond=0 if page.agreed is None else order.total - page.agreed,
    )
    return next(iter(obstacles(facts, to)), "")
