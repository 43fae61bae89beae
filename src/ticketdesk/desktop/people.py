"""Pieces of the preview and the page of a customer: facts, rows that open something, what may be the same."""

from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QSizePolicy

from ticketdesk.desktop import dates, sentences
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.ring import RADIUS
from ticketdesk.desktop.look.theme import colour, px, theme
from ticketdesk.desktop.widgets.basics import Button, icon_label, row, wrapped
from ticketdesk.desktop.widgets.suggest import Hit
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.contacts import shown_contact
from ticketdesk.domain.devices import kind_of, shown_serial
from ticketdesk.domain.likeness import EMAIL, NAME, NEAR, PHONE, TAX
from ticketdesk.domain.people import phone_digits, shown_phone
from ticketdesk.domain.shop import Shop
from ticketdesk.services.customers import CustomerRow
from ticketdesk.services.devices import DeviceRow
from ticketdesk.services.duplicates import Likely
from ticketdesk.services.joining import Merged
from ticketdesk.texts import N_, _, ngettext

_ROOMY = 560
"""From this width on, what may be done stands beside what is said."""

REASONS = {
    PHONE: N_("the same phone"),
    EMAIL: N_("the same e-mail"),
    TAX: N_("the same tax number"),
    NAME: N_("the same name"),
    NEAR: N_("a similar name"),
}


def tells_who(typed: str) -> bool:
    """Say whether so little may already mean somebody: three digits of a phone, or two letters of a name."""
    return len(phone_digits(typed)) >= 3 or len(typed.strip()) >= 2


def customer_hit(row: CustomerRow, region: str) -> Hit:
    """Offer a customer while somebody types: name, and the phone and orders that tell them from others."""
    if row.name_only:
        return Hit(row.name, "", row)
    count = ngettext("{count} order", "{count} orders", row.orders).format(count=row.orders)
    phone = shown_phone(row.phone, region)
    return Hit(row.name, f"{phone} · {count}" if phone else count, row)


class LinkRow(QAbstractButton):
    """A line that opens something: icon, title, and what there is to say of it at the right."""

    def __init__(self, icon: str, title: str, detail: str, chip: str = "") -> None:
        super().__init__()
        self._icon, self._detail, self._chip = icon, detail, chip
        self.setText(title)
        self.setAccessibleName(" · ".join(part for part in (title, detail) if part))
        self.setToolTip(self.accessibleName())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty(RADIUS, 6)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            fill = colour("pressed" if self.isDown() else "hover")
            paint.rounded(painter, QRectF(self.rect()), px(6), fill)
        middle = self.height() // 2
        paint.mark(painter, px(2), middle, self._icon, "text2")
        right = self.width() - px(2)
        if self._detail:
            wide = min(paint.metrics("small").horizontalAdvance(self._detail) + 1, self.width() * 3 // 5)
            paint.text(painter, QRect(right - wide, 0, wide, self.height()), self._detail, "text3", "small")
            right -= wide + px(8)
        if self._chip:
            wide = paint.chip_width(self._chip)
            paint.status_chip(painter, right - wide, middle, self._chip)
            right -= wide + px(8)
        paint.text(painter, QRect(px(26), 0, right - px(26), self.height()), self.text(), "text", "body")


class DoublesStrip(QFrame):
    """Says who may be the same customer, and why; ``compared`` and ``apart`` carry that one."""

    compared = Signal(object)  # Likely
    apart = Signal(object)  # Likely

    def __init__(self, likely: Likely, *, may_merge: bool, may_edit: bool, region: str) -> None:
        super().__init__()
        self.setProperty("kind", "info")
        said = _("May be the same: {name} ({reasons}).").format(
            name=_called(likely.row, region), reasons=", ".join(_(REASONS[reason]) for reason in likely.reasons)
        )
        words = wrapped(said)
        self.setAccessibleName(said)
        self.compare = Button(_("Compare") if may_merge else _("Open"), size="sm")
        self.compare.clicked.connect(lambda: self.compared.emit(likely))
        no = Button(_("Somebody else"), kind="quiet", size="sm")
        no.setToolTip(_("Suggest these two no longer"))
        no.clicked.connect(lambda: self.apart.emit(likely))
        self._line = row(spacing=8, margins=(12, 4, 6, 4))
        said_so = row(icon_label("customers", "infoText"), spacing=8)
        said_so.addWidget(words, 1)
        self._line.addLayout(said_so, 1)
        self._line.addLayout(row(None, no, self.compare, spacing=4))
        self.setLayout(self._line)
        no.setVisible(may_edit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= px(_ROOMY)
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom)


class MergedStrip(QFrame):
    """Says what was merged within the last day; ``undone`` carries it."""

    undone = Signal(object)  # Merged

    def __init__(self, merged: Merged, now: datetime, zone: str, *, may_undo: bool) -> None:
        super().__init__()
        self.setProperty("kind", "ok")
        orders = ngettext("{count} order", "{count} orders", merged.orders).format(count=merged.orders)
        moment = dates.moment_text(merged.at, now, zone)
        said = _("{name} merged {other}, customer {number}, into this one {moment}: {orders} came along.").format(
            name=merged.by, other=merged.name, number=merged.number, moment=moment, orders=orders
        )
        self.setAccessibleName(said)
        line = row(icon_label("check", "okText"), wrapped(said), spacing=8, margins=(12, 4, 6, 4))
        line.setStretch(1, 1)
        if may_undo:
            undo = Button(_("Take it back"), icon="undo", size="sm")
            undo.clicked.connect(lambda: self.undone.emit(merged))
            line.addWidget(undo)
        self.setLayout(line)


def _called(found: CustomerRow, region: str) -> str:
    phone = shown_phone(found.phone, region) if found.phone else ""
    return ", ".join(part for part in (found.name, phone) if part)


def device_line(device: DeviceRow) -> LinkRow:
    """Make the line of a device."""
    count = ngettext("{count} order", "{count} orders", device.orders).format(count=device.orders)
    return LinkRow(kind_of(device.kind).icon, device.title, count)


def device_facts(device: DeviceRow) -> str:
    """Say serial number, colour and year of a device."""
    serial = f"IMEI {shown_serial(device.serial)}" if len(device.serial) == 15 else device.serial
    year = str(device.made_in) if device.made_in else ""
    return " · ".join(part for part in (serial, device.colour, year) if part)


def consent_text(customer: CustomerRow, zone: str) -> str:
    """Say since when the customer may be written to or not, and through whom."""
    if customer.consent_at is None:
        return _("not asked")
    day = dates.numeric_day(day_of(customer.consent_at, zone))
    who = customer.consent_by.split(" ")[0]
    return _("since {day}").format(day=day) + (f" ({who})" if who else "")


def facts_of(customer: CustomerRow, shop: Shop) -> list[tuple[str, str]]:
    """Give what is known of a customer: names of fields, and values as people read them."""
    others = [shown_contact(contact, shop.region) for contact in customer.contacts]
    language = sentences.LANGUAGES.get(customer.language, customer.language)
    return [
        (_("Phone"), shown_phone(customer.phone, shop.region) if customer.phone else ""),
        (_("E-mail"), customer.email),
        (_("Also"), "\n".join(others)),
        (_("Company name"), customer.legal_name if customer.legal_name != customer.name else ""),
        (_("Tax number"), customer.tax_id),
        (_("Address"), customer.address),
        (_("Language"), _(language) if language else ""),
        (_("May be written to") if customer.consent else _("May not be written to"), consent_text(customer, shop.zone)),
        (_("Customer since"), dates.numeric_day(day_of(customer.since, shop.zone))),
    ]
