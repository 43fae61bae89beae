"""The work timer of whoever is signed in at this PC: started and paused on the bench, paused when they leave the PC."""

from PySide6.QtCore import QObject

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.services import bench, timers
from ticketdesk.services.doors import Done
from ticketdesk.services.staff import StaffRow
from ticketdesk.services.timers import Running


class WorkTimer(QObject):
    """Turns the timer as screens wish; remembers at which order it was started here, to pause it there."""

    def __init__(self, desk: Desk, host: Host) -> None:
        super().__init__(host)
        self._desk, self._host = desk, host
        self._order: UUID | None = None
        host.timer_wanted.connect(self.turn)
        desk.signed_in.connect(self._look)
        desk.closing.connect(self.leave)

    def turn(self, order_id: UUID, on: bool) -> None:  # noqa: FBT001 - the signal says so
        """Start the timer at an order, or pause it there."""
        if on:
            self._order = order_id
            self._desk.write(self, _nothing, bench.start_timer, bench.StartTimer(order_id), refused=self._refused)
        else:
            self._pause(order_id)

    def leave(self) -> None:
        """Pause what was started at this PC; a timer that was started at another runs on."""
        if self._order is not None:
            self._pause(self._order)

    def _pause(self, order_id: UUID) -> None:
        self._order = None
        self._desk.write(self, _nothing, bench.pause_timer, bench.PauseTimer(order_id), refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._order = None
        if self._desk.staff is not None:
            self._host.toast(refusal.sentence, "warning")

    def _look(self, person: StaffRow | None) -> None:
        """Take up what ran when this PC was switched off."""
        if person is not None and self._desk.may(Right.CLAIM):
            self._desk.read(self, self._found, timers.running, person.id)

    def _found(self, running: Running | None) -> None:
        if running is not None and running.station == self._desk.name and self._order is None:
            self._order = running.order_id


def _nothing(_done: Done) -> None:
    return
