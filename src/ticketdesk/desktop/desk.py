"""What screens hold: ask, do, hear of changes. It knows nothing of screens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid
from sqlalchemy.orm import Session

from ticketdesk.desktop.work import ALONG, DRAFT, FILES, PRINTER, READ, SURVEY, WRITE, Work
from ticketdesk.domain.by import By
from ticketdesk.domain.cards import holds_card_number
from ticketdesk.domain.clock import now
from ticketdesk.domain.errors import Refusal, Unavailable
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Right, Role, may
from ticketdesk.domain.shop import Shop
from ticketdesk.services import settings, staff, wire
from ticketdesk.services.doors import Action, Done, perform, refuse_card_numbers
from ticketdesk.services.reading import Reader
from ticketdesk.services.staff import StaffRow
from ticketdesk.storage.asked import Asked
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Intent, Station
from ticketdesk.texts import _

T = TypeVar("T")
C = TypeVar("C")
P = ParamSpec("P")
Failed = Callable[[Refusal], None]
_RETRY_MS = 1500
_QUIET_MS = 1000
"""After so long with no question and no action something may be read ahead."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who waits for the answer to a request."""

    owner: QObject
    done: Callable[[Done], None]
    refused: Failed | None


class Desk(QObject):
    """One person at one PC of one shop.

    ``changed`` carries the keys of what changed here or elsewhere (empty: look at everything again);
    ``refused`` a sentence for the window when no screen takes it; ``lost`` and ``back`` speak of the
    connection; ``waiting`` of the number of actions that still have to reach the shop; ``crashed`` of bugs;
    ``closing`` is the last moment to keep what is half typed; ``ousted`` says why whoever is signed in may not
    go on as before; ``quiet`` says that nothing was asked or done for a second.
    """

    changed = Signal(object)  # frozenset[UUID]
    refused = Signal(object)  # Refusal
    lost = Signal(object)  # Unavailable
    back = Signal()
    waiting = Signal(int)
    crashed = Signal(object)  # Exception
    signed_in = Signal(object)  # StaffRow | None
    closing = Signal()
    slow = Signal(bool)
    ousted = Signal(str)
    quiet = Signal()
    _outcome = Signal(object, object)  # UUID of the request, Done | Refusal

    def __init__(self, database: Database, station: Station, name: str, shop_id: UUID, shop: Shop, work: Work) -> None:
        super().__init__()
        self.database, self.station, self.name = database, station, name
        self.shop_id, self.shop = shop_id, shop
        self.staff: StaffRow | None = None
        self.connected = True
        self._work = work
        work.slow.connect(self.slow)
        self._asked: dict[UUID, list[_Asked]] = {}
        self._held = False
        self._retry = QTimer(self, interval=_RETRY_MS, singleShot=True)
        self._retry.timeout.connect(self.resend)
        self._ahead: Asked | None = None
        self._quiet = QTimer(self, interval=_QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self._rest)
        self.changed.connect(self._keep_up)
        self._outcome.connect(self._told, Qt.ConnectionType.QueuedConnection)

    def now(self) -> datetime:
        """Give this moment (UTC)."""
        return now()

    @property
    def idle(self) -> bool:
        """Say whether everything that was asked for in the background has come home."""
        return self._work.idle

    @property
    def role(self) -> Role | None:
        """Give the role of who is signed in; nothing while nobody is."""
        return self.staff.role if self.staff is not None else None

    def may(self, right: Right) -> bool:
        """Say whether who is signed in has a right: for greying out; the actions check it themselves."""
        return may(self.role, right)

    def reader(self) -> Reader:
        """Give who is signed in as who reads: for questions of jobs, which end whoever is signed in by then."""
        return Reader(self.database, self.role, self.name)

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
    ) -> Asked:
        """Ask in the background what the eye waits for; ``done`` gets the answer here, unless the owner is gone.

        Answers come in the order of the questions. What is given back drops the question.
        """
        return self._ask(READ, owner, done, lambda session: query(session, *args, **kwargs))

    def survey(
        self,
        owner: QObject,
        done: Callable[[T], None],
        query: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Asked:
        """Ask what may take long and must hold up nothing in sight: whole lists, counts, reports."""
        return self._ask(SURVEY, owner, done, lambda session: query(session, *args, **kwargs))

    def ahead(
        self, owner: QObject, done: Callable[[], None], failed: Callable[[], None], query: Callable[[Session], None]
    ) -> None:
        """Ask what nobody waits for yet: any question or action breaks it off, and then nothing follows.

        Only ``failed`` hears that the database did not answer; the next question says so in the window.
        """
        asked = self._ahead = Asked()

        def job() -> None:
            with self.database.read(asked) as session:
                query(session)

        def ended(error: Exception | None) -> None:
            if error is not None and not isinstance(error, Unavailable):
                self._failed(error)
            elif not asked.dropped:
                (done if error is None else failed)()

        self._work.run(SURVEY, owner, job, ended, ended, asked)

    def _stir(self) -> None:
        """Let what is read ahead give way: somebody wants something."""
        if self._ahead is not None:
            self._ahead.drop()
            self._ahead = None
        self._quiet.start()

    def _rest(self) -> None:
        if self.connected and self.idle:
            self.quiet.emit()
        else:
            self._quiet.start()

    def _ask(self, lane: str, owner: QObject, done: Callable[[T], None], query: Callable[[Session], T]) -> Asked:
        self._stir()
        asked, reader = Asked(), self.reader()

        def job() -> T:
            with reader.read(asked) as session:
                return query(session)

        def finished(answer: T) -> None:
            self._reached()
            if not asked.dropped:
                done(answer)

        self._work.run(lane, owner, job, finished, self._failed, asked)
        return asked

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
        self._stir()
        intent = Intent(request or new_key(), self.shop_id, self.staff.id, self.now(), action.name, wire.dumps(command))

        self._asked.setdefault(intent.request, []).append(_Asked(owner, done, refused))

        def job() -> None:
            refuse_card_numbers(command)  # not even this PC's own memory keeps one
            self.station.remember(intent)
            self._deliver(self.station.unanswered(self.shop_id, before=intent.request))
            self._send(intent, action, command)

        self._work.run(WRITE, self, job, lambda _none: None, partial(self._not_sent, intent.request))

    def do(
        self,
        owner: QObject,
        done: Callable[[T], None],
        job: Callable[P, T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Do something slow that is neither question nor action: papers, pictures, files, PINs."""
        self._work.run(ALONG, owner, lambda: job(*args, **kwargs), done, self._failed)

    def with_printer(self, owner: QObject, done: Callable[[T], None], job: Callable[[], T]) -> None:
        """Do something with a printer, which may hang for as long as it likes: nothing else waits for it."""
        self._work.run(PRINTER, owner, job, done, self._failed)

    def write_file(self, owner: QObject, done: Callable[[T], None], job: Callable[[], T]) -> None:
        """Write a file of a whole list, which may take minutes: nothing else waits for it."""
        self._work.run(FILES, owner, job, done, self._failed)

    def keep_draft(self, staff_id: UUID, form: str, content: str | None) -> None:
        """Keep what somebody is typing into a form, on this PC; nothing drops it. In the order asked."""
        at = self.now()

        def job() -> None:
            if content is None:
                self.station.drop_draft(self.shop_id, staff_id, form)
            elif not holds_card_number(content):
                self.station.keep_draft(self.shop_id, staff_id, form, content, at)

        self._work.run(DRAFT, self, job, lambda _none: None, self._failed)

    def draft(self, owner: QObject, done: Callable[[str | None], None], staff_id: UUID, form: str) -> None:
        """Look for what somebody typed into a form before."""

        def job() -> str | None:
            return self.station.draft(self.shop_id, staff_id, form)

        self._work.run(DRAFT, owner, job, done, self._failed)

    def set_aside(self, owner: QObject, done: Callable[[list[str]], None], staff_id: UUID, form: str) -> None:
        """Look for drafts that waited for the answer to their action (``form.request``), and wait no more."""

        def job() -> list[str]:
            return self.station.set_aside(self.shop_id, staff_id, form)

        self._work.run(DRAFT, owner, job, done, self._failed)

    def keep_habit(self, name: str, content: str) -> None:
        """Keep at this PC how whoever is signed in likes something."""
        if (person := self.staff) is not None:
            job = partial(self.station.keep_habit, self.shop_id, person.id, name, content)
            self._work.run(DRAFT, self, job, lambda _none: None, self._failed)

    def habit(self, owner: QObject, done: Callable[[str | None], None], name: str) -> None:
        """Look how whoever is signed in likes something at this PC."""
        if (person := self.staff) is not None:
            job = partial(self.station.habit, self.shop_id, person.id, name)
            self._work.run(DRAFT, owner, job, done, self._failed)

    def resend(self) -> None:
        """Try again whatever has not been answered, in the order it was asked."""

        def job() -> None:
            kept = self.station.unanswered(self.shop_id)
            self._deliver(kept)
            if kept:
                self.waiting.emit(0)  # each has its answer, also those nobody is here any more to hear

        self._work.run(WRITE, self, job, lambda _none: None, partial(self._not_sent, None))

    def close(self) -> None:
        """Stop asking, finish what is being written, let go of database and station."""
        self.closing.emit()
        self._retry.stop()
        self._quiet.stop()
        self._work.stop()
        self.database.close()
        self.station.close()

    # in the lane of writes

    def _deliver(self, intents: list[Intent]) -> None:
        if not intents:
            return
        # every action there is: loaded at the start only if something waits to be sent
        from ticketdesk.services import registry  # noqa: PLC0415

        for intent in intents:
            action = registry.BY_NAME.get(intent.action)
            try:
                command = None if action is None else wire.loads(action.command, intent.command)
            except Refusal:
                command = None
            if action is None or command is None:
                sentence = _("Something an older TicketDesk kept on this computer could not be saved: {action}.")
                self._close(intent.request, Refusal(sentence.format(action=intent.action)))
            else:
                self._send(intent, action, command)

    def _send(self, intent: Intent, action: Action[Any], command: Any) -> None:
        """Do what was kept, forget it, and tell its outcome; a bug is one too, so that it blocks nothing else."""
        outcome: Done | Exception
        try:
            outcome = perform(self.database, By(intent.staff, self.name, intent.at, intent.request), action, command)
        except Unavailable:
            self._held = True
            self.waiting.emit(self.station.count(self.shop_id))
            raise
        except Refusal as refusal:
            outcome = refusal
        except Exception as bug:
            self._close(intent.request, bug)
            raise
        self._close(intent.request, outcome)
        if self._held and not self.station.count(self.shop_id):
            self._held = False
            self.waiting.emit(0)

    def _close(self, request: UUID, outcome: Done | Exception) -> None:
        try:
            self.station.forget(request)
        finally:
            self._outcome.emit(request, outcome)

    # back in the window's thread

    def _told(self, request: UUID, outcome: Done | Exception) -> None:
        self._reached()
        if isinstance(outcome, Done):
            self.changed.emit(frozenset({outcome.id}))
            for one in self._askers(request):
                one.done(outcome)
        elif isinstance(outcome, Refusal):
            self._refuse(request, outcome)
        else:
            sentence = _("Something unexpected happened. Nothing was saved.")
            for one in self._askers(request):
                if one.refused is not None:
                    one.refused(Refusal(sentence))

    def _refuse(self, request: UUID | None, refusal: Refusal) -> None:
        takers = [one.refused for one in self._askers(request) if one.refused is not None]
        for refused in takers or [self.refused.emit]:
            refused(refusal)

    def _askers(self, request: UUID | None) -> list[_Asked]:
        """Give who asked and is still there to hear the answer; it is given once."""
        asked = [] if request is None else self._asked.pop(request, [])
        return [one for one in asked if isValid(one.owner)]

    def _not_sent(self, request: UUID | None, error: Exception) -> None:
        if isinstance(error, Refusal):  # this PC's own memory fails
            self._refuse(request, error)
        else:
            self._failed(error)
            self._retry.start()

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
            self.changed.emit(frozenset())
