"""Which warranty the papers will promise, and the earlier order this one is under warranty of."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from ticketdesk.desktop.widgets.basics import Button, frame, icon_label, row
from ticketdesk.desktop.widgets.panels import TextBlock
from ticketdesk.domain.orders import LINE_PART
from ticketdesk.services.pages import OrderPage
from ticketdesk.texts import _, ngettext


def warranty_strip(page: OrderPage, open_earlier: Callable[[], None]) -> QFrame:
    """Make the strip of the warranty."""
    strip = frame("card")
    across = row(icon_label("shield", "accentText", 18), spacing=12, margins=(16, 8, 12, 8))
    across.addWidget(TextBlock(_promise(page)), 1)
    if page.warranty_of_number is not None:
        earlier = Button(_("Order {number}").format(number=page.warranty_of_number), "Ctrl+G", "quiet", "link")
        earlier.clicked.connect(open_earlier)
        across.addWidget(earlier)
    strip.setLayout(across)
    return strip


def _promise(page: OrderPage) -> str:
    parts = [line for line in page.lines if line.facts.kind == LINE_PART]
    work = [line for line in page.lines if line.facts.kind != LINE_PART]
    promised = []
    for text, found in ((_("work {months}"), work), (_("parts {months}"), parts)):
        months = max((line.facts.warranty_months or 0 for line in found), default=0)
        if months:
            length = ngettext("{count} month", "{count} months", months).format(count=months)
            promised.append(text.format(months=length))
    if not promised:
        return _("No warranty is written on the lines yet.")
    if page.row.phase == "done":
        return _("The warranty certificate was given out: {terms}.").format(terms=", ".join(promised))
    return _("A warranty certificate is given at hand-over: {terms}.").format(terms=", ".join(promised))
