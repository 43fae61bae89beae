"""The settings: several locations are added by keyboard, changed by two people at once, and each PC stands in one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from keyboard import Keyboard
from shop import TestShop
from ticketdesk import texts
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.location import LocationDialog
from ticketdesk.desktop.dialogs.merge import THEIRS, MergeDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.palette.palette import Palette
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.desktop.screens.intake.preview import Preview
from ticketdesk.desktop.screens.settings.page import SettingsPage
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.domain.keys import UUID
from ticketdesk.services import locations
from ticketdesk.services.locations import LocationRow, NewLocation, UseLocation
from ticketdesk.services.merging import Edit
from window import enter


@pytest.fixture
def page(qtbot: QtBot, owner_desk: Desk, host: Host) -> SettingsPage:
    """Give the owner's settings at the PC T1."""
    made = SettingsPage(owner_desk, host)
    made.setParent(host.window)
    made.resize(host.window.size())
    made.show()
    made.activate()
    qtbot.waitUntil(lambda: owner_desk.idle)
    return made


def kept(shop: TestShop) -> list[LocationRow]:
    with shop.database.read() as session:
        return locations.every(session)


def written(page: SettingsPage) -> list[str]:
    """Give what the lines of the card say, from left to right."""
    lines = [line for line in page.locations.findChildren(Elided) if not line.isHidden()]
    return [line.text() for line in sorted(lines, key=lambda line: (line.y(), line.x()))]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_a_location_is_found_and_added_by_keyboard_alone(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    sqlite_shop.do(locations.add, NewLocation("Centru"))
    texts.speak("ro")
    enter(qtbot, session, "Mircea")
    Keyboard(session.frame).key(Qt.Key.Key_F3, after=500)
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)))
    palette = open_dialogs(session.frame)[0]
    assert isinstance(palette, Palette)
    palette.field.setText("punct de lucru")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: focused().accessibleName() == "Adaugă un punct de lucru")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)))
    dialog = open_dialogs(session.frame)[0]
    assert isinstance(dialog, LocationDialog)
    for name, typed in (("Nume", "Zorilor"), ("Adresă", "Str. Zorilor 4"), ("Litere", "")):
        assert focused().accessibleName() == name
        QTest.keyClicks(focused(), typed)
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    refused = "Scrie litere: Centru nu are, iar documentele celor două trebuie deosebite."
    qtbot.waitUntil(lambda: dialog.fields["letters"].message() == refused)
    assert focused().accessibleDescription() == refused
    assert dialog.inputs["name"].text() == "Zorilor"  # what was typed is still there
    QTest.keyClicks(focused(), "cjz")
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not open_dialogs(session.frame))
    assert focused().accessibleName() == "Adaugă un punct de lucru"
    row = kept(sqlite_shop)[1]
    assert (row.name, row.address, row.letters) == ("Zorilor", "Str. Zorilor 4", "CJZ")


def test_a_shop_of_one_place_is_asked_for_nothing(
    qtbot: QtBot, page: SettingsPage, owner_desk: Desk, sqlite_shop: TestShop
) -> None:
    assert page.station.stands_in.isHidden()
    assert written(page) == []
    centre = sqlite_shop.do(locations.add, NewLocation("Centru", "Piața Unirii 1")).id
    owner_desk.changed.emit(frozenset({centre}))
    qtbot.waitUntil(lambda: written(page) == ["Centru", "Piața Unirii 1", ""])
    assert page.station.stands_in.isHidden()


def test_a_pc_is_said_to_stand_in_one_of_several(
    qtbot: QtBot, page: SettingsPage, owner_desk: Desk, sqlite_shop: TestShop
) -> None:
    west = sqlite_shop.do(locations.add, NewLocation("Vest", "Bd. 1 Mai 7", "V")).id
    centre = sqlite_shop.do(locations.add, NewLocation("Centru")).id
    sqlite_shop.do(locations.use, UseLocation(centre, "T2"))
    owner_desk.changed.emit(frozenset({centre, west}))
    field = page.station.stands_in
    qtbot.waitUntil(lambda: not field.isHidden())
    assert field.choice.currentText() == "not chosen yet"
    assert field.message() == "Until one is chosen, papers and numbers are those of Vest."
    field.choice.choose(str(west))
    field.choice.activated.emit(field.choice.currentIndex())
    qtbot.waitUntil(lambda: [row.stations for row in kept(sqlite_shop)] == [("T2",), ("T1",)])
    qtbot.waitUntil(lambda: field.message() == "" and field.choice.count() == 2)
    assert field.choice.currentText() == "Vest"
    qtbot.waitUntil(lambda: written(page) == ["Centru", "", "T2", "Vest", "Bd. 1 Mai 7", "T1"])


def test_the_preview_of_an_intake_names_the_location_of_this_pc(
    qtbot: QtBot, owner_desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    plain = previewed(qtbot, owner_desk, host)
    sqlite_shop.do(locations.add, NewLocation("Centru", "Piața Unirii 1"))
    assert previewed(qtbot, owner_desk, host) > plain  # by the line that names it


def previewed(qtbot: QtBot, desk: Desk, host: Host) -> int:
    """Give how high the preview of an empty intake is, in pixels."""
    preview = Preview(desk)
    preview.setParent(host.window)
    preview.begin()
    qtbot.waitUntil(lambda: desk.idle)
    preview.show()
    preview.show_form(Form(), "ro")
    qtbot.waitUntil(lambda: bool(preview.paper.pages()))
    return preview.paper.pages()[0].height()


def test_one_location_is_put_out_of_use_and_back_with_new_letters(
    qtbot: QtBot, page: SettingsPage, owner_desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    centre = sqlite_shop.do(locations.add, NewLocation("Centru")).id
    opened(qtbot, page, owner_desk, centre).use.click()
    qtbot.waitUntil(lambda: written(page) == ["Centru", "", "not in use"])
    sqlite_shop.do(locations.add, NewLocation("Vest"))
    dialog = opened(qtbot, page, owner_desk, centre)
    assert dialog.use.text() == "Use again"
    dialog.use.click()
    qtbot.waitUntil(lambda: dialog.fields["letters"].message().startswith("Write letters: Vest has none"))
    dialog.inputs["letters"].setText("C")
    dialog.use.click()
    qtbot.waitUntil(lambda: [(row.letters, row.active) for row in kept(sqlite_shop)] == [("C", True), ("", True)])
    qtbot.waitUntil(lambda: not open_dialogs(host.window))


def test_the_focus_stays_where_it_is_while_others_change_locations(
    qtbot: QtBot, page: SettingsPage, owner_desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    centre = sqlite_shop.do(locations.add, NewLocation("Centru")).id
    owner_desk.changed.emit(frozenset({centre}))
    qtbot.waitUntil(lambda: centre in page.locations.changers)
    host.window.activateWindow()
    qtbot.waitUntil(lambda: host.window.isActiveWindow() and page.locations.changers[centre].isVisible())
    page.locations.changers[centre].setFocus()
    assert page.locations.changers[centre].hasFocus()
    sqlite_shop.do(locations.add, NewLocation("Altul", letters="A"))
    owner_desk.changed.emit(frozenset())
    qtbot.waitUntil(lambda: len(page.locations.changers) == 2)
    assert page.locations.changers[centre].hasFocus()
    assert page.locations.changers[centre].accessibleName() == "Change Centru"


def test_two_owners_who_change_one_location_are_asked_by_the_names_of_its_fields(
    qtbot: QtBot, page: SettingsPage, owner_desk: Desk, host: Host, sqlite_shop: TestShop
) -> None:
    centre = sqlite_shop.do(locations.add, NewLocation("Centru", letters="C")).id
    dialog = opened(qtbot, page, owner_desk, centre)
    sqlite_shop.do(locations.edit, Edit(centre, {"letters": "C"}, {"letters": "CJ"}))
    dialog.inputs["letters"].setText("CC")
    dialog.inputs["address"].setText("Piața Unirii 1")
    dialog.save()
    qtbot.waitUntil(lambda: bool(host.window.findChildren(MergeDialog)))
    question = host.window.findChildren(MergeDialog)[0]
    question.choose("letters", THEIRS)
    question.go.click()
    qtbot.waitUntil(lambda: [(row.letters, row.address) for row in kept(sqlite_shop)] == [("CJ", "Piața Unirii 1")])


def opened(qtbot: QtBot, page: SettingsPage, desk: Desk, key: UUID) -> LocationDialog:
    """Press Change at a location, and give the dialog that opens."""
    desk.changed.emit(frozenset({key}))
    qtbot.waitUntil(lambda: desk.idle and key in page.locations.changers)
    page.locations.changers[key].click()
    window = page.window()
    dialog = open_dialogs(window)[0]
    assert isinstance(dialog, LocationDialog)
    return dialog


def test_only_the_owner_changes_locations(qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop) -> None:
    for name, letters in (("Centru", ""), ("Vest", "V")):
        sqlite_shop.do(locations.add, NewLocation(name, letters=letters))
    page = SettingsPage(desk, host)
    page.setParent(host.window)
    page.activate()
    qtbot.waitUntil(lambda: len(page.locations.changers) == 2 and page.station.stands_in.choice.count() == 3)
    assert not any(button.isEnabled() for button in page.locations.changers.values())
    assert not page.station.stands_in.choice.isEnabled()
