"""A technician at a PC where a clerk worked a moment ago: no phone of a customer is anywhere in the window (P21)."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from shop import TestShop, an_order
from ticketdesk.desktop.dialogs.columns import ColumnsDialog
from ticketdesk.desktop.dialogs.papers import PapersDialog
from ticketdesk.desktop.listing.layout import TWO_LINES
from ticketdesk.desktop.palette.palette import Palette
from ticketdesk.desktop.session import Session
from ticketdesk.desktop.widgets.overlay import open_dialogs
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Role
from ticketdesk.services import colleagues
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.merging import Edit
from window import enter, sign_in

PHONE, EMAIL = "722000418", "stefan.u@exemplu.ro"
CUSTOMER = NewCustomer("Ștefan Ungureanu", "0722 000 418", email=EMAIL, address="Str. Fântânii 7")


def words_of(widget: QWidget) -> Iterator[str]:
    """Give all that a widget says: shown, in tips, to a screen reader, in its rows and its actions."""
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.whatsThis())
    for name in ("text", "title", "placeholderText"):
        if callable(say := getattr(widget, name, None)):
            yield str(say())
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.toPlainText()
    for action in (*widget.actions(), *widget.findChildren(QAction)):
        yield from (action.text(), action.toolTip())
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        for line in range(min(model.rowCount(), 50)):
            for column in (0,) if isinstance(model, QAbstractListModel) else range(model.columnCount()):
                yield from (str(model.index(line, column).data(role)) for role in roles)


def telling(session: Session) -> list[str]:
    """Give what in the window tells how the customer is reached."""
    window = session.frame
    said = (words for widget in (window, *window.findChildren(QWidget)) for words in words_of(widget))
    return [words for words in said if PHONE in re.sub(r"\D", "", words) or EMAIL in words]


def settle(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: session.desk.idle, timeout=10_000)
    qtbot.wait(250)  # what rests a moment before it asks
    qtbot.waitUntil(lambda: session.desk.idle, timeout=10_000)


def look_round(qtbot: QtBot, session: Session, order: UUID) -> list[str]:
    """Go wherever an order is shown, and give all that tells of its customer's phone or e-mail."""
    found: list[str] = []

    def look() -> None:
        settle(qtbot, session)
        found.extend(telling(session))

    session.host.go("orders")
    orders = session.pages["orders"]
    orders.layouts.choose(["number", "customer", "phone", "status"])
    orders.layouts.choose_rows(TWO_LINES)
    look()
    orders.table.selectRow(0)
    orders.search("000418")  # a part of the phone still finds whose it is
    look()
    assert len(orders.model.keys)
    orders.search("")
    settle(qtbot, session)
    row = orders.table.row()
    assert row is not None
    menu = orders.deeds.menu(row, orders.mapToGlobal(orders.rect().center()), ())
    look()
    menu.close()
    ColumnsDialog(session.host, orders.layouts).present()
    look()
    for dialog in open_dialogs(session.frame):
        dialog.dismiss()
    session.finder.open()
    palette = session.frame.findChildren(Palette)[0]
    palette.findChildren(QLineEdit)[0].setText("Ungureanu")
    look()
    palette.dismiss()
    for room in ("board", "bench"):
        session.host.go(room)
        look()
    session.host.open_order(order)
    look()
    session.host.choose_paper(order)
    qtbot.waitUntil(lambda: bool(session.frame.findChildren(PapersDialog)))
    look()
    for dialog in open_dialogs(session.frame):
        dialog.dismiss()
    session.host.go("intake")
    session.pages["intake"].customer.look_for("Ungureanu")
    look()
    session.pages["intake"].customer.look_for("0722 000")
    look()
    return found


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_nothing_a_clerk_saw_stays_for_the_technician(qtbot: QtBot, session: Session, sqlite_shop: TestShop) -> None:
    session.frame.resize(1500, 900)
    order = an_order(sqlite_shop, customer=CUSTOMER).id
    enter(qtbot, session, "Alina")
    assert look_round(qtbot, session, order)
    session.host.go("orders")
    session.frame.search.setFocus()
    session.frame.search.setText("0722000418")
    session.pages["orders"].search("0722000418")
    settle(qtbot, session)
    assert telling(session)
    session.signing.lock()
    sign_in(qtbot, session, "Vlad")
    qtbot.waitUntil(lambda: session.pages.shown() == "orders", timeout=10_000)
    settle(qtbot, session)
    assert telling(session) == []
    assert look_round(qtbot, session, order) == []


def test_whoever_comes_back_with_another_role_begins_anew(
    qtbot: QtBot, session: Session, sqlite_shop: TestShop
) -> None:
    an_order(sqlite_shop, customer=CUSTOMER)
    enter(qtbot, session, "Alina")
    session.pages["orders"].layouts.choose(["number", "customer", "phone"])
    settle(qtbot, session)
    assert telling(session)
    change = Edit(sqlite_shop.people[Role.CLERK], {"role": "clerk"}, {"role": "technician"})
    sqlite_shop.approved(colleagues.edit, change)
    session.desk.changed.emit(frozenset())
    qtbot.waitUntil(lambda: session.desk.staff is None, timeout=10_000)
    enter(qtbot, session, "Alina")
    settle(qtbot, session)
    assert telling(session) == []
    assert session.pages["orders"].table.header.shown_columns() == ("number", "customer")
