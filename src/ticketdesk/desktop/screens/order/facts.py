"""Who, what, when and by whom; what was complained of and handed in: two strips of cells."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from ticketdesk.desktop import dates
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.widgets.basics import IconButton, column, label
from ticketdesk.desktop.widgets.panels import TextBlock
from ticketdesk.desktop.widgets.strip import Strip, cell
from ticketdesk.domain.devices import DEFECT, GOOD, UNTESTED, shown_serial
from ticketdesk.domain.money import format_money
from ticketdesk.domain.people import shown_phone
from ticketdesk.domain.rights import Right
from ticketdesk.services.lists import OrderRow, is_late
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _, ngettext


@dataclass(frozen=True, slots=True)
class Tools:
    """What stands in the strip beside its texts: the code's row, and the buttons of each cell."""

    code: QWidget | None
    customer: tuple[IconButton, ...]
    device: IconButton
    due: IconButton
    person: IconButton


def tool(icon: str, name: str, act: Callable[[], None], key: str = "") -> IconButton:
    """Make a button of the strip."""
    made = IconButton(icon, name, key)
    made.clicked.connect(act)
    return made


def editable(row_: OrderRow, desk: Desk) -> bool:
    """Say whether whoever is signed in may change what an order says: a closed one takes a right of its own."""
    closed = row_.phase in {"done", "cancelled"}
    return desk.may(Right.EDIT_ORDER) and (not closed or desk.may(Right.EDIT_CLOSED))


def facts_strip(page: OrderPage, desk: Desk, tools: Tools) -> Strip:
    """Make the strip of customer, device, promised time and responsible person."""
    tools.due.setEnabled(editable(page.row, desk))
    tools.person.setEnabled(desk.may(Right.ASSIGN) or desk.may(Right.CLAIM))
    device = cell(_("Device"), _device(page), "", tools.device)
    if tools.code is not None and (layout := device.layout()) is not None:
        layout.addWidget(tools.code)
    return Strip(
        (
            cell(_("Customer"), _customer(page, desk), "", *tools.customer),
            device,
            cell(_("Promised"), _promised(page, desk), "Ctrl+T", tools.due),
            cell(_("Responsible"), _responsible(page, desk), "Ctrl+R", tools.person),
        )
    )


def _customer(page: OrderPage, desk: Desk) -> list[tuple[str, str]]:
    customer = page.customer
    if customer is None:
        return [(_("Internal order"), ""), (_("for the shop itself"), "muted")]
    if customer.name_only:
        return [(customer.name, "")]
    owing = _("nothing owed")
    if customer.owes:
        owing = _("owes {amount}").format(amount=format_money(customer.owes, desk.shop.currency))
    visits = ngettext("{count} order", "{count} orders", customer.orders).format(count=customer.orders)
    return [
        (customer.name, ""),
        (shown_phone(customer.phone, desk.shop.region), "second"),
        (f"{visits} · {owing}", "muted"),
    ]


def _device(page: OrderPage) -> list[tuple[str, str]]:
    device, serial = page.device, shown_serial(page.device.serial)
    title = ", ".join(part for part in (page.row.device_title, device.colour) if part)
    stands = _("in bin {bin}").format(bin=page.row.bin) if page.row.bin else ""
    return [(title, ""), (f"IMEI {serial}" if len(device.serial) == 15 else serial, "second"), (stands, "second")]


def _promised(page: OrderPage, desk: Desk) -> list[tuple[str, str]]:
    zone, moment = desk.shop.zone, desk.now()
    late = is_late(page.row, moment)
    left = dates.until(page.row.promised_at, moment, zone) if page.row.phase not in {"done", "cancelled"} else ""
    received = dates.moment_text(page.row.received_at, moment, zone)
    return [
        (dates.moment_text(page.row.promised_at, moment, zone), "danger" if late else ""),
        (left, "danger" if late else "second"),
        (_("received {moment}").format(moment=received), "muted"),
    ]


def _responsible(page: OrderPage, desk: Desk) -> list[tuple[str, str]]:
    claimed = ""
    if page.claimed_at:
        claimed = _("since {moment}").format(moment=dates.moment_text(page.claimed_at, desk.now(), desk.shop.zone))
    if seconds := page.worked.until(desk.now()):
        worked = _("worked {time}").format(time=dates.lasted(seconds))
        claimed = f"{claimed} · {worked}" if claimed else worked
    taken_in = _("taken in by {name}").format(name=page.received_by)
    return [(page.row.assignee or _("In the pool"), ""), (claimed, "second"), (taken_in, "muted")]


def intake_strip(page: OrderPage) -> Strip:
    """Make the strip of complaint, condition and accessories, and of the address of work on site."""
    texts = [
        (_("Problem"), page.row.complaint or "—"),
        (_("Condition at intake"), condition_text(page)),
        (_("Accessories"), ", ".join(_(item) for item in page.accessories if item) or _("none")),
    ]
    if page.address:
        texts.append((_("Address"), page.address))
    cells = []
    for title, text in texts:
        made = QWidget()
        made.setLayout(
            column(label(title, "small", tone="muted"), TextBlock(text), None, spacing=2, margins=(16, 10, 12, 10))
        )
        cells.append(made)
    return Strip(cells)


def condition_text(page: OrderPage) -> str:
    """Write the checklist in one sentence."""
    found: dict[str, list[str]] = {DEFECT: [], UNTESTED: [], GOOD: []}
    for item, state in page.condition.items():
        word = _(item)
        # a word of small letters loses its capital in the middle of a sentence; Face ID and NFC keep theirs
        found[state].append(word.lower() if word[1:] == word[1:].lower() else word)
    parts = []
    if found[DEFECT]:
        parts.append(_("defect: {items}").format(items=", ".join(found[DEFECT])))
    if found[UNTESTED]:
        parts.append(_("not tested: {items}").format(items=", ".join(found[UNTESTED])))
    if found[GOOD]:
        parts.append(_("the rest good") if parts else _("good"))
    return "; ".join(parts) or _("not checked")
