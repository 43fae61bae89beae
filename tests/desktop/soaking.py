"""A long time of random but sensible use of the real window, and whether anything is left behind by it.

``tools/soak.py`` runs it for an hour, a test for some seconds.
"""

import gc
import logging
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QFocusFrame
from sqlalchemy import func, select

from desktop import deeds_orders as at_orders
from desktop import deeds_shop as at_shop
from desktop.hand import Hand
from ticketdesk import texts
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.look import qt_words
from ticketdesk.desktop.look.theme import apply
from ticketdesk.desktop.measuring.machine import memory
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.work import Work
from ticketdesk.domain.rights import Right
from ticketdesk.services import settings
from ticketdesk.services.verify import verify
from ticketdesk.storage.database import Database
from ticketdesk.storage.preferences import Preferences
from ticketdesk.storage.station import Station
from ticketdesk.storage.tables import Order, Payment

_WELL_KNOWN = "This plugin does not support"
"""What Qt says of a screen that nobody sees."""
_LANES_AT_WORK = 4
"""So many threads and files more than at rest are no leak: a connection of the pool, the journal of SQLite."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something people do, how often beside the others, and the right without which nobody tries."""

    run: Callable[[Hand], None]
    weight: int
    right: Right | None = None


STEPS: tuple[Step, ...] = (
    Step(at_orders.look_at_views, 7),
    Step(at_orders.search, 10),
    Step(at_orders.sort, 4),
    Step(at_orders.scroll, 6),
    Step(at_orders.menus, 3),
    Step(at_orders.bulk, 3),
    Step(at_orders.quick_deeds, 4, Right.NOTE),
    Step(at_orders.read_order, 8),
    Step(at_orders.comment, 5, Right.NOTE),
    Step(at_orders.add_task, 3, Right.NOTE),
    Step(at_orders.add_line, 5, Right.ADD_LINE),
    Step(at_orders.next_step, 5, Right.NOTE),
    Step(at_orders.look_at_papers, 3),
    Step(at_orders.estimate, 2, Right.ADD_LINE),
    Step(at_orders.any_command, 5),
    Step(at_shop.take_in, 6, Right.TAKE_IN),
    Step(at_shop.pay, 5, Right.TAKE_PAYMENT),
    Step(at_shop.sell, 4, Right.TAKE_PAYMENT),
    Step(at_shop.claim, 3, Right.CLAIM),
    Step(at_shop.scan, 6),
    Step(at_shop.palette, 6),
    Step(at_shop.board, 3),
    Step(at_shop.bench, 4),
    Step(at_shop.customers, 4),
    Step(at_shop.device, 2),
    Step(at_shop.catalogue, 3),
    Step(at_shop.cash, 3),
    Step(at_shop.reports, 2),
    Step(at_shop.settings, 2),
    Step(at_shop.rooms, 3),
    Step(at_shop.change_person, 3),
    Step(at_shop.zoom, 1),
    Step(at_shop.theme, 1),
    Step(at_shop.resize, 1),
    Step(at_shop.colleague, 5),
    Step(at_shop.held_up, 1),
)
"""Steps by how often they come beside the others."""


def open_window(database: Database, station: Station) -> Session:
    """Open the real window on a shop, as a start does, with nobody signed in yet.

    Raises:
        PermissionError: if it is no demo shop: in none but those may somebody work at random.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with database.read() as session:
        facts, shop_id = settings.shop(session), settings.shop_id(session)
        if not settings.shop_row(session).demo:
            raise PermissionError(f"{facts.name} is no demo shop")
    texts.speak("ro")
    qt_words.speak(app)
    apply(app, "light")
    frame = Frame()
    frame.resize(*at_shop.SIZES[0])
    frame.show()
    frame.activateWindow()
    return Session(frame, Desk(database, station, "Casa 1", shop_id, facts, Work()), Preferences())


@dataclass
class Heard:
    """What was complained of: errors in the log, warnings of Qt, exceptions that nobody caught."""

    complaints: list[str] = field(default_factory=list)
    during: str = ""

    def note(self, what: str) -> None:
        """Write something down, with what was being done."""
        self.complaints.append(f"[{self.during}] {what}")


class _Log(logging.Handler):
    def __init__(self, heard: Heard) -> None:
        super().__init__(logging.ERROR)
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self._heard.note(logging.Formatter("%(levelname)s %(threadName)s %(message)s").format(record))


@contextmanager
def listening(told: Callable[[str], None] = lambda _line: None) -> Iterator[Heard]:
    """Hear everything that goes wrong meanwhile; ``told`` hears each at once."""
    heard, log = Heard(), logging.getLogger("ticketdesk")
    handler = _Log(heard)

    def from_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and _WELL_KNOWN not in message:
            heard.note(f"Qt: {message}")
            told(heard.complaints[-1])

    def uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        heard.note("".join(traceback.format_exception(kind, error, trace)))
        told(heard.complaints[-1])

    def in_thread(args: threading.ExceptHookArgs) -> None:
        heard.note(f"{args.thread}: {args.exc_type.__name__}: {args.exc_value}")

    before = sys.excepthook, threading.excepthook
    qt_before = qInstallMessageHandler(from_qt)
    sys.excepthook, threading.excepthook = uncaught, in_thread
    log.addHandler(handler)
    try:
        yield heard
    finally:
        log.removeHandler(handler)
        sys.excepthook, threading.excepthook = before
        qInstallMessageHandler(qt_before)


@dataclass(frozen=True, slots=True)
class Held:
    """What the program holds at one moment, at rest: objects by their kind, threads, open files, memory in MiB."""

    at: float
    steps: int
    windows: Counter[str]
    widgets: Counter[str]
    objects: Counter[str]
    threads: int
    files: int
    memory: float

    def __str__(self) -> str:
        return (
            f"{self.at / 60:6.1f} min  {self.steps:6} steps  {self.memory:7.1f} MiB  {self.threads:3} threads  "
            f"{self.files:3} files  {self.windows.total():2} windows  {self.widgets.total():5} widgets  "
            f"{self.objects.total():6} objects"
        )


def held(hand: Hand, began: float, steps: int) -> Held:
    """Go home, let go of what can be let go of, and count what is left."""
    home(hand)
    for _again in range(2):
        gc.collect()
        hand.rest(30)  # what is let go of goes in the event loop
    preview = hand.session.pages["orders"].preview  # shows as many labels as the order chosen has facts
    own = set(preview.findChildren(QObject))
    tops, every = QApplication.topLevelWidgets(), [one for one in QApplication.allWidgets() if one not in own]
    roots = (hand.frame, hand.desk, hand.session)
    below = [one for root in roots for one in root.findChildren(QObject) if one not in own]
    fds = Path("/proc/self/fd")
    return Held(
        time.monotonic() - began, steps, _kinds(tops), _kinds(every), _kinds(below), threading.active_count(),
        len(list(fds.iterdir())) if fds.is_dir() else 0, memory()[0],
    )  # fmt: skip


def home(hand: Hand) -> None:
    """Bring the window to where it always begins: Alina at the order desk, with the usual view, size and colours."""
    hand.tidy()
    hand.session.signing.lock()
    hand.sign_in("Mircea")
    hand.tidy()
    hand.run("look.usual")
    hand.run("look.light")
    hand.frame.resize(*at_shop.SIZES[0])
    hand.session.signing.lock()
    hand.sign_in("Alina")
    hand.go("orders").search("")
    hand.session.host.show_view("active")
    hand.settle()
    hand.frame.toasts.silence()
    hand.rest(60)


def leaks(first: Held, last: Held) -> list[str]:
    """Say of what there is more at the end than there was after the warm-up."""
    found = []
    for what, before, after in (
        ("window", first.windows, last.windows),
        ("widget", first.widgets, last.widgets),
        ("object", first.objects, last.objects),
    ):
        found += [f"{what} {kind}: {before[kind]} → {count}" for kind, count in after.items() if count > before[kind]]
    for what, small, large in (("threads", first.threads, last.threads), ("open files", first.files, last.files)):
        if large > small + _LANES_AT_WORK:
            found.append(f"{what}: {small} → {large}")
    return found


@dataclass(frozen=True, slots=True)
class Books:
    """Sums over all orders, in minor units."""

    total: int
    balance: int
    payments: int


def books(database: Database) -> Books:
    """Add up what orders come to, what is owed for them, and what was paid."""
    with database.read() as session:
        total, balance = session.execute(select(func.sum(Order.total), func.sum(Order.balance))).one()
        paid = session.scalar(select(func.sum(Payment.amount)).where(Payment.order_id.is_not(None)))
    return Books(int(total or 0), int(balance or 0), int(paid or 0))


def unbalanced(before: Books, after: Books) -> list[str]:
    """Say it if the balances did not change by what was added to the orders, less what was paid for them."""
    owed, paid = after.total - before.total, after.payments - before.payments
    changed = after.balance - before.balance
    return [] if changed == owed - paid else [f"balances changed by {changed}, orders by {owed}, payments by {paid}"]


def faults(database: Database) -> list[str]:
    """Check the whole shop: every chain of the journal, every sum."""
    with database.snapshot() as session:
        return [f"{fault.check}: {fault.row}" for fault in verify(session)]


def possible(hand: Hand) -> list[Step]:
    """Give what whoever is signed in would try."""
    return [step for step in STEPS if step.right is None or hand.desk.may(step.right)]


def work(hand: Hand, heard: Heard, step: Step) -> None:
    """Do one thing, and leave whatever it opened."""
    heard.during = f"{hand.desk.staff.name.split()[0] if hand.desk.staff else ''} {step.run.__name__}"
    try:
        step.run(hand)
        hand.tidy()
        hand.think()
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is told, and work goes on
        heard.note("".join(traceback.format_exception(error)))
        hand.tidy()


def warm_up(hand: Hand, heard: Heard) -> None:
    """Do everything once, by whoever may: what is made the first time stays for good."""
    for name in ("Mircea", "Alina"):
        hand.session.signing.lock()
        hand.sign_in(name)
        for step in STEPS:
            if step.right is None or hand.desk.may(step.right):
                work(hand, heard, step)
                if not _is(hand, name):
                    hand.session.signing.lock()
                    hand.sign_in(name)


def at_random(hand: Hand, heard: Heard) -> Step:
    """Do something that people do here, as often as they do it."""
    steps = possible(hand)
    step = hand.chance.choices(steps, [each.weight for each in steps])[0]
    work(hand, heard, step)
    return step


def _is(hand: Hand, name: str) -> bool:
    return hand.desk.staff is not None and hand.desk.staff.name.startswith(name)


def _kinds(found: Any) -> Counter[str]:
    # the ring around what has the focus is there while keys are used, and not while the mouse is
    return Counter(type(one).__name__ for one in found if not isinstance(one, QFocusFrame))
