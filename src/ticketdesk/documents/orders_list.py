"""A list of orders on A4, as it is seen: upright while it fits, across when it has many columns."""

from collections.abc import Sequence

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from ticketdesk.documents import sheet
from ticketdesk.documents.sheet import BOLD, MEDIUM, REGULAR, Pen
from ticketdesk.domain.papers import ListColumn, ListFacts
from ticketdesk.texts import _, ngettext

_MARGIN, _ROW, _FOOT, _SIZE = 12 * mm, 13.0, 16.0, 8.0
_UPRIGHT = 1000
"""Columns together wider than this on the screen go across the paper."""


def orders_list(facts: ListFacts) -> bytes:
    """Make the list."""
    size = A4 if sum(column.width for column in facts.columns) <= _UPRIGHT else landscape(A4)
    sheet.register_fonts()
    count = _draw(Pen(None, _MARGIN, size[0] - _MARGIN, size[1] - _MARGIN), facts, size, 0)

    def draw(pen: Pen) -> None:
        _draw(pen, facts, size, count)

    return sheet.sheets([draw], facts.title, size, _MARGIN)


def _draw(pen: Pen, facts: ListFacts, size: tuple[float, float], count: int) -> int:
    """Draw all pages; gives how many."""
    pen.text(facts.shop, MEDIUM, 9)
    pen.text(facts.title, BOLD, 16)
    if facts.narrowed:
        pen.text(facts.narrowed, REGULAR, 9)
    orders = ngettext("{count} order", "{count} orders", len(facts.rows)).format(count=len(facts.rows))
    pen.text(f"{orders} · {sheet.moment(facts.at)}", REGULAR, 9)
    pen.gap(8)
    _head(pen, facts)
    page = 1
    for row in facts.rows:
        if pen.y - _ROW < _MARGIN + _FOOT:
            _foot(pen, page, count)
            if pen.canvas is not None:
                pen.canvas.showPage()
            pen.y = size[1] - _MARGIN
            page += 1
            _head(pen, facts)
        _cells(pen, facts.columns, row, REGULAR)
    _foot(pen, page, count)
    return page


def _head(pen: Pen, facts: ListFacts) -> None:
    _cells(pen, facts.columns, [column.heading for column in facts.columns], MEDIUM)
    pen.rule(0.8)
    pen.gap(-3)


def _cells(pen: Pen, columns: Sequence[ListColumn], cells: Sequence[str], font: str) -> None:
    pen.y -= _ROW
    if pen.canvas is None:
        return
    pen.canvas.setFont(font, _SIZE)
    whole = sum(column.width for column in columns)
    left = pen.left
    for column, text in zip(columns, cells, strict=True):
        width = pen.room * column.width / whole
        shown = sheet.cut(text, font, _SIZE, width - 5)
        if column.right:
            pen.canvas.drawRightString(left + width - 4, pen.y + 4, shown)
        else:
            pen.canvas.drawString(left, pen.y + 4, shown)
        left += width


def _foot(pen: Pen, page: int, count: int) -> None:
    if pen.canvas is not None:
        pen.canvas.setFont(REGULAR, 7.5)
        text = _("Page {page} of {count}").format(page=page, count=count)
        pen.canvas.drawRightString(pen.right, _MARGIN - 2, text)
