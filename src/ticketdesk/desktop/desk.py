"""What screens hold: ask, do, hear of changes. It knows nothing of screens."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid
from sqlalchemy.orm import Session

from ticketdesk.desktop.work import DRAFT, PAPER, READ, WRITE, Work
from ticketdesk.domain.by import By
from ticketdesk.domain.clock import now
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Right, may
from ticketdesk.domain.shop import Shop
from ticketdesk.services import registry, settings, staff, wire
from ticketdesk.services.doors import Action, Done, perform
from ticketdesk.services.staff import StaffRow
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Intent, Station
from ticketdesk.texts import _

T = TypeVar("T")
C = TypeVar("C")
P = ParamSpec("P")
Failed = Callable[[Refusal], None]
_RETRY_MS = 1500


class Desk(QObject):
    """One person at one PC of one shop.

    ``changed`` carries the keys of what changed here or elsewhere (empty: look at everything again);
    ``refused`` a sentence for the window when no screen takes it; ``lost`` and ``back`` speak of the
    connection; ``waiting`` of the number of actions that still have to reach the shop; ``crashed`` of bugs;
    ``closing`` is the last moment to keep what is half typed; ``ousted`` says why whoever is signed in may not
    go on as before.
    """

    changed = Signal(object)  # frozenset[UUID]
    refused = Signal(object)  # Refusal
    lost = Signal(object)  # Unavailable
    back = Signal()
    waiting = Signal(int)
    crashed = Signal(object)  # Exception
    signed_in = Signal(object)  # StaffRow | None
    closing = Signal()
    ousted = Signal(str)

    def __init__(self, database: Database, station: Station, name: str, shop_id: UUID, shop: Shop, work: Work) -> None:
        super().__init__()
        self.database, self.station, self.name = database, station, name
        self.shop_id, self.shop = shop_id, shop
        self.staff: StaffRow | None = None
        self.connected = True
        self._work = work
        self._unanswered: list[tuple[UUID, QObject, Callable[[Done], None], Failed | None]] = []
        self._retry = QTimer(self, interval=_RETRY_MS, singleShot=True)
        self._retry.timeout.connect(self.resend)
        self.changed.connect(self._keep_up)

    def now(self) -> datetime:
        """Give this moment (UTC)."""
        return now()

    def may(self, right: Right) -> bool:
        """Say whether who is signed in has a right: for greying out; the actions check it themselves."""
        return self.staff is not None and may(self.staff.role, right)

    def sign(self, staff: StaffRow | None) -> None:
        """Let somebody work from here on; nobody while the screen is locked."""
        self.staff = staff
        self.signed_in.emit(staff)

    def read(
        self,
        owner: QObject,
        done: Callable[[T], None],
        query: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Ask a question in the background; ``done`` gets the answer here, unless the owner is gone."""

        def job() -> T:
            with self.database.read() as session:
                return query(session, *args, **kwargs)

        def finished(answer: T) -> None:
            self._reached()
            done(answer)

        self._work.run(READ, owner, job, finished, self._failed)

    def write(
        self,
        owner: QObject,
        done: Callable[[Done], None],
        action: Action[C],
        command: C,
        *,
        refused: Failed | None = None,
        request: UUID | None = None,
    ) -> None:
        """Do something, signed and dated; kept on this PC first, so that it happens once whatever comes.

        ``refused`` takes a refusal that the screen shows itself; ``request`` is for forms in which two
        presses mean one wish.
        """
        if self.staff is None:
            return
        intent = Intent(request or new_key(), self.shop_id, self.staff.id, self.now(), action.name, wire.dumps(command))

        def job() -> Done:
            self.station.remember(intent)
            return self._send(intent, action, command)

        def failed(error: Exception) -> None:
            if isinstance(error, Unavailable):
                self._unanswered.append((intent.request, owner, done, refused))
                self.waiting.emit(len(self._unanswered))
            if isinstance(error, Refusal) and refused is not None:
                refused(error)
            else:
                self._failed(error)

        self._work.run(WRITE, owner, job, lambda answer: self._answered(answer, done), failed)

    def do(
        self,
        owner: QObject,
        done: Callable[[T], None],
        job: Callable[P, T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Do something slow that is neither question nor action: papers, files, printers, PINs."""
        self._work.run(PAPER, owner, lambda: job(*args, **kwargs), done, self._failed)

    def keep_draft(self, staff_id: UUID, form: str, content: str | None) -> None:
        """Keep what somebody is typing into a form, on this PC; nothing drops it. In the order asked."""
        at = self.now()

        def job() -> None:
            if content is None:
                self.station.drop_draft(self.shop_id, staff_id, form)
            else:
                self.station.keep_draft(self.shop_id, staff_id, form, content, at)

        self._work.run(DRAFT, self, job, lambda _none: None, self._failed)

    def draft(self, owner: QObject, done: Callable[[str | None], None], staff_id: UUID, form: str) -> None:
        """Look for what somebody typed into a form before."""

        def job() -> str | None:
            return self.station.draft(self.shop_id, staff_id, form)

        self._work.run(DRAFT, owner, job, done, self._failed)

    def resend(self) -> None:
        """Try again whatever has not been answered, in the order it was asked."""

        def job() -> list[tuple[UUID, Done | Refusal]]:
            outcomes: list[tuple[UUID, Done | Refusal]] = []
            for intent in self.station.unanswered(self.shop_id):
                action = registry.BY_NAME[intent.action]
                command = wire.loads(action.command, intent.command)
                try:
                    outcomes.append((intent.request, self._send(intent, action, command)))
                except Refusal as refusal:
                    outcomes.append((intent.request, refusal))
            return outcomes

        self._work.run(WRITE, self, job, self._delivered, self._failed)

    def close(self) -> None:
        """Stop asking, finish what is being written, let go of database and station."""
        self.closing.emit()
        self._retry.stop()
        self._work.stop()
        self.database.close()
        self.station.close()

    def _send(self, intent: Intent, action: Action[Any], command: Any) -> Done:
        by = By(intent.staff, self.name, intent.at, intent.request)
        try:
            done = perform(self.database, by, action, command)
        except Refusal:
            self.station.forget(intent.request)
            raise
        self.station.forget(intent.request)
        return done

    def _answered(self, answer: Done, done: Callable[[Done], None]) -> None:
        self._reached()
        self.changed.emit(frozenset({answer.id}))
        done(answer)

    def _delivered(self, outcomes: list[tuple[UUID, Done | Refusal]]) -> None:
        self._reached()
        waiting = {request: (owner, done, refused) for request, owner, done, refused in self._unanswered}
        self._unanswered.clear()
        self.waiting.emit(0)
        for request, outcome in outcomes:
            owner, done, refused = waiting.get(request, (None, None, None))
            if owner is None or not isValid(owner):  # who asked has left: only a refusal still matters
                done, refused = None, None
            if isinstance(outcome, Refusal):
                (refused or self.refused.emit)(outcome)
            elif done is not None:
                self._answered(outcome, done)
        self.changed.emit(frozenset())

    def _keep_up(self, keys: frozenset[UUID]) -> None:
        """Notice when the shop's settings change, or who is signed in is no longer who they were."""
        if not keys or self.shop_id in keys:
            self.read(self, self._settings, settings.shop)
        if self.staff is not None and (not keys or self.staff.id in keys):
            self.read(self, self._still_here, staff.one, self.staff.id)

    def _settings(self, shop: Shop) -> None:
        self.shop = shop

    def _still_here(self, now: StaffRow) -> None:
        if self.staff is None or self.staff.id != now.id:
            return
        if not now.active:
            self.ousted.emit(_("You no longer work here: sign in again."))
        elif now.role is not self.staff.role:
            self.ousted.emit(_("Your role was changed. Sign in again."))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Unavailable):
            self.connected = False
            self.lost.emit(error)
            self._retry.start()
        elif isinstance(error, Refusal):
            self.refused.emit(error)
        else:
            self.crashed.emit(error)

    def _reached(self) -> None:
        if not self.connected:
            self.connected = True
            self.back.emit()
            self.resend()
