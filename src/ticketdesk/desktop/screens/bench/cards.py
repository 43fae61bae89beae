"""What only the bench shows so: what is wrong with a device, and the lines of its order without prices."""

from PySide6.QtWidgets import QWidget

from ticketdesk.desktop.screens.order.facts import condition_text
from ticketdesk.desktop.screens.order.lines import CODE, NAME, QUANTITY, LineButton, line_cells, line_icon
from ticketdesk.desktop.screens.order.work import Work
from ticketdesk.desktop.widgets.basics import Button, icon_label, label, row, wrapped
from ticketdesk.desktop.widgets.panels import Card, TextBlock
from ticketdesk.services.pages import LineRow, OrderPage
from ticketdesk.texts import _


def problem_card(page: OrderPage, code: QWidget | None) -> Card:
    """Make the card of complaint, condition and accessories, with the row of the unlock code if there is one."""
    card = Card(_("Problem and condition at intake"))
    card.body.addWidget(TextBlock(page.row.complaint or "—"))
    given = ", ".join(_(item) for item in page.accessories if item) or _("none")
    for text in (
        _("Condition: {text}").format(text=condition_text(page)),
        _("Accessories: {text}").format(text=given),
        _("Address: {text}").format(text=page.address) if page.address else "",
        _("Bin: {bin}").format(bin=page.row.bin) if page.row.bin else "",
    ):
        if text:
            card.body.addWidget(TextBlock(text, "second"))
    if code is not None:
        card.body.addWidget(code)
    return card


def parts_card(page: OrderPage, work: Work) -> Card:
    """Make the list of work and parts; a line opens where it may be changed."""
    card = Card(_("Work and parts"))
    card.body.setContentsMargins(0, 0, 0, 0)
    card.body.setSpacing(0)
    more = Button(_("Add a line"), "Ctrl+L", icon="plus")
    more.clicked.connect(work.add_line)
    more.setEnabled(work.lines_open())
    card.head.addWidget(more)
    for line in page.lines:
        card.body.addWidget(_line(line, work))
    if work.lines_open():
        said = wrapped(_("Scan the code of a work or part to add it."), tone="muted")
        card.body.addLayout(row(icon_label("scan", "text3"), said, margins=(16, 10, 16, 10)))
    elif not page.lines:
        card.body.addLayout(row(label(_("Nothing written yet."), tone="muted"), None, margins=(16, 10, 16, 10)))
    return card


def _line(line: LineRow, work: Work) -> LineButton:
    cells = {column: text for column, text in line_cells(line).items() if column in (NAME, CODE, QUANTITY)}
    said = ", ".join(text for text in cells.values() if text)
    made = LineButton(cells, line_icon(line), said)
    made.setEnabled(work.lines_open())
    made.clicked.connect(lambda: work.change_line(line))
    return made
