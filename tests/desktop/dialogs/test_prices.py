"""Discounts and estimates at the counter: what is typed holds, somebody agrees where somebody has to."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shop import PIN, TestShop, an_order, order_page
from ticketdesk.desktop import changing
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.approval import ApprovalDialog
from ticketdesk.desktop.dialogs.discount import DiscountDialog
from ticketdesk.desktop.dialogs.estimate import AnswerDialog, EstimatesDialog
from ticketdesk.desktop.dialogs.line import LineDialog
from ticketdesk.desktop.dialogs.reason import ReasonDialog
from ticketdesk.desktop.host import Host
from ticketdesk.desktop.sentences import sentence
from ticketdesk.desktop.widgets.basics import Button
from ticketdesk.desktop.widgets.signature import SignaturePad
from ticketdesk.domain.estimates import AGREED, PARTLY, SENT
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import catalogue, claiming, customers, estimates, lines
from ticketdesk.services.catalogue import NewItem, NewList, PutPrice
from ticketdesk.services.estimates import EstimateRow, MakeEstimate
from ticketdesk.services.lines import AddLine, LineFacts
from ticketdesk.services.merging import Edit

W = TypeVar("W", bound=QWidget)


@pytest.fixture
def order(sqlite_shop: TestShop) -> UUID:
    made = an_order(sqlite_shop).id
    sqlite_shop.do(claiming.claim, claiming.Claim(made, start=True), Role.TECHNICIAN)
    for name, price in (("Ecran", 30_000), ("Baterie", 10_000)):
        sqlite_shop.do(lines.add, AddLine(made, LineFacts(name, price=price)), Role.TECHNICIAN)
    return made


def all_of(shop: TestShop, order: UUID) -> list[EstimateRow]:
    with shop.database.read() as session:
        return estimates.of_order(session, order)


def one_of(host: Host, kind: type[W]) -> W | None:
    return next((child for child in host.window.findChildren(kind) if child.isVisible()), None)


def test_a_discount_above_the_limit_asks_for_a_managers_pin(
    qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop, order: UUID
) -> None:
    dialog = DiscountDialog(desk, host, order_page(sqlite_shop, order))
    dialog.present()
    dialog.share.setText("10 %")
    dialog.finish()
    qtbot.waitUntil(lambda: "why" in dialog._fields["reason"].message())
    dialog.reason.setText("Client vechi")
    dialog.finish()
    qtbot.waitUntil(lambda: one_of(host, ApprovalDialog) is not None)
    approval = one_of(host, ApprovalDialog)
    assert approval is not None
    assert "40.00" in approval.what.text()
    qtbot.waitUntil(approval.go.isEnabled)
    approval.pin.setText(PIN)
    approval.finish()
    qtbot.waitUntil(lambda: order_page(sqlite_shop, order).row.total == 36_000)


def test_a_clerk_cancels_with_a_reason_and_a_managers_pin(
    qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop, order: UUID
) -> None:
    changing.move(desk, host, host.window, order_page(sqlite_shop, order).row, "cancelled")
    why = one_of(host, ReasonDialog)
    assert why is not None
    why.reason.setText("Clientul a renunțat")
    qtbot.keyClick(why.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: one_of(host, ApprovalDialog) is not None)
    approval = one_of(host, ApprovalDialog)
    assert approval is not None
    assert "Cancel order 1, Apple iPhone 13 128 GB of Ștefan Ungureanu" in approval.what.text()
    qtbot.waitUntil(approval.go.isEnabled)
    approval.pin.setText(PIN)
    approval.finish()
    qtbot.waitUntil(lambda: order_page(sqlite_shop, order).row.status == "cancelled")
    moved = next(entry for entry in order_page(sqlite_shop, order).history if entry.action == "moved")
    assert "approved by" in sentence(moved, "Europe/Bucharest")[1]


def test_a_wrong_share_is_said_at_its_field(desk: Desk, host: Host, sqlite_shop: TestShop, order: UUID) -> None:
    dialog = DiscountDialog(desk, host, order_page(sqlite_shop, order))
    dialog.present()
    dialog.share.setText("zece")
    dialog.finish()
    assert "share" in dialog._fields["discount"].message()
    dialog.dismiss()


def test_an_estimate_is_made_given_and_answered_line_by_line(
    qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop, order: UUID
) -> None:
    printed: list[str] = []
    host.print_wanted.connect(lambda _order, papers, *_rest: printed.extend(each.document for each in papers))
    dialog = EstimatesDialog(desk, host, order, 1, "Ștefan Ungureanu")
    dialog.present()
    dialog.fee.setText("50")
    dialog.make()
    qtbot.waitUntil(lambda: printed == ["estimate"])
    assert [(row.state, row.fee, row.total) for row in all_of(sqlite_shop, order)] == [(SENT, 5_000, 40_000)]
    qtbot.waitUntil(lambda: any(button.text() == "The answer…" for button in dialog.findChildren(Button)))
    next(button for button in dialog.findChildren(Button) if button.text() == "The answer…").click()
    answer = one_of(host, AnswerDialog)
    assert answer is not None
    answer.boxes[1][2].setChecked(False)
    assert answer.go.text() == "Agreed in part"
    answer.finish()
    qtbot.waitUntil(lambda: order_page(sqlite_shop, order).row.total == 30_000)
    assert all_of(sqlite_shop, order)[0].state == PARTLY


def test_a_signature_is_kept_with_the_answer(
    qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop, order: UUID
) -> None:
    sqlite_shop.do(estimates.make, MakeEstimate(order))
    dialog = AnswerDialog(desk, host, all_of(sqlite_shop, order)[0], "Ana", lambda: None)
    dialog.present()
    dialog.how.choose("signature")
    dialog.how.changed.emit("signature")
    dialog.finish()
    assert "above the line" in dialog._message.text()
    qtbot.mousePress(dialog.pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 80))
    for x in range(50, 200, 10):
        qtbot.mouseMove(dialog.pad, QPoint(x, 60 + x % 40))
    qtbot.mouseRelease(dialog.pad, Qt.MouseButton.LeftButton)
    dialog.finish()
    qtbot.waitUntil(lambda: all_of(sqlite_shop, order)[0].state == AGREED)
    assert all_of(sqlite_shop, order)[0].signed


def test_a_pad_gives_a_picture_only_when_something_was_drawn(qtbot: QtBot, tmp_path: Path) -> None:
    pad = SignaturePad()
    qtbot.addWidget(pad)
    assert pad.picture() == b""
    pad._strokes = [[QPoint(x, x).toPointF() for x in range(10, 60)]]
    path = tmp_path / "signature.png"
    path.write_bytes(pad.picture())
    assert path.read_bytes().startswith(b"\x89PNG")
    pad.clear()
    assert pad.picture() == b""
    pad.sign_with("  ")
    assert not pad.is_signed()
    pad.sign_with("Ștefan Ungureanu")
    path.write_bytes(pad.picture())
    image = QImage(str(path))
    every = [image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())]
    assert (min(every) < 64, max(every)) == (True, 255)
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 80))
    assert not pad.is_signed()  # whoever draws takes the typed name away


def test_a_line_is_offered_at_the_customers_price_and_asks_why_it_is_cheaper(
    qtbot: QtBot, desk: Desk, host: Host, sqlite_shop: TestShop, order: UUID
) -> None:
    item = sqlite_shop.do(catalogue.add, NewItem("Cablu", "CAB-1", "part", price=5_000, unit="m"))
    firms = sqlite_shop.do(catalogue.add_list, NewList("Toți", companies=False))
    sqlite_shop.do(catalogue.put_price, PutPrice(item.id, firms.id, 4_000))
    customer = order_page(sqlite_shop, order).customer
    assert customer is not None
    sqlite_shop.do(customers.edit, Edit(customer.id, {"price_list_id": None}, {"price_list_id": str(firms.id)}))
    dialog = LineDialog(desk, host, order, None)
    dialog.present()
    assert dialog.scan("CAB-1")
    qtbot.waitUntil(lambda: dialog.form.price.text() == "40.00")
    assert dialog.form.unit.text() == "m"
    dialog.form.quantity.setText("1,5")
    dialog.form.price.setText("36")
    dialog.save()
    qtbot.waitUntil(lambda: "why" in dialog.message())
    assert dialog.form.reason.hasFocus()
    dialog.form.price.setText("31,40 + TVA")
    dialog.form.price.editingFinished.emit()
    assert dialog.form.price.text() == "37.99"
    dialog.form.price.setText("38")
    dialog.save()
    qtbot.waitUntil(lambda: len(order_page(sqlite_shop, order).lines) == 3)
    line = order_page(sqlite_shop, order).lines[-1]
    assert (line.total, line.facts.unit, line.facts.quantity) == (5_700, "m", 1_500)
