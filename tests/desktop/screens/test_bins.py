"""Where a device stands is set, seen and found in the window: on its page, in the list, for several at once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from conftest import desk_of
from order_desk import Counter
from shop import TestShop, a_ready_order, an_order
from ticketdesk.desktop import changing, sentences
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.bin import BinDialog, BinLabelsDialog
from ticketdesk.desktop.dialogs.details import DetailsDialog
from ticketdesk.desktop.dialogs.merge import MergeDialog
from ticketdesk.desktop.host import Host, Slip
from ticketdesk.desktop.screens.order.page import OrderPage
from ticketdesk.domain.codes import bin_code
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import journal, lists, orders
from ticketdesk.services.merging import Edit
from ticketdesk.services.orders import Move


@pytest.fixture
def desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give a technician's desk: they put devices onto shelves."""
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.TECHNICIAN)


class Page:
    """The page of an order in a window."""

    def __init__(self, qtbot: QtBot, desk: Desk, order_id: UUID) -> None:
        self.desk, self.bot = desk, qtbot
        self.window = QWidget()
        self.window.resize(1294, 668)
        qtbot.addWidget(self.window)
        self.host = Host(self.window)
        self.toasts: list[str] = []
        self.host.toast_wanted.connect(lambda text, *_rest: self.toasts.append(text))
        self.page = OrderPage(desk, self.host, order_id)
        self.page.setParent(self.window)
        self.page.resize(self.window.size())
        self.window.show()
        self.settle()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.desk._work.idle and self.page.page is not None)

    def says(self, text: str) -> bool:
        return any(text in label.text() for label in self.page.findChildren(QLabel))


def visible(window: QWidget, kind: type[QWidget]) -> QWidget:
    return next(dialog for dialog in window.findChildren(kind) if dialog.isVisible())


def a_bin_of(shop: TestShop, order_id: UUID) -> str:
    with shop.database.read() as session:
        return lists.rows_by_id(session, [order_id])[0].bin


def bins(shop: TestShop, numbers: list[int]) -> list[str]:
    with shop.database.read() as session:
        return [row.bin for row in lists.rows(session, numbers)]


def test_the_page_of_an_order_says_where_its_device_stands_and_changes_it(
    qtbot: QtBot, desk: Desk, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop, bin="A3")
    page = Page(qtbot, desk, done.id)
    assert page.says("in bin A3")
    next(command for command in page.page.commands if command.id == "order.bin").run()
    dialog = visible(page.window, BinDialog)
    assert isinstance(dialog, BinDialog)
    assert dialog.name.text() == "A3"
    dialog.name.setText("a_3")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()  # what was typed stays, to be mended
    assert any("letters, digits" in label.text() for label in dialog.findChildren(QLabel))
    dialog.name.setText("r 2-14")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    page.settle()
    assert a_bin_of(sqlite_shop, done.id) == "R2-14"
    assert page.toasts == [f"{done.number} stands in bin R2-14."]
    qtbot.waitUntil(lambda: page.says("in bin R2-14"))


def test_the_label_of_a_bin_scanned_into_the_question_answers_it(
    qtbot: QtBot, desk: Desk, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop)
    page = Page(qtbot, desk, done.id)
    assert page.page.page is not None
    changing.choose_bin(desk, page.host, page.page, page.page.page.row)
    dialog = visible(page.window, BinDialog)
    assert isinstance(dialog, BinDialog)
    assert not dialog.scan("TD00104828")
    assert dialog.scan(bin_code("C7"))
    page.settle()
    assert a_bin_of(sqlite_shop, done.id) == "C7"


def test_two_who_put_it_into_different_bins_are_asked(qtbot: QtBot, desk: Desk, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop)
    page = Page(qtbot, desk, done.id)
    seen = page.page.page
    assert seen is not None
    sqlite_shop.do(orders.edit, Edit(done.id, {"bin": ""}, {"bin": "A3"}))
    dialog = DetailsDialog(desk, page.host, seen, changing.about(seen.row))
    dialog.present()
    assert not dialog.scan("TD00104828")
    assert dialog.scan(bin_code("B1"))
    dialog.save()
    page.settle()
    merge = visible(page.window, MergeDialog)
    assert {"A3", "B1"} <= {choice.text() for choice in merge.findChildren(QAbstractButton)}
    assert a_bin_of(sqlite_shop, done.id) == "A3"


def test_a_wrong_name_in_the_details_is_said_and_stays_to_be_mended(
    qtbot: QtBot, desk: Desk, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop)
    page = Page(qtbot, desk, done.id)
    assert page.page.page is not None
    dialog = DetailsDialog(desk, page.host, page.page.page, changing.about(page.page.page.row))
    dialog.present()
    dialog.bin.setText("a_3")
    dialog.save()
    page.settle()
    assert dialog.isVisible()
    assert any("letters, digits" in label.text() for label in dialog.findChildren(QLabel))


def test_the_history_says_that_a_bin_is_free_again(sqlite_shop: TestShop) -> None:
    done = a_ready_order(sqlite_shop, 0, bin="A3")
    sqlite_shop.do(orders.move, Move(done.id, "handed_over"))
    with sqlite_shop.database.read() as session:
        entry = journal.history(session, done.id)[0]
    assert sentences.sentence(entry, "Europe/Bucharest") == ("Ready → Handed over", "bin A3 is free")


def test_several_orders_go_into_a_bin_at_once_and_back(qtbot: QtBot, desk: Desk, sqlite_shop: TestShop) -> None:
    at = datetime.now(UTC)
    numbers = [
        an_order(sqlite_shop, bin=name, promised_at=at + timedelta(hours=hours)).number or 0
        for hours, name in enumerate(("", "A3", "B1"), 1)
    ]
    listed = Counter(desk, qtbot)
    listed.page.table.pick_all()
    listed.run("orders.bin")
    dialog = visible(listed.window, BinDialog)
    assert isinstance(dialog, BinDialog)
    dialog.name.setText("a3")
    dialog.save()
    qtbot.waitUntil(lambda: bool(listed.toasts), timeout=20_000)
    assert bins(sqlite_shop, numbers) == ["A3", "A3", "A3"]
    assert listed.toasts[-1][0] == "2 orders are in bin A3 now. 1 order was so already."
    listed.settle()
    listed.toasts[-1][3]()
    qtbot.waitUntil(lambda: len(listed.toasts) == 2, timeout=20_000)
    assert bins(sqlite_shop, numbers) == ["", "A3", "B1"]
    listed.settle()


@pytest.mark.parametrize("typed", ["raft:A3", "bin:a3"])
def test_the_list_is_narrowed_to_a_bin_and_says_so_of_an_empty_one(
    qtbot: QtBot, desk: Desk, sqlite_shop: TestShop, typed: str
) -> None:
    number = an_order(sqlite_shop, bin="A3").number
    an_order(sqlite_shop, bin="B1")
    listed = Counter(desk, qtbot)
    listed.page.search(typed)
    listed.settle()
    assert listed.numbers() == [number]
    for asked, said in (
        ("bin:c9", "Nothing stands in bin C9."),
        ("bin:A_3", "No bin is called “A_3”."),
        ("bin:-", "Every device that is here stands in a bin."),
    ):
        listed.page.search(asked)
        listed.settle()
        assert listed.page.empty.isVisible()
        assert any(said in label.text() for label in listed.page.empty.findChildren(QLabel))
    bare = an_order(sqlite_shop).number
    listed.desk.changed.emit(frozenset())
    listed.settle()
    assert listed.numbers() == [bare]


def test_labels_of_bins_are_printed_and_a_wrong_name_is_said(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    host, slips = Host(window), list[Slip]()
    host.slip_wanted.connect(slips.append)
    dialog = BinLabelsDialog(host)
    dialog.present()
    dialog.names.setText("A1..A3, ?")
    dialog.print()
    assert (slips, dialog.names.text()) == ([], "A1..A3, ?")
    dialog.names.setText("A1..A3, b1")
    dialog.print()
    assert (slips[0].said, slips[0].document) == ("Printing 4 labels.", "label")
    assert slips[0].make(None).startswith(b"%PDF")
