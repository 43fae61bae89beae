"""What was done while the shop could not be reached arrives once, in order, and every answer is told (P2)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from conftest import desk_of
from postgres import Cluster
from proxy import Cut, Proxy
from shop import TestShop, a_new_order
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.work import Work
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.rights import Role
from ticketdesk.domain.sealing import new_secret
from ticketdesk.services import colleagues, intake, lists, settings, staff, wire
from ticketdesk.services.doors import Done
from ticketdesk.services.lists import Question
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Intent, Station


class Line:
    """A line that lets so many COMMITs through and cuts all others, before or after they arrive."""

    def __init__(self, cluster: Cluster) -> None:
        self.free, self.where = 0, Cut.BEFORE
        self.proxy = Proxy(cluster.port, self._cut)

    def _cut(self) -> Cut | None:
        self.free -= 1
        return self.where if self.free < 0 else None


@pytest.fixture
def line(cluster: Cluster) -> Iterator[Line]:
    """Give a line that is dead at first."""
    made = Line(cluster)
    with made.proxy:
        yield made


@pytest.fixture
def far_desk(postgres_shop: TestShop, line: Line, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give a clerk's desk at the far end of that line."""
    database = Database(postgres_shop.database.url.set(port=line.proxy.port).render_as_string(hide_password=False))
    database.info.update(postgres_shop.database.info)
    there = TestShop(database, postgres_shop.id, postgres_shop.people)
    yield from desk_of(there, tmp_path, qtbot, Role.CLERK)


def complaints(shop: TestShop) -> list[str]:
    with shop.database.read() as session:
        return [row.complaint for row in lists.page(session, Question((), sort="number"))]


@pytest.mark.parametrize("where", list(Cut))
def test_the_answers_of_what_got_through_are_told_though_the_line_broke_again(
    qtbot: QtBot, far_desk: Desk, line: Line, postgres_shop: TestShop, where: Cut
) -> None:
    answers, counts = list[Done](), list[int]()
    line.where = where
    far_desk.waiting.connect(counts.append)
    for number in range(3):
        far_desk.write(far_desk, answers.append, intake.register, a_new_order(complaint=f"{number}"))
    qtbot.waitUntil(lambda: bool(counts), timeout=10_000)
    line.free = 1
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    line.free = 100
    qtbot.waitUntil(lambda: len(answers) == 3, timeout=15_000)
    qtbot.waitUntil(lambda: counts[-1] == 0)
    assert complaints(postgres_shop) == ["0", "1", "2"]
    assert [done.number for done in answers] == [1, 2, 3]


def test_what_was_asked_first_is_done_first(qtbot: QtBot, far_desk: Desk, line: Line, postgres_shop: TestShop) -> None:
    answers, counts = list[Done](), list[int]()
    far_desk.waiting.connect(counts.append)
    far_desk.write(far_desk, answers.append, intake.register, a_new_order(complaint="first"))
    qtbot.waitUntil(lambda: counts == [1], timeout=10_000)
    line.free = 100
    far_desk.write(far_desk, answers.append, intake.register, a_new_order(complaint="second"))
    qtbot.waitUntil(lambda: len(answers) == 2, timeout=10_000)
    assert complaints(postgres_shop) == ["first", "second"]


@pytest.fixture
def restarted(sqlite_shop: TestShop, tmp_path: Path) -> Iterator[Desk]:
    """Give the desk of a program that was started again; its tests put what it finds into its memory first."""
    with sqlite_shop.database.read() as session:
        facts = settings.shop(session)
        owner = staff.one(session, sqlite_shop.people[Role.OWNER])
    desk = Desk(sqlite_shop.database, Station(tmp_path / "s.db", new_secret()), "T1", sqlite_shop.id, facts, Work())
    desk.sign(owner)
    yield desk
    desk.close()


def kept(desk: Desk, action: str, command: str) -> None:
    assert desk.staff is not None
    desk.station.remember(Intent(new_key(), desk.shop_id, desk.staff.id, desk.now(), action, command))


def test_what_cannot_be_repeated_is_told_and_holds_up_nothing(
    qtbot: QtBot, restarted: Desk, sqlite_shop: TestShop, tmp_path: Path
) -> None:
    told: list[str] = []
    restarted.refused.connect(lambda refusal: told.append(refusal.sentence))
    kept(restarted, "order.of_an_older_program", "{}")
    kept(restarted, "order.register", '{"a_field_of_an_older_program":1}')
    another_key = Station(tmp_path / "s.db", new_secret())
    at = restarted.now()
    another_key.remember(Intent(new_key(), restarted.shop_id, new_key(), at, "order.claim", "{}"))
    another_key.close()
    kept(restarted, "order.register", wire.dumps(a_new_order(complaint="good")))
    restarted.resend()
    qtbot.waitUntil(lambda: complaints(sqlite_shop) == ["good"])
    qtbot.waitUntil(lambda: len(told) == 3)
    assert restarted.station.count(restarted.shop_id) == 0


def test_a_bug_in_one_action_holds_up_no_other(qtbot: QtBot, restarted: Desk) -> None:
    crashes, refusals, answers = list[Exception](), list[Refusal](), list[Done]()
    restarted.crashed.connect(crashes.append)
    nobody = colleagues.SetPin(new_key(), "x")
    restarted.write(restarted, answers.append, colleagues.set_pin, nobody, refused=refusals.append)
    restarted.write(restarted, answers.append, intake.register, a_new_order())
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert (len(crashes), [refusal.sentence for refusal in refusals]) == (
        1, ["Something unexpected happened. Nothing was saved."],
    )  # fmt: skip
    assert restarted.station.count(restarted.shop_id) == 0


def test_a_full_disk_of_this_pc_is_said_and_nothing_is_sent(
    qtbot: QtBot, restarted: Desk, sqlite_shop: TestShop
) -> None:
    refusals: list[Refusal] = []
    pages = restarted.station._connection.execute("PRAGMA page_count").fetchone()[0]
    restarted.station._connection.execute(f"PRAGMA max_page_count = {pages}")
    long = a_new_order(complaint="x" * 100_000)
    restarted.write(restarted, lambda _done: None, intake.register, long, refused=refusals.append)
    qtbot.waitUntil(lambda: bool(refusals))
    assert "database or disk is full" in refusals[0].sentence
    assert complaints(sqlite_shop) == []


def test_one_request_is_not_kept_for_two_wishes(restarted: Desk) -> None:
    assert restarted.staff is not None
    request, at = new_key(), restarted.now()
    first = Intent(request, restarted.shop_id, restarted.staff.id, at, "order.claim", '{"start":true}')
    restarted.station.remember(first)
    restarted.station.remember(first)
    with pytest.raises(Refusal, match="already used"):
        restarted.station.remember(Intent(request, first.shop, first.staff, at, "order.claim", '{"start":false}'))
    assert restarted.station.unanswered(first.shop) == [first]
