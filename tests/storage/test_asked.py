"""A question nobody waits for any more ends at once, and harms no other."""

import threading

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from shop import TestShop, an_order
from ticketdesk.desktop.desk import Desk
from ticketdesk.services import lists
from ticketdesk.storage.asked import Asked, Dropped

FOREVER = {
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT count(pg_sleep(0.01)) FROM generate_series(1, 100000)",
}


def wait_forever(session: Session, begun: threading.Event) -> None:
    begun.set()
    session.execute(text(FOREVER[session.get_bind().dialect.name]))


def test_a_question_under_way_is_broken_off_and_its_connection_answers_the_next(shop: TestShop) -> None:
    an_order(shop)
    asked, begun, ended = Asked(), threading.Event(), list[type[Exception]]()

    def ask() -> None:
        try:
            with shop.database.read(asked) as session:
                wait_forever(session, begun)
        except Dropped as dropped:
            ended.append(type(dropped))

    asking = threading.Thread(target=ask)
    asking.start()
    assert begun.wait(10)
    while asking.is_alive():  # a drop that comes before the statement is there breaks off nothing
        asked.drop()
        asking.join(0.05)
    assert ended == [Dropped]
    for _again in range(20):
        with shop.database.read(Asked()) as session:
            assert lists.any_orders(session)


def test_a_question_dropped_before_its_turn_is_never_asked(sqlite_shop: TestShop) -> None:
    asked = Asked()
    asked.drop()
    with pytest.raises(Dropped), sqlite_shop.database.read(asked):
        pytest.fail("it was asked")


def test_dropping_a_question_lets_the_next_one_through_and_its_answer_never_comes(
    qtbot: QtBot, sqlite_shop: TestShop, desk: Desk
) -> None:
    an_order(sqlite_shop)
    begun, answers = threading.Event(), list[object]()
    slow = desk.read(desk, answers.append, wait_forever, begun)
    desk.read(desk, answers.append, lists.any_orders)
    assert begun.wait(10)

    def answered() -> bool:
        slow.drop()
        return bool(answers)

    qtbot.waitUntil(answered)
    assert answers == [True]


def test_whole_lists_hold_up_nothing_in_sight(qtbot: QtBot, sqlite_shop: TestShop, desk: Desk) -> None:
    an_order(sqlite_shop)
    begun, answers = threading.Event(), list[object]()
    slow = desk.survey(desk, answers.append, wait_forever, begun)
    assert begun.wait(10)
    desk.read(desk, answers.append, lists.any_orders)
    qtbot.waitUntil(lambda: answers == [True])
    slow.drop()
    qtbot.waitUntil(lambda: desk._work.idle)
