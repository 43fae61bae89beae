"""Which card may go where, as far as a card shows it; the action itself knows the rest."""

import json
from dataclasses import dataclass, replace

from PySide6.QtCore import QByteArray, QMimeData

from ticketdesk.desktop.desk import Desk
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import MOVES, STATUS, STATUSES, Facts, Phase, obstacles
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _

COLUMNS = tuple(status.key for status in STATUSES if status.phase not in (Phase.DONE, Phase.CANCELLED))
"""The statuses that have a column, in the order of the flow."""

_MIME = "application/x-ticketdesk-order"


@dataclass(frozen=True, slots=True)
class Dragged:
    """An order on its way, and the status it was seen in."""

    order_id: UUID
    seen: str


def pack(row: OrderRow) -> QMimeData:
    """Wrap an order for dragging."""
    data = QMimeData()
    content = json.dumps({"order": str(row.id), "seen": row.status})
    data.setData(_MIME, QByteArray(content.encode()))
    return data


def unpack(data: QMimeData) -> Dragged | None:
    """Read what is dragged; nothing if it is no order."""
    if not data.hasFormat(_MIME):
        return None
    content = json.loads(bytes(data.data(_MIME).data()).decode())
    return Dragged(UUID(content["order"]), content["seen"])


def obstacle(desk: Desk, row: OrderRow, to: str) -> str:
    """Say why a card may not go to a column; empty if nothing that a card shows stands in the way."""
    if to not in MOVES[row.status]:
        return obstacles(Facts(row.status), to)[0]
    if not desk.may(STATUS[to].right):
        return _("Your role may not move an order to “{status}”.").format(status=_(STATUS[to].label))
    # a card does not show diagnosis and lines, and the reason is asked later: those are left to the action
    assigned = row.assignee_id is not None
    facts = Facts(row.status, row.balance, assigned, diagnosis="?", reason="?")
    return "\n".join(obstacles(facts, to))


def beside(row: OrderRow, step: int) -> str | None:
    """Give the next column to the right (1) or left (-1) that the flow leads to; else the very next one."""
    place = COLUMNS.index(row.status) + step
    ahead = COLUMNS[place:] if step > 0 else COLUMNS[place::-1] if place >= 0 else ()
    return next((to for to in ahead if to in MOVES[row.status]), ahead[0] if ahead else None)


def as_seen(row: OrderRow, dragged: Dragged) -> OrderRow:
    """Give a card as it was when the drag began, so that a move made meanwhile is noticed."""
    return replace(row, status=dragged.seen)
