"""One box for everything, from any page; Enter opens what is meant by what is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from keyboard import Keyboard
from shop import TestShop, an_item, an_order
from ticketdesk import texts
from ticketdesk.desktop.dialogs.count import CountDialog
from ticketdesk.desktop.dialogs.customer import CustomerDialog
from ticketdesk.desktop.dialogs.keys import KeysDialog
from ticketdesk.desktop.palette.palette import Palette
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.domain.codes import order_code
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.filters import Filter
from ticketdesk.services import pages, views
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.views import NewView
from window import enter


def opened(qtbot: QtBot, session: Session) -> Palette:
    """Press F3, and give what opens."""
    Keyboard(session.frame).key(Qt.Key.Key_F3, after=500)
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    palette = open_dialogs(session.frame)[0]
    assert isinstance(palette, Palette)
    assert palette.field.hasFocus()
    return palette


def answered(qtbot: QtBot, palette: Palette, typed: str) -> list[str]:
    """Type, wait for the answer, and give what is offered."""
    palette.field.setText(typed)
    qtbot.waitUntil(lambda: palette._answered == palette._question, timeout=5000)
    return [entry.title for entry in palette.listing.entries()]


def titles(palette: Palette) -> list[str]:
    return [entry.title for entry in palette.listing.entries()]


def press(palette: Palette, key: Qt.Key) -> None:
    QTest.keyClick(palette.field, key)


@pytest.mark.parametrize("place", ["orders", "board", "day", "settings", "intake"])
def test_f3_opens_it_on_every_page_and_enter_opens_the_order(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop, place: str
) -> None:
    done = an_order(sqlite_shop, customer=NewCustomer("Ștefan Ungureanu", "0722 000 418"))
    enter(qtbot, session, "Mircea")
    session.host.go(place)
    palette = opened(qtbot, session)
    assert answered(qtbot, palette, "ungur")[0] == str(done.number)
    press(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.pages.shown() == "order", timeout=5000)
    assert not open_dialogs(session.frame)


def test_enter_waits_for_the_answer_to_what_is_typed(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    for name, phone in (("Ștefan Ungureanu", "0722 000 418"), ("Ana Pop", "0745 000 095")):
        an_order(sqlite_shop, customer=NewCustomer(name, phone))
    enter(qtbot, session, "Mircea")
    palette = opened(qtbot, session)
    palette.field.setText("stefan")
    palette.field.setText("ana pop")  # before anything came home
    press(palette, Qt.Key.Key_Return)
    assert palette.isVisible()
    qtbot.waitUntil(lambda: session.pages.shown() == "order", timeout=5000)
    qtbot.waitUntil(lambda: session.pages["order"].page is not None, timeout=5000)
    assert session.pages["order"].page.row.customer_name == "Ana Pop"


def test_an_answer_to_older_words_is_never_shown(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    for name, phone in (("Ștefan Ungureanu", "0722 000 418"), ("Ana Pop", "0745 000 095")):
        an_order(sqlite_shop, customer=NewCustomer(name, phone))
    enter(qtbot, session, "Mircea")
    palette = opened(qtbot, session)
    seen: list[str] = []
    palette.listing.lines.modelReset.connect(lambda: seen.extend(titles(palette)))
    palette.field.setText("ștefan")
    assert "Ana Pop" in answered(qtbot, palette, "ana")
    assert "Ștefan Ungureanu" not in seen


VIEWS = (
    ("marcate", "marked"), ("bookmarks", "marked"), ("comenzi marcate", "marked"), ("intarziate", "late"), ("overdue", "late"),
    ("urgente", "urgent"), ("neplatite", "unpaid"), ("unpaid", "unpaid"), ("achitate", "paid"),
    ("plata in asteptare", "awaiting_payment"),
    ("fara responsabil", "to_take"), ("lista de asteptare", "to_take"), ("waiting list", "to_take"), ("gata de ridicat", "ready"),
    ("comenzi azi", "due_today"), ("orders today", "due_today"), ("due tomorrow", "due_tomorrow"), ("garantie", "warranty"),
    ("expediate", "shipped"), ("toate comenzile", "all"), ("all orders", "all"), ("ale mele", "mine"),
)  # fmt: skip
WORDS = (
    ("depune numerar", "go.cash"), ("scoate numerar", "go.cash"), ("sertar", "go.cash"), ("retur", "go.cash"),
    ("avans", "go.cash"),
    ("schimba pin", "settings.people"), ("drepturi", "settings.people"), ("imprimante", "settings.station"),
    ("tema intunecata", "look.dark"), ("dark mode", "look.dark"), ("tema deschisa", "look.light"), ("mareste", "look.larger"),
    ("bigger", "look.larger"), ("micsoreaza", "look.smaller"), ("stoc", "go.catalogue"), ("lista de preturi", "go.catalogue"),
    ("primire", "order.new"), ("vanzare", "sale"), ("raport z", "cash.next"), ("raport zilnic", "go.day"), ("blocheaza", "lock"),
    ("logout", "lock"), ("cititor coduri", "settings.scanner"), ("taste", "keys"),
)  # fmt: skip


def test_commands_answer_at_once_in_both_languages_by_any_name(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Mircea")
    for spoken in ("en", "ro"):
        texts.speak(spoken)
        palette = opened(qtbot, session)
        for typed, command in (("bon nou", "order.new"), ("log out", "lock"), ("delogare", "lock"), ("panou", "go.board"),
                               ("kanban", "go.board"), ("culori intunecate", "look.dark"), ("vat payer", "settings.money"),
                               ("toate tastele", "keys"), ("colegi", "settings.people"), ("închide tura", "cash.next"),
                               ("close the shift", "cash.next"), ("client nou", "customers.new"),
                               ("imprimanta", "settings.station"), ("printer of labels", "settings.station"),
                               ("etichete de raft", "bins.labels"), ("raport", "go.day"), ("luminos", "look.light"),
                               ("setari imprimanta", "settings.station"),
                               ("punct de lucru", "settings.locations"), ("locatie", "settings.locations"),
                               ("sediu", "settings.locations"), ("work point", "settings.locations"),
                               *((typed, f"view.{view}") for typed, view in VIEWS), *WORDS):  # fmt: skip
            palette.field.setText(typed)
            chosen = palette.listing.chosen()
            assert chosen is not None
            assert (typed, chosen.id) == (typed, command)
        palette.dismiss()


@pytest.mark.parametrize(("page", "command"), [("order", "order.sms"), ("orders", "orders.sms")])
def test_a_text_message_goes_to_the_customer_of_the_order_in_front(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop, monkeypatch: pytest.MonkeyPatch, page: str, command: str
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: heard.append(url.toString()))
    done = an_order(sqlite_shop, customer=NewCustomer("Ștefan Ungureanu", "0722 000 418"))
    enter(qtbot, session, "Alina")
    if page == "order":
        session.host.open_order(done.id)
    qtbot.waitUntil(lambda: session.desk._work.idle, timeout=5000)
    for spoken, typed in (("en", "send sms"), ("ro", "trimite sms")):
        texts.speak(spoken)
        palette = opened(qtbot, session)
        palette.field.setText(typed)
        chosen = palette.listing.chosen()
        assert chosen is not None
        assert chosen.id == command
        press(palette, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not open_dialogs(session.frame), timeout=5000)
    assert heard == ["sms:+40722000418"] * 2


def test_without_a_connection_there_are_still_commands(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Mircea")
    palette = opened(qtbot, session)
    palette.field.setText("all keys")
    session.desk.lost.emit(Unavailable("The database does not answer."))
    press(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(isinstance(one, KeysDialog) for one in open_dialogs(session.frame)), timeout=5000)


def test_everything_that_fits_is_in_groups_and_tab_shows_one_kind(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    for place in range(5):
        customer = NewCustomer(f"Ștefan {place}", f"0722 000 41{place}")
        an_order(sqlite_shop, customer=customer, device=NewDevice("watch", "Fossil", "Steffi", serial=f"FS{place}00"))
    enter(qtbot, session, "Mircea")
    palette = opened(qtbot, session)
    answered(qtbot, palette, "stef")
    groups = [entry.group for entry in palette.listing.entries()]
    assert list(dict.fromkeys(groups)) == ["Orders", "Customers", "Devices", "Quick commands"]
    assert groups.count("Orders") == 3
    press(palette, Qt.Key.Key_Tab)
    assert {entry.group for entry in palette.listing.entries()} == {"Orders"}
    assert len(palette.listing.entries()) == 5
    press(palette, Qt.Key.Key_Tab)
    assert len({entry.group for entry in palette.listing.entries()}) == 4


def test_a_bin_leads_to_what_stands_in_it(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    standing = [an_order(sqlite_shop, bin="A3").number for _each in range(2)]
    an_order(sqlite_shop, bin="A31")
    enter(qtbot, session, "Mircea")
    palette = opened(qtbot, session)
    assert answered(qtbot, palette, "a3")[0] == "Orders in bin A3"
    assert palette.listing.entries()[0].note == "2 orders"
    press(palette, Qt.Key.Key_Return)
    page = session.pages["orders"]
    qtbot.waitUntil(lambda: sorted(key for key in page.model.keys if key > 0) == standing, timeout=5000)
    assert answered(qtbot, opened(qtbot, session), "a9")[0] != "Orders in bin A9"


def test_arrows_choose_round_and_round_and_headings_are_passed_over(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    an_order(sqlite_shop, customer=NewCustomer("Ștefan Ungureanu", "0722 000 418"))
    enter(qtbot, session, "Mircea")
    palette = opened(qtbot, session)
    offered = answered(qtbot, palette, "ungur")
    walked = []
    for _step in range(len(offered) + 1):
        chosen = palette.listing.chosen()
        assert chosen is not None
        walked.append(chosen.title)
        press(palette, Qt.Key.Key_Down)
    assert walked == [*offered, offered[0]]
    press(palette, Qt.Key.Key_Up)
    chosen = palette.listing.chosen()
    assert chosen is not None
    assert chosen.title == offered[0]


def test_what_nobody_has_can_be_looked_for_in_the_list_or_taken_in(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Mircea")
    palette = opened(qtbot, session)
    assert answered(qtbot, palette, "Zaharia") == [
        "Show all orders with “Zaharia”", "New order for “Zaharia”", "New customer: “Zaharia”",
    ]  # fmt: skip
    press(palette, Qt.Key.Key_Return)
    assert session.frame.search.text() == "Zaharia"
    palette = opened(qtbot, session)
    answered(qtbot, palette, "Zaharia")
    press(palette, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: session.pages.shown() == "intake", timeout=5000)
    assert session.pages["intake"].customer.name.text() == "Zaharia"
    palette = opened(qtbot, session)
    answered(qtbot, palette, "Zaharia")
    press(palette, Qt.Key.Key_Up)
    press(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(open_dialogs(session.frame)), timeout=5000)
    written = open_dialogs(session.frame)[0]
    assert isinstance(written, CustomerDialog)
    assert written.values()["name"] == "Zaharia"


def test_a_customer_opens_with_all_their_orders(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop, customer=NewCustomer("Ștefan Ungureanu", "0722 000 418"))
    an_order(sqlite_shop, customer=NewCustomer("Ana Pop", "0745 000 095"))
    enter(qtbot, session, "Mircea")
    palette = opened(qtbot, session)
    answered(qtbot, palette, "ungur")
    press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.pages.shown() == "customer", timeout=5000)
    page = session.pages["customer"]
    qtbot.waitUntil(lambda: page.orders.table.number() == done.number, timeout=5000)
    assert page.page.row.name == "Ștefan Ungureanu"
    assert page.orders.model.rowCount() == 1


def test_a_part_goes_on_the_order_that_is_open(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop)
    an_item(sqlite_shop, "BAT9", "Baterie iPhone 9", 15_000)
    enter(qtbot, session, "Mircea")
    session.host.open_order(done.id)
    palette = opened(qtbot, session)
    answered(qtbot, palette, "baterie")
    press(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any("Added" in said for said in session.frame.toasts.texts()), timeout=5000)
    with sqlite_shop.database.read() as asked:
        assert [line.facts.name for line in pages.order_page(asked, done.id).lines] == ["Baterie iPhone 9"]


def test_orders_opened_lately_come_first_while_nothing_is_typed(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    one, other = an_order(sqlite_shop), an_order(sqlite_shop)
    enter(qtbot, session, "Mircea")
    for done in (one, other):
        session.host.open_order(done.id)
    palette = opened(qtbot, session)
    qtbot.waitUntil(lambda: titles(palette)[:2] == [str(other.number), str(one.number)], timeout=5000)


def test_orders_opened_lately_are_found_by_that_name(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop)
    enter(qtbot, session, "Mircea")
    session.host.open_order(done.id)
    palette = opened(qtbot, session)
    for typed in ("recente", "deschise recent", "recently opened"):
        assert answered(qtbot, palette, typed)[0] == str(done.number)


def test_a_view_is_shown_from_any_page_and_so_is_one_of_ones_own(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    sqlite_shop.do(views.add, NewView("Vitrina", (Filter("urgency", ("urgent",)),)))
    enter(qtbot, session, "Mircea")
    orders = session.pages["orders"]
    qtbot.waitUntil(lambda: bool(orders.known.saved), timeout=5000)
    for typed, shown in (("marcate", "Marked"), ("vitrina", "Vitrina")):
        session.host.go("board")
        palette = opened(qtbot, session)
        answered(qtbot, palette, typed)
        press(palette, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=5000)
        assert orders.shown.view.title == shown
    session.host.go("board")
    palette = opened(qtbot, session)
    answered(qtbot, palette, "unpaid")
    press(palette, Qt.Key.Key_Return)
    assert (session.pages.shown(), session.frame.search.text()) == ("orders", "!unpaid")


def test_keys_do_what_they_say_from_inside_and_its_own_closes_it(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Mircea")
    opened(qtbot, session)
    Keyboard(session.frame).key(Qt.Key.Key_F3, after=500)
    qtbot.waitUntil(lambda: not open_dialogs(session.frame), timeout=5000)
    for key, modifiers, place in (
        (Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier, "board"),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, "intake"),
    ):
        opened(qtbot, session)
        Keyboard(session.frame).key(key, modifiers=modifiers, after=500)
        qtbot.waitUntil(lambda place=place: session.pages.shown() == place, timeout=5000)  # type: ignore[misc]
        assert not open_dialogs(session.frame)


def test_esc_closes_it_and_the_focus_is_where_it_was(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Mircea")
    session.host.open_intake()
    before = session.pages["intake"].customer.phone
    assert before.hasFocus()
    palette = opened(qtbot, session)
    press(palette, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert before.hasFocus()


def test_locking_closes_it(qtbot: QtBot, session: Session) -> None:
    enter(qtbot, session, "Mircea")
    palette = opened(qtbot, session)
    palette.field.setText("Zaharia")
    session.signing.lock()
    assert not palette.isVisible()
    enter(qtbot, session, "Mircea")
    assert not open_dialogs(session.frame)


def test_a_code_scanned_into_it_opens_its_order(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    done = an_order(sqlite_shop)
    enter(qtbot, session, "Mircea")
    opened(qtbot, session)
    Keyboard(session.frame).scan(f"{order_code(done.number or 0)}\r")
    qtbot.waitUntil(lambda: session.pages.shown() == "order", timeout=5000)
    assert not open_dialogs(session.frame)


def test_the_till_is_opened_and_closed_from_wherever_one_is(
    qtbot: QtBot, sqlite_shop: TestShop, request: pytest.FixtureRequest
) -> None:
    sqlite_shop.set(shifts=True)
    session: Session = request.getfixturevalue("session")
    enter(qtbot, session, "Mircea")
    palette = opened(qtbot, session)
    palette.field.setText("open the shift")
    press(palette, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(isinstance(one, CountDialog) for one in open_dialogs(session.frame)), timeout=5000)
    assert session.pages.shown() == "cash"
