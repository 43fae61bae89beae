"""The bench: what lies before me, and the work at the order chosen, all by the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ticketdesk.desktop.command import Command
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.listing.repeated import Repeated
from ticketdesk.desktop.look.theme import px, theme
from ticketdesk.desktop.screens.bench.job import Job
from ticketdesk.desktop.screens.bench.model import Entry, entries
from ticketdesk.desktop.screens.bench.queue import QueueList
from ticketdesk.desktop.screens.order.work import Work, commands
from ticketdesk.desktop.screens.orders.cells import Scene
from ticketdesk.desktop.screens.orders.deeds import Deeds
from ticketdesk.desktop.widgets.basics import column, row, vline
from ticketdesk.desktop.widgets.fields import debounced
from ticketdesk.desktop.widgets.overlay import give_focus
from ticketdesk.desktop.widgets.panels import Notice
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import AWAITING_APPROVAL, AWAITING_PARTS
from ticketdesk.domain.rights import Right
from ticketdesk.domain.shop import POOL
from ticketdesk.services import bench
from ticketdesk.services.bench import Queue
from ticketdesk.services.lists import OrderRow
from ticketdesk.storage.asked import Asked
from ticketdesk.texts import N_, _

_RESTING_MS = 80
"""After so long on one order it is shown: whoever runs through the queue waits for none."""
_QUEUE, _NARROW_QUEUE, _ROOMY = 320, 264, 1160


class BenchPage(QWidget):
    """A technician's page. What is typed at an order stays with it, wherever the selection goes."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._host = desk, host
        self._chosen: UUID | None = None
        self._expected: UUID | None = None
        self._jobs: dict[UUID, Job] = {}
        self._deeds = Deeds(desk, host, self)
        self.queue = QueueList(self._scene())
        self._stack = QStackedWidget()
        self._stack.addWidget(_nothing(pool=desk.shop.allocation == POOL and desk.may(Right.CLAIM)))
        self.setLayout(row(self.queue, vline(), self._stack, spacing=0))
        self._asking = Repeated(self._ask, self)
        self._resting = debounced(self, _RESTING_MS)
        self._resting.timeout.connect(self._show_job)
        self._connect()
        self.commands = self._commands()

    # what the window asks

    def activate(self) -> None:
        """Show the queue as it is now, with the focus on it."""
        self._host.hints(
            (("F8", _("next step")), ("Ctrl+B", _("timer")), ("Ctrl+L", _("new line")), ("Ctrl+M", _("note")),
             ("F9", _("claim"))),
        )  # fmt: skip
        self._asking.want()
        if self.work is not None:
            self.work.load()
        give_focus(self._host.window, self.queue)

    def scan(self, _code: str) -> bool:
        """Leave every code to the window: it knows orders, devices, works and parts."""
        return False

    @property
    def panes(self) -> tuple[QWidget, ...]:
        """Give what F6 goes through."""
        return (self.queue, *(self.job.panes if self.job is not None else ()))

    @property
    def begun(self) -> bool:
        """Say whether something is typed here that is not saved yet."""
        return any(job.work.begun for job in self._jobs.values())

    @property
    def job(self) -> Job | None:
        """Give the order that is shown."""
        found = self._stack.currentWidget()
        return found if isinstance(found, Job) else None

    @property
    def work(self) -> Work | None:
        """Give the work at the order that is shown."""
        return self.job.work if self.job is not None else None

    def pick(self, order_id: UUID) -> bool:
        """Choose an order, if it lies here."""
        place = self.queue.queue.place_of(order_id)
        self.queue.choose(place)
        return place >= 0

    def expect(self, order_id: UUID) -> None:
        """Choose an order as soon as it lies here among one's own."""
        self._expected = order_id
        self._asking.want()

    # the queue

    def _ask(self) -> Asked | None:
        person = self._desk.staff
        if person is None:
            return None
        pool = self._desk.shop.allocation == POOL
        return self._desk.read(self, self._show, bench.queue, person.id, pool=pool)

    def _show(self, found: Queue) -> None:
        self._asking.done()
        if self._expected is not None and any(one.id == self._expected for one in found.mine):
            self._chosen, self._expected = self._expected, None
        place = self.queue.queue.place_of(self._chosen)
        shown = entries(found, pool=self._desk.shop.allocation == POOL, may_claim=self._desk.may(Right.CLAIM))
        here = {one.id for one in (*found.mine, *found.pool)}
        if self._chosen not in here and not (self.job is not None and self.job.work.begun):
            self._chosen = _near(shown, place)
        self.queue.show_entries(shown, self._scene(), self._chosen)
        self._show_job()

    def _choose(self, order_id: UUID) -> None:
        self._chosen, self._expected = order_id, None
        self._resting.start()

    def _claim(self, found: OrderRow) -> None:
        self._expected = found.id
        self._deeds.claim(found)

    def _show_job(self) -> None:
        """Show the order chosen; those shown before go, unless something is half typed there."""
        self._resting.stop()
        if self._chosen is None:
            self._stack.setCurrentIndex(0)
        elif self.job is None or self.job.order_id != self._chosen:
            if (job := self._jobs.get(self._chosen)) is None:
                job = self._jobs[self._chosen] = Job(self._desk, self._host, self._chosen)
                self._stack.addWidget(job)
            self._stack.setCurrentWidget(job)
        for key, job in list(self._jobs.items()):
            if key != self._chosen and not job.work.begun:
                del self._jobs[key]
                self._stack.removeWidget(job)
                job.deleteLater()

    # what can be done

    def _commands(self) -> tuple[Command, ...]:
        step, *others = commands(lambda: self.work)

        def moved(to: str) -> None:
            if self.job is not None:
                self.job.footer.moves[to].click()

        def movable(to: str) -> bool:
            return self.job is not None and self.job.footer.moves[to].isEnabled()

        return (
            step,
            Command("bench.timer", N_("Start or pause the timer"), "Ctrl+B", "clock", self._turn, self._may_turn),
            *others,
            Command(
                "bench.parts", N_("Wait for parts"), "", "stock", lambda: moved(AWAITING_PARTS),
                lambda: movable(AWAITING_PARTS),
            ),
            Command(
                "bench.approval", N_("Wait for approval"), "", "message", lambda: moved(AWAITING_APPROVAL),
                lambda: movable(AWAITING_APPROVAL),
            ),
            Command("bench.release", N_("Give back to the pool"), "", "undo", self._release, self._may_release),
        )  # fmt: skip

    def _turn(self) -> None:
        if self.job is not None:
            self.job.turn_timer()

    def _may_turn(self) -> bool:
        return self.job is not None and self.job.head.turn.isEnabled()

    def _release(self) -> None:
        if self.job is not None:
            self.job.release()

    def _may_release(self) -> bool:
        return self._desk.shop.allocation == POOL and self.job is not None and self.job.footer.release.isEnabled()

    # frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.queue.setFixedWidth(px(_QUEUE if self.width() >= px(_ROOMY) else _NARROW_QUEUE))

    def _connect(self) -> None:
        self.queue.chosen.connect(self._choose)
        self.queue.opened.connect(self._host.open_order)
        self.queue.claimed.connect(self._claim)
        self._desk.changed.connect(self._heard)
        # what is late, and how late, changes while nobody does anything
        minute = QTimer(self, interval=60_000)
        minute.timeout.connect(self._see)
        minute.start()
        theme().changed.connect(self._fit)

    def _heard(self, _keys: frozenset[UUID]) -> None:
        if self.isVisible():
            self._asking.want()

    def _see(self) -> None:
        self.queue.show_entries(self.queue.queue.entries, self._scene(), self._chosen)
        if self.job is not None:
            self.job.head.see()

    def _scene(self) -> Scene:
        shop = self._desk.shop
        return Scene(self._desk.now(), shop.zone, shop.currency, self._desk.may(Right.CLAIM))


def _near(shown: Sequence[Entry], place: int) -> UUID | None:
    """Give the order that took the place of one that is gone, or the one above it."""
    after = [one.id for one in shown[max(place, 0) :] if isinstance(one, OrderRow)]
    before = [one.id for one in shown[: max(place, 0)] if isinstance(one, OrderRow)]
    return next(iter(after), before[-1] if before else None)


def _nothing(*, pool: bool) -> QWidget:
    made, said = QWidget(), _("Take a device in with F2, or let a colleague give you an order: it shows here.")
    if pool:
        said = _("Claim an order of the pool with F9, or take a device in with F2: it shows here.")
    notice = Notice("bench", _("Nothing lies on the bench."), said)
    made.setLayout(column(notice, None, margins=(20, 16, 20, 16)))
    return made
