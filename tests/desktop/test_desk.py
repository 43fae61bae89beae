"""The desk: actions happen once whatever comes, changes of others arrive, a scanner is no typing."""

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from postgres import Cluster
from shop import TestShop, a_new_order, an_order, found_shop
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.watch import Watch
from ticketdesk.desktop.work import Work
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.rights import Role
from ticketdesk.domain.sealing import new_secret
from ticketdesk.services import intake, lists, settings, staff, wire
from ticketdesk.services.doors import Done
from ticketdesk.services.lists import Question
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Intent, Station


def test_an_action_answers_at_home_and_tells_everybody(qtbot: QtBot, desk: Desk) -> None:
    answers: list[Done] = []
    with qtbot.waitSignal(desk.changed) as changed:
        desk.write(desk, answers.append, intake.register, a_new_order())
    qtbot.waitUntil(lambda: bool(answers))
    assert changed.args == [frozenset({answers[0].id})]
    assert desk.station.unanswered(desk.shop_id) == []


def test_two_presses_with_one_request_are_one_order(qtbot: QtBot, desk: Desk) -> None:
    answers: list[Done] = []
    request, new = new_key(), a_new_order()
    for _press in range(2):
        desk.write(desk, answers.append, intake.register, new, request=request)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers[0] == answers[1]


def test_a_refusal_comes_to_the_screen_that_asked(qtbot: QtBot, desk: Desk) -> None:
    refusals: list[str] = []
    desk.write(
        desk, lambda _done: None, intake.register, a_new_order(customer=None),
        refused=lambda refusal: refusals.append(refusal.field or ""),
    )  # fmt: skip
    qtbot.waitUntil(lambda: refusals == ["name"])
    assert desk.station.unanswered(desk.shop_id) == []


def test_a_closed_screen_is_not_called_back(qtbot: QtBot, desk: Desk) -> None:
    answers: list[object] = []
    owner = QObject()
    desk.read(owner, answers.append, lists.page, Question(()))
    owner.deleteLater()
    del owner
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.waitSignal(desk.changed):
        desk.write(desk, lambda _done: None, intake.register, a_new_order())
    assert answers == []


def test_what_was_asked_while_the_server_was_away_happens_once_when_it_is_back(
    qtbot: QtBot, cluster: Cluster, tmp_path: Path
) -> None:
    database = Database(cluster.create_database())
    shop = found_shop(database)
    desk = _desk(shop, tmp_path)
    lost: list[Unavailable] = []
    desk.lost.connect(lost.append)
    answers: list[Done] = []
    cluster.stop()
    desk.write(desk, answers.append, intake.register, a_new_order())
    qtbot.waitUntil(lambda: bool(lost), timeout=20_000)
    assert answers == []
    assert len(desk.station.unanswered(desk.shop_id)) == 1
    cluster.start()
    qtbot.waitUntil(lambda: bool(answers), timeout=30_000)
    assert (answers[0].number, desk.connected) == (1, True)
    assert desk.station.unanswered(desk.shop_id) == []
    desk.close()


def test_an_action_not_sent_before_a_restart_is_sent_after_it(
    qtbot: QtBot, sqlite_shop: TestShop, tmp_path: Path
) -> None:
    first = _desk(sqlite_shop, tmp_path)
    # the program dies between remembering and sending
    assert first.staff is not None
    command = wire.dumps(a_new_order())
    first.station.remember(Intent(new_key(), first.shop_id, first.staff.id, first.now(), "order.register", command))
    first.station.close()
    again = _desk(sqlite_shop, tmp_path, secret=_SECRET)
    with qtbot.waitSignal(again.changed):
        again.resend()
        again.resend()
    with sqlite_shop.database.read() as session:
        assert len(lists.page(session, Question((), sort="number"))) == 1
    again.close()


_SECRET = new_secret()


def _desk(shop: TestShop, tmp_path: Path, secret: bytes = _SECRET) -> Desk:
    with shop.database.read() as session:
        facts = settings.shop(session)
        clerk = next(row for row in staff.everyone(session) if row.id == shop.people[Role.CLERK])
    desk = Desk(shop.database, Station(tmp_path / "s.db", secret), "T1", shop.id, facts, Work())
    desk.sign(clerk)
    return desk


def test_another_pcs_change_is_heard(qtbot: QtBot, shop: TestShop) -> None:
    other = Database(shop.database.url.render_as_string(hide_password=False))
    other.info.update(shop.database.info)
    watch = Watch(shop.database)
    watch.start()
    elsewhere = TestShop(other, shop.id, shop.people)
    heard: set[object] = set()
    watch.changed.connect(heard.update)
    qtbot.waitUntil(watch.listening, timeout=5000)
    done = an_order(elsewhere)
    qtbot.waitUntil(lambda: done.id in heard, timeout=2000)
    watch.stop()
    other.close()


def test_a_change_elsewhere_shows_within_the_blink_promised(qtbot: QtBot, shop: TestShop) -> None:
    other = Database(shop.database.url.render_as_string(hide_password=False))
    other.info.update(shop.database.info)
    elsewhere, watch = TestShop(other, shop.id, shop.people), Watch(shop.database)
    heard: dict[object, float] = {}
    watch.changed.connect(lambda keys: heard.update(dict.fromkeys(keys, time.perf_counter())))
    watch.start()
    qtbot.waitUntil(watch.listening, timeout=5000)
    delays = []
    for _again in range(7):
        done = an_order(elsewhere)
        committed = time.perf_counter()
        qtbot.waitUntil(partial(heard.__contains__, done.id), timeout=2000)
        delays.append(heard[done.id] - committed)
    watch.stop()
    other.close()
    assert sorted(delays)[3] < (0.3 if shop.database.dialect == "sqlite" else 0.05), delays
