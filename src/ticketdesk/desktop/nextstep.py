"""The one next step of an order (F8): what its button says, and doing it, with undo where the flow allows."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import write_approved
from ticketdesk.desktop.host import Host
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.moving import may_move
from ticketdesk.domain.orders import (
    AWAITING_PAYMENT,
    CREATED,
    HANDED_OVER,
    MOVES,
    READY,
    SHIPPED,
    STATUS,
    Facts,
    Phase,
    next_status,
)
from ticketdesk.domain.rights import Right
from ticketdesk.services import claiming, orders
from ticketdesk.services.doors import Done
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import N_, _


@dataclass(frozen=True, slots=True)
class Step:
    """What F8 says (marked, not translated), its icon, and where the order goes; nothing for a payment."""

    text: str
    icon: str
    to: str | None


_PAY = Step(N_("Take payment"), "cash", None)
_HAND_OVER_AND_PAY = Step(N_("Hand over"), "arr-r", None)


def step(row: OrderRow) -> Step | None:
    """Give the next step of an order; nothing when its life is over."""
    to = next_status(Facts(row.status, due=row.balance))
    if to is None:
        return None
    if to == HANDED_OVER and row.balance > 0:
        return _PAY if row.status == AWAITING_PAYMENT else _HAND_OVER_AND_PAY
    return Step(_text(row, to), "check" if to == READY else "arr-r", to)


def _text(row: OrderRow, to: str) -> str:
    if row.status == CREATED and row.assignee_id is None:
        return N_("Claim and start")
    if row.phase == Phase.WAITING:
        return N_("Resume")
    if row.status == SHIPPED:
        return N_("Confirm delivery")
    return STATUS[to].step


def why_not(desk: Desk, row: OrderRow) -> str:
    """Say why whoever is signed in may not do the next step; empty if they may."""
    found = step(row)
    if found is None:
        return _("Nothing is left to do on this order.")
    right = Right.TAKE_PAYMENT if found.to is None else STATUS[found.to].right
    if row.status == CREATED and row.assignee_id is None:
        right = Right.CLAIM
    return "" if desk.may(right) else _("Your role may not do this.")


def label(row: OrderRow) -> str:
    """Say what F8 does to an order; empty when nothing is left to do."""
    found = step(row)
    return _(found.text) if found else ""


def run(desk: Desk, host: Host, owner: QObject, row: OrderRow) -> None:
    """Do the next step: move the order, or take the payment that stands in the way."""
    found = step(row)
    if found is None:
        return
    if found.to is None:
        host.open_payment(row.id)
    elif row.status == CREATED and row.assignee_id is None:
        desk.write(
            owner,
            lambda done: _claimed(host, done),
            claiming.claim,
            claiming.Claim(row.id, start=True),
            refused=lambda refusal: refuse(host, row.id, refusal),
        )
    else:
        move(desk, host, owner, row, found.to)


def move(desk: Desk, host: Host, owner: QObject, row: OrderRow, to: str, reason: str = "") -> None:
    """Move an order where somebody wants it; say so, and offer to undo it if the flow has a way back."""

    def moved(done: Done) -> None:
        sentence = _("{number} is “{status}” now.").format(number=row.number, status=_(STATUS[to].label))
        if row.status in MOVES[to] and may_move(desk.role, to, row.status):
            host.toast(sentence, "check", _("Undo"), lambda: undo(done))
        else:
            host.toast(sentence, "check")

    def undo(done: Done) -> None:
        write_approved(
            desk,
            host,
            owner,
            lambda _back: host.toast(
                _("{number} is “{status}” again.").format(number=row.number, status=_(STATUS[row.status].label)),
                "undo",
            ),
            orders.move,
            orders.Move(done.id, row.status, seen=to, reason=reason),
            refused=lambda refusal: refuse(host, row.id, refusal),
        )

    write_approved(
        desk,
        host,
        owner,
        moved,
        orders.move,
        orders.Move(row.id, to, seen=row.status, reason=reason),
        refused=lambda refusal: refuse(host, row.id, refusal),
    )


def refuse(host: Host, order_id: UUID, refusal: Refusal) -> None:
    """Say what stands in the way, and lead to the order, where it can be mended."""
    host.toast(refusal.sentence, "warning", _("Open"), lambda: host.open_order(order_id))


def _claimed(host: Host, done: Done) -> None:
    host.toast(_("You claimed {number}.").format(number=done.number), "hand")
