"""Signing in at the counter: the whole PIN, the owner told of guesses, a lost connection no dead end (P22)."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from shop import PIN, TestShop, an_order
from ticketdesk.desktop.session import Session
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Role
from ticketdesk.services import staff, unlocking


def choose(qtbot: QtBot, session: Session, name: str) -> None:
    page = session.signing.page
    qtbot.waitUntil(lambda: bool(page.tiles))
    page.choose(next(n for n, tile in enumerate(page.tiles) if tile.person.name.startswith(name)))


def test_a_longer_pin_is_tried_when_it_is_whole(qtbot: QtBot, session: Session) -> None:
    """A clerk's PIN may have more than four digits: the fourth one is no wrong try."""
    tried: list[str] = []
    session.signing.page.tried.connect(lambda _person, pin: tried.append(pin))
    choose(qtbot, session, "Alina")
    for digit in PIN:
        assert tried == []
        QTest.keyClicks(session.signing.page.pin, digit)
    assert tried == [PIN]
    qtbot.waitUntil(lambda: session.desk.staff is not None, timeout=10_000)


def test_an_owner_is_told_of_guesses_at_the_next_sign_in(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    for turn in range(5):
        at = datetime.now(UTC) - timedelta(minutes=10 - turn)
        with pytest.raises(Refusal):
            staff.sign_in(sqlite_shop.database, sqlite_shop.people[Role.CLERK], "000001", "Casa 2", at)
    choose(qtbot, session, "Mircea")
    QTest.keyClicks(session.signing.page.pin, PIN)
    sentence = "5 wrong PINs were typed for Alina Dumitrescu at Casa 2 since you were last here."
    qtbot.waitUntil(lambda: sentence in session.frame.toasts.texts(), timeout=10_000)


def test_an_owner_is_told_of_who_looks_at_many_unlock_codes(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop, unlock_kind="pin", unlock_code="7391")
    for _look in range(unlocking.MANY):
        sqlite_shop.do(unlocking.reveal, unlocking.Reveal(done.id, "Test"), Role.MANAGER)
    choose(qtbot, session, "Mircea")
    QTest.keyClicks(session.signing.page.pin, PIN)
    sentence = "looked at 50 unlock codes within an hour since you were last here."
    qtbot.waitUntil(lambda: any(sentence in said for said in session.frame.toasts.texts()), timeout=10_000)


def test_a_connection_lost_at_sign_in_is_no_dead_end(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    choose(qtbot, session, "Alina")
    with sqlite_shop.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE staff RENAME TO elsewhere"))
    page = session.signing.page
    QTest.keyClicks(page.pin, PIN)
    qtbot.waitUntil(lambda: page.message.text() == "The database does not answer.", timeout=10_000)
    assert page.pin.isEnabled()
    with sqlite_shop.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO staff"))
    QTest.keyClicks(page.pin, PIN)
    qtbot.waitUntil(lambda: session.desk.staff is not None, timeout=10_000)
