"""Small changes that are said at once and undone for ten seconds; an undo goes through only if nothing changed since."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.services import orders
from ticketdesk.services.doors import Done
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.merging import Edit
from ticketdesk.texts import _


def assign(desk: Desk, host: Host, owner: QObject, row: OrderRow, to: UUID | None, name: str = "") -> None:
    """Make somebody responsible, or put the order back into the pool."""
    before = row.assignee_id

    def done(_done: Done) -> None:
        text = _("{number} is with {name}.") if to else _("{number} is back in the pool.")
        host.toast(text.format(number=row.number, name=name), "user", _("Undo"), undo)

    def undo() -> None:
        desk.write(owner, lambda _done: None, orders.assign, orders.Assign(row.id, before, to), refused=_told(host))

    desk.write(owner, done, orders.assign, orders.Assign(row.id, to, before))


def promised(desk: Desk, host: Host, owner: QObject, row: OrderRow, after: datetime) -> None:
    """Say that an order is promised for another time now."""
    before = row.promised_at

    def undo() -> None:
        back = Edit(row.id, {"promised_at": after.isoformat()}, {"promised_at": before.isoformat()})
        desk.write(owner, lambda _done: None, orders.edit, back, refused=_told(host))

    due = dates.moment_text(after, desk.now(), desk.shop.zone)
    text = _("{number} is promised for {due}.").format(number=row.number, due=due)
    host.toast(text, "clock", _("Undo"), undo)


def _told(host: Host) -> Callable[[Refusal], None]:
    return lambda refusal: host.toast(refusal.sentence, "warning")
