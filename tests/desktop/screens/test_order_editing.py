"""Editing an order while others do: what is typed stays, what clashes is asked, nothing is saved twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from shop import PIN, TestShop, a_ready_order, an_order
from ticketdesk import texts
from ticketdesk.desktop import changing
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.details import DetailsDialog
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.merge import BOTH, MINE, THEIRS, About, MergeDialog, retry
from ticketdesk.desktop.dialogs.payment import PaymentDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.screens.order import unlock
from ticketdesk.desktop.screens.order.lines import LineButton
from ticketdesk.desktop.screens.order.page import OrderPage
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.suggest import Suggestions
from ticketdesk.domain.errors import Clash, Conflict
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import lines, notes, orders, pages, payments
from ticketdesk.services.ledger import Tender
from ticketdesk.services.merging import Edit
from ticketdesk.services.payments import TakePayment
from ticketdesk.storage.tables import Item

CONTROL = Qt.KeyboardModifier.ControlModifier


class Counter:
    """The page of one order in a window, and what it asked of that window."""

    def __init__(self, qtbot: QtBot, desk: Desk, shop: TestShop, order_id: UUID) -> None:
        self.bot, self.desk, self.shop, self.id = qtbot, desk, shop, order_id
        self.window = QWidget()
        self.window.resize(1294, 668)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.host = Host(self.window)
        self.toasts: list[str] = []
        self.host.toast_wanted.connect(lambda text, *_rest: self.toasts.append(text))
        self.host.payment_wanted.connect(self._pay)
        self.page = OrderPage(desk, self.host, order_id)
        self.page.setParent(self.window)
        self.page.resize(self.window.size())
        self.page.show()
        self.page.activate()
        qtbot.waitUntil(lambda: self.page.page is not None)
        self.settle()

    def settle(self) -> None:
        """Wait until every question is answered."""
        self.bot.waitUntil(lambda: self.desk._work.idle)

    def state(self) -> pages.OrderPage:
        with self.shop.database.read() as session:
            return pages.order_page(session, self.id)

    def dialogs(self, kind: type[QWidget]) -> list[QWidget]:
        return [dialog for dialog in self.window.findChildren(kind) if dialog.isVisible()]

    def find_out(self, text: str) -> None:
        """Type a diagnosis."""
        field = self.page.work.diagnosis.text
        field.setFocus()
        self.bot.waitUntil(field.hasFocus)
        field.setPlainText(text)

    def leave(self) -> None:
        self.page.header.step.setFocus()

    def _pay(self, _order_id: UUID) -> None:
        PaymentDialog(self.desk, self.host, self.state()).present()


@pytest.fixture
def counter(qtbot: QtBot, owner_desk: Desk, sqlite_shop: TestShop) -> Counter:
    """Give the page of an order just taken in, at the owner's desk."""
    return Counter(qtbot, owner_desk, sqlite_shop, an_order(sqlite_shop).id)


def test_f8_leads_to_the_payment_and_the_device_goes_home(
    qtbot: QtBot, owner_desk: Desk, sqlite_shop: TestShop
) -> None:
    counter = Counter(qtbot, owner_desk, sqlite_shop, a_ready_order(sqlite_shop).id)
    assert counter.page.header.step.label == "Hand over"
    counter.page.work.next_step()
    dialog = counter.dialogs(PaymentDialog)[0]
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: counter.page.page is not None and counter.page.page.row.status == "handed_over")
    assert [payment.amount for payment in counter.state().payments] == [53_000]


def test_who_may_not_take_money_is_told_so(qtbot: QtBot, technician_desk: Desk, sqlite_shop: TestShop) -> None:
    counter = Counter(qtbot, technician_desk, sqlite_shop, a_ready_order(sqlite_shop).id)
    counter.page.work.next_step()
    assert counter.toasts == ["Your role may not do this."]
    assert counter.dialogs(PaymentDialog) == []


def test_the_diagnosis_is_saved_when_the_field_is_left(counter: Counter) -> None:
    counter.find_out("Flex rupt, \n înlocuit. \n")
    counter.leave()
    counter.bot.waitUntil(lambda: counter.state().diagnosis == "Flex rupt,\nînlocuit.")
    counter.settle()
    counter.find_out("Flex rupt, înlocuit și testat.")
    counter.leave()
    counter.bot.waitUntil(lambda: counter.state().diagnosis == "Flex rupt, înlocuit și testat.")
    assert counter.dialogs(MergeDialog) == []


def test_the_diagnosis_is_saved_when_the_shop_is_closed(counter: Counter) -> None:
    counter.find_out("Scris în ultima clipă")
    counter.desk.closing.emit()
    counter.bot.waitUntil(lambda: counter.state().diagnosis == "Scris în ultima clipă")


def test_different_fields_both_survive(counter: Counter) -> None:
    counter.find_out("Al meu")
    counter.shop.do(orders.edit, Edit(counter.id, {"urgency": "normal"}, {"urgency": "urgent"}), Role.CLERK)
    counter.leave()
    counter.bot.waitUntil(lambda: counter.state().diagnosis == "Al meu")
    assert (counter.state().row.urgency, counter.dialogs(MergeDialog)) == ("urgent", [])


def test_a_conflict_is_asked_once_and_both_texts_can_stay(counter: Counter) -> None:
    counter.find_out("Al meu")
    counter.shop.do(orders.edit, Edit(counter.id, {"diagnosis": ""}, {"diagnosis": "Al lui"}), Role.CLERK)
    counter.leave()
    counter.bot.waitUntil(lambda: bool(counter.dialogs(MergeDialog)))
    counter.settle()
    dialog = counter.dialogs(MergeDialog)[0]
    assert isinstance(dialog, MergeDialog)
    assert counter.dialogs(MergeDialog) == [dialog]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Space):
        counter.bot.keyClick(counter.window.focusWidget(), key)
    assert dialog.choices() == {"diagnosis": BOTH}
    counter.bot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    counter.bot.waitUntil(lambda: counter.state().diagnosis == "Al lui\nAl meu")


def test_esc_leads_back_to_what_was_typed(counter: Counter) -> None:
    counter.find_out("Al meu")
    counter.shop.do(orders.edit, Edit(counter.id, {"diagnosis": ""}, {"diagnosis": "Al lui"}), Role.CLERK)
    counter.page.work.diagnosis.keep()
    counter.bot.waitUntil(lambda: bool(counter.dialogs(MergeDialog)))
    counter.bot.keyClick(counter.dialogs(MergeDialog)[0], Qt.Key.Key_Escape)
    assert counter.page.work.diagnosis.text.toPlainText() == "Al meu"
    assert counter.state().diagnosis == "Al lui"


def test_a_step_waits_for_the_diagnosis_it_needs(counter: Counter) -> None:
    counter.page.work.next_step()
    counter.bot.waitUntil(lambda: counter.state().row.status == "in_progress")
    counter.settle()
    counter.find_out("Al meu")
    counter.shop.do(orders.edit, Edit(counter.id, {"diagnosis": ""}, {"diagnosis": "Al lui"}), Role.CLERK)
    counter.page.work.next_step()
    counter.bot.waitUntil(lambda: bool(counter.dialogs(MergeDialog)))
    counter.settle()
    assert counter.state().row.status == "in_progress"


def test_the_focus_stays_on_the_task_that_was_ticked(counter: Counter) -> None:
    for text in ("Montaj ecran", "Test Face ID"):
        counter.shop.do(notes.add_task, notes.AddTask(counter.id, text))
    counter.desk.changed.emit(frozenset({counter.id}))
    counter.bot.waitUntil(lambda: len(counter.page.findChildren(QCheckBox)) == 2)
    counter.settle()
    box = counter.page.findChildren(QCheckBox)[1]
    box.setFocus()
    counter.bot.keyClick(box, Qt.Key.Key_Space)
    counter.bot.waitUntil(lambda: [task.done_at is not None for task in counter.state().tasks] == [False, True])
    counter.bot.waitUntil(lambda: focused_name(counter) == "Test Face ID")


def focused_name(counter: Counter) -> str:
    focused = counter.window.focusWidget()
    return focused.accessibleName() if isinstance(focused, QCheckBox) else ""


def test_a_comment_posted_twice_at_once_is_one_comment(counter: Counter) -> None:
    counter.page.work.composer.text.setPlainText("Sună la 15:00")
    counter.page.work.composer.post()
    counter.page.work.composer.post()
    counter.bot.waitUntil(lambda: counter.page.work.composer.text.toPlainText() == "")
    assert [comment.text for comment in counter.state().comments] == ["Sună la 15:00"]


def test_a_comment_too_long_stays_to_be_mended(counter: Counter) -> None:
    counter.page.work.composer.text.setPlainText("x" * 5000)
    counter.page.work.composer.post()
    counter.bot.waitUntil(lambda: bool(counter.toasts))
    counter.page.work.composer.text.setPlainText("scurt")
    counter.page.work.composer.post()
    counter.bot.waitUntil(lambda: [comment.text for comment in counter.state().comments] == ["scurt"])


def test_the_unlock_code_hides_itself_again(
    qtbot: QtBot, owner_desk: Desk, sqlite_shop: TestShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unlock, "_SHOWN_MS", 1_500)  # long enough to be seen on a busy machine
    counter = Counter(qtbot, owner_desk, sqlite_shop, an_order(sqlite_shop, unlock_kind="pin", unlock_code="7391").id)
    counter.page.work.code.reveal("Testez touch-ul")
    qtbot.waitUntil(lambda: counter.page.work.code.text == "7391")
    qtbot.waitUntil(lambda: "7391" not in counter.page.work.code.text)


def test_what_was_written_at_the_counter_can_be_mended(counter: Counter) -> None:
    page = counter.page.page
    assert page is not None
    dialog = DetailsDialog(counter.desk, counter.host, page, About("order"))
    dialog.present()
    dialog.problem.setPlainText("Ecran spart și baterie umflată")
    dialog.accessories.setText("Husă, cablu")
    dialog.estimate.setText("450,50")
    counter.shop.do(orders.edit, Edit(counter.id, {"billing": "paid"}, {"billing": "warranty"}), Role.MANAGER)
    dialog.save()
    counter.bot.waitUntil(lambda: counter.state().estimate == 45_050)
    kept = counter.state()
    assert (kept.row.complaint, kept.accessories, kept.row.billing) == (
        "Ecran spart și baterie umflată",
        ["Husă", "cablu"],
        "warranty",
    )


def test_making_an_order_free_afterwards_asks_for_a_managers_pin_over_the_dialog(
    qtbot: QtBot, desk: Desk, sqlite_shop: TestShop
) -> None:
    counter = Counter(qtbot, desk, sqlite_shop, an_order(sqlite_shop).id)
    page = counter.page.page
    assert page is not None
    dialog = DetailsDialog(counter.desk, counter.host, page, About("order"))
    dialog.present()
    dialog.problem.setPlainText("Ecran spart și baterie umflată")
    dialog.billing.choose("warranty")
    dialog.save()
    window = counter.window
    counter.bot.waitUntil(lambda: bool(window.findChildren(ApprovalDialog)))
    [approval] = window.findChildren(ApprovalDialog)
    assert str(page.row.number) in approval.what.text()
    assert "free of charge" in approval.what.text()
    counter.bot.waitUntil(approval.go.isEnabled)
    counter.bot.keyClicks(approval.pin, PIN)
    counter.bot.keyClick(approval.pin, Qt.Key.Key_Return)
    counter.bot.waitUntil(lambda: counter.state().row.billing == "warranty")
    assert counter.state().row.complaint == "Ecran spart și baterie umflată"


def test_an_estimate_that_is_no_amount_keeps_the_dialog(counter: Counter) -> None:
    page = counter.page.page
    assert page is not None
    dialog = DetailsDialog(counter.desk, counter.host, page, About("order"))
    dialog.present()
    dialog.estimate.setText("mult")
    dialog.save()
    counter.settle()
    assert dialog.isVisible()


def test_a_merge_is_tried_again_on_top_of_what_the_other_saved() -> None:
    edit = Edit(
        new_key(),
        {"complaint": "a", "accessories": ["x"], "urgency": "normal", "address": ""},
        {"complaint": "mine", "accessories": ["x", "y"], "urgency": "urgent", "address": "Str. Horea 1"},
    )
    clashes = (
        Clash("complaint", "a", "mine", "theirs", "Vlad", ""),
        Clash("accessories", ["x"], ["x", "y"], ["x, w", "z"], "Vlad", ""),
        Clash("urgency", "normal", "urgent", "normal", "Vlad", ""),
    )
    choices = {"complaint": BOTH, "accessories": MINE, "urgency": THEIRS}
    again = retry(edit, Conflict("", clashes, ("address",)), choices)
    assert again.base == {"complaint": "theirs", "accessories": ["x, w", "z"], "address": ""}
    assert again.values == {"complaint": "theirs\nmine", "accessories": ["x", "y"], "address": "Str. Horea 1"}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_enter_on_a_suggestion_fills_the_line_and_does_not_save_it(
    qtbot: QtBot, technician_desk: Desk, sqlite_shop: TestShop
) -> None:
    with sqlite_shop.database.begin() as session:
        session.add(
            Item(
                kind="part", code="ECR-13", ean="", name="Ecran iPhone 13", price=35_000, cost=20_000, vat=2100,
                warranty_months=12, search="ecran iphone 13", active=True,
            )
        )  # fmt: skip
    counter = Counter(qtbot, technician_desk, sqlite_shop, an_order(sqlite_shop).id)
    dialog = LineDialog(technician_desk, counter.host, counter.id, None)
    dialog.present()
    QTest.keyClicks(dialog.form.name, "ecr")
    qtbot.waitUntil(lambda: any(one.hits for one in counter.host.window.findChildren(Suggestions)))
    qtbot.keyClick(dialog.form.name, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.form.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.form.price.text() == "350.00")
    counter.settle()
    assert (counter.state().lines, dialog.form.name.text()) == ([], "Ecran iPhone 13")


@pytest.mark.parametrize("language", ["ro", "en"])
def test_nothing_is_cut_off_in_the_smallest_window(
    qtbot: QtBot, owner_desk: Desk, sqlite_shop: TestShop, language: str
) -> None:
    texts.speak(language)
    order = an_order(
        sqlite_shop, complaint="https://exemplu.ro/" + "x" * 90, unlock_kind="pin", unlock_code="1", deposit=10_000
    )
    sqlite_shop.do(notes.add_task, notes.AddTask(order.id, "Sună clientul " * 12))
    counter = Counter(qtbot, owner_desk, sqlite_shop, order.id)
    counter.window.resize(1048, 612)
    counter.page.resize(1048, 612)
    counter.settle()
    area = counter.page.findChildren(QScrollArea)[0]
    cards = area.widget()
    assert cards is not None
    qtbot.waitUntil(lambda: cards.width() == area.viewport().width())
    assert counter.page.minimumSizeHint().width() <= 1048


def test_a_late_order_can_be_promised_anew(counter: Counter) -> None:
    page = counter.page.page
    assert page is not None
    before = page.row.promised_at
    after = (before + timedelta(days=2)).isoformat()
    counter.shop.do(
        orders.edit, Edit(counter.id, {"promised_at": before.isoformat()}, {"promised_at": after}), Role.CLERK
    )
    changing.promise(counter.desk, counter.host, counter.page, page.row, before + timedelta(days=3))
    counter.bot.waitUntil(lambda: bool(counter.dialogs(MergeDialog)))
    dialog = counter.dialogs(MergeDialog)[0]
    assert isinstance(dialog, MergeDialog)
    dialog.choose("promised_at", THEIRS)
    dialog.go.click()
    counter.settle()
    assert counter.state().row.promised_at == before + timedelta(days=2)


def test_what_a_closed_order_says_is_changed_by_who_may_cancel_it_only(
    qtbot: QtBot, desk: Desk, owner_desk: Desk, sqlite_shop: TestShop
) -> None:
    done = a_ready_order(sqlite_shop)
    paid = TakePayment(done.id, (Tender("cash", 53_000),), then="handed_over")
    sqlite_shop.do(payments.take_payment, paid)
    for who, may in ((desk, False), (owner_desk, True)):
        page = Counter(qtbot, who, sqlite_shop, done.id).page
        assert page.work.diagnosis.text.isEnabled() is may
        due = next(command for command in page.commands if command.id == "order.due")
        assert due.enabled() is may
        estimate = next(command for command in page.commands if command.id == "order.estimate")
        assert not estimate.enabled()
        assert not next(button for button in page.findChildren(Button) if button.text() == "Estimate").isEnabled()


def test_what_an_order_costs_the_shop_is_seen_by_who_may_see_costs(
    qtbot: QtBot, desk: Desk, owner_desk: Desk, sqlite_shop: TestShop
) -> None:
    done = an_order(sqlite_shop)
    cable = lines.LineFacts("Cablu", price=12_100, quantity=1_500, cost=5_000, unit="m")
    sqlite_shop.do(lines.add, lines.AddLine(done.id, cable))
    for who, seen in ((desk, []), (owner_desk, ["Cost 75.00, margin 50 %"])):
        page = Counter(qtbot, who, sqlite_shop, done.id).page
        texts = [each.text().replace("\u00a0", " ") for each in page.findChildren(QLabel)]
        assert [text for text in texts if text.startswith("Cost ")] == seen
        assert [each.text() for each in page.findChildren(LineButton)] == ["Cablu"]
        assert "1.5 m × 121.00 = 181.50" in page.findChildren(LineButton)[0].toolTip()


def test_a_file_dropped_and_a_screenshot_pasted_are_on_the_order(counter: Counter, tmp_path: Path) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkCyan)
    folder = tmp_path / "poze"
    folder.mkdir()
    assert picture.save(str(folder / "placă.png"))
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(folder / "placă.png"))])
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(60, 60), copy, carried, button, none)
    QApplication.sendEvent(counter.page, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(counter.page, QDropEvent(QPointF(60, 60), copy, carried, button, none))
    counter.bot.waitUntil(lambda: len(counter.state().attachments) == 1)
    QGuiApplication.clipboard().setImage(picture)
    next(one for one in counter.page.commands if one.id == "order.paste").run()
    counter.bot.waitUntil(lambda: len(counter.state().attachments) == 2)
    assert [one.name for one in counter.state().attachments] == ["placă.png", "Screenshot.png"]
