"""Killing the program loses nothing that was typed: the draft on this PC has it, at most two seconds behind (P12)."""

import os
import subprocess
import sys
import threading
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shop import PIN, TestShop
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.desktop.session import Session
from ticketdesk.domain import sealing
from ticketdesk.domain.pictures import Prepared
from ticketdesk.domain.rights import Role
from ticketdesk.services import wire
from ticketdesk.storage.station import Station

TYPIST = Path(__file__).with_name("intake_typist.py")
COMPLAINT = "the screen stays dark"
PROMISED_SECONDS, LOOKS, SEED = 2.0, 100, 20261123


class Typist:
    """A program of its own in which somebody types, and this PC's memory as it lies on the disk."""

    def __init__(self, shop: TestShop, folder: Path, process: "subprocess.Popen[bytes]", secret: bytes) -> None:
        self._shop, self._log, self.process = shop, folder / "typed.log", process
        self.station, self._me = Station(folder / "station.db", secret), shop.people[Role.CLERK]

    def typed(self) -> list[float]:
        """Give when each letter of the complaint was typed."""
        return [float(line) for line in self._log.read_text().splitlines()] if self._log.exists() else []

    def draft(self) -> Form:
        """Give the draft that a program started now would find."""
        content = self.station.draft(self._shop.id, self._me, "intake")
        return Form() if content is None else wire.loads(Form, content)

    def photo(self, draft: Form) -> Prepared:
        """Give the photo that belongs to the draft."""
        [key] = draft.photos
        content = self.station.draft(self._shop.id, self._me, f"intake.photo.{key}")
        assert content is not None
        return wire.loads(Prepared, content)


@contextmanager
def typing(shop: TestShop, folder: Path) -> Iterator[Typist]:
    secret, photo = sealing.new_secret(), folder / "pictures" / "front.png"
    photo.parent.mkdir()
    picture = QImage(320, 240, QImage.Format.Format_RGB32)
    picture.fill(QColor("green"))
    picture.save(str(photo))
    words = [str(shop.database.path), str(folder / "station.db"), secret.hex(), str(shop.people[Role.CLERK])]
    command = [sys.executable, str(TYPIST), *words, str(folder / "typed.log"), str(photo)]
    with subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}) as process:
        typist = Typist(shop, folder, process, secret)
        deadline = time.monotonic() + 60
        while not typist.typed() and time.monotonic() < deadline:
            threading.Event().wait(0.02)
        assert typist.typed(), "nobody typed"
        try:
            yield typist
        finally:
            process.kill()
            typist.station.close()


def behind(typist: Typist, letters: int, at: float) -> int:
    """Say how many letters typed more than the promised two seconds before a moment were not kept at it."""
    return max(bisect_right(typist.typed(), at - PROMISED_SECONDS) - letters, 0)


def test_at_a_hundred_random_moments_at_most_two_seconds_are_lost(sqlite_shop: TestShop, tmp_path: Path) -> None:
    """What another process reads from this PC's memory is what a program started after a kill would find."""
    chance, pause, looks = Random(SEED), threading.Event(), list[tuple[float, int]]()
    with typing(sqlite_shop, tmp_path) as typist:
        for _look in range(LOOKS):
            pause.wait(chance.uniform(0, 0.08))
            looked = time.monotonic()
            looks.append((looked, len(typist.draft().complaint)))
        assert [look for look in looks if behind(typist, look[1], look[0])] == []
        assert looks[-1][1] > looks[0][1]


@pytest.mark.parametrize("seed", [SEED, SEED + 1, SEED + 2])
def test_a_killed_program_gives_the_draft_back(sqlite_shop: TestShop, tmp_path: Path, seed: int) -> None:
    with typing(sqlite_shop, tmp_path) as typist:
        threading.Event().wait(PROMISED_SECONDS + Random(seed).uniform(0.2, 1.5))
        killed = time.monotonic()
        typist.process.kill()
        typist.process.wait()
        draft = typist.draft()
        assert behind(typist, len(draft.complaint), killed) == 0
        assert (draft.phone, draft.name, draft.model) == ("0722000418", "Stefan Ungureanu", "iPhone 13")
        assert draft.complaint.startswith(COMPLAINT[: len(draft.complaint)])
        photo = typist.photo(draft)
        assert (photo.name, photo.media_type, photo.width) == ("front.png", "image/jpeg", 320)
        sealed = b"".join(path.read_bytes() for path in tmp_path.glob("station.db*"))
        assert b"Ungureanu" not in sealed
        assert photo.content[:64] not in sealed


def test_a_colleagues_draft_is_not_shown_and_waits_for_its_writer(qtbot: QtBot, session: Session) -> None:
    def sign_in(name: str) -> None:
        page = session.signing.page
        qtbot.waitUntil(lambda: bool(page.tiles))
        page.choose(next(n for n, tile in enumerate(page.tiles) if tile.person.name.startswith(name)))
        page.tried.emit(page.tiles[page.chosen].person, PIN)
        qtbot.waitUntil(lambda: session.desk.staff is not None, timeout=10_000)
        session.host.open_intake()
        qtbot.waitUntil(lambda: session.desk._work.idle)

    sign_in("Alina")
    QTest.keyClicks(session.pages["intake"].customer.phone, "0722000418")
    session.signing.lock()
    sign_in("Vlad")
    assert session.pages["intake"].form.phone == ""
    QTest.keyClicks(session.pages["intake"].customer.phone, "0733000295")
    session.signing.lock()
    sign_in("Alina")
    qtbot.waitUntil(lambda: session.pages["intake"].form.phone == "0722000418")
