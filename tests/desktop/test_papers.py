"""Papers from the window: chosen, looked at, printed or kept, said once; a silent printer is no lost shop."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shop import TestShop, a_ready_order, an_order
from ticketdesk import paths, texts
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.papers import PapersDialog
from ticketdesk.desktop.host import Host, Wanted
from ticketdesk.desktop.papers import Papers
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.keys import UUID
from ticketdesk.services import pages, payments
from ticketdesk.services.ledger import Tender
from ticketdesk.services.payments import TakePayment
from ticketdesk.storage.preferences import Preferences

Toast = tuple[str, str, Callable[[], None] | None]


@dataclass
class Window:
    """A window that can print, and what it said."""

    desk: Desk
    host: Host
    qtbot: QtBot
    toasts: list[Toast] = field(default_factory=list)
    lost: list[Unavailable] = field(default_factory=list)

    def dialog(self, order_id: UUID) -> PapersDialog:
        """Open the papers of an order and wait until the first is shown."""
        self.host.choose_paper(order_id)
        self.qtbot.waitUntil(lambda: bool(self.host.window.findChildren(PapersDialog)))
        made = self.host.window.findChildren(PapersDialog)[0]
        self.qtbot.waitUntil(lambda: bool(made.view.pages()), timeout=10_000)
        return made

    def printed(self, order_id: UUID) -> list[str]:
        """Give what the journal of an order says was printed, oldest first."""
        with self.desk.database.read() as session:
            history = pages.order_page(session, order_id).history
        return [entry.content for entry in reversed(history) if entry.action == "printed"]


def files() -> list[str]:
    return sorted(path.name for path in paths.documents().iterdir())


def window_of(desk: Desk, qtbot: QtBot, preferences: Preferences) -> Window:
    widget = QWidget()
    widget.resize(1368, 840)
    qtbot.addWidget(widget)
    host = Host(widget, preferences)
    Papers(desk, host)
    made = Window(desk, host, qtbot)
    host.toast_wanted.connect(lambda text, _icon, label, run: made.toasts.append((text, label, run)))
    desk.lost.connect(made.lost.append)
    widget.show()
    qtbot.waitExposed(widget)
    widget.activateWindow()
    return made


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Window:
    """Give a window on a PC without printers."""
    return window_of(desk, qtbot, Preferences())


def test_without_printers_the_papers_of_an_intake_are_kept_and_said_in_one_toast(
    window: Window, sqlite_shop: TestShop
) -> None:
    order = an_order(sqlite_shop)
    texts.speak("ro")
    window.host.print_papers(order.id, [Wanted("intake", 2), Wanted("label")], "10001 salvată.")
    window.qtbot.waitUntil(lambda: len(files()) == 2, timeout=10_000)
    assert files() == [f"bon-{order.number}.pdf", f"eticheta-{order.number}.pdf"]
    assert [(text, label) for text, label, _run in window.toasts] == [
        ("10001 salvată. Păstrate ca PDF: bon ×2, etichetă.", "Deschide dosarul")
    ]
    assert len(window.printed(order.id)) == 2


def test_a_paper_kept_again_leaves_the_first_one_alone(window: Window, sqlite_shop: TestShop) -> None:
    order = an_order(sqlite_shop)
    for count in (1, 2):
        window.host.print_papers(order.id, [Wanted("label")])
        window.qtbot.waitUntil(lambda count=count: len(files()) == count, timeout=10_000)  # type: ignore[misc]
    assert files() == [f"label-{order.number}-2.pdf", f"label-{order.number}.pdf"]


def test_the_dialog_shows_the_real_paper_and_says_what_is_not_ready_yet(window: Window, sqlite_shop: TestShop) -> None:
    dialog = window.dialog(an_order(sqlite_shop).id)
    assert dialog.chosen() == "intake"
    assert len(dialog.view.pages()) == 2  # the customer's copy and the shop's
    items = [dialog.list.item(place) for place in range(dialog.list.count())]
    usable = {item.text(): bool(item.flags() & Qt.ItemFlag.ItemIsEnabled) for item in items}
    assert usable == {
        "Intake receipt, 80\u00a0mm": True, "Intake receipt, A4": True, "Estimate, A4": False, "Payment receipt": False,
        "Warranty certificate": False, "Device label": True,
    }  # fmt: skip
    assert "Nothing was paid on this order yet." in {item.toolTip() for item in items}


def test_arrow_and_enter_keep_the_label(window: Window, sqlite_shop: TestShop) -> None:
    order = an_order(sqlite_shop)
    dialog = window.dialog(order.id)
    QTest.keyClick(dialog.list, Qt.Key.Key_End)
    assert dialog.chosen() == "label"
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    window.qtbot.waitUntil(lambda: files() == [f"label-{order.number}.pdf"], timeout=10_000)


def test_a_printer_that_does_not_answer_leaves_the_paper_waiting_and_the_shop_connected(
    desk: Desk, qtbot: QtBot, sqlite_shop: TestShop
) -> None:
    window = window_of(desk, qtbot, Preferences(receipt_printer="Star"))
    order = an_order(sqlite_shop)
    window.host.print_papers(order.id, [Wanted("intake", 2)], "Saved.")
    qtbot.waitUntil(lambda: len(window.toasts) == 2, timeout=10_000)
    (said, _none, _run), (trouble, label, again) = window.toasts
    assert said == "Saved. Printing: intake receipt ×2."
    assert (trouble, label) == ("The printer “Star” does not answer. The paper is waiting.", "Try again")
    assert again is not None
    again()
    qtbot.waitUntil(lambda: len(window.toasts) == 3, timeout=10_000)
    assert len(window.printed(order.id)) == 1  # trying again is no duplicate
    assert window.lost == []


def test_once_paid_the_receipt_is_what_is_looked_for_first(window: Window, sqlite_shop: TestShop) -> None:
    order = a_ready_order(sqlite_shop)
    sqlite_shop.do(payments.take_payment, TakePayment(order.id, (Tender("cash", 10_000),)))
    assert window.dialog(order.id).chosen() == "receipt"
