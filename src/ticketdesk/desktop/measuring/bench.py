"""The window's benchmark: opening, scrolling, sorting, searching and changes of others, in the real window."""

import json
import os
import random
import statistics
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.measuring.elsewhere import Elsewhere
from ticketdesk.desktop.measuring.frames import Frames, Painted, Player, Rest, Script, Until
from ticketdesk.desktop.measuring.machine import Moment, memory, moment
from ticketdesk.desktop.measuring.stalls import Stalls
from ticketdesk.desktop.screens.orders import cells
from ticketdesk.desktop.session import Session
from ticketdesk.domain.by import By
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.views import VIEWS
from ticketdesk.services import staff
from ticketdesk.services.lists import OrderRow
from ticketdesk.services.staff import StaffRow

_FRAME = 1 / 60
_KEY_EVERY = 0.09
_SETTLING = 4.0
"""Seconds in which a window loads beside the first list what it did without."""


class Bench(QObject):
    """Works at the order desk as fast hands would, and writes what it measured to standard output as JSON."""

    def __init__(self, frame: Frame, session: Session, wanted: str, born: float) -> None:
        super().__init__(frame)
        self._frame, self._session, self._born = frame, session, born
        self._login, _colon, flows = wanted.partition(":")
        self._flows = [name for name in flows.split(",") if name]
        self._frames, self._stalls = Frames(frame), Stalls(self)
        self._times: dict[str, list[tuple[float, float]]] = {}
        self._facts: dict[str, float] = {}
        self._chance = random.Random(1)

    def begin(self) -> None:
        """Work, print, and leave."""
        self._session.desk.read(self, self._sign, staff.everyone)

    def _sign(self, people: list[StaffRow]) -> None:
        person = next(one for one in people if not self._login or one.login == self._login)
        self._session.signing.enter(person)
        self._player = Player(self._frames, self._work(), self._ended)

    def _ended(self, error: Exception | None) -> None:
        self._stalls.stop()
        if error is not None:
            traceback.print_exception(error)
        else:
            self._report()
        self._frame.close()
        QApplication.exit(1 if error else 0)

    def _work(self) -> Script:
        painted = yield Painted(lambda: bool(self._page.model.keys) and not self._page.model.waiting)
        self._facts["exec to first rows, ms"] = (time.time() - self._born - (time.perf_counter() - painted.at)) * 1000
        yield self._whole()
        yield Rest(_SETTLING)
        yield Until(lambda: self._session.ahead.done)
        self._facts["memory with the list open, MiB"] = memory()[0]
        self._stalls.start()
        flows = {
            "views": self._views, "sorts": self._sorts, "scroll": self._scroll, "jump": self._jump,
            "search": self._search, "open": self._open, "live": self._live, "use": self._use,
        }  # fmt: skip
        for name in self._flows:
            yield from flows[name]()

    def _report(self) -> None:
        self._facts["memory after use, MiB"], self._facts["memory at most, MiB"] = memory()
        self._times["stall of the window"] = [(gap, gap) for gap in self._stalls.gaps]
        screen = QGuiApplication.platformName()
        told = {
            "database": self._session.desk.database.dialect,
            "window": f"{self._frame.width()}x{self._frame.height()} at {self._frame.devicePixelRatio():g}, {screen}",
            "facts": {name: round(value, 1) for name, value in self._facts.items()},
            "figures": {name: _figure(times) for name, times in self._times.items() if times},
            "worst_stall": self._stalls.worst,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")

    # the flows

    def _views(self) -> Script:
        for _again in range(3):
            for view in VIEWS:
                yield from self._ask(partial(self._page.show_view, view.key), "view")

    def _sorts(self) -> Script:
        yield from self._all()
        for _again in range(2):
            for column, facts in enumerate(cells.COLUMNS):
                if facts.sort:
                    for _way in range(2):
                        yield from self._ask(partial(self._page.table.header.sectionClicked.emit, column), "sort")

    def _ask(self, act: Callable[[], None], name: str) -> Script:
        model, began = self._page.model, moment()
        act()
        painted = yield Painted(lambda: not model.waiting)
        self._note(f"first rows of a {name}", began, painted)
        whole = yield self._whole()
        self._note(f"whole list of a {name}", began, whole)
        yield Rest(0.15)

    def _scroll(self) -> Script:
        yield from self._all()
        viewport, bar = self._page.table.viewport(), self._page.table.verticalScrollBar()
        yield from self._paced("scroll by wheel", 300, lambda _n: _wheel(viewport, -120))
        yield from self._paced("scroll by wheel, fast", 200, lambda _n: _wheel(viewport, -2400))
        for start in (0, bar.maximum() // 2):
            bar.setValue(start)
            yield Rest(0.2)
            drag = partial(self._drag, bar)
            yield from self._paced("scroll by drag", 150, drag)
        for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_Up):
            yield from self._paced("scroll by keys", 60, partial(self._key, key))
        for _again in range(10):
            for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
                yield from self._paced("End and Home", 1, partial(self._key, key))
                yield Until(self._filled)

    def _drag(self, bar: QScrollBar, _n: int) -> None:
        bar.setValue(bar.value() + self._chance.randint(40, 4000))

    def _key(self, key: Qt.Key, _n: int) -> None:
        _press(self._page.table, key)

    def _jump(self) -> Script:
        yield from self._all()
        bar = self._page.table.verticalScrollBar()
        for _again in range(60):
            began = moment()
            bar.setValue(self._chance.randint(0, bar.maximum()))
            self._frames.paint_now()
            self._note("jump, painted", began, moment())
            filled = self._frames.painted
            if not self._filled():
                filled = yield Painted(self._filled)
            self._note("jump, filled", began, filled)
            yield Rest(0.05)

    def _search(self) -> Script:
        yield from self._all()
        rows: list[OrderRow] = []
        yield from self._some_rows(rows, 12)
        field, model = self._frame.search, self._page.model
        self._session.host.go("orders")
        waiting: list[tuple[str, Moment]] = []

        def seen() -> None:
            while not model.waiting and any(field.text().strip() == typed for typed, _at in waiting):
                self._note("keystroke to painted rows", waiting.pop(0)[1], self._frames.painted)

        self._frames.watch(seen)
        for text in _texts(rows, self._chance):
            self._frame.activateWindow()
            field.setFocus()
            field.clear()
            self._page.search("")
            yield Rest(0.4)
            for place, letter in enumerate(text):
                began = moment()
                waiting.append((" ".join(text[: place + 1].split()), began))
                _type(self._frame, letter)
                yield Rest(_KEY_EVERY - (time.perf_counter() - began.at))
            yield Until(lambda: not waiting)
        field.clear()
        self._page.search("")
        self._frames.unwatch(seen)
        yield Rest(0.5)

    def _open(self) -> Script:
        yield from self._all()
        rows: list[OrderRow] = []
        yield from self._some_rows(rows, 40)
        for row in rows:
            began = moment()
            self._session.host.open_order(row.id)
            painted = yield Painted(partial(self._opened, row))
            self._note("open an order, painted", began, painted)
            yield Rest(0.15)
        self._session.host.go("orders")
        yield Rest(0.5)
        for _again in range(20):
            began = moment()
            _press(self._page.table, Qt.Key.Key_Down)
            painted = yield Painted(partial(self._previewed, self._page.table.number()))
            self._note("preview of the next order", began, painted)

    def _opened(self, row: OrderRow) -> bool:
        page = self._session.pages["order"].page
        return page is not None and bool(page.row.id == row.id)

    def _previewed(self, number: int) -> bool:
        page = self._page.preview.page
        return page is not None and bool(page.row.number == number)

    def _live(self) -> Script:
        desk = self._session.desk
        if desk.staff is None:
            return
        url = desk.database.url.render_as_string(hide_password=False)
        by = By(desk.staff.id, "bench-2", desk.now(), new_key())
        with Elsewhere(url, desk.database.info, by) as elsewhere:
            yield Until(elsewhere.answered)
            elsewhere.arrived()
            for view in ("active", "all"):
                self._page.show_view(view)
                yield self._whole()
                yield Rest(0.5)
                for _again in range(20):
                    yield from self._change(elsewhere, view)
            elsewhere.keep_changing([row.number for row in self._in_sight()], 500, 100)
            viewport = self._page.table.viewport()
            wheel = lambda n: _wheel(viewport, -120 if n % 240 < 120 else 120)  # noqa: E731
            yield from self._paced("scroll with 100 changes a second", 240, wheel)
            yield Until(elsewhere.answered)
            self._facts["changes of others in those 5 s"] = elsewhere.made()
            yield Rest(1.0)

    def _change(self, elsewhere: Elsewhere, view: str) -> Script:
        row, model = self._chance.choice(self._in_sight()), self._page.model

        def shown() -> bool:
            now = model.row_of(row.number)
            return now is not None and bool(now.version > row.version)

        began = moment()
        elsewhere.begin_change(row.number)
        painted = yield Painted(shown)
        yield Until(elsewhere.answered)
        self._note(f"change elsewhere to painted, {view}", replace(began, at=elsewhere.committed()), painted)
        yield Rest(self._chance.uniform(0.1, 0.4))

    def _use(self) -> Script:
        minutes = float(os.environ.get("TICKETDESK_BENCH_MINUTES", "1"))
        end, before = time.monotonic() + minutes * 60, memory()[0]
        while time.monotonic() < end:
            for flow in self._chance.sample([self._scroll, self._search, self._open, self._jump, self._views], 3):
                yield from flow()
        self._facts["growth in use, MiB"] = memory()[0] - before

    # helpers

    @property
    def _page(self) -> Any:
        return self._session.pages["orders"]

    def _all(self) -> Script:
        self._session.host.show_view("all")
        yield self._whole()
        yield Rest(0.3)
        yield Until(self._filled)

    def _whole(self) -> Until:
        return Until(lambda: self._page.model.whole)

    def _in_sight(self) -> list[OrderRow]:
        table = self._page.table
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        last = last if last >= 0 else len(self._page.model.keys) - 1  # a short list ends above the bottom
        found = [self._page.model.row_at(place) for place in range(max(first, 0), last + 1)]
        return [row for row in found if row is not None]

    def _filled(self) -> bool:
        table, model = self._page.table, self._page.model
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        last = last if last >= 0 else len(model.keys) - 1
        return all(model.keys[place] < 0 or model.row_at(place) is not None for place in range(first, last + 1))

    def _some_rows(self, found: list[OrderRow], count: int) -> Script:
        """Collect orders from all over the list."""
        bar = self._page.table.verticalScrollBar()
        while len(found) < count:
            bar.setValue(self._chance.randint(0, bar.maximum()))
            yield Rest(0.05)
            yield Until(self._filled)
            found.append(self._chance.choice(self._in_sight()))

    def _paced(self, name: str, times: int, act: Callable[[int], object]) -> Script:
        """Do something once a frame, sixty times a second, and note how long each took to be on the screen."""
        for n in range(times):
            began = moment()
            act(n)
            self._frames.paint_now()
            ended = moment()
            self._note(name, began, ended)
            yield Rest(max(_FRAME - (ended.at - began.at), 0.0))

    def _note(self, name: str, began: Moment, ended: Moment) -> None:
        self._times.setdefault(name, []).append(ended.since(began))


def _figure(pairs: list[tuple[float, float]]) -> dict[str, Any]:
    """Sum up times, in ms: on the clock, and as ``own`` without the moments in which others had the processor."""
    clock, own = ([seconds * 1000 for seconds in each] for each in zip(*pairs, strict=True))
    return _shares(clock) | {"n": len(pairs), "own": _shares(own)}


def _shares(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=1000, method="inclusive") if len(times) > 1 else times * 999
    named = {"p50": cuts[499], "p95": cuts[949], "p99": cuts[989], "p99.9": cuts[998], "max": max(times)}
    return {name: round(value, 2) for name, value in named.items()}


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


def _type(window: QWidget, letter: str) -> None:
    """Press a key where the system's keys arrive: at the window, which looks for scanners first."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(window.windowHandle(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
