"""The list is filtered beside it, by keyboard and by mouse, and what it shows is kept as a view."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from order_desk import Counter, take_in
from shop import TestShop, a_ready_order, an_order
from ticketdesk import texts
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.view_name import ViewNameDialog
from ticketdesk.desktop.look import paint, theme
from ticketdesk.desktop.screens.orders import filter_words
from ticketdesk.desktop.screens.orders.views_bar import ViewsBar
from ticketdesk.desktop.widgets.focus import stops
from ticketdesk.domain.filters import ABOVE, BELOW, BETWEEN, FIELDS, OPEN, Filter, Takes
from ticketdesk.domain.orders import Urgency
from ticketdesk.domain.rights import Role
from ticketdesk.domain.views import VIEWS
from ticketdesk.services import views
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.merging import Edit
from ticketdesk.services.views import NewView


def control(desk: Counter, field: str) -> Any:
    return desk.page.pane.controls[field]


def choose(desk: Counter, field: str, *values: str) -> None:
    """Turn chips of a field over, as a click does."""
    for value in values:
        control(desk, field).chips._chips[value].click()
    desk.settle()


def chips(desk: Counter) -> list[str]:
    return [chip.text() for chip in desk.page.filters.chips()] if desk.page.filters.isVisible() else []


def save_as(desk: Counter, name: str, *, shared: bool = False) -> ViewNameDialog:
    desk.run("orders.keep")
    dialog: ViewNameDialog = desk.window.findChildren(ViewNameDialog)[-1]
    dialog.name.setText(name)
    dialog.share.setChecked(shared)
    dialog.save()
    desk.settle()
    return dialog


def titles(desk: Counter) -> list[str]:
    return [view.title for view in desk.page.views._views]


def test_filters_narrow_the_list_at_once_and_come_off_as_chips(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    phones = take_in(sqlite_shop, 2)
    washer = an_order(sqlite_shop, device=NewDevice("washer", "Bosch", "Serie 6")).number
    urgent = an_order(sqlite_shop, device=NewDevice("washer", "LG", "F4"), urgency=Urgency.URGENT).number
    desk = counter()
    desk.run("orders.filter")
    assert desk.page.pane.isVisible()
    assert not desk.page.preview.isVisible()
    choose(desk, "device_kind", "washer")
    assert set(desk.numbers()) == {washer, urgent}
    choose(desk, "urgency", "urgent")
    assert desk.numbers() == [urgent]
    assert chips(desk) == ["Kind of device: Washing machine", "Urgency: Urgent"]
    first = desk.page.filters.chips()[0]
    first.setFocus()
    desk.bot.keyClick(first, Qt.Key.Key_Delete)
    desk.settle()
    assert chips(desk) == ["Urgency: Urgent"]
    assert desk.page.filters.chips()[0].hasFocus()
    assert control(desk, "device_kind").chips.values() == []
    desk.page.filters.clear.click()
    desk.settle()
    assert set(desk.numbers()) == {*phones, washer, urgent}
    assert chips(desk) == []


def test_tab_stops_once_at_each_filter_and_comes_back_to_where_it_was(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 1)
    desk = counter()
    desk.run("orders.filter")
    pane = desk.page.pane
    found = [next((key for key, part in pane.controls.items() if part.isAncestorOf(one)), "") for one in stops(pane)]
    of_choices = [field.key for field in FIELDS if field.takes in (Takes.CHOICES, Takes.PERSON) and field.key in found]
    assert len(of_choices) == 10
    assert all(found.count(key) == 1 for key in of_choices)
    assert list(dict.fromkeys(filter(None, found))) == list(pane.controls)
    status = control(desk, "status").chips
    desk.bot.waitUntil(status._chips["created"].hasFocus)
    desk.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_End)
    last = QApplication.focusWidget()
    desk.bot.keyClick(last, Qt.Key.Key_Tab)
    assert control(desk, "phase").isAncestorOf(QApplication.focusWidget())
    desk.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is last


def test_the_filters_are_used_by_keyboard_alone(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    take_in(sqlite_shop, 2)
    ready = a_ready_order(sqlite_shop).number
    desk = counter()
    desk.run("orders.filter")
    chip = control(desk, "status").chips._chips["created"]
    desk.bot.waitUntil(chip.hasFocus)
    for _step in range(4):
        desk.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    desk.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    desk.settle()
    assert desk.numbers() == [ready]
    desk.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not desk.page.pane.isVisible()
    assert desk.page.preview.isVisible()
    assert desk.page.table.hasFocus()


def test_days_amounts_and_words_are_written_as_in_the_search_field(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 2)
    owed = a_ready_order(sqlite_shop, price=53_000, customer=NewCustomer("Ionescu Ștefana", "0744 111 222")).number
    desk = counter()
    desk.run("orders.filter")

    def write(field: QLineEdit, text: str) -> None:
        field.setFocus()
        field.setText(text)
        field.textEdited.emit(text)
        desk.bot.waitUntil(
            lambda: not any(c._typing.isActive() for c in desk.page.pane.controls.values() if hasattr(c, "_typing"))
        )
        desk.settle()

    write(control(desk, "balance").least, "530")
    assert desk.numbers() == [owed]
    assert chips(desk) == ["Balance: from 530.00"]
    write(control(desk, "balance").least, "530,01")
    assert desk.numbers() == []
    assert desk.page.empty.isVisible()
    write(control(desk, "balance").least, "")
    write(control(desk, "customer").input, "stefana")
    assert desk.numbers() == [owed]
    write(control(desk, "customer").input, "")
    days = control(desk, "promised")
    days.period.setCurrentIndex(days.period.findData("from-to"))
    days.period.activated.emit(0)
    write(days.since, "+2")
    assert desk.numbers() == []
    assert chips(desk) == ["Due: from in 2 days"]
    write(days.since, "someday")
    assert days.since._state == "error"
    assert len(desk.numbers()) == 3


def test_what_is_shown_is_kept_as_a_view_and_comes_back(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    take_in(sqlite_shop, 2)
    washer = an_order(sqlite_shop, device=NewDevice("washer", "Bosch", "Serie 6")).number
    desk = counter()
    desk.page.search("!free bosch")
    desk.settle()
    assert desk.numbers() == [washer]
    save_as(desk, "Bosch de luat")
    assert titles(desk)[-1] == "Bosch de luat"
    assert desk.page.shown.view.title == "Bosch de luat"
    assert desk.searched == [""]
    desk.page.search("")
    desk.settle()
    desk.page.show_view("active")
    desk.settle()
    assert len(desk.numbers()) == 3
    desk.page.show_view(desk.page.views._views[-1].key)
    desk.settle()
    assert desk.numbers() == [washer]
    assert chips(desk) == ["Responsible: nobody", "Words: “bosch”"]
    assert desk.page.views._tabs[desk.page.shown.view.key].accessibleName() == "Bosch de luat, 1"


def test_a_name_already_taken_is_refused_in_the_dialog_which_keeps_what_was_typed(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 1)
    desk = counter()
    dialog = save_as(desk, "overdue")
    assert dialog.isVisible()
    assert dialog.field.message() == "There is already a view “overdue”. Choose another name."
    assert dialog.name.text() == "overdue"
    assert not dialog.share.isVisible()


def test_a_managers_view_for_everybody_arrives_at_other_counters(
    sqlite_shop: TestShop, counter: Callable[[], Counter], manager_desk: Desk, qtbot: QtBot
) -> None:
    take_in(sqlite_shop, 1)
    desk, manager = counter(), Counter(manager_desk, qtbot)
    manager.page._narrow("urgency", (Filter("urgency", ("urgent",)),))
    save_as(manager, "Pentru toți", shared=True)
    desk.desk.changed.emit(frozenset({sqlite_shop.id}))
    desk.settle()
    assert titles(desk)[-1] == "Pentru toți"
    view = desk.page.known.saved[-1]
    assert not desk.page.view_deeds.may_change(view)
    assert manager.page.view_deeds.may_change(view)


def test_a_view_is_changed_renamed_moved_deleted_and_brought_back(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 3)
    for name in ("Una", "Alta"):
        sqlite_shop.do(views.add, NewView(name, OPEN), Role.CLERK)
    desk = counter()
    una, alta = desk.page.known.saved
    desk.page.show_view(una.key)
    desk.page._narrow("urgency", (Filter("urgency", ("urgent",)),))
    desk.settle()
    assert desk.page.filters.renew.isVisible()
    desk.page.filters.renew.click()
    desk.settle()
    assert desk.page.shown.view.filters == (*OPEN, Filter("urgency", ("urgent",)))
    assert not desk.page.shown.changed
    desk.page.view_deeds.shift(desk.page.known.saved[0], 1)
    desk.settle()
    assert titles(desk)[-2:] == ["Alta", "Una"]
    desk.page.view_deeds.rename(desk.page.known.saved[1])
    dialog = desk.window.findChildren(ViewNameDialog)[-1]
    dialog.name.setText("Prima")
    dialog.save()
    desk.settle()
    assert titles(desk)[-2:] == ["Alta", "Prima"]
    desk.page.view_deeds.throw_away(desk.page.known.saved[1])
    desk.settle()
    assert titles(desk)[-1] == "Alta"
    assert desk.page.shown.view.key == "active"
    assert desk.toasts[-1][2] == "Undo"
    desk.toasts[-1][3]()
    desk.settle()
    assert titles(desk)[-2:] == ["Alta", "Prima"]
    assert alta.id in {view.id for view in desk.page.known.saved}


def test_the_view_chosen_follows_what_a_colleague_makes_of_it(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 2)
    washer = an_order(sqlite_shop, device=NewDevice("washer", "Bosch", "Serie 6")).number
    made = sqlite_shop.do(views.add, NewView("Tot", OPEN, shared=True), Role.MANAGER)
    desk = counter()
    desk.page.show_view(str(made.id))
    desk.settle()
    assert len(desk.numbers()) == 3
    wanted = (*OPEN, Filter("device_kind", ("washer",)))
    edit = Edit(made.id, {"filters": views.written(OPEN)}, {"filters": views.written(wanted)})
    sqlite_shop.do(views.edit, edit, Role.OWNER)
    desk.desk.changed.emit(frozenset({made.id}))
    desk.settle()
    assert desk.numbers() == [washer]


def test_views_are_gone_through_round_the_ends_saved_ones_too(
    sqlite_shop: TestShop, counter: Callable[[], Counter]
) -> None:
    take_in(sqlite_shop, 1)
    sqlite_shop.do(views.add, NewView("Ultima", OPEN), Role.CLERK)
    desk = counter()
    desk.run("orders.view_before")
    desk.settle()
    assert desk.page.shown.view.title == "Ultima"
    desk.run("orders.view_after")
    desk.settle()
    assert desk.page.shown.view.key == "active"


def test_an_order_is_marked_by_a_key_and_found_again(sqlite_shop: TestShop, counter: Callable[[], Counter]) -> None:
    numbers = take_in(sqlite_shop, 3)
    desk = counter()
    desk.page.table.choose(desk.page.model.place_of(numbers[1]))
    desk.run("orders.mark")
    desk.settle()
    desk.page.show_view("marked")
    desk.settle()
    assert desk.numbers() == [numbers[1]]
    desk.run("orders.mark")
    desk.settle()
    assert desk.numbers() == []


SAMPLES = (
    Filter("phase", ("done",)), Filter("responsible", ("me", "nobody", "~vla")), Filter("promised", ("today",)),
    Filter("promised", ("fri",)), Filter("promised", ("today+3",), ABOVE), Filter("received", ("today-7",), BELOW),
    Filter("ready", ("2026-11-24", "week"), BETWEEN), Filter("handed_over", ("", "month"), BETWEEN),
    Filter("balance", ("0",), ABOVE), Filter("total", ("100", "200"), BETWEEN), Filter("number", ("7", ""), BETWEEN),
    Filter("customer", ("ana",)), Filter("device", ("ip",)), Filter("brand", ("LG",)), Filter("text", ("ecran",)),
    *(Filter(field.key, (field.choices[0][0],)) for field in FIELDS if field.choices),
)  # fmt: skip


@pytest.mark.parametrize("code", ["ro", "en"])
def test_every_filter_has_words(code: str) -> None:
    with texts.language(code):
        said = {filter_words.describe(asked, {}) for asked in SAMPLES}
        assert filter_words.describe(OPEN[0], {}) in {"Comenzi active", "Open orders"}
    assert len(said) == len(SAMPLES)
    assert all(text.strip() and "{" not in text for text in said)


@pytest.mark.parametrize("zoom", [1.0, 1.1, 1.25, 1.5])
def test_the_name_of_a_view_is_whole_at_every_size(qtbot: QtBot, qapp: QApplication, zoom: float) -> None:
    theme.apply(qapp, "light", zoom)
    bar = ViewsBar(VIEWS)
    qtbot.addWidget(bar)
    for tab in bar._tabs.values():
        room = tab.sizeHint().width() - 2 * theme.px(9)
        assert paint.metrics("body", 500).horizontalAdvance(tab.text()) <= room
