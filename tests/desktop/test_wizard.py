"""The first start, as somebody does it who has just installed the program."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from postgres import Cluster
from ticketdesk import paths, texts
from ticketdesk.desktop import start
from ticketdesk.desktop.frame import Frame
from ticketdesk.desktop.look import theme
from ticketdesk.desktop.start import Opening
from ticketdesk.desktop.wizard import Wizard
from ticketdesk.domain.shop import Shop
from ticketdesk.services import founding, opening, settings
from ticketdesk.storage import preferences
from ticketdesk.storage.preferences import Preferences

PIN = "837261"
Begin = Callable[[], tuple[Opening, Wizard]]


@pytest.fixture(params=["ro", "en"])
def begin(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Begin]:
    """Start the program without a shop, as often as wanted, in each language."""
    begun: list[Opening] = []
    before = texts.spoken()
    texts.speak(request.param)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light")

    def made() -> tuple[Opening, Wizard]:
        frame = Frame()
        qtbot.addWidget(frame)
        frame.show()
        options = Namespace(db="", demo=False, lang=None, tour=None, bench="")
        begun.append(Opening(frame, options, Preferences()))
        begun[-1].begin()
        qtbot.waitUntil(lambda: isinstance(frame.pages.currentWidget(), Wizard), timeout=10_000)
        return begun[-1], wizard_of(begun[-1])

    yield made
    for one in begun:
        one.end()
    texts.speak(before)


def wizard_of(opened: Opening) -> Wizard:
    wizard = opened.frame.pages.currentWidget()
    assert isinstance(wizard, Wizard)
    return wizard


def press(wizard: Wizard, words: str) -> None:
    """Press the button that somebody reads, or hears, these words on."""
    found = [button for button in wizard.findChildren(QPushButton) if button.isVisible()]
    next(button for button in found if words in (button.text(), button.accessibleName())).click()


def choose(wizard: Wizard, title: str) -> None:
    press(wizard, f"{texts._(title)}: {texts._('Choose')}")


def said(wizard: Wizard) -> str:
    """Give what the wizard complains of: above the form, or below its fields."""
    forms = (wizard._fields, wizard._server_fields, wizard._pair_fields)
    below = (f"{name}: {field.message()}" for form in forms for name, field in form.items() if field.message())
    return "".join([wizard._message.text(), *below])


def wait(qtbot: QtBot, opened: Opening) -> str:
    """Wait for the answer to what was pressed; give what it complains of."""
    stack = wizard_of(opened)._stack
    qtbot.waitUntil(stack.isEnabled, timeout=15_000)
    return said(wizard_of(opened))


def signs_in(qtbot: QtBot, opened: Opening, name: str) -> Any:
    qtbot.waitUntil(lambda: opened.session is not None, timeout=30_000)
    page = opened.session.signing.page
    qtbot.waitUntil(lambda: bool(page.tiles), timeout=10_000)
    assert page.tiles[0].person.name.startswith(name)
    return opened.session


def fill_in(wizard: Wizard, language: str) -> None:
    wizard.name.setText("Atelier Probă")
    wizard.owner.setText("Ana Pop")
    wizard.pin.setText(PIN)
    wizard.language.setCurrentIndex(wizard.language.findData(language))


def test_a_new_shop_is_made_here_and_opened_the_next_time(qtbot: QtBot, begin: Begin) -> None:
    opened, wizard = begin()
    choose(wizard, "A new shop on this computer")
    make = texts._("Make the shop")
    press(wizard, make)
    assert wait(qtbot, opened) == "name: " + texts._("Write the shop's name.")
    fill_in(wizard, texts.spoken())
    for field, typed, wrong in ((wizard.tax_id, "RO123", "tax_id"), (wizard.phone, "abc", "phone"),
                                (wizard.pin, "123456", "pin")):  # fmt: skip
        kept = field.text()
        field.setText(typed)
        press(wizard, make)
        assert wait(qtbot, opened).startswith(f"{wrong}: ")
        assert field.text() == typed
        field.setText(kept)
    wizard.phone.setText("0722 111 222")
    wizard.country.setCurrentIndex(1)
    wizard.country.activated.emit(1)
    assert wizard.currency.currentData() == "MDL"
    wizard.country.setCurrentIndex(0)
    wizard.currency.choose("EUR")
    press(wizard, make)
    assert wait(qtbot, opened) == ""
    code = next(text.text() for text in wizard.findChildren(QLabel) if text.text().count("-") == 4)
    press(wizard, texts._("I have written it down"))
    session = signs_in(qtbot, opened, "Ana Pop")
    assert (session.desk.shop.region, session.desk.shop.currency) == ("RO", "EUR")
    assert session.desk.shop.phone == "+40722111222"
    assert preferences.load().database == str(paths.data() / "shop.db")
    again = opening.open_shop(preferences.load().database, "T2")
    assert opening.pair(again, code) == session.desk.shop_id
    again.close()


def test_a_shop_on_a_server_is_tested_joined_and_remembered_without_its_password(
    qtbot: QtBot, begin: Begin, cluster: Cluster
) -> None:
    url, empty = cluster.create_database(), cluster.create_database()
    made, founded = opening.found_shop_at(url, founding.NewShop(Shop(name="Busola"), "Ana Pop", "", PIN), "T1")
    made.close()
    password = url.split(":")[2].split("@")[0]
    opened, wizard = begin()
    choose(wizard, "A shop on a server")
    for address, answer in (
        ("", "Write the address of the database."),
        ("mysql://a:b@c/d", "Only SQLite and PostgreSQL databases can hold a shop."),
        ("postgresql://a:b@127.0.0.1:x/d", "This is not a database address."),
        ("postgresql://a:b@127.0.0.1:1/d", "The database does not answer."),
        (url.replace(password, "wrong"), "The database does not accept this user name or password."),
        (f"{url.rsplit('/', 1)[0]}/elsewhere", "There is no such database on this server."),
    ):
        wizard.url.setText(address)
        press(wizard, texts._("Test and connect"))
        assert wait(qtbot, opened) == f"database: {texts._(answer)}"
        assert wizard.url.text() == address
    _unpair(founded)
    wizard.url.setText(url)
    press(wizard, texts._("Test and connect"))
    assert "paired" in wait(qtbot, opened) or "asociat" in said(wizard)
    wizard.code.setText("AAAAA-AAAAA")
    press(wizard, texts._("Pair this computer"))
    assert wait(qtbot, opened).startswith("recovery_code: ")
    wizard.code.setText(founded.recovery_code)
    press(wizard, texts._("Pair this computer"))
    signs_in(qtbot, opened, "Ana Pop")
    remembered = (paths.state() / "settings.toml").read_text()
    assert str(cluster.port) in remembered
    assert password not in remembered
    again, wizard = begin()
    choose(wizard, "A shop on a server")
    wizard.url.setText(empty)
    press(wizard, texts._("Test and connect"))
    assert texts._("The database is there, and empty. Make the shop in it, or go back.") == wait(qtbot, again)
    fill_in(wizard, "ro")
    press(wizard, texts._("Make the shop"))
    assert wait(qtbot, again) == ""
    press(wizard, texts._("I have written it down"))
    assert signs_in(qtbot, again, "Ana Pop").desk.database.path is None


def _unpair(founded: founding.Founded) -> None:
    for kept in (paths.state() / "secrets").glob(f"shop-{founded.shop_id}*"):
        kept.unlink()


def test_a_server_that_is_off_in_the_morning_is_tried_again(qtbot: QtBot, begin: Begin, cluster: Cluster) -> None:
    url = cluster.create_database()
    made, _founded = opening.found_shop_at(url, founding.NewShop(Shop(name="Busola"), "Ana Pop", "", PIN), "T1")
    made.close()
    opened, wizard = begin()
    off = "postgresql://a:b@127.0.0.1:1/d"
    preferences.save(replace(Preferences(), database=off))
    opened.chosen = preferences.load()
    opened.begin()
    qtbot.waitUntil(lambda: opened.frame.pages.currentWidget() is not wizard, timeout=15_000)
    assert said(wizard_of(opened)) == texts._("The database does not answer.")
    opened.chosen = replace(opened.chosen, database=url)  # the server is on again
    press(wizard_of(opened), texts._("Try again"))
    signs_in(qtbot, opened, "Ana Pop")


def test_the_demo_is_opened_at_a_press(qtbot: QtBot, begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "DEMO_ORDERS", 30)
    opened, wizard = begin()
    press(wizard, f"{texts._('Look around first')}: {texts._('Open the demo shop')}")
    assert not wizard.isEnabled()  # pressed twice, it is made once
    assert signs_in(qtbot, opened, "Alina").signing.page.isVisible()


def test_the_window_speaks_the_language_that_is_chosen_then_the_shops(
    qtbot: QtBot, begin: Begin, tmp_path: Path
) -> None:
    opened, wizard = begin()
    other = "en" if texts.spoken() == "ro" else "ro"
    press(wizard, {"en": "English", "ro": "Română"}[other])
    assert texts.spoken() == other
    welcome = {"en": "Welcome to TicketDesk", "ro": "Bun venit"}[other]
    assert any(text.text().startswith(welcome) for text in wizard_of(opened).findChildren(QLabel))
    shop = Shop(name="Busola", language={"ro": "en", "en": "ro"}[other])
    made, _founded = opening.found_shop_at(
        str(tmp_path / "b.db"), founding.NewShop(shop, "Ana Pop", "", PIN), "T1"
    )  # fmt: skip
    with made.read() as session:
        assert settings.shop(session) == shop
    made.close()
    opened.open(str(tmp_path / "b.db"))
    signs_in(qtbot, opened, "Ana Pop")
    words = {"en": ("Orders", "Settings", "New order"), "ro": ("Comenzi", "Setări", "Comandă nouă")}[shop.language]
    frame = opened.frame
    assert (frame.rooms["orders"].text(), frame.settings.text(), frame.new_order.label) == words
