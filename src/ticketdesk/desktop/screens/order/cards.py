"""The cards of an order's page: who, what, when; lines; payments; tasks; photos."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.widgets.basics import (
    Avatar,
    Button,
    IconButton,
    column,
    frame,
    hline,
    icon_label,
    label,
    row,
    vline,
    wrapped,
)
from ticketdesk.desktop.widgets.panels import Card
from ticketdesk.domain.devices import DEFECT, GOOD, UNTESTED, shown_serial
from ticketdesk.domain.money import format_amount, format_money, format_percent
from ticketdesk.domain.orders import LINE_PART, METHOD_LABELS
from ticketdesk.domain.people import shown_phone
from ticketdesk.domain.rights import Right
from ticketdesk.services.lists import is_late
from ticketdesk.services.pages import AttachmentRow, LineRow, OrderPage, PaymentRow, TaskRow
from ticketdesk.texts import _, ngettext

Run = Callable[[], None]


def _titled(title: str) -> Card:
    """Make a card whose rows reach its edges."""
    card = Card(title)
    card.body.setContentsMargins(0, 0, 0, 0)
    card.body.setSpacing(0)
    return card


def cell(title: str, lines: list[tuple[str, str]], key: str = "", button: QWidget | None = None) -> QVBoxLayout:
    """Lay out a titled cell of facts: the first line strong, the others as their tone says."""
    head: QHBoxLayout = row(label(title, "small", tone="muted"), None)
    if key:
        head.addWidget(label(key, "micro", tone="muted"))
    if button is not None:
        head.addWidget(button)
    layout = column(head, spacing=2, margins=(16, 10, 16, 10))
    for place, (text, tone) in enumerate(lines):
        if text:
            shown = label(text, "field" if place == 0 else "body", 600 if place == 0 else 400, tone)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(shown)
    layout.addStretch(1)
    return layout


def facts_card(page: OrderPage, desk: Desk, code: QWidget | None, due: Run, person: QWidget) -> QFrame:
    """Make the strip of customer, device, promised time and responsible person."""
    zone, moment = desk.shop.zone, desk.now()
    card = frame("card")
    across = row(spacing=0)
    customer = page.customer
    if customer is not None:
        owing = _("owes {amount}").format(amount=format_money(customer.owes, desk.shop.currency))
        visits = ngettext("{count} order", "{count} orders", customer.orders).format(count=customer.orders)
        known = f"{visits} · {owing if customer.owes else _('nothing owed')}"
        who = [
            (customer.name, ""),
            (shown_phone(customer.phone, desk.shop.region), "second"),
            (known, "muted"),
        ]
    else:
        who = [(_("Internal order"), ""), (_("for the shop itself"), "muted")]
    device = page.device
    serial = shown_serial(device.serial)
    what = [
        (", ".join(part for part in (page.row.device_title, device.colour) if part), ""),
        (f"IMEI {serial}" if len(device.serial) == 15 else serial, "second"),
    ]
    late = is_late(page.row, moment)
    when = [
        (dates.moment_text(page.row.promised_at, moment, zone), "danger" if late else ""),
        (
            dates.until(page.row.promised_at, moment) if page.row.phase not in {"done", "cancelled"} else "",
            "danger" if late else "second",
        ),
        (
            _("received {moment}").format(moment=dates.moment_text(page.row.received_at, moment, zone)),
            "muted",
        ),
    ]
    claimed = page.claimed_at and _("since {moment}").format(moment=dates.moment_text(page.claimed_at, moment, zone))
    whose = [(page.row.assignee or _("In the pool"), ""), (claimed or "", "second"),
             (_("taken in by {name}").format(name=page.received_by), "muted")]  # fmt: skip
    change = IconButton("pencil", _("Change the promised time"), "Ctrl+T")
    change.clicked.connect(due)
    change.setEnabled(desk.may(Right.EDIT_ORDER))
    parts = (
        cell(_("Customer"), who),
        cell(_("Device"), what),
        cell(_("Promised"), when, "Ctrl+T", change),
        cell(_("Responsible"), whose, "Ctrl+R", person),
    )
    for place, part in enumerate(parts):
        if place:
            across.addWidget(vline())
        if place == 1 and code is not None:
            part.insertWidget(part.count() - 1, code)
        across.addLayout(part, 1)
    card.setLayout(across)
    return card


def condition_text(page: OrderPage) -> str:
    """Write the checklist in one sentence."""
    found: dict[str, list[str]] = {DEFECT: [], UNTESTED: [], GOOD: []}
    for item, state in page.condition.items():
        found[state].append(_(item).lower())
    parts = []
    if found[DEFECT]:
        parts.append(_("defect: {items}").format(items=", ".join(found[DEFECT])))
    if found[UNTESTED]:
        parts.append(_("not tested: {items}").format(items=", ".join(found[UNTESTED])))
    if found[GOOD]:
        parts.append(_("the rest good") if parts else _("good"))
    return "; ".join(parts) or _("not checked")


def intake_card(page: OrderPage) -> QFrame:
    """Make the strip of complaint, condition and accessories."""
    card = frame("card")
    across = row(spacing=0)
    accessories = ", ".join(_(item) for item in page.accessories if item) or _("none")
    texts = (
        (_("Problem"), page.row.complaint or "—"),
        (_("Condition at intake"), condition_text(page)),
        (_("Accessories"), accessories),
    )
    for place, (title, text) in enumerate(texts):
        if place:
            across.addWidget(vline())
        across.addLayout(
            column(label(title, "small", tone="muted"), wrapped(text), None, spacing=2, margins=(16, 10, 16, 10)),
            1,
        )
    card.setLayout(across)
    return card


_SHARES = (5, 2, 1, 2, 2, 2)


def lines_card(page: OrderPage, desk: Desk, add: Run, change: Callable[[LineRow], None]) -> Card:
    """Make the table of work and parts with its totals; a line opens where it may be changed."""
    card = _titled(_("Work and parts"))
    editable = desk.may(Right.ADD_LINE) and page.row.phase != "done"
    more = Button(_("Add a line"), "Ctrl+L", icon="plus")
    more.clicked.connect(add)
    more.setEnabled(editable)
    card.head.addWidget(more)
    grid = QGridLayout()
    grid.setContentsMargins(16, 4, 16, 8)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    headings = (_("Name"), _("Code"), _("Qty"), _("Price"), _("Warranty"), _("Amount"))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for place, heading in enumerate(headings):
        head = label(heading, "small", 500, "second")
        grid.addWidget(head, 0, place, right if place in {2, 3, 5} else Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(place, _SHARES[place])
    for at, line in enumerate(page.lines, 1):
        name = Button(
            line.facts.name, kind="link", icon="stock" if line.facts.kind == LINE_PART else "bench", size="sm"
        )
        name.setEnabled(editable)
        name.setToolTip(_("Done by {name}").format(name=line.done_by) if line.done_by else "")
        name.clicked.connect(lambda _on=False, line=line: change(line))
        months = line.facts.warranty_months or 0
        cells = (
            f"{line.facts.quantity / 1000:g}",
            format_amount(line.facts.price),
            ngettext("{count} month", "{count} months", months).format(count=months) if months else "—",
            format_amount(line.total),
        )
        grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(line.facts.code, "small", tone="muted"), at, 1)
        for place, text in zip((2, 3, 4, 5), cells, strict=True):
            strong = 600 if place == 5 else 400
            grid.addWidget(label(text, "body", strong), at, place, Qt.AlignmentFlag.AlignLeft if place == 4 else right)
    at = len(page.lines) + 1
    if page.surcharge_amount:
        text = _("Urgency surcharge {rate}").format(rate=format_percent(page.surcharge))
        grid.addWidget(label(text), at, 0)
        grid.addWidget(label(format_amount(page.surcharge_amount), "body", 600), at, 5, right)
    card.body.addLayout(grid)
    if not page.lines:
        estimate = _("Estimate: {amount}").format(amount=format_amount(page.estimate)) if page.estimate else ""
        empty = label(_("Nothing written yet. {estimate}").format(estimate=estimate).strip(), tone="muted")
        card.body.addLayout(row(empty, None, margins=(16, 0, 16, 8)))
    card.body.addWidget(hline())
    vat = ", ".join(
        _("VAT {rate} included: {amount}").format(rate=format_percent(part.rate), amount=format_amount(part.vat))
        for part in page.rates
        if part.rate
    )
    total = label(format_money(page.row.total, desk.shop.currency), "title", 600)
    card.body.addLayout(
        row(
            label(vat, "small", tone="muted"),
            None,
            label(_("Total"), tone="second"),
            total,
            spacing=16,
            margins=(16, 10, 16, 10),
        )
    )
    return card


def payments_card(page: OrderPage, desk: Desk, refund: Callable[[PaymentRow], None]) -> Card:
    """Make the list of payments and the balance."""
    card = _titled(_("Payments"))
    kinds = {"deposit": _("Deposit"), "payment": _("Payment"), "refund": _("Refund")}
    for payment in page.payments:
        text = f"{kinds[payment.kind]}, {_(METHOD_LABELS[payment.method]).lower()}"
        when = f"{dates.moment_text(payment.at, desk.now(), desk.shop.zone)} · {payment.staff}"
        line = row(icon_label("cash"), label(text), label(when, "small", tone="muted"), None,
                   label(format_amount(payment.amount), "body", 600), margins=(16, 6, 16, 6))  # fmt: skip
        if payment.amount > 0 and desk.may(Right.REFUND):
            back = IconButton("undo", _("Give back receipt {number}").format(number=payment.number))
            back.clicked.connect(lambda _on=False, payment=payment: refund(payment))
            line.addWidget(back)
        card.body.addLayout(line)
    if not page.payments:
        card.body.addLayout(row(label(_("Nothing paid yet."), tone="muted"), None, margins=(16, 8, 16, 8)))
    card.body.addWidget(hline())
    owed = page.row.balance
    tone = "ok" if owed <= 0 and page.row.total else ""
    name = _("Balance") if owed >= 0 else _("In advance")
    amount = label(format_money(abs(owed), desk.shop.currency), "title", 600, tone)
    card.body.addLayout(row(label(name, "body", 600), None, amount, margins=(16, 10, 16, 10)))
    card.body.addStretch(1)
    return card


def tasks_card(page: OrderPage, desk: Desk, add: Run, tick: Callable[[TaskRow, bool], None]) -> Card:
    """Make the list of tasks with their ticks."""
    done = sum(task.done_at is not None for task in page.tasks)
    card = _titled(_("Tasks"))
    if page.tasks:
        card.head.insertWidget(1, label(_("{done} of {count}").format(done=done, count=len(page.tasks)), tone="muted"))
    more = Button(_("Add"), "Ctrl+J", "quiet", "plus")
    more.clicked.connect(add)
    more.setEnabled(desk.may(Right.NOTE))
    card.head.addWidget(more)
    for task in page.tasks:
        box = QCheckBox(task.text)
        box.setChecked(task.done_at is not None)
        box.setEnabled(desk.may(Right.NOTE))
        box.toggled.connect(lambda on, task=task: tick(task, on))
        line = row(box, None, margins=(16, 2, 16, 2))
        moment = task.done_at or task.due_at
        if moment:
            line.addWidget(label(dates.moment_text(moment, desk.now(), desk.shop.zone), "small", tone="muted"))
        if task.done_by or task.assignee:
            line.addWidget(Avatar(task.done_by or task.assignee))
        card.body.addLayout(line)
    if not page.tasks:
        card.body.addLayout(row(label(_("No tasks."), tone="muted"), None, margins=(16, 8, 16, 8)))
    card.body.addStretch(1)
    return card


def photos_card(page: OrderPage, desk: Desk, add: Run, show: Callable[[AttachmentRow], None]) -> Card:
    """Make the strip of photos and files."""
    card = _titled(_("Photos and files"))
    more = Button(_("Add a photo"), "Ctrl+I", "quiet", "camera")
    more.clicked.connect(add)
    more.setEnabled(desk.may(Right.ATTACH))
    card.head.addWidget(more)
    line = row(spacing=8, margins=(16, 8, 16, 12))
    for attachment in page.attachments[:8]:
        line.addWidget(_thumbnail(attachment, show))
    if not page.attachments:
        line.addWidget(label(_("Drop photos here, or paste them."), tone="muted"))
    line.addStretch(1)
    card.body.addLayout(line)
    return card


def _thumbnail(attachment: AttachmentRow, show: Callable[[AttachmentRow], None]) -> QWidget:
    press = QPushButton()
    press.setProperty("kind", "quiet")
    press.setFixedSize(112, 76)
    press.setAccessibleName(attachment.name)
    press.setToolTip(attachment.name)
    press.clicked.connect(lambda: show(attachment))
    picture = QPixmap()
    if attachment.thumbnail:
        picture.loadFromData(attachment.thumbnail)
    face = QLabel(press)
    face.setGeometry(4, 4, 104, 68)
    face.setAlignment(Qt.AlignmentFlag.AlignCenter)
    if picture.isNull():
        face.setText(attachment.name[:24])
        face.setWordWrap(True)
    else:
        face.setPixmap(
            picture.scaled(104, 68, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
    return press
