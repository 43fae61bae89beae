"""Which card may go where, as far as a card shows it; the action itself knows the rest."""

import json
from dataclasses import dataclass, replace

from PySide6.QtCore import QByteArray, QMimeData

from ticketdesk.desktop.desk import Desk
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.moving import may_move
from ticketdesk.domain.orders import MOVES, STATUS, STATUSES, Facts, Phase, obstacles
from ticketdesk.domain.rights import Right
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _

COLUMNS = tuple(status.key for status in STATUSES if status.phase not in (Phase.DONE, Phase.CANCELLED))
"""The statuses that have a column, in the order of the flow."""

_MIME = "application/x-ticketdesk-order"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose lane it is: a person's, or that of the pool, which has no key."""

    id: UUID | None
    name: str

    @property
    def title(self) -> str:
        """Give what the lane is called."""
        return self.name if self.id is not None else _("Pool")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where cards lie: under a status, and in somebody's lane where there are lanes."""

    status: str
    owner: Owner | None = None

    @property
    def name(self) -> str:
        """Give what the spot is called."""
        label = _(STATUS[self.status].label)
        return label if self.owner is None else f"{self.owner.title}, {label}"

    def is_of(self, person: UUID | None) -> bool:
        """Say whether the cards of a person, or of the pool, lie in this lane."""
        return self.owner is None or self.owner.id == person


@dataclass(frozen=True, slots=True)
class Dragged:
    """An order on its way, the status it was seen in, and who answered for it then."""

    order_id: UUID
    seen: str
    person: UUID | None = None


def pack(row: OrderRow) -> QMimeData:
    """Wrap an order for dragging."""
    data = QMimeData()
    person = str(row.assignee_id) if row.assignee_id is not None else None
    content = json.dumps({"order": str(row.id), "seen": row.status, "person": person})
    data.setData(_MIME, QByteArray(content.encode()))
    return data


def unpack(data: QMimeData) -> Dragged | None:
    """Read what is dragged; nothing if it is no order."""
    if not data.hasFormat(_MIME):
        return None
    content = json.loads(bytes(data.data(_MIME).data()).decode())
    person = UUID(content["person"]) if content["person"] is not None else None
    return Dragged(UUID(content["order"]), content["seen"], person)


def promise(dragged: Dragged, spot: Spot) -> str:
    """Say what a drop at a spot would do."""
    if spot.is_of(dragged.person):
        return _("Move to “{status}”").format(status=_(STATUS[spot.status].label))
    if spot.owner is None or spot.owner.id is None:
        return _("Back to the pool")
    return _("Give to {name}").format(name=spot.owner.name)


def obstacle(desk: Desk, row: OrderRow, to: str) -> str:
    """Say why a card may not go to a column; empty if nothing that a card shows stands in the way."""
    if to not in MOVES[row.status]:
        return obstacles(Facts(row.status), to)[0]
    if not may_move(desk.role, row.status, to):
        return _("Your role may not move an order to “{status}”.").format(status=_(STATUS[to].label))
    # a card does not show diagnosis and lines, and the reason is asked later: those are left to the action
    assigned = row.assignee_id is not None
    facts = Facts(row.status, row.balance, assigned, diagnosis="?", reason="?")
    return "\n".join(obstacles(facts, to))


def why_not(desk: Desk, row: OrderRow, spot: Spot) -> str:
    """Say why a card may not go to a spot; empty if nothing that a card shows stands in the way."""
    if spot.is_of(row.assignee_id):
        return obstacle(desk, row, spot.status)
    if spot.status != row.status:
        return _("One thing at a time: to another person, or to another status.")
    if desk.may(Right.ASSIGN) or claims(desk, row, spot.owner):
        return ""
    return _("Your role may not say who is responsible. Ask a manager.")


def claims(desk: Desk, row: OrderRow, owner: Owner | None) -> bool:
    """Say whether whoever is signed in would take an order from the pool into their own lane, and may."""
    mine = owner is not None and desk.staff is not None and owner.id == desk.staff.id
    return mine and row.assignee_id is None and desk.may(Right.CLAIM)


def beside(row: OrderRow, step: int) -> str | None:
    """Give the next column to the right (1) or left (-1) that the flow leads to; else the very next one."""
    place = COLUMNS.index(row.status) + step
    ahead = COLUMNS[place:] if step > 0 else COLUMNS[place::-1] if place >= 0 else ()
    return next((to for to in ahead if to in MOVES[row.status]), ahead[0] if ahead else None)


def as_seen(row: OrderRow, dragged: Dragged) -> OrderRow:
    """Give a card as it was when the drag began, so that a move made meanwhile is noticed."""
    return replace(row, status=dragged.seen, assignee_id=dragged.person)
