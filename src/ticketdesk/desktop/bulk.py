"""The same done to many orders: each an action of its own, under a request of its own, and each with its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

from ticketdesk.desktop.desk import Desk
from ticketdesk.domain.errors import Refusal
from ticketdesk.services.doors import Action, Done
from ticketdesk.texts import _


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to one order, and what undoes it, if anything does; both are commands of the same action."""

    number: int
    command: Any
    undo: Any = None


@dataclass(slots=True)
class Outcome:
    """What became of the orders: those done, each with its answer, those refused, each with why, and the rest."""

    done: list[tuple[Deed, Done]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    already: Sequence[int] = ()
    """Those that needed nothing: they were so before."""
    left: int = 0
    """How many were not tried, because somebody stopped."""


class Bulk(QObject):
    """Does deeds one after the other. ``progressed`` says how many are behind, ``ended`` brings the outcome.

    ``already`` are the numbers of those for which there is no deed, because they are so already.

    While the shop does not answer it waits: the deed under way is kept at this PC and sent again, as any other.
    """

    progressed = Signal(int)
    ended = Signal(object)  # Outcome

    def __init__(
        self, desk: Desk, action: Action[Any], deeds: Sequence[Deed], parent: QObject, already: Sequence[int] = ()
    ) -> None:
        super().__init__(parent)
        self._desk, self._action = desk, action
        self._deeds = list(deeds)
        self._outcome = Outcome(already=already)
        self._stopped = False
        self._busy: Deed | None = None
        desk.crashed.connect(self._crashed)
        desk.signed_in.connect(self.stop)

    @property
    def count(self) -> int:
        """Give how many deeds there are."""
        return len(self._deeds)

    def begin(self) -> None:
        """Start."""
        self._next()

    def stop(self) -> None:
        """Do no further ones; the one under way is finished."""
        self._stopped = True

    def _next(self) -> None:
        behind = len(self._outcome.done) + len(self._outcome.refused)
        self.progressed.emit(behind)
        if behind == len(self._deeds) or self._stopped or self._desk.staff is None:
            self._outcome.left = len(self._deeds) - behind
            self._desk.crashed.disconnect(self._crashed)
            self.ended.emit(self._outcome)
            return
        deed = self._busy = self._deeds[behind]
        self._desk.write(self, self._done, self._action, deed.command, refused=self._refused)

    def _done(self, done: Done) -> None:
        if self._busy is not None:
            self._outcome.done.append((self._busy, done))
            self._busy = None
            self._next()

    def _refused(self, refusal: Refusal) -> None:
        self._fail(refusal.sentence)

    def _crashed(self, _error: Exception) -> None:
        self._fail(_("Something unexpected happened."))

    def _fail(self, why: str) -> None:
        if self._busy is not None:
            self._outcome.refused.append((self._busy.number, why))
            self._busy = None
            self._next()
