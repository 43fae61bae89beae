"""Taking in, driven by keys alone in the real page: what a clerk is promised."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shop import PIN, TestShop, a_ready_order, an_order
from ticketdesk import texts
from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.host import Host, Wanted
from ticketdesk.desktop.screens.intake.drafts import Drafts
from ticketdesk.desktop.screens.intake.form import Form
from ticketdesk.desktop.screens.intake.page import IntakePage
from ticketdesk.desktop.widgets.suggest import Hit, Suggestions
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.orders import Billing
from ticketdesk.domain.rights import Role
from ticketdesk.services import colleagues, lists, pages, payments, wire
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.intake import NewDevice
from ticketdesk.services.ledger import Tender
from ticketdesk.services.merging import Edit
from ticketdesk.services.pages import OrderPage
from ticketdesk.services.payments import TakePayment

Key = Qt.Key
_CONTROL = Qt.KeyboardModifier.ControlModifier
IMEI = "350000000719464"


@dataclass
class Counter:
    """A page in a window, somebody's hands on the keyboard, and what the window was asked to do."""

    desk: Desk
    page: IntakePage
    host: Host
    qtbot: QtBot
    pressed: int = 0
    toasts: list[str] = field(default_factory=list)
    prints: list[tuple[UUID, str, int]] = field(default_factory=list)
    opened: list[UUID] = field(default_factory=list)

    def type(self, words: str) -> None:
        """Type words into whatever has the focus; they are not counted."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, words)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key that is no letter of a word; counted."""
        focus = QApplication.focusWidget()
        assert focus is not None
        self.pressed += 2 if modifier else 1
        QTest.keyClick(focus, key, modifier)

    def print(self, order_id: UUID, papers: tuple[Wanted, ...], said: str, _icon: str) -> None:
        """Take note of what is to be printed, and of what is said with it."""
        self.prints.extend((order_id, paper.document, paper.copies) for paper in papers)
        self.toasts.append(said)

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=5000)

    def orders(self) -> list[OrderPage]:
        """Give all orders of the shop, oldest first."""
        with self.desk.database.read() as session:
            rows = lists.page(session, lists.Question((), sort="number"))
            return [pages.order_page(session, row.id) for row in sorted(rows, key=lambda row: row.number)]

    def draft(self) -> Form | None:
        """Give the draft as it lies on this PC."""
        assert self.desk.staff is not None
        content = self.desk.station.draft(self.desk.shop_id, self.desk.staff.id, "intake")
        return None if content is None else wire.loads(Form, content)


def counter_of(desk: Desk, qtbot: QtBot, width: int = 1368, height: int = 840) -> Counter:
    window = QWidget()
    window.resize(width, height)
    host = Host(window)
    page = IntakePage(desk, host)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(page)
    for command in page.commands:
        for key in command.key.split(", "):
            shortcut = QShortcut(QKeySequence(key), window)
            shortcut.activated.connect(lambda command=command: command.run() if command.enabled() else None)
    made = Counter(desk, page, host, qtbot)
    host.toast_wanted.connect(lambda text, *_more: made.toasts.append(text))
    host.print_wanted.connect(made.print)
    host.order_wanted.connect(made.opened.append)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    page.activate()
    qtbot.waitUntil(page.customer.phone.hasFocus)
    return made


@pytest.fixture
def counter(desk: Desk, qtbot: QtBot) -> Counter:
    """Give an empty intake page with the focus on the phone."""
    return counter_of(desk, qtbot)


@pytest.fixture
def known(sqlite_shop: TestShop) -> OrderPage:
    """Give the last order of a customer we know, whose phone went home repaired under our warranty."""
    done = a_ready_order(
        sqlite_shop,
        customer=NewCustomer("Ilinca Bârsănescu", "0733 000 295"),
        device=NewDevice("phone", "Samsung", "Galaxy A54 5G", IMEI, "grafit"),
    )
    with sqlite_shop.database.read() as session:
        line = pages.order_page(session, done.id).row
    paid = TakePayment(line.id, (Tender("card", 53_000),), then="handed_over")
    sqlite_shop.do(payments.take_payment, paid)
    with sqlite_shop.database.read() as session:
        return pages.order_page(session, done.id)


def test_a_repeat_visit_takes_at_most_twelve_keys_beyond_the_words(counter: Counter, known: OrderPage) -> None:
    counter.type("0733")
    counter.press(Key.Key_Return)  # the customer
    counter.wait(lambda: bool(counter.page.device.by_serial.hits))
    counter.press(Key.Key_Return)  # their device
    counter.wait(counter.page.problem.text.hasFocus)
    counter.type("nu se mai aude in difuzor")
    counter.press(Key.Key_Return, _CONTROL)
    counter.wait(lambda: len(counter.orders()) == 2)
    assert counter.pressed <= 12

    new = counter.orders()[-1]
    assert new.customer is not None
    assert known.customer is not None
    assert (new.customer.id, new.device.id) == (known.customer.id, known.device.id)
    assert new.row.complaint == "nu se mai aude in difuzor"


def test_a_new_customer_needs_no_mouse(counter: Counter) -> None:
    counter.type("0722000418")
    counter.press(Key.Key_Return)
    counter.type("Stefan Ungureanu")
    counter.press(Key.Key_Return)
    counter.type("356938035643809")
    counter.press(Key.Key_Return)
    counter.press(Key.Key_Tab)  # the kind stays
    counter.type("Apple")
    counter.press(Key.Key_Return)
    counter.type("iPhone 13")
    counter.press(Key.Key_Return)
    counter.type("negru")
    counter.press(Key.Key_Return)
    counter.type("bro")
    counter.wait(lambda: bool(counter.page.problem.by_phrase.hits))
    counter.press(Key.Key_Return)  # the phrase
    counter.press(Key.Key_D, Qt.KeyboardModifier.AltModifier)  # to the unlock code
    counter.press(Key.Key_Tab)
    counter.type("4711")
    counter.press(Key.Key_Down, _CONTROL)  # to the condition
    counter.press(Key.Key_Plus)
    counter.press(Key.Key_Minus)
    counter.press(Key.Key_Space)
    counter.press(Key.Key_Down, _CONTROL)  # to the accessories
    counter.press(Key.Key_Space)
    counter.press(Key.Key_U, _CONTROL)  # urgent
    counter.press(Key.Key_E, Qt.KeyboardModifier.AltModifier)
    counter.type("520")
    counter.press(Key.Key_T, Qt.KeyboardModifier.AltModifier)
    counter.type("200")
    counter.press(Key.Key_Return, _CONTROL)
    counter.wait(lambda: len(counter.orders()) == 1)

    made = counter.orders()[0]
    assert made.customer is not None
    assert (made.customer.name, made.customer.phone) == ("Stefan Ungureanu", "+40722000418")
    assert (made.device.brand, made.device.model) == ("Apple", "iPhone 13")
    assert (made.device.serial, made.device.colour) == ("356938035643809", "negru")
    assert made.row.complaint == "Broken screen,"
    assert made.has_unlock_code
    assert made.condition == {"Powers on": "good", "Screen": "defect", "Touch": "untested"}
    assert made.accessories == ["Case"]
    assert (made.estimate, made.surcharge, made.paid) == (52000, 2000, 20000)


def test_the_clerk_is_told_who_it_is(counter: Counter, known: OrderPage) -> None:
    assert known.customer is not None
    counter.type("0733000295")
    counter.wait(lambda: counter.page.customer.summary != "")
    year = known.customer.since.year
    assert counter.page.customer.summary == f"Customer since {year} · 1 order · owes nothing"
    assert counter.page.customer.phone.text() == "0733 000 295"
    assert counter.page.customer.name.text() == "Ilinca Bârsănescu"


def test_the_clerk_is_told_what_a_customer_owes(counter: Counter, sqlite_shop: TestShop) -> None:
    owed = a_ready_order(sqlite_shop, price=12_000)
    counter.type("ungur")  # letters in the phone field find a name as well
    counter.wait(lambda: bool(counter.page.customer.by_phone.hits))
    counter.press(Key.Key_Return)
    counter.wait(lambda: counter.page.customer.summary != "")
    assert counter.page.customer.summary == f"Customer owes 120.00\u00a0lei on {owed.number}."


def test_a_wrong_imei_is_said_at_once_and_a_right_one_is_grouped(counter: Counter) -> None:
    device = counter.page.device
    device.serial.setFocus()
    counter.type(IMEI[:-1] + "5")
    assert device.fields["serial"].message() == "The check digit does not match. Scan again."
    counter.press(Key.Key_Backspace)
    counter.type(IMEI[-1])
    assert device.fields["serial"].message() == "valid"
    counter.press(Key.Key_Tab)
    assert device.serial.text() == "35 000000 071946 4"


def test_a_scan_finds_its_field_and_the_device_behind_it(counter: Counter, known: OrderPage) -> None:
    assert counter.page.scan(IMEI)
    counter.wait(lambda: counter.page.device.model.text() == "Galaxy A54 5G")
    assert counter.page.device.serial.text() == "35 000000 071946 4"
    counter.page.device.open_last.click()
    assert counter.opened == [known.row.id]
    assert not counter.page.scan("TD00104950")
    assert not counter.page.scan("hello-world")


def test_a_device_under_our_warranty_is_linked_by_one_key(counter: Counter, known: OrderPage) -> None:
    counter.type("0733000295")
    counter.page.scan(IMEI)
    counter.wait(counter.page.device.strip.isVisible)
    assert str(known.row.number) in counter.page.device.strip.accessibleName()
    counter.press(Key.Key_G, _CONTROL)
    assert counter.page.terms.billing.value() == "warranty"
    counter.wait(lambda: counter.page.form.customer_id is not None)
    counter.press(Key.Key_S, _CONTROL)
    counter.wait(lambda: len(counter.orders()) == 2)
    new = counter.orders()[-1]
    assert (new.row.billing, new.warranty_of) == ("warranty", known.row.id)


def test_a_free_repair_without_our_warranty_asks_for_a_pin_and_loses_nothing_typed(
    counter: Counter,
) -> None:
    page, window = counter.page, counter.page.window()
    counter.type("0733111222")
    page.customer.name.setText("Ana Pop")
    page.device.brand.setText("Nokia")
    page.device.model.setText("3310")
    page.problem.text.setPlainText("Nu pornește")
    page.terms.bill(Billing.WARRANTY)
    counter.press(Key.Key_S, _CONTROL)
    counter.wait(lambda: bool(window.findChildren(ApprovalDialog)))
    [approval], typed = window.findChildren(ApprovalDialog), page.form
    assert (typed.name, typed.model, typed.complaint) == ("Ana Pop", "3310", "Nu pornește")
    assert "Nokia 3310 of Ana Pop" in approval.what.text()
    approval.dismiss()
    counter.wait(lambda: page.footer.said.startswith("Not saved: a manager has to approve"))
    assert page.form.is_like(typed)
    assert page.device.model.text() == "3310"
    assert counter.orders() == []
    counter.press(Key.Key_S, _CONTROL)
    counter.wait(lambda: any(each.isVisible() for each in window.findChildren(ApprovalDialog)))
    approval = next(each for each in window.findChildren(ApprovalDialog) if each.isVisible())
    counter.wait(approval.go.isEnabled)
    QTest.keyClicks(approval.pin, PIN)
    QTest.keyClick(approval.pin, Key.Key_Return)
    counter.wait(lambda: len(counter.orders()) == 1)
    assert counter.orders()[0].row.billing == "warranty"
    counter.wait(lambda: not page.begun)


def test_letting_the_warranty_go_makes_it_a_paid_repair(counter: Counter, known: OrderPage) -> None:
    counter.page.scan(IMEI)
    counter.wait(lambda: counter.page.device.covered)
    counter.page.device.link_warranty()
    assert counter.page.form.warranty_of == known.row.id
    counter.page.device.link_warranty()
    assert counter.page.form.billing == "paid"
    assert counter.page.form.warranty_of is None


def fill(counter: Counter) -> None:
    counter.type("0722000418")
    counter.press(Key.Key_Tab)
    counter.type("Stefan Ungureanu")
    counter.page.device.model.setFocus()
    counter.type("iPhone 13")
    counter.page.problem.text.setFocus()
    counter.type("se stinge")


def test_what_is_missing_is_said_and_the_focus_goes_there(counter: Counter) -> None:
    fill(counter)
    counter.page.device.model.selectAll()
    counter.page.device.model.setFocus()
    counter.press(Key.Key_Delete)
    assert counter.page.footer.said == "Still missing: model."
    counter.page.problem.text.setFocus()
    counter.press(Key.Key_Return, _CONTROL)
    assert counter.page.device.fields["model"].message() == "Still missing: model."
    assert counter.page.device.model.hasFocus()
    counter.type("iPhone 13")
    assert counter.page.footer.said == "Ready to save"


def test_a_refusal_stands_under_its_field_and_nothing_is_lost(counter: Counter, sqlite_shop: TestShop) -> None:
    fill(counter)
    gone = sqlite_shop.people[Role.TECHNICIAN]
    people = counter.page.terms.responsible
    counter.wait(lambda: people.findData(str(gone)) > 0)
    people.setCurrentIndex(people.findData(str(gone)))
    people.activated.emit(people.currentIndex())
    sqlite_shop.approved(colleagues.edit, Edit(gone, {"active": True}, {"active": False}))
    before = counter.page.form
    counter.press(Key.Key_Return, _CONTROL)
    message = counter.page.terms.fields["assignee"].message
    counter.wait(lambda: message() == "This colleague no longer works here.")
    assert people.hasFocus()
    assert counter.page.form == before
    assert counter.orders() == []

    people.setCurrentIndex(0)
    people.activated.emit(0)
    counter.press(Key.Key_Return, _CONTROL)
    counter.wait(lambda: len(counter.orders()) == 1)


def test_pressing_twice_makes_one_order(counter: Counter) -> None:
    fill(counter)
    counter.press(Key.Key_Return, _CONTROL)
    counter.page.save_and_print()
    counter.page.save()
    counter.wait(lambda: bool(counter.toasts))
    counter.wait(counter.page.customer.phone.hasFocus)
    assert len(counter.orders()) == 1


def test_saved_and_printed_and_ready_for_the_next(counter: Counter) -> None:
    fill(counter)
    counter.press(Key.Key_Return, _CONTROL)
    counter.wait(lambda: bool(counter.toasts))
    made = counter.orders()[0].row
    assert counter.toasts == [f"{made.number} saved."]
    assert counter.prints == [(made.id, "intake", 2), (made.id, "label", 1)]
    assert counter.page.customer.phone.hasFocus()
    assert counter.page.form.phone == counter.page.form.model == counter.page.form.complaint == ""
    assert counter.page.form.promised != ""


def test_only_saving_prints_nothing(counter: Counter) -> None:
    fill(counter)
    counter.press(Key.Key_S, _CONTROL)
    counter.wait(lambda: bool(counter.toasts))
    assert counter.prints == []


def test_a_draft_is_kept_by_itself_and_comes_back_on_a_new_page(counter: Counter, qtbot: QtBot) -> None:
    fill(counter)
    counter.page.unlock.code.setFocus()
    counter.type("4711")
    counter.wait(lambda: (draft := counter.draft()) is not None and draft.unlock_code == "4711")
    typed = counter.page.form
    again = IntakePage(counter.desk, counter.host)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.form.complaint == "se stinge")
    assert again.form == typed


def test_a_known_customer_and_device_come_back_with_the_draft(counter: Counter, known: OrderPage, qtbot: QtBot) -> None:
    counter.type("0733000295")
    counter.page.scan(IMEI)
    counter.wait(lambda: counter.page.device.covered and counter.page.form.customer_id is not None)
    counter.press(Key.Key_G, _CONTROL)
    counter.wait(lambda: (draft := counter.draft()) is not None and draft.warranty_of == known.row.id)
    again = IntakePage(counter.desk, counter.host)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.form.warranty_of == known.row.id)
    qtbot.waitUntil(lambda: again.customer.summary != "")
    assert again.form == counter.page.form


def test_leaving_keeps_the_draft_and_saving_ends_it(counter: Counter) -> None:
    fill(counter)
    counter.press(Key.Key_Escape)
    counter.wait(lambda: (draft := counter.draft()) is not None and draft.complaint == "se stinge")
    counter.page.problem.text.setFocus()
    counter.type("!")  # still waits to be kept when the order is saved
    counter.press(Key.Key_Return, _CONTROL)
    counter.wait(lambda: bool(counter.toasts) and counter.draft() is None)
    counter.page.drafts.flush()
    kept: list[object] = []
    counter.desk.draft(counter.page, kept.append, counter.desk.staff.id, "intake")  # type: ignore[union-attr]
    counter.wait(lambda: kept == [None])


def test_a_draft_whose_order_was_saved_is_not_offered_again(counter: Counter, qtbot: QtBot) -> None:
    fill(counter)
    form = counter.page.form
    counter.press(Key.Key_Return, _CONTROL)
    counter.wait(lambda: bool(counter.toasts) and counter.draft() is None)
    Drafts(counter.desk, lambda: form, counter.page).keep()  # as if the program had died before it dropped it
    counter.wait(lambda: counter.draft() == form)
    again = IntakePage(counter.desk, counter.host)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: counter.draft() is None and again.form.model == "")


def test_an_emptied_form_can_be_brought_back(counter: Counter) -> None:
    fill(counter)
    typed = counter.page.form
    undone: list[Callable[[], None]] = []
    counter.host.toast_wanted.connect(lambda _text, _icon, _label, action: undone.append(action))
    counter.page.head.discard.click()
    assert counter.page.form.model == ""
    undone[0]()
    assert counter.page.form == typed


def test_the_preview_shows_what_is_typed(counter: Counter) -> None:
    paper = counter.page.preview.paper
    counter.wait(lambda: bool(paper.pages()))
    empty = paper.pages()[0].toImage()
    fill(counter)
    counter.wait(lambda: paper.pages()[0].toImage() != empty)
    receipt = paper.pages()[0].toImage()
    counter.page.preview.which.setFocus()
    counter.press(Key.Key_Right)
    counter.wait(lambda: paper.pages()[0].height() < receipt.height() / 2)


def test_the_kind_brings_its_own_checklist_and_keeps_what_both_share(counter: Counter) -> None:
    counter.page.condition.rows["Screen"].choose("defect")
    counter.page.condition.rows["Touch"].choose("good")
    kind = counter.page.device.kind
    kind.setCurrentIndex(kind.findData("laptop"))
    kind.activated.emit(kind.currentIndex())
    assert "Hinges" in counter.page.condition.rows
    assert counter.page.form.condition == {"Screen": "defect"}


def test_an_answer_to_an_older_question_is_dropped(qtbot: QtBot, desk: Desk) -> None:
    counter = counter_of(desk, qtbot)
    asked: list[tuple[str, Callable[[list[Hit]], None]]] = []
    suggestions = Suggestions(
        counter.page.device.colour, lambda typed, answer: asked.append((typed, answer)), eager=True
    )
    counter.page.device.colour.setFocus()
    counter.type("gr")
    counter.wait(lambda: len(asked) == 1)
    counter.type("a")
    counter.wait(lambda: len(asked) == 2)
    asked[1][1]([Hit("grafit", "", "grafit")])
    asked[0][1]([Hit("green", "", "green")])
    assert [hit.title for hit in suggestions.hits] == ["grafit"]


@pytest.mark.usefixtures("known")
def test_enter_before_the_answer_takes_the_first_hit_when_it_comes(counter: Counter) -> None:
    counter.type("0733")
    assert counter.page.customer.by_phone.hits == []
    counter.press(Key.Key_Return)
    counter.wait(lambda: counter.page.form.name == "Ilinca Bârsănescu")


@pytest.mark.usefixtures("known")
def test_escape_closes_the_suggestions_before_it_leaves(counter: Counter) -> None:
    left: list[bool] = []
    counter.host.back_wanted.connect(lambda: left.append(True))
    counter.type("0733")
    counter.wait(lambda: bool(counter.page.customer.by_phone.hits))
    counter.press(Key.Key_Escape)
    assert counter.page.customer.by_phone.hits == []
    assert left == []
    counter.press(Key.Key_Escape)
    assert left == [True]


def test_words_used_before_complete_the_device(counter: Counter, sqlite_shop: TestShop) -> None:
    an_order(sqlite_shop)
    counter.page.device.model.setFocus()
    counter.type("iph")
    counter.wait(lambda: bool(counter.page.device.by_model.hits))
    counter.press(Key.Key_Down)
    counter.press(Key.Key_Return)
    assert (counter.page.device.brand.text(), counter.page.device.model.text()) == (
        "Apple",
        "iPhone 13 128 GB",
    )
    assert counter.page.device.colour.hasFocus()


def a_photo(path: Path, colour: str = "red") -> Path:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


def test_photos_stay_with_the_draft_and_go_to_the_order(counter: Counter, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    fill(counter)
    photos = counter.page.condition.photos
    photos.read([a_photo(folder / "front.png"), a_photo(folder / "back.jpg", "blue")])
    counter.wait(lambda: len(photos.keys()) == 2)
    pasted = QImage(320, 240, QImage.Format.Format_RGB32)
    pasted.fill(QColor("green"))
    QGuiApplication.clipboard().setImage(pasted)
    counter.press(Key.Key_V, _CONTROL)
    counter.wait(lambda: len(photos.keys()) == 3)
    assert counter.page.problem.text.hasFocus()
    counter.wait(lambda: (draft := counter.draft()) is not None and len(draft.photos) == 3)

    again = IntakePage(counter.desk, counter.host)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: len(again.condition.photos.findChildren(QToolButton)) == 3)

    counter.page.save()
    counter.wait(lambda: len(counter.orders()) == 1 and len(counter.orders()[0].attachments) == 3)
    assert {row.name for row in counter.orders()[0].attachments} == {"front.png", "back.jpg", "photo.jpg"}
    assert photos.keys() == []


def test_no_photo_is_read_from_beside_the_shop_file(counter: Counter, tmp_path: Path) -> None:
    counter.page.condition.photos.read([a_photo(tmp_path / "front.png")])
    assert "belongs to the shop" in counter.toasts[0]
    assert counter.page.condition.photos.keys() == []


@pytest.mark.parametrize(("width", "height"), [(1368, 840), (1294, 668), (1048, 612)])
def test_everything_is_reached_by_tab_and_nothing_is_cut(desk: Desk, qtbot: QtBot, width: int, height: int) -> None:
    counter = counter_of(desk, qtbot, width, height)
    stops = [stop for section in counter.page.columns.reading_order() for stop in section.stops()]
    wanted = [stop for stop in stops if stop.isVisible() and stop.isEnabled()]
    reached: list[QWidget] = []
    for _stop in range(len(wanted) + 10):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.append(focus)
        QTest.keyClick(focus, Key.Key_Tab)
    assert [stop for stop in reached if stop in wanted][: len(wanted)] == wanted
    assert counter.page.columns.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("language", ["en", "ro"])
def test_each_letter_jumps_to_one_field(desk: Desk, qtbot: QtBot, language: str) -> None:
    texts.speak(language)
    counter = counter_of(desk, qtbot)
    labels = [label for label in counter.page.findChildren(QLabel) if label.buddy() is not None]
    letters = [QKeySequence.mnemonic(label.text()).toString() for label in labels]
    letters = [letter for letter in letters if letter]
    assert len(letters) >= 10
    assert sorted(set(letters)) == sorted(letters)


@pytest.mark.parametrize("language", ["en", "ro"])
def test_the_promised_time_is_seen_whole_on_every_weekday(desk: Desk, qtbot: QtBot, language: str) -> None:
    texts.speak(language)
    promised = counter_of(desk, qtbot).page.terms.promised
    promised.setText("")
    promised.repaint()  # what was moved along to show the end of a text goes back only now
    margin = promised.cursorRect().center().x()
    for day in range(23, 30):
        moment = datetime(2026, 11, day, 20, 48, tzinfo=UTC)
        said = promised.fontMetrics().horizontalAdvance(dates.weekday_moment(moment, "Europe/Bucharest"))
        assert margin + said <= promised.width() - margin


def test_orders_go_where_the_shop_sends_them(counter: Counter) -> None:
    fill(counter)
    counter.press(Key.Key_S, _CONTROL)
    counter.wait(lambda: len(counter.orders()) == 1)
    assert counter.orders()[0].row.assignee_id is None


def test_a_form_that_was_rearranged_still_says_what_is_missing(counter: Counter) -> None:
    window = counter.page.window()
    for width, height in ((1294, 611), (1368, 840), (1048, 560), (1368, 840)):
        window.resize(width, height)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # as when the window is idle
        counter.page.save()
        assert counter.page.customer.fields["phone"].message()
        counter.page.empty()
