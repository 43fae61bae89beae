"""A customer is reached with what this PC has for it: the right number or address is handed on, or copied."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from ticketdesk.desktop import links
from ticketdesk.desktop.host import Host


@pytest.fixture
def handed_on(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hear which links are handed to the system."""
    heard: list[str] = []

    def hear(url: QUrl) -> bool:
        heard.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", hear)
    return heard


def test_a_customer_is_called_written_to_and_copied(qtbot: QtBot, handed_on: list[str]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    host, menu = Host(window), QMenu(window)
    said: list[str] = []
    host.toast_wanted.connect(lambda text, *_rest: said.append(text))
    links.offer(menu, host, links.reachable("+40722000418", "ana+x@exemplu.ro", ["+373691234567 soțul"]), "RO")
    copied = []
    for action in menu.actions():
        if not action.isSeparator():
            action.trigger()
            copied.append(QGuiApplication.clipboard().text())
    assert handed_on == [
        "tel:+40722000418", "sms:+40722000418", "https://wa.me/40722000418", "mailto:ana+x@exemplu.ro",
        "tel:+373691234567", "sms:+373691234567", "https://wa.me/373691234567",
    ]  # fmt: skip
    assert copied[3] == "0722 000 418"
    assert "ana+x@exemplu.ro" in copied
    assert said[0] == "Copied: 0722 000 418"


def test_more_addresses_than_a_link_holds_wait_on_the_clipboard(qtbot: QtBot, handed_on: list[str]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    emails = [f"client{n}@exemplu.ro" for n in range(60)]
    links.write_to_all(Host(window), emails, "Anunț", "Vineri & sâmbătă: închis")
    assert handed_on == ["mailto:?subject=Anun%C8%9B&body=Vineri%20%26%20s%C3%A2mb%C4%83t%C4%83%3A%20%C3%AEnchis"]
    assert QGuiApplication.clipboard().text() == ",".join(emails)
