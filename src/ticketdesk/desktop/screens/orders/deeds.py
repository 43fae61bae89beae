"""What can be done to the order chosen, from keys, buttons and menus alike."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from ticketdesk.desktop import changing, links, nextstep
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.menus import passing_menu
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.moving import may_move
from ticketdesk.domain.orders import MOVES, STATUS, Phase, needs_reason
from ticketdesk.domain.people import shown_phone
from ticketdesk.domain.rights import Right
from ticketdesk.services import claiming, views
from ticketdesk.services.doors import Done
from ticketdesk.services.lists import OrderRow
from ticketdesk.texts import _

Offered = tuple[str, str, Callable[[], None]]
"""What a menu says, its key, and what it does."""


class Deeds(QObject):
    """Does things to an order, and says how they went."""

    def __init__(self, desk: Desk, host: Host, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._host, self._widget = desk, host, parent

    def step(self, row: OrderRow) -> None:
        """Do the next step."""
        nextstep.run(self._desk, self._host, self, row)

    def pay(self, row: OrderRow) -> None:
        """Take money, if there is something to take."""
        if not self._desk.may(Right.TAKE_PAYMENT):
            return
        if row.balance > 0:
            self._host.open_payment(row.id)
        else:
            self._host.toast(_("Nothing is owed on {number}.").format(number=row.number), "info")

    def claim(self, row: OrderRow) -> None:
        """Take an order from the pool; whoever was quicker is named."""

        def claimed(done: Done) -> None:
            said = _("You claimed {number}.").format(number=done.number)
            self._host.toast(said, "hand", _("Undo"), lambda: self._release(row))

        def refused(refusal: Refusal) -> None:
            self._host.toast(refusal.sentence, "hand")
            self._desk.changed.emit(frozenset({row.id}))

        self._desk.write(self, claimed, claiming.claim, claiming.Claim(row.id), refused=refused)

    def mark(self, row: OrderRow) -> None:
        """Mark an order to come back to, or no longer."""
        person = self._desk.staff

        def turn(marked: bool) -> None:  # noqa: FBT001 - an answer, not a switch
            def done(_done: Done) -> None:
                text = (
                    _("{number} is no longer marked.")
                    if marked
                    else _("{number} is marked: you find it under “Marked”.")
                )
                self._host.toast(text.format(number=row.number), "flag", _("Undo"), lambda: self.mark(row))

            self._desk.write(self, done, views.mark, views.Mark(row.id, on=not marked))

        if person is not None:
            self._desk.read(self, turn, views.is_marked, person.id, row.id)

    def promise(self, row: OrderRow) -> None:
        """Ask for another promised time."""
        if self._desk.may(Right.EDIT_ORDER):
            changing.choose_due(self._desk, self._host, self, row)

    def turn_urgent(self, row: OrderRow) -> None:
        """Make an order urgent, or no longer."""
        if self._desk.may(Right.EDIT_ORDER):
            changing.turn_urgent(self._desk, self._host, self, row)

    def choose_bin(self, row: OrderRow) -> None:
        """Ask into which bin the device goes."""
        if self._desk.may(Right.EDIT_ORDER):
            changing.choose_bin(self._desk, self._host, self, row)

    def choose_colleague(self, row: OrderRow, at: QPoint) -> None:
        """Offer everybody who may be responsible."""
        if self._desk.may(Right.ASSIGN):
            changing.choose_colleague(self._desk, self._host, self._widget, row, at)

    def menu(self, row: OrderRow, at: QPoint, more: Sequence[Offered]) -> QMenu:
        """Give a menu of everything that can be done to an order here, and to the list it stands in."""
        menu = passing_menu(self._widget)
        menu.addAction(_("Open") + "\t" + _("Enter"), lambda: self._host.open_order(row.id))
        step = nextstep.step(row)
        if step is not None:
            menu.addAction(_(step.text) + "\tF8", lambda: self.step(row))
        others = menu.addMenu(_("Move to"))
        for to in MOVES[row.status]:
            if not needs_reason(to) and may_move(self._desk.role, row.status, to):
                others.addAction(_(STATUS[to].label), partial(self._move, row, to))
        others.setEnabled(not others.isEmpty())
        menu.addSeparator()
        if self._desk.may(Right.CLAIM) and row.assignee_id is None:
            menu.addAction(_("Claim"), lambda: self.claim(row))
        if self._desk.may(Right.ASSIGN):
            menu.addAction(_("Responsible…") + "\tCtrl+R", lambda: self.choose_colleague(row, at))
        if self._desk.may(Right.TAKE_PAYMENT) and row.balance > 0:
            menu.addAction(_("Take payment") + "\tF4", lambda: self.pay(row))
        menu.addAction(_("Papers, print…") + "\tCtrl+P", lambda: self._host.choose_paper(row.id))
        if self._desk.may(Right.EDIT_ORDER):
            menu.addAction(_("Due date…") + "\tCtrl+T", lambda: self.promise(row))
            menu.addAction(_("Urgent on or off") + "\tCtrl+U", lambda: self.turn_urgent(row))
            if row.phase != Phase.DONE:
                menu.addAction(_("Put into a bin…"), lambda: self.choose_bin(row))
        menu.addAction(_("Mark, or no longer") + "\tCtrl+D", lambda: self.mark(row))
        menu.addSeparator()
        menu.addAction(_("Copy number"), lambda: self._copy(str(row.number)))
        if row.customer_phone:
            phone = shown_phone(row.customer_phone, self._desk.shop.region)
            menu.addAction(_("Copy phone number"), lambda: self._copy(phone))
            links.offer(menu.addMenu(_("Call or write")), self._host, [row.customer_phone], self._desk.shop.region)
        for text, key, run in more:
            menu.addAction(f"{text}\t{key}" if key else text, run)
        return menu

    def _move(self, row: OrderRow, to: str) -> None:
        nextstep.move(self._desk, self._host, self, row, to)

    def _release(self, row: OrderRow) -> None:
        self._desk.write(self, lambda _done: None, claiming.release, claiming.Release(row.id))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._host.toast(_("Copied: {text}.").format(text=text), "check")
