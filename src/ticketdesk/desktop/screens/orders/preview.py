"""The order chosen, beside the list: what it is, what was done, what is owed, and its next step."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ticketdesk.desktop import dates, nextstep
from ticketdesk.desktop.listing.sides import Side
from ticketdesk.desktop.look import paint
from ticketdesk.desktop.look.theme import colour, px
from ticketdesk.desktop.screens.orders.cells import Scene, customer
from ticketdesk.desktop.widgets.basics import (
    Button,
    IconButton,
    IconLabel,
    StatusChip,
    clear,
    frame,
    hline,
    label,
    tag,
)
from ticketdesk.desktop.widgets.elided import Elided
from ticketdesk.desktop.widgets.facts import Facts, Tags
from ticketdesk.desktop.widgets.panels import TextBlock
from ticketdesk.desktop.widgets.scrolled import scrolled
from ticketdesk.domain.clock import shop_time
from ticketdesk.domain.devices import kind_of, shown_serial
from ticketdesk.domain.money import format_amount, format_money, format_percent
from ticketdesk.domain.orders import LINE_PART, Billing, Kind, Phase, Place, Urgency
from ticketdesk.domain.people import shown_phone
from ticketdesk.services.lists import is_late
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _

_PHOTO = QSize(96, 60)
_NOTES = 3


class Preview(Side):
    """One order at a glance. What to do about it is asked of the page by signals."""

    open_wanted = Signal()
    step_wanted = Signal()
    pay_wanted = Signal()
    print_wanted = Signal()
    menu_wanted = Signal()

    def __init__(self, scene: Scene, region: str) -> None:
        super().__init__()
        self._scene, self._region = scene, region
        self.page: OrderPage | None = None
        self.setAccessibleName(_("Order details"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        self._whole = QWidget()
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        whole.addWidget(hline())
        whole.addWidget(self._scroll(), 1)
        whole.addWidget(hline())
        whole.addWidget(self._footer())
        layout.addWidget(self._whole)
        self._whole.hide()

    def show_page(self, page: OrderPage | None, scene: Scene, *, may_pay: bool) -> None:
        """Show an order; nothing hides everything."""
        fresh = page is None or self.page is None or page.row.id != self.page.row.id
        self.page, self._scene = page, scene
        self._whole.setVisible(page is not None)
        if page is None:
            return
        row = page.row
        self.setAccessibleName(_("Details of order {number}").format(number=row.number))
        self._number.setText(str(row.number))
        self._chip.show_status(row.status)
        self._fit_head()
        self._device_icon.show_icon(kind_of(row.device_kind).icon)
        self._device.setText(row.device_title)
        facts = (shown_serial(page.device.serial), page.device.colour)
        self._serial.setText(" · ".join(fact for fact in facts if fact))
        self._serial.setVisible(bool(self._serial.text()))
        self._show_tags(page)
        self._show_facts(page)
        self._complaint.setText(row.complaint)
        self._complaint.setVisible(bool(row.complaint))
        self._show_photos(page)
        self._show_lines(page)
        self._show_notes(page)
        self._show_sums(page)
        step = nextstep.step(row)
        self._step.setVisible(step is not None)
        if step is not None:
            self._step.relabel(_(step.text), step.icon)
        self._pay.setEnabled(may_pay and row.balance > 0)
        if fresh:
            self._area.verticalScrollBar().setValue(0)

    def enter(self) -> None:
        """Put the focus on what is usually wanted here."""
        button = self._step if self._step.isVisible() else self._print
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """Leave out the button beside a long status; Enter and the menu open the order, too."""
        parts = (self._number, self._chip, self._open)
        room = self.width() - px(16 + 8 * 3 + 32 + 6)
        self._open.setVisible(sum(part.sizeHint().width() for part in parts) + self._chip.width() <= room)

    # parts

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(px(44))
        self._number = label("", "title", 600)
        self._chip = StatusChip()
        self._open = Button(_("Open"), kind="quiet", size="sm")
        self._open.setToolTip(_("Enter"))
        self._open.clicked.connect(self.open_wanted)
        more = IconButton("more", _("More"))
        more.clicked.connect(self.menu_wanted)
        layout = QHBoxLayout(head)
        layout.setContentsMargins(px(16), 0, px(6), 0)
        layout.setSpacing(px(8))
        layout.addWidget(self._number)
        layout.addWidget(self._chip)
        layout.addStretch(1)
        layout.addWidget(self._open)
        layout.addWidget(more)
        return head

    def _scroll(self) -> QWidget:
        self._complaint = TextBlock()
        self._photos = QHBoxLayout()
        self._photos.setSpacing(px(8))
        self._lines, self._notes = QVBoxLayout(), QVBoxLayout()
        self._notes_line = hline()
        body = frame("clear")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(px(16), px(12), px(16), px(12))
        layout.setSpacing(px(6))
        layout.addLayout(self._device_part())
        self._divide(layout, hline())
        layout.addWidget(label(_("Reported problem"), "small", 500, "second"))
        layout.addWidget(self._complaint)
        layout.addLayout(self._photos)
        self._divide(layout, hline())
        layout.addWidget(label(_("Work and parts"), "small", 500, "second"))
        for rows in (self._lines, self._notes):
            rows.setSpacing(0)
        layout.addLayout(self._lines)
        self._divide(layout, self._notes_line)
        layout.addLayout(self._notes)
        layout.addStretch(1)
        self._area = scrolled(body)
        return self._area

    def _device_part(self) -> QVBoxLayout:
        self._device_icon = IconLabel("", size=18)
        self._device = Elided("", "title", 600)
        self._serial = label("", "small", tone="muted")
        self._tags, self._facts = Tags(), Facts()
        title = QHBoxLayout()
        title.setSpacing(px(8))
        title.addWidget(self._device_icon)
        title.addWidget(self._device, 1)
        part = QVBoxLayout()
        part.setSpacing(px(6))
        part.addLayout(title)
        part.addWidget(self._serial)
        part.addWidget(self._tags)
        part.addSpacing(px(4))
        part.addLayout(self._facts)
        return part

    @staticmethod
    def _divide(layout: QVBoxLayout, line: QWidget) -> None:
        layout.addSpacing(px(6))
        layout.addWidget(line)
        layout.addSpacing(px(6))

    def _footer(self) -> QWidget:
        self._sum = label("", "small", tone="second")
        self._owed_name = label(_("Balance due"), "field", 600)
        self._owed = label("", "title", 600)
        self._step = Button("", "F8", "primary", "check", "lg")
        self._pay = Button(_("Take payment"), "F4", icon="cash")
        self._print = Button(_("Print"), "Ctrl+P", icon="printer")
        self._step.clicked.connect(self.step_wanted)
        self._pay.clicked.connect(self.pay_wanted)
        self._print.clicked.connect(self.print_wanted)
        owed = QHBoxLayout()
        owed.addWidget(self._owed_name)
        owed.addStretch(1)
        owed.addWidget(self._owed)
        halves = QHBoxLayout()
        halves.setSpacing(px(4))
        halves.addWidget(self._pay, 5)
        halves.addWidget(self._print, 6)
        footer = QWidget()
        layout = QVBoxLayout(footer)
        layout.setContentsMargins(px(16), px(12), px(16), px(12))
        layout.setSpacing(px(4))
        layout.addWidget(self._sum)
        layout.addLayout(owed)
        layout.addSpacing(px(4))
        layout.addWidget(self._step)
        layout.addSpacing(px(4))
        layout.addLayout(halves)
        return footer

    # what they say

    def _show_tags(self, page: OrderPage) -> None:
        row = page.row
        tags = []
        if row.urgency == Urgency.URGENT:
            tags.append(tag(_("Urgent"), "warn", "bolt"))
        if is_late(row, self._scene.moment):
            late = dates.between(row.promised_at, self._scene.moment, self._scene.zone)
            tags.append(tag(_("{time} late").format(time=late), "danger", "alarm"))
        warranty = row.billing == Billing.WARRANTY
        tags.append(tag(_("Warranty"), "", "shield") if warranty else tag(_("Paid by customer")))
        if row.kind == Kind.INTERNAL:
            tags.append(tag(_("Internal"), "", "building"))
        on_site = row.place == Place.ON_SITE
        tags.append(tag(_("On site"), "", "pin") if on_site else tag(_("In the shop")))
        self._tags.show_tags(tags)

    def _show_facts(self, page: OrderPage) -> None:
        row, scene = page.row, self._scene
        due = dates.moment_text(row.promised_at, scene.moment, scene.zone)
        received = dates.moment_text(row.received_at, scene.moment, scene.zone)
        silent = page.ready_at or is_late(row, scene.moment) or row.phase in (Phase.DONE, Phase.CANCELLED)
        ahead = "" if silent else dates.until(row.promised_at, scene.moment, scene.zone)
        facts = [
            (_("Customer"), customer(row), 500, ""),
            (
                _("Phone"),
                shown_phone(row.customer_phone, self._region) if row.customer_phone else "",
                400,
                "",
            ),
            (_("Received"), f"{received} · {page.received_by}", 400, ""),
            (_("Due"), due, 500, ahead),
            (_("Responsible"), row.assignee or _("nobody"), 400, ""),
            (_("Bin"), row.bin, 500, ""),
        ]
        self._facts.show_facts((name, _Fact(value, weight, rest)) for name, value, weight, rest in facts if value)

    def _show_photos(self, page: OrderPage) -> None:
        clear(self._photos)
        thumbnails = [row for row in page.attachments if row.thumbnail]
        for row in thumbnails[:3]:
            self._photos.addWidget(_Photo(row.name, row.thumbnail or b""))
        if thumbnails:
            self._photos.addStretch(1)

    def _show_lines(self, page: OrderPage) -> None:
        clear(self._lines)
        for line in page.lines:
            facts = line.facts
            icon = "stock" if facts.kind == LINE_PART else "bench"
            amount = f"{facts.quantity / 1000:g}"
            self._lines.addWidget(_Row(icon, facts.name, format_amount(line.total), amount))
        if page.surcharge_amount:
            text = _("Urgency surcharge {percent}").format(percent=format_percent(page.surcharge))
            self._lines.addWidget(_Row("bolt", text, format_amount(page.surcharge_amount)))
        if not page.lines:
            self._lines.addWidget(label(_("Nothing written yet."), "body", tone="muted"))

    def _show_notes(self, page: OrderPage) -> None:
        clear(self._notes)
        for note in list(reversed(page.comments))[:_NOTES]:
            at = shop_time(note.at, self._scene.zone)
            today = shop_time(self._scene.moment, self._scene.zone).date() == at.date()
            icon = "message" if note.to_customer else "note"
            text = _("{name}: {words}").format(name=note.staff.split(" ")[0], words=" ".join(note.text.split()))
            moment = f"{at:%H:%M}" if today else dates.short_day(at.date())
            self._notes.addWidget(_Row(icon, text, moment, quiet=True))
        self._notes_line.setVisible(bool(page.comments))

    def _show_sums(self, page: OrderPage) -> None:
        row, currency = page.row, self._scene.currency
        total = format_amount(row.total)
        if page.paid:
            words = _("Total {total} − paid {paid}").format(total=total, paid=format_amount(page.paid))
        elif not row.total and page.estimate:
            words = _("Estimate {amount}").format(amount=format_amount(page.estimate))
        else:
            words = _("Total {total}").format(total=total)
        self._sum.setText(words)
        self._owed_name.setText(_("Balance due") if row.balance >= 0 else _("Paid in advance"))
        self._owed.setText(format_money(abs(row.balance), currency))


class _Fact(QLabel):
    """A fact, and behind it something less important."""

    def __init__(self, value: str, weight: int, rest: str) -> None:
        super().__init__(f"{value} · {rest}" if rest else value)
        self._value, self._weight, self._rest = value, weight, rest
        self.setToolTip(self.text())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(17))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(20), px(17))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.text(painter, self.rect(), self._value, "text", "body", self._weight)
        if self._rest:
            left = paint.metrics("body", self._weight).horizontalAdvance(self._value)
            room = self.rect().adjusted(left, 0, 0, 0)
            paint.text(painter, room, f" · {self._rest}", "text3")


class _Row(QLabel):
    """A line of the order or a note: icon, words, how many, and at the right an amount or a time."""

    def __init__(self, icon: str, text: str, right: str, middle: str = "", *, quiet: bool = False) -> None:
        super().__init__(f"{text} {middle} {right}".replace("  ", " "))
        self._icon, self._words, self._right, self._middle, self._quiet = icon, text, right, middle, quiet
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.mark(painter, 0, self.height() // 2, self._icon, "text2")
        role, token = ("small", "text3") if self._quiet else ("body", "text")
        paint.text(painter, self.rect(), self._right, token, role, 400, paint.RIGHT)
        end = self.width() - paint.metrics(role).horizontalAdvance(self._right) - px(10)
        if self._middle:
            end = min(end, self.width() - px(70))
            count = QRect(end - px(36), 0, px(36), self.height())
            paint.text(painter, count, self._middle, "text3", "small", 400, paint.RIGHT)
            end -= px(40)
        paint.text(painter, QRect(px(24), 0, end - px(24), self.height()), self._words)


class _Photo(QLabel):
    """A photo, small, its corners round."""

    def __init__(self, name: str, jpeg: bytes) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(px(_PHOTO.width()), px(_PHOTO.height()))
        picture = QPixmap()
        picture.loadFromData(jpeg)
        ratio = self.devicePixelRatioF()
        self._picture = picture.scaled(
            self.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._picture.setDevicePixelRatio(ratio)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPainterPath()
        edge.addRoundedRect(self.rect().toRectF(), px(6), px(6))
        painter.setClipPath(edge)
        painter.fillRect(self.rect(), colour("subtle"))
        size = self._picture.deviceIndependentSize()
        x, y = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawPixmap(round(x), round(y), self._picture)
