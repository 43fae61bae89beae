"""An intake that was saved while the shop could not be reached is lost by nothing: no restart, no refusal (P2, P12)."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.screens.test_intake import a_photo
from desktop.test_delivery import Line
from postgres import Cluster
from shop import TestShop
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.look import theme
from ticketdesk.desktop.screens.intake.page import IntakePage
from ticketdesk.desktop.work import Work
from ticketdesk.domain.rights import Role
from ticketdesk.domain.sealing import new_secret
from ticketdesk.services import colleagues, lists, pages, settings, staff
from ticketdesk.services.lists import Question
from ticketdesk.services.merging import Edit
from ticketdesk.services.pages import OrderPage
from ticketdesk.storage.database import Database
from ticketdesk.storage.station import Station

Start = Callable[..., IntakePage]


@pytest.fixture
def line(cluster: Cluster) -> Iterator[Line]:
    """Give a line that is dead at first."""
    made = Line(cluster)
    with made.proxy:
        yield made


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, postgres_shop: TestShop, line: Line, tmp_path: Path) -> Iterator[Start]:
    """Start the program of one PC, with its own memory, at the far end of the line or beside the server."""
    theme.apply(qapp, "light")
    secret, open_now = new_secret(), list[Desk]()

    def stop() -> None:
        for desk in open_now:
            desk.close()
        open_now.clear()

    def started(*, far: bool) -> IntakePage:
        stop()
        url = postgres_shop.database.url
        database = Database((url.set(port=line.proxy.port) if far else url).render_as_string(hide_password=False))
        database.info.update(postgres_shop.database.info)
        with postgres_shop.database.read() as session:
            facts, clerk = settings.shop(session), staff.one(session, postgres_shop.people[Role.CLERK])
        desk = Desk(database, Station(tmp_path / "pc.db", secret), "T1", postgres_shop.id, facts, Work())
        open_now.append(desk)
        desk.sign(clerk)
        if not far:
            desk.resend()
        window = QWidget()
        window.resize(1368, 840)
        qtbot.addWidget(window)
        page = IntakePage(desk, Host(window))
        page.setParent(window)
        window.show()
        return page

    yield started
    stop()


def take_in_while_away(qtbot: QtBot, page: IntakePage, photo: Path) -> None:
    page.customer.phone.setText("0722000418")
    page.customer.name.setText("Stefan Ungureanu")
    page.device.model.setText("iPhone 13")
    page.problem.text.setPlainText("se stinge")
    page.condition.photos.read([a_photo(photo)])
    qtbot.waitUntil(lambda: len(page.form.photos) == 1)
    page.save()
    qtbot.waitUntil(lambda: page.form.model == "", timeout=10_000)  # ready for the next customer


def taken_in(shop: TestShop) -> list[OrderPage]:
    with shop.database.read() as session:
        return [pages.order_page(session, row.id) for row in lists.page(session, Question((), sort="number"))]


def aside(page: IntakePage, shop: TestShop) -> list[str]:
    return page._desk.station.set_aside(shop.id, shop.people[Role.CLERK], "intake.waits")


def test_what_was_taken_in_arrives_after_a_restart_with_its_photos(
    qtbot: QtBot, start: Start, postgres_shop: TestShop, tmp_path: Path
) -> None:
    take_in_while_away(qtbot, start(far=True), tmp_path / "front.png")
    page = start(far=False)
    qtbot.waitUntil(lambda: bool(taken_in(postgres_shop)), timeout=10_000)
    qtbot.waitUntil(lambda: len(taken_in(postgres_shop)[0].attachments) == 1, timeout=10_000)
    qtbot.waitUntil(lambda: aside(page, postgres_shop) == [])
    assert len(taken_in(postgres_shop)) == 1
    assert page.form.model == ""


def test_what_the_shop_refuses_after_a_restart_is_there_as_it_was_typed(
    qtbot: QtBot, start: Start, postgres_shop: TestShop, tmp_path: Path
) -> None:
    take_in_while_away(qtbot, start(far=True), tmp_path / "front.png")
    clerk = postgres_shop.people[Role.CLERK]
    postgres_shop.approved(colleagues.edit, Edit(clerk, {"role": "clerk"}, {"role": "accountant"}))
    page = start(far=False)
    qtbot.waitUntil(lambda: "was not saved" in page.footer.said, timeout=10_000)
    page = start(far=False)  # and so it is after the next restart, until somebody settles it
    qtbot.waitUntil(lambda: page.form.model == "iPhone 13", timeout=10_000)
    assert taken_in(postgres_shop) == []
    assert (page.form.name, page.form.complaint, len(page.form.photos)) == ("Stefan Ungureanu", "se stinge", 1)
    postgres_shop.approved(colleagues.edit, Edit(clerk, {"role": "accountant"}, {"role": "clerk"}))
    page.save()
    qtbot.waitUntil(lambda: page.form.model == "", timeout=10_000)
    qtbot.waitUntil(lambda: len(taken_in(postgres_shop)[0].attachments) == 1, timeout=10_000)
    qtbot.waitUntil(lambda: aside(page, postgres_shop) == [])
