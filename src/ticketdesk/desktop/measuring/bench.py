"""The window's benchmark: opening, scrolling, sorting, searching and changes of others, in the real window."""

import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.measuring.elsewhere import Elsewhere
from ticketdesk.desktop.measuring.frames import Frames
from ticketdesk.desktop.measuring.stalls import Stalls
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.session import Session
from ticketdesk.domain.by import By
from ticketdesk.domain.keys import new_key
from ticketdesk.services import staff
from ticketdesk.services.lists import VIEWS, OrderRow
from ticketdesk.services.staff import StaffRow

_FRAME = 1 / 60
_KEY_EVERY = 0.09


class Bench(QObject):
    """Works at the order desk as fast hands would, and writes what it measured to standard output as JSON."""

    def __init__(self, frame: Frame, session: Session, wanted: str, born: float) -> None:
        super().__init__(frame)
        self._frame, self._session, self._born = frame, session, born
        self._login, _colon, flows = wanted.partition(":")
        self._flows = flows.split(",")
        self._frames, self._stalls = Frames(frame), Stalls(self)
        self._times: dict[str, list[float]] = {}
        self._facts: dict[str, float] = {}
        self._chance = random.Random(1)

    def begin(self) -> None:
        """Work, print, and leave."""
        self._session.desk.read(self, self._sign, staff.everyone)

    def _sign(self, people: list[StaffRow]) -> None:
        person = next(one for one in people if not self._login or one.login == self._login)
        self._session.enter(person)
        QTimer.singleShot(0, self._begun)

    def _begun(self) -> None:
        status = 1
        try:
            self._work()
            status = 0
        finally:
            self._frame.close()
            QApplication.exit(status)

    def _work(self) -> None:
        painted = self._frames.painted(lambda: bool(self._page.model.keys) and not self._page.model.waiting)
        self._facts["exec to first rows, ms"] = (time.time() - self._born - (time.perf_counter() - painted)) * 1000
        self._whole()
        self._frames.rest(1.0)
        self._facts["memory with the list open, MiB"] = _resident()
        self._stalls.start()
        flows: dict[str, Callable[[], None]] = {
            "views": self._views, "sorts": self._sorts, "scroll": self._scroll, "jump": self._jump,
            "search": self._search, "open": self._open, "live": self._live, "use": self._use,
        }  # fmt: skip
        for name, flow in flows.items():
            if name in self._flows:
                flow()
        self._stalls.stop()
        self._facts["memory after use, MiB"] = _resident()
        self._facts["memory at most, MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self._times["stall of the window"] = [gap * 1000 for gap in self._stalls.gaps]
        self._report()

    def _report(self) -> None:
        screen = QGuiApplication.platformName()
        told = {
            "database": self._session.desk.database.dialect,
            "window": f"{self._frame.width()}x{self._frame.height()} at {self._frame.devicePixelRatio():g}, {screen}",
            "facts": {name: round(value, 1) for name, value in self._facts.items()},
            "figures": {name: _figure(times) for name, times in self._times.items()},
            "worst_stall": self._stalls.worst,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")

    # the flows

    def _views(self) -> None:
        for _again in range(3):
            for view in VIEWS:
                self._ask(partial(self._page.show_view, view.key), "first rows of a view")

    def _sorts(self) -> None:
        self._page.show_view("all")
        self._whole()
        for _again in range(3):
            for column, facts in enumerate(cells.COLUMNS):
                if facts.sort:
                    for _way in range(2):
                        click = partial(self._page.table.header.sectionClicked.emit, column)
                        self._ask(click, "first rows of a sort")

    def _ask(self, act: Callable[[], None], name: str) -> None:
        model, began = self._page.model, time.perf_counter()
        act()
        self._note(name, self._frames.painted(lambda: not model.waiting) - began)
        self._whole()
        self._note("whole list behind it", time.perf_counter() - began)
        self._frames.rest(0.15)

    def _scroll(self) -> None:
        self._all()
        viewport = self._page.table.viewport()
        self._paced("scroll by wheel", 300, lambda _n: _wheel(viewport, -120))
        self._paced("scroll by wheel, fast", 200, lambda _n: _wheel(viewport, -2400))
        bar = self._page.table.verticalScrollBar()
        for start in (0, bar.maximum() // 2):
            bar.setValue(start)
            self._frames.rest(0.2)
            self._paced("scroll by drag", 150, lambda _n: bar.setValue(bar.value() + self._chance.randint(40, 4000)))
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_Up):
            self._paced("scroll by keys", 60, partial(self._key, key))
        for _again in range(10):
            for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
                self._paced("End and Home", 1, partial(self._key, key))
                self._frames.until(self._filled)

    def _jump(self) -> None:
        self._all()
        bar = self._page.table.verticalScrollBar()
        for _again in range(60):
            began = time.perf_counter()
            bar.setValue(self._chance.randint(0, bar.maximum()))
            self._frames.paint_now()
            self._note("jump, painted", time.perf_counter() - began)
            filled = self._frames.painted_at if self._filled() else self._frames.painted(self._filled)
            self._note("jump, filled", filled - began)
            self._frames.rest(0.05)

    def _search(self) -> None:
        self._all()
        rows = self._some_rows(12)
        field, model = self._frame.search, self._page.model
        self._session.host.go("orders")
        waiting: list[tuple[str, float]] = []

        def seen() -> bool:
            shown = model.question.typed
            if not model.waiting:
                while waiting and (shown == waiting[0][0] or any(shown == typed for typed, _at in waiting)):
                    _typed, at = waiting.pop(0)
                    self._note("keystroke to painted rows", self._frames.painted_at - at)
            return False

        self._frames.watch(seen)
        for text in _texts(rows, self._chance):
            field.setFocus()
            field.clear()
            self._frames.rest(0.4)
            for letter in text:
                began = time.perf_counter()
                waiting.append((" ".join((field.text() + letter).split()), began))
                _type(field, letter)
                self._frames.rest(_KEY_EVERY - (time.perf_counter() - began))
            self._frames.until(lambda: not waiting)
        field.clear()
        self._frames.unwatch(seen)
        self._frames.rest(0.5)

    def _open(self) -> None:
        self._all()
        rows = self._some_rows(40)
        for row in rows:
            began = time.perf_counter()
            self._session.host.open_order(row.id)

            def shown(row: OrderRow = row) -> bool:
                page = self._session.pages["order"].page
                return page is not None and bool(page.row.id == row.id)

            self._note("open an order, painted", self._frames.painted(shown) - began)
            self._frames.rest(0.15)
        self._session.host.go("orders")
        for _again in range(20):
            began = time.perf_counter()
            _press(self._page.table, Qt.Key.Key_Down)
            number = self._page.table.number()
            self._note(
                "preview of the next order",
                self._frames.painted(lambda number=number: self._previewed() == number) - began,  # type: ignore[misc]
            )

    def _live(self) -> None:
        desk = self._session.desk
        if desk.staff is None:
            return
        url = desk.database.url.render_as_string(hide_password=False)
        by = By(desk.staff.id, "bench-2", desk.now() - timedelta(0), new_key())
        with Elsewhere(url, desk.database.info, by) as elsewhere:
            for view in ("active", "all"):
                self._page.show_view(view)
                self._whole()
                self._frames.rest(0.5)
                for _again in range(20):
                    self._change(elsewhere, view)
            numbers = [row.number for row in self._in_sight()]
            elsewhere.keep_changing(numbers, 500, 100)
            viewport = self._page.table.viewport()
            self._paced(
                "scroll with 100 changes a second", 240, lambda n: _wheel(viewport, -120 if n % 240 < 120 else 120)
            )
            self._facts["changes of others in those 5 s"] = elsewhere.wait()
            self._frames.rest(1.0)

    def _change(self, elsewhere: Elsewhere, view: str) -> None:
        row = self._chance.choice(self._in_sight())
        model = self._page.model

        def shown() -> bool:
            now = model.row_of(row.number)
            return now is not None and now.version > row.version

        # the other PC commits while this window lives: its answer is read when the change was painted
        elsewhere.begin_change(row.number)
        painted = self._frames.painted(shown)
        self._note(f"change elsewhere to painted, {view}", painted - elsewhere.committed())
        self._frames.rest(self._chance.uniform(0.1, 0.4))

    def _use(self) -> None:
        minutes = float(os.environ.get("TICKETDESK_BENCH_MINUTES", "1"))
        end, before = time.monotonic() + minutes * 60, _resident()
        while time.monotonic() < end:
            for flow in self._chance.sample([self._scroll, self._search, self._open, self._jump, self._views], 3):
                flow()
        self._facts["growth in use, MiB"] = _resident() - before

    # helpers

    @property
    def _page(self) -> Any:
        return self._session.pages["orders"]

    def _all(self) -> None:
        self._session.host.show_view("all")
        self._frame.search.clear()
        self._whole()
        self._frames.rest(0.3)
        self._frames.until(self._filled)

    def _key(self, key: Qt.Key, _n: int) -> None:
        _press(self._page.table, key)

    def _whole(self) -> None:
        self._frames.until(lambda: self._page.model.whole)

    def _in_sight(self) -> list[OrderRow]:
        table = self._page.table
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        found = [self._page.model.row_at(place) for place in range(max(first, 0), max(last, first) + 1)]
        return [row for row in found if row is not None]

    def _filled(self) -> bool:
        table, model = self._page.table, self._page.model
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        last = last if last >= 0 else len(model.keys) - 1
        return all(model.keys[place] < 0 or model.row_at(place) is not None for place in range(first, last + 1))

    def _some_rows(self, count: int) -> list[OrderRow]:
        """Give orders from all over the list."""
        found: list[OrderRow] = []
        bar = self._page.table.verticalScrollBar()
        while len(found) < count:
            bar.setValue(self._chance.randint(0, bar.maximum()))
            self._frames.rest(0.05)
            self._frames.until(self._filled)
            found.append(self._chance.choice(self._in_sight()))
        return found

    def _previewed(self) -> int | None:
        page = self._page.preview.page
        return page.row.number if page is not None else None

    def _paced(self, name: str, times: int, act: Callable[[int], object]) -> None:
        """Do something once a frame, sixty times a second, and note how long each took to be on the screen."""
        for n in range(times):
            began = time.perf_counter()
            act(n)
            self._frames.paint_now()
            took = time.perf_counter() - began
            self._note(name, took)
            self._frames.rest(_FRAME - took)

    def _note(self, name: str, seconds: float) -> None:
        self._times.setdefault(name, []).append(seconds * 1000)


def _figure(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=1000, method="inclusive") if len(times) > 1 else times * 999
    named = {"p50": cuts[499], "p95": cuts[949], "p99": cuts[989], "p99.9": cuts[998], "max": max(times)}
    return {name: round(value, 2) for name, value in named.items()} | {"n": len(times)}


def _texts(rows: list[OrderRow], chance: random.Random) -> list[str]:
    """Give what people type: numbers, phones, names, words of the device and of the complaint."""
    made = []
    for place, row in enumerate(rows):
        kinds = [str(row.number), row.customer_phone.replace("+40", "0"), row.customer_name, row.device_title]
        kinds.append(" ".join(chance.sample(row.complaint.split(), 1)))
        made.append(kinds[place % len(kinds)][:14])
    return [text for text in made if text]


def _wheel(viewport: QWidget, delta: int) -> None:
    at = QPointF(viewport.width() / 2, viewport.height() / 2)
    event = QWheelEvent(
        at, QPointF(viewport.mapToGlobal(at.toPoint())), QPoint(0, 0), QPoint(0, delta), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def _press(widget: QWidget, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def _type(widget: QWidget, letter: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def _resident() -> float:
    """Give the resident memory of this process, in MiB; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * resource.getpagesize() / 2**20
