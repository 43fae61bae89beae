"""The same for many orders at once: somebody responsible, a move, a bin, labels, an e-mail."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop import links
from ticketdesk.desktop.bulk import Bulk, Deed, Outcome
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.bin import BinDialog
from ticketdesk.desktop.dialogs.bulk import BulkDialog, so_already
from ticketdesk.desktop.dialogs.message import MessageDialog
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.listing.picks import MOST
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.menus import passing_menu
from ticketdesk.desktop.screens.orders.bulk_bar import BulkBar, Offer
from ticketdesk.desktop.screens.orders.table import OrdersTable
from ticketdesk.desktop.widgets.basics import announce
from ticketdesk.domain.approvals import Need
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.moving import whose_pin
from ticketdesk.domain.orders import MOVES, STATUS, STATUSES, needs_reason
from ticketdesk.domain.rights import Right
from ticketdesk.services import claiming, lists, notes, orders, paper, staff
from ticketdesk.services.doors import Action
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.merging import Edit
from ticketdesk.services.staff import StaffRow
from ticketdesk.texts import _, ngettext


class BulkDeeds(QObject):
    """Does things to all orders picked, and reports each one that was refused. ``bar`` says how many are picked."""

    def __init__(self, desk: Desk, host: Host, table: OrdersTable, export: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._host, self._table, self._widget = desk, host, table, parent
        self.bar = BulkBar()
        offers: list[Offer] = [(_("Move to…"), "", "arr-r", self.choose_status)]
        if desk.may(Right.ASSIGN):
            offers.insert(0, (_("Responsible…"), "Ctrl+R", "user", self.choose_colleague))
        if desk.may(Right.EDIT_ORDER):
            offers.append((_("Bin…"), "", "stock", self.choose_bin))
        if desk.may(Right.PRINT):
            offers.append((_("Labels"), "Ctrl+P", "printer", self.print_labels))
        if desk.may(Right.WRITE_TO_MANY):
            offers.append((_("Write…"), "", "mail", self.write))
        if desk.may(Right.EXPORT):
            offers.append((_("Export…"), "Ctrl+E", "download", export))
        self.bar.offer(*offers, (_("Let go"), "Esc", "x", table.pick_none))
        table.picked_changed.connect(self._picked)
        table.too_many.connect(self._too_many)

    def possible(self) -> bool:
        """Say whether any order is picked."""
        return bool(self._table.picks)

    def choose_colleague(self) -> None:
        """Offer everybody who may be responsible for all of them."""

        def offer(people: list[StaffRow]) -> None:
            menu = passing_menu(self._widget)
            for person in people:
                menu.addAction(person.name, partial(self._with_rows, partial(self._assign, person.id, person.name)))
            menu.addSeparator()
            menu.addAction(_("Back to the pool"), partial(self._with_rows, partial(self._assign, None, "")))
            menu.popup(self._place())

        if self._desk.may(Right.ASSIGN):
            self._desk.read(self, offer, staff.everyone)

    def choose_status(self) -> None:
        """Offer where at least one of them may go."""

        def offer(rows: Sequence[OrderRow]) -> None:
            menu = passing_menu(self._widget)
            possible = {to for row in rows for to in MOVES[row.status] if self._may_alone(row.status, to)}
            for status in STATUSES:
                if status.key in possible:
                    menu.addAction(_(status.label), partial(self._move_or_ask, rows, status.key))
            menu.setDisabled(menu.isEmpty())
            menu.popup(self._place())

        self._with_rows(offer)

    def _may_alone(self, was: str, to: str) -> bool:
        """Say whether many orders may make a move at once: what somebody has to agree to is agreed to one by one."""
        return whose_pin(self._desk.role, was, to) is Need.NOBODY

    def choose_bin(self) -> None:
        """Ask into which bin all of them go."""
        if self._desk.may(Right.EDIT_ORDER):
            count = len(self._table.picks)
            title = ngettext("Bin of {count} order", "Bin of {count} orders", count).format(count=count)
            BinDialog(self._host, title, "", lambda name: self._with_rows(partial(self._put, name))).present()

    def print_labels(self) -> None:
        """Print the label of each, all in one go."""
        if self._desk.may(Right.PRINT):
            self._with_rows(self._labels)

    def write(self) -> None:
        """Write the same e-mail to the customer of each; who has no address, or did not agree, is named."""
        if self._desk.may(Right.WRITE_TO_MANY):
            self._with_rows(self._ask_what)

    def _ask_what(self, rows: Sequence[OrderRow]) -> None:
        MessageDialog(self._host, len(rows), partial(self._write, rows)).present()

    def _write(self, rows: Sequence[OrderRow], subject: str, text: str) -> None:
        def ended(outcome: Outcome) -> None:
            orders_done = [done.id for _deed, done in outcome.done]
            if orders_done:
                self._desk.read(self, begin, notes.addresses, orders_done)

        def begin(emails: list[str]) -> None:
            links.write_to_all(self._host, emails, subject, text)

        deeds = [Deed(row.number, notes.WriteTo(row.id, f"{subject}\n{text}")) for row in rows]
        bulk = Bulk(self._desk, notes.write_to, deeds, self)
        BulkDialog(self._host, _("Write to the customers"), bulk, ended).present()
        bulk.begin()

    def _with_rows(self, then: Callable[[Sequence[OrderRow]], None]) -> None:
        self._desk.read(self, then, lists.rows, self._table.picks.numbers())

    def _assign(self, to: UUID | None, name: str, rows: Sequence[OrderRow]) -> None:
        deeds = [
            Deed(row.number, claiming.Assign(row.id, to, row.assignee_id), claiming.Assign(row.id, row.assignee_id, to))
            for row in rows
            if row.assignee_id != to
        ]

        def said(count: int) -> str:
            if to is None:
                text = ngettext("{count} order is back in the pool.", "{count} orders are back in the pool.", count)
            else:
                text = ngettext("{name} has {count} order more now.", "{name} has {count} orders more now.", count)
            return text.format(count=count, name=name)

        self._run(_("Responsible"), claiming.assign, deeds, said, _the_others(rows, deeds))

    def _move_or_ask(self, rows: Sequence[OrderRow], to: str) -> None:
        if not needs_reason(to):
            self._move(rows, to, "")
            return
        text = ngettext("{count} order goes to “{status}”.", "{count} orders go to “{status}”.", len(rows))
        title = text.format(count=len(rows), status=_(STATUS[to].label))
        ReasonDialog(
            self._host, title, "", _(STATUS[to].step), partial(self._move, rows, to), keep=_("Keep the orders")
        ).present()

    def _move(self, rows: Sequence[OrderRow], to: str, reason: str) -> None:
        deeds = [
            Deed(
                row.number,
                orders.Move(row.id, to, seen=row.status, reason=reason),
                orders.Move(row.id, row.status, seen=to, reason=reason)
                if row.status in MOVES[to] and self._may_alone(to, row.status)
                else None,
            )
            for row in rows
            if row.status != to
        ]
        label = _(STATUS[to].label)

        def said(count: int) -> str:
            text = ngettext("{count} order is “{status}” now.", "{count} orders are “{status}” now.", count)
            return text.format(count=count, status=label)

        title = _("Move to “{status}”").format(status=label)
        self._run(title, orders.move, deeds, said, _the_others(rows, deeds))

    def _put(self, name: str, rows: Sequence[OrderRow]) -> None:
        deeds = [
            Deed(
                row.number,
                Edit(row.id, {"bin": row.bin}, {"bin": name}),
                Edit(row.id, {"bin": name}, {"bin": row.bin}),
            )
            for row in rows
            if row.bin != name
        ]

        def said(count: int) -> str:
            if not name:
                text = ngettext("{count} order is in no bin any more.", "{count} orders are in no bin any more.", count)
            else:
                text = ngettext("{count} order is in bin {bin} now.", "{count} orders are in bin {bin} now.", count)
            return text.format(count=count, bin=name)

        self._run(_("Put into a bin"), orders.edit, deeds, said, _the_others(rows, deeds))

    def _labels(self, rows: Sequence[OrderRow]) -> None:
        def printed(outcome: Outcome) -> None:
            if outcome.done:
                self._host.print_labels([(done.id, done.version) for _deed, done in outcome.done])

        deeds = [Deed(row.number, paper.Printed(row.id, "label")) for row in rows]
        bulk = Bulk(self._desk, paper.printed, deeds, self)
        BulkDialog(self._host, _("Print labels"), bulk, printed).present()
        bulk.begin()

    def _run(
        self,
        title: str,
        action: Action[Any],
        deeds: Sequence[Deed],
        said: Callable[[int], str],
        already: Sequence[int] = (),
    ) -> None:
        def ended(outcome: Outcome) -> None:
            undone = [Deed(deed.number, deed.undo) for deed, _done in outcome.done if deed.undo is not None]
            text = [said(len(outcome.done))] if outcome.done else []
            if outcome.done or not outcome.refused:  # otherwise the dialog says it
                text.extend(so_already(outcome))
            if text:
                again = partial(self._run, _("Undo"), action, undone, _as_before)
                self._host.toast(" ".join(text), "check", _("Undo") if undone else "", again)

        bulk = Bulk(self._desk, action, deeds, self, already)
        BulkDialog(self._host, title, bulk, ended).present()
        bulk.begin()

    def _picked(self) -> None:
        count = len(self._table.picks)
        self.bar.show_count(count)
        if count:
            announce(self._table, self.bar.accessibleName())

    def _too_many(self, count: int) -> None:
        text = _("{count} orders are too many to change at once. Narrow the list to {most} or fewer.")
        self._host.toast(text.format(count=count, most=MOST), "warning")

    def _place(self) -> QPoint:
        return self.bar.mapToGlobal(QPoint(px(16), self.bar.height()))


def _the_others(rows: Sequence[OrderRow], deeds: Sequence[Deed]) -> list[int]:
    """Give the numbers of those nothing has to be done to."""
    numbers = {deed.number for deed in deeds}
    return [row.number for row in rows if row.number not in numbers]


def _as_before(count: int) -> str:
    text = ngettext("{count} order is as it was before.", "{count} orders are as they were before.", count)
    return text.format(count=count)
