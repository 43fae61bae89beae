"""A scanner is a keyboard from a stranger: whatever a code holds, it is data."""

import random
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from keyboard import Keyboard
from shop import TestShop, a_ready_order
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.dialogs.refund import RefundDialog
from ticketdesk.desktop.dialogs.staff import StaffDialog
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.overlay import Overlay, open_dialogs
from ticketdesk.domain.codes import order_code
from ticketdesk.domain.keys import UUID
from ticketdesk.services import journal, pages, payments
from ticketdesk.services.ledger import Tender
from window import enter

NASTY = (
    "\r\r\r\r", "yes\r\r\r", "Y\rY\rY\rY", "DA\rDA\rDA", "1\t\t\t\r\r", "\t\t\t\t\r\r\r", "   \r   \r", " \r \r",
    "\x1b\x1b\x1b\r", "\x13\x13", "\x0d\x0a\x0d\x0a\r", "\x0a\x0a\x0a", "\x10\x12\x14\x15\x07\x0c\x0a", "\x08" * 40,
    "\x16\x18\x03\x01\x1a", "436,00\r\r", "0\r0\r0\r", "+++---   \r", "12345678\x0a", "TD00000001\r\r\r",
    "'; DROP TABLE orders; --", "1' OR '1'='1", "https://evil.example/pay?o=1", "javascript:alert(1)",
    "file:///etc/passwd", "\\\\server\\share\\x.exe", "<script>alert(1)</script>", "%n%n%s{0}{amount}", "../../shop.db",
    "]C1019501101530003", "(01)05941234567899(10)ABC", "\x1d010594123\x1d4567\x1d", "=cmd|' /C calc'!A0",
    "BEGIN:VCARD\rFN:X\rEND:VCARD", "WIFI:S:net;T:WPA;P:x;;", "DPD0567 890", "RR123456785RO", "x" * 65, "9" * 7000,
    "A\r" * 300, "șțăîâ", "\u202e\u200b\ufeff", "𝕏🛠",
)  # fmt: skip
_ALPHABET = [*map(chr, range(1, 127)), "\r", "\r", "\t", "\x1b", " ", "+", "-", "ș"]


def payloads(count: int) -> Iterator[str]:
    """Give the nasty ones first, then others made of anything a code can hold, for ever."""
    dice = random.Random(34)
    yield from NASTY
    for _more in range(count - len(NASTY)):
        yield "".join(dice.choice(_ALPHABET) for _letter in range(dice.randint(2, 24)))


def stops(widget: QWidget) -> list[QWidget]:
    """Give everything in a page or dialog that can have the keyboard's focus."""
    return [
        each
        for each in widget.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible() and each.isEnabled()
    ]


class Attack:
    """Somebody holding odd labels under the scanner."""

    def __init__(self, session: Session, shop: TestShop) -> None:
        self.session, self._shop = session, shop
        self._keyboard = Keyboard(session.frame)
        self._payloads = payloads(2000)
        self.scans = 0

    def latest(self) -> int:
        """Give the newest line of the journal."""
        with self._shop.database.read() as asked:
            return journal.latest(asked)

    def on(self, widgets: list[QWidget], each: int) -> None:
        """Scan into each of these widgets."""
        for widget in widgets:
            for _code in range(each):
                widget.setFocus()
                self._keyboard.scan(next(self._payloads, f"{self.scans}\r\r\r") + "\r")
                self.scans += 1


@pytest.fixture
def attack(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> Attack:
    enter(qtbot, session, "Mircea")
    return Attack(session, sqlite_shop)


@pytest.fixture
def order(sqlite_shop: TestShop) -> UUID:
    done = a_ready_order(sqlite_shop)
    sqlite_shop.do(payments.take_payment, payments.TakePayment(done.id, (Tender("cash", 10_000),)))
    return done.id


def test_no_code_confirms_or_closes_a_dialog(
    qtbot: QtBot, attack: Attack, session: Session, sqlite_shop: TestShop, order: UUID
) -> None:
    with sqlite_shop.database.read() as asked:
        page = pages.order_page(asked, order)
    desk, host = session.desk, session.host
    confirmed: list[str] = []
    dialogs: tuple[Callable[[], Overlay], ...] = (
        partial(RefundDialog, desk, host, page.payments[0], 10_000),
        partial(ReasonDialog, host, "Cancel the order", "", "Cancel the order", confirmed.append),
        partial(LineDialog, desk, host, order, page.lines[0]),
        partial(LineDialog, desk, host, order, None),
        partial(StaffDialog, desk, host, None),
    )
    before = attack.latest()
    for make in dialogs:
        dialog = make()
        dialog.present()
        widgets = stops(dialog)
        assert widgets
        attack.on(widgets, each=40)
        assert open_dialogs(session.frame) == [dialog]
        dialog.dismiss()
    host.open_payment(order)
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    attack.on(stops(open_dialogs(session.frame)[0]), each=60)
    assert len(open_dialogs(session.frame)) == 1
    qtbot.waitUntil(lambda: desk._work.idle, timeout=10_000)
    assert (confirmed, attack.latest()) == ([], before)
    assert any("Close the dialog" in said or "Unknown code" in said for said in session.frame.toasts.texts())
    assert attack.scans >= 2000


def test_no_code_changes_anything_on_any_page(qtbot: QtBot, attack: Attack, session: Session, order: UUID) -> None:
    before = attack.latest()
    for place in ("orders", "board", "day", "settings", "order", "intake"):
        if place == "order":
            session.host.open_order(order)
        else:
            session.host.go(place)
        page: QWidget = session.pages[session.pages.shown()]
        qtbot.waitUntil(lambda: session.desk._work.idle, timeout=10_000)
        for widget in stops(page):
            attack.on([widget], each=12)
            for dialog in open_dialogs(session.frame):
                dialog.dismiss()  # the question what it is
            qtbot.waitUntil(lambda: session.desk._work.idle, timeout=10_000)
            for dialog in open_dialogs(session.frame):
                dialog.dismiss()
            if not widget.isVisible():
                break
        if session.pages.shown() == "intake":
            session.pages["intake"].empty()
    qtbot.waitUntil(lambda: session.desk._work.idle, timeout=10_000)
    assert attack.latest() == before
    assert attack.scans > 300


def test_an_order_of_ours_among_odd_codes_is_opened_and_nothing_else(
    qtbot: QtBot, attack: Attack, session: Session, sqlite_shop: TestShop
) -> None:
    done = a_ready_order(sqlite_shop)
    before = attack.latest()
    Keyboard(session.frame).scan(f"{order_code(done.number or 0)}\r\r\r\x0d\x0a\x13")
    qtbot.waitUntil(lambda: session.pages.shown() == "order", timeout=5000)
    qtbot.waitUntil(lambda: session.desk._work.idle, timeout=10_000)
    assert not open_dialogs(session.frame)
    assert attack.latest() == before
