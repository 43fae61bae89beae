"""The head of a customer's page: who it is, tags, and what can be done."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import px
from ticketdesk.desktop.widgets.basics import Button, IconButton, clear, column, hline, icon_label, label, row, tag
from ticketdesk.domain.rights import Right
from ticketdesk.services.customer_pages import CustomerPage
from ticketdesk.texts import _

_MOST_TAGS = 4


class Title(QLabel):
    """A name, cut at its end where there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(paint.metrics("page", 600).horizontalAdvance(self.text()) + 2, px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(60), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.text(QPainter(self), self.rect(), self.text(), "text", "page", 600)


class CustomerHeader(QFrame):
    """Shows who a customer is; the page gives its buttons their meaning."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self._desk, self._tags = desk, QHBoxLayout()
        self._tags.setSpacing(6)
        self.back = IconButton("arr-l", _("Back"), "Alt+←")
        self.reach = Button(_("Call or write"), "Ctrl+M", icon="phone-call", size="md")
        self.edit = Button(_("Change"), "Ctrl+E", icon="pencil", size="md")
        self.more = IconButton("more", _("More"))
        self.intake = Button(_("New order"), "F2", "primary", "plus", "md")
        self._icon, self._name = icon_label("user", "text2", 18), Title()
        self._number = label("", tone="muted")
        top = row(self.back, self._icon, spacing=10, margins=(16, 10, 16, 10))
        top.addWidget(self._name, 10)
        top.addWidget(self._number)
        top.addLayout(self._tags)
        top.addStretch(1)
        for button in (self.reach, self.edit, self.more, self.intake):
            top.addWidget(button)
        self.setLayout(column(top, hline(), spacing=0))

    def show_customer(self, page: CustomerPage) -> None:
        """Show a customer, and what may be done."""
        found = page.row
        self._icon.show_icon("building" if found.company else "user")
        self._name.setText(found.name)
        self._name.setToolTip(found.name)
        self._name.updateGeometry()
        self._number.setText(_("No. {number}").format(number=found.number))
        clear(self._tags)
        for text in found.tags[:_MOST_TAGS]:
            self._tags.addWidget(tag(text))
        if len(found.tags) > _MOST_TAGS:
            self._tags.addWidget(label(f"+{len(found.tags) - _MOST_TAGS}", "small", tone="muted"))
        self.intake.setEnabled(self._desk.may(Right.TAKE_IN))
        self.edit.setEnabled(self._desk.may(Right.EDIT_CUSTOMER))
        self.reach.setEnabled(bool(found.phone or found.email or found.contacts))
