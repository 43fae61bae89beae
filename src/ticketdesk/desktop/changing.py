"""Small changes of one order from any page: said at once, undone for ten seconds, asked about where two people meet.

An undo goes through only if nothing changed since.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop import dates, nextstep
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.bin import BinDialog
from ticketdesk.desktop.dialogs.due import DueDialog
from ticketdesk.desktop.dialogs.merge import About, save_edit
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.menus import passing_menu
from ticketdesk.domain.bins import tidy_bin
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import STATUS, Urgency, needs_reason
from ticketdesk.services import claiming, orders, staff
from ticketdesk.services.doors import Done
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.merging import Edit
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import _


def about(row: OrderRow) -> About:
    """Name an order to whoever is asked about what somebody else changed on it."""
    return About("order", _("Order {number}").format(number=row.number), row.id, row.version)


def move(desk: Desk, host: Host, owner: QObject, row: OrderRow, to: str) -> None:
    """Move an order where somebody wants it; where that takes a reason, ask for it first."""
    if not needs_reason(to):
        nextstep.move(desk, host, owner, row, to)
        return
    verb, warning = _(STATUS[to].step), ""
    if row.total > row.balance:
        warning = _("A deposit was paid: it is settled afterwards, on the page of the order or in Cash.")
    stop = partial(nextstep.move, desk, host, owner, row, to)
    ReasonDialog(host, f"{verb}: {row.number}", warning, verb, stop).present()


def choose_colleague(desk: Desk, host: Host, owner: QWidget, row: OrderRow, at: QPoint) -> None:
    """Offer everybody who may be responsible for an order, in a menu at a place of the screen."""

    def offer(people: list[StaffRow]) -> None:
        menu = passing_menu(owner)
        for person in people:
            action = menu.addAction(person.name, partial(assign, desk, host, owner, row, person.id, person.name))
            action.setCheckable(True)
            action.setChecked(person.id == row.assignee_id)
            action.setEnabled(person.id != row.assignee_id)
        menu.addSeparator()
        pool = menu.addAction(_("Back to the pool"), partial(assign, desk, host, owner, row, None, ""))
        pool.setEnabled(row.assignee_id is not None)
        menu.popup(at)

    desk.read(owner, offer, staff.everyone)


def assign(desk: Desk, host: Host, owner: QObject, row: OrderRow, to: UUID | None, name: str) -> None:
    """Make somebody responsible, or put the order back into the pool."""
    before = row.assignee_id

    def done(_done: Done) -> None:
        text = _("{number} is with {name}.") if to else _("{number} is back in the pool.")
        host.toast(text.format(number=row.number, name=name), "user", _("Undo"), undo)

    def undo() -> None:
        desk.write(owner, _nothing_more, claiming.assign, claiming.Assign(row.id, before, to), refused=_told(host))

    desk.write(owner, done, claiming.assign, claiming.Assign(row.id, to, before))


def release(desk: Desk, host: Host, owner: QObject, row: OrderRow) -> None:
    """Give an order of one's own back to the pool."""

    def done(_done: Done) -> None:
        host.toast(_("{number} is back in the pool.").format(number=row.number), "undo", _("Undo"), undo)

    def undo() -> None:
        desk.write(owner, _nothing_more, claiming.claim, claiming.Claim(row.id), refused=_told(host))

    desk.write(owner, done, claiming.release, claiming.Release(row.id), refused=_told(host))


def choose_due(desk: Desk, host: Host, owner: QObject, row: OrderRow) -> None:
    """Ask for another promised time."""
    DueDialog(desk, host, row.promised_at, partial(promise, desk, host, owner, row)).present()


def promise(desk: Desk, host: Host, owner: QObject, row: OrderRow, after: datetime) -> None:
    """Promise an order for another time."""
    before = row.promised_at

    def done(_done: Done) -> None:
        due = dates.moment_text(after, desk.now(), desk.shop.zone)
        text = _("{number} is promised for {due}.").format(number=row.number, due=due)
        host.toast(text, "clock", _("Undo"), undo)

    def undo() -> None:
        desk.write(owner, _nothing_more, orders.edit, edit(after, before), refused=_told(host))

    def edit(seen: datetime, wanted: datetime) -> Edit:
        return Edit(row.id, {"promised_at": seen.isoformat()}, {"promised_at": wanted.isoformat()})

    _save(desk, host, owner, row, edit(before, after), done)


def turn_urgent(desk: Desk, host: Host, owner: QObject, row: OrderRow) -> None:
    """Make an order urgent, or no longer; say so, since it changes what is to be paid."""
    before = Urgency(row.urgency)
    after = Urgency.NORMAL if before is Urgency.URGENT else Urgency.URGENT

    def done(_done: Done) -> None:
        text = _("{number} is urgent now.") if after is Urgency.URGENT else _("{number} is no longer urgent.")
        host.toast(text.format(number=row.number), "bolt", _("Undo"), undo)

    def undo() -> None:
        desk.write(owner, _nothing_more, orders.edit, edit(after, before), refused=_told(host))

    def edit(seen: Urgency, wanted: Urgency) -> Edit:
        return Edit(row.id, {"urgency": seen.value}, {"urgency": wanted.value})

    _save(desk, host, owner, row, edit(before, after), done)


def choose_bin(desk: Desk, host: Host, owner: QObject, row: OrderRow) -> None:
    """Ask into which bin a device goes."""
    title = _("Bin of order {number}").format(number=row.number)
    BinDialog(host, title, row.bin, partial(put_in_bin, desk, host, owner, row)).present()


def put_in_bin(desk: Desk, host: Host, owner: QObject, row: OrderRow, name: str) -> None:
    """Put a device into another bin; without a name, into none."""
    before, after = row.bin, tidy_bin(name)

    def done(_done: Done) -> None:
        text = _("{number} stands in bin {bin}.") if after else _("{number} stands in no bin any more.")
        host.toast(text.format(number=row.number, bin=after), "stock", _("Undo"), undo)

    def undo() -> None:
        back = Edit(row.id, {"bin": after}, {"bin": before})
        desk.write(owner, _nothing_more, orders.edit, back, refused=_told(host))

    if before == after:
        text = _("{number} already stands in bin {bin}.") if after else _("{number} stands in no bin.")
        host.toast(text.format(number=row.number, bin=after), "info")
    else:
        _save(desk, host, owner, row, Edit(row.id, {"bin": before}, {"bin": after}), done)


def _save(desk: Desk, host: Host, owner: QObject, row: OrderRow, edit: Edit, done: Callable[[Done], None]) -> None:
    save_edit(desk, host, owner, orders.edit, edit, about=about(row), done=done, refused=_told(host))


def _nothing_more(_done: Done) -> None:
    return


def _told(host: Host) -> Callable[[Refusal], None]:
    return lambda refusal: host.toast(refusal.sentence, "warning")
