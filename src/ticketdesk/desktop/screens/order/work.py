"""What is done to an order while somebody works at it: the same from its own page and from the bench."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from ticketdesk.desktop import changing, nextstep
from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.task import TaskDialog
from ticketdesk.desktop.dialogs.unpaid import UnpaidDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.order.composer import Composer
from ticketdesk.desktop.screens.order.diagnosis import Diagnosis
from ticketdesk.desktop.screens.order.lines import may_change_lines
from ticketdesk.desktop.screens.order.moves import moves_menu
from ticketdesk.desktop.screens.order.photos import Photos
from ticketdesk.desktop.screens.order.unlock import UnlockCode
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import lines, notes, pages
from ticketdesk.services.catalogue import ItemRow
from ticketdesk.services.doors import Done
from ticketdesk.services.pages import LineRow, TaskRow
from ticketdesk.texts import N_, _


class Work(QObject):
    """One order, asked for again whenever it changes, and what can be done to it.

    Whoever shows it lays out ``diagnosis`` and ``composer``, which keep what is being typed into them.
    """

    shown = Signal(object)  # pages.OrderPage

    def __init__(self, desk: Desk, host: Host, order_id: UUID, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk, self._host, self._id, self._owner = desk, host, order_id, owner
        self.page: pages.OrderPage | None = None
        self.load()  # while the rest is being built
        self.photos = Photos(desk, host, order_id, owner)
        self.code = UnlockCode(desk, host, order_id, owner)
        self.diagnosis = Diagnosis(desk, host, order_id)
        self.composer = Composer()
        self.composer.posted.connect(self._post)
        for text in (self.composer.text, self.diagnosis.text):
            text.picture_pasted.connect(self.photos.paste)
        desk.changed.connect(self._changed)

    @property
    def begun(self) -> bool:
        """Say whether something is typed here that is not saved yet."""
        return self.composer.begun or self.diagnosis.begun

    def load(self) -> None:
        """Ask for the order."""
        self._desk.read(self, self._show, pages.order_page, self._id)

    def _changed(self, keys: frozenset[UUID]) -> None:
        customer = self.page.customer.id if self.page is not None and self.page.customer else None
        if not keys or self._id in keys or customer in keys:
            self.load()

    def _show(self, page: pages.OrderPage) -> None:
        self.page = page
        self.diagnosis.show_order(page)
        self.shown.emit(page)

    # what can be done

    def may(self, right: Right) -> bool:
        """Say whether who is signed in has a right, once there is an order to use it on."""
        return self.page is not None and self._desk.may(right)

    def next_step(self) -> None:
        """Do the one next step of the order, once what was typed of the diagnosis is saved."""
        if self.page is None or nextstep.step(self.page.row) is None:
            return
        if no := nextstep.why_not(self._desk, self.page.row):
            self._host.toast(no, "info")
            return
        shown = self.page.row
        self.diagnosis.keep(lambda: nextstep.run(self._desk, self._host, self, shown))

    def offer_moves(self, at: QPoint) -> None:
        """Offer every lawful move in a menu at a place of the screen."""
        if self.page is not None:
            moves_menu(self._owner, self._desk, self.page, self.move_to, self._leave_unpaid).popup(at)

    def move_to(self, to: str) -> None:
        """Move the order to a status, once what was typed of the diagnosis is saved."""
        if self.page is not None:
            self.diagnosis.keep(partial(changing.move, self._desk, self._host, self, self.page.row, to))

    def _leave_unpaid(self) -> None:
        if self.page is not None:
            UnpaidDialog(self._desk, self._host, self.page.row).present()

    def lines_open(self) -> bool:
        """Say whether lines may be added and changed."""
        return self.page is not None and may_change_lines(self.page, self._desk)

    def add_line(self) -> None:
        """Ask for a work or part to put on the order."""
        LineDialog(self._desk, self._host, self._id, None).present()

    def change_line(self, line: LineRow) -> None:
        """Open a line to be changed."""
        LineDialog(self._desk, self._host, self._id, line).present()

    def add_item(self, item: ItemRow) -> None:
        """Put a work or part of the catalogue on the order."""

        def added(_done: Done) -> None:
            self._host.toast(_("Added: {name}.").format(name=item.name), "plus")

        facts = lines.LineFacts("", item.kind, item.code)
        self._desk.write(self, added, lines.add, lines.AddLine(self._id, facts))

    def add_task(self) -> None:
        """Ask for something to do on the order."""
        TaskDialog(self._desk, self._host, self._id).present()

    def tick(self, task: TaskRow, done: bool) -> None:  # noqa: FBT001 - Qt's toggled says so
        """Tick a task off, or take the tick back."""
        self._desk.write(self, lambda _done: None, notes.tick, notes.TickTask(self._id, task.id, done))

    def put_in_bin(self, name: str) -> None:
        """Put the device into the bin whose label was scanned here."""
        if self.page is not None:
            changing.put_in_bin(self._desk, self._host, self, self.page.row, name)

    def choose_bin(self) -> None:
        """Ask into which bin the device goes."""
        if self.page is not None:
            changing.choose_bin(self._desk, self._host, self, self.page.row)

    def is_here(self) -> bool:
        """Say whether the device is still in the shop, to be put somewhere by who is signed in."""
        return self.may(Right.EDIT_ORDER) and self.page is not None and self.page.row.phase != "done"

    def _post(self, text: str, to_customer: bool) -> None:  # noqa: FBT001 - the signal says so
        command = notes.AddComment(self._id, text, to_customer)
        written = self.composer.written
        self._desk.write(self, lambda _done: written(text), notes.comment, command, refused=self._not_posted)

    def _not_posted(self, refusal: Refusal) -> None:
        self.composer.not_written()
        self._host.toast(refusal.sentence, "warning")


def commands(current: Callable[[], Work | None]) -> tuple[Command, ...]:
    """Give what can be done by a key to the order that is worked at when it is pressed, the next step first."""

    def made(
        key_id: str, text: str, key: str, icon: str, run: Callable[[Work], None],
        possible: Callable[[Work], bool] = lambda _work: True, words: tuple[str, ...] = (),
    ) -> Command:  # fmt: skip
        def go() -> None:
            if (work := current()) is not None:
                run(work)

        def may() -> bool:
            return (work := current()) is not None and possible(work)

        return Command(key_id, text, key, icon, go, may, words)

    def notable(work: Work) -> bool:
        return work.may(Right.NOTE)

    def attachable(work: Work) -> bool:
        return work.may(Right.ATTACH)

    return (
        made("order.step", N_("Next step"), "F8", "check", Work.next_step),
        made("order.line", N_("Add a line"), "Ctrl+L", "plus", Work.add_line, Work.lines_open),
        made("order.task", N_("Add a task"), "Ctrl+J", "task", Work.add_task, notable),
        made("order.comment", N_("Comment"), "Ctrl+M", "note", lambda work: work.composer.write(), notable),
        made(
            "order.post", N_("Post the comment"), "Ctrl+Return, Ctrl+Enter", "note", lambda work: work.composer.post(),
            notable,
        ),
        made("order.photo", N_("Add a photo"), "Ctrl+I", "camera", lambda work: work.photos.choose(), attachable),
        made(
            "order.bin", N_("Put into a bin…"), "", "stock", Work.choose_bin, Work.is_here, (N_("shelf, place"),)
        ),
        made(
            "order.code", N_("Show the unlock code"), "", "eye", lambda work: work.code.ask(),
            lambda work: work.code.possible(),
        ),
        made("order.save", N_("Save"), "Ctrl+S", "check", lambda work: work.diagnosis.keep()),
        made("order.paste", N_("Paste a photo"), "Ctrl+V", "camera", lambda work: work.photos.paste(), attachable),
    )  # fmt: skip
