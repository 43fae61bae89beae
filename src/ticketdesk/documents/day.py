"""The day's report on A4: what was taken, what came and went, who did it, what is late."""

from collections.abc import Sequence
from datetime import date, datetime, time

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from ticketdesk.documents import sheet
from ticketdesk.documents.sheet import BOLD, MEDIUM, REGULAR, Pen
from ticketdesk.domain.clock import day_of, shop_time
from ticketdesk.domain.money import CURRENCIES, format_amount, format_money
from ticketdesk.domain.orders import METHOD_LABELS, STATUS
from ticketdesk.domain.shop import Shop
from ticketdesk.services import reckoning
from ticketdesk.services.day import Day, Figures, named
from ticketdesk.texts import _, language, ngettext

_MARGIN = 15 * mm
_ROW, _FOOT, _GUTTER = 14.0, 18.0, 28.0
Columns = Sequence[tuple[str, float, bool]]
"""Of a table: the title, where it stands (share of the width), and whether it ends there."""

Table = tuple[str, Columns, Sequence[Sequence[str]], int]
"""A short table: its title, columns and rows, and how many of the last are sums."""


def day_report(facts: Day, shop: Shop, code: str) -> bytes:
    """Make the report in a language; the same facts always give the same bytes."""
    with language(code):
        sheet.register_fonts()
        count = _draw(Pen(None, _MARGIN, A4[0] - _MARGIN, A4[1] - _MARGIN), facts, shop, 0)

        def draw(pen: Pen) -> None:
            _draw(pen, facts, shop, count)

        title = _("Day report {day}").format(day=facts.date.isoformat())
        return sheet.sheets([draw], title, A4, _MARGIN)


class _Report:
    """A pen that goes on to a new page when the one it writes on is full."""

    def __init__(self, pen: Pen, facts: Day, shop: Shop, count: int) -> None:
        self.pen, self.facts, self.shop, self.count = pen, facts, shop, count
        self.page = 1

    def need(self, points: float) -> None:
        """Go on to a new page unless so much room is left."""
        if self.pen.y - points < _MARGIN + _FOOT:
            self.foot()
            if self.pen.canvas is not None:
                self.pen.canvas.showPage()
            self.pen.y = A4[1] - _MARGIN
            self.page += 1

    def foot(self) -> None:
        """Write when the report was made, and the page."""
        if self.pen.canvas is None:
            return
        canvas = self.pen.canvas
        made = sheet.moment(shop_time(self.facts.at, self.shop.zone))
        canvas.setFont(REGULAR, 8)
        canvas.drawString(self.pen.left, _MARGIN, _("As of {moment}").format(moment=made))
        page = _("Page {page} of {count}").format(page=self.page, count=self.count)
        canvas.drawRightString(self.pen.right, _MARGIN, page)

    def title(self, text: str) -> None:
        """Begin a section, together with its first rows."""
        self.need(70)
        _title(self.pen, text)

    def table(self, columns: Columns, rows: Sequence[Sequence[str]], *, sums: int = 0) -> None:
        """Write a table, its last rows as sums; its head again on every page."""
        _head(self.pen, columns)
        for place, row in enumerate(rows):
            page = self.page
            self.need(_ROW)
            if self.page != page:
                _head(self.pen, columns)
            _row(self.pen, columns, row, BOLD if place >= len(rows) - sums else REGULAR)

    def beside(self, *tables: Table) -> None:
        """Write short tables side by side."""
        self.need(60 + _ROW * max(len(rows) for _title, _columns, rows, _sums in tables))
        width = (self.pen.room - _GUTTER * (len(tables) - 1)) / len(tables)
        bottoms = []
        for place, (name, columns, rows, sums) in enumerate(tables):
            left = self.pen.left + place * (width + _GUTTER)
            pen = Pen(self.pen.canvas, left, left + width, self.pen.y)
            _title(pen, name)
            _head(pen, columns)
            for at, row in enumerate(rows):
                _row(pen, columns, row, BOLD if at >= len(rows) - sums else REGULAR)
            bottoms.append(pen.y)
        self.pen.y = min(bottoms)


def _title(pen: Pen, text: str) -> None:
    pen.gap(14)
    pen.text(text, BOLD, 11)
    pen.gap(2)


def _head(pen: Pen, columns: Columns) -> None:
    _row(pen, columns, [title for title, _at, _right in columns], MEDIUM)
    pen.rule(0.8)


def _row(pen: Pen, columns: Columns, cells: Sequence[str], font: str) -> None:
    pen.y -= _ROW
    if pen.canvas is None:
        return
    canvas, base, size = pen.canvas, pen.y + 4, 9
    canvas.setFont(font, size)
    for place, ((_name, share, right), text) in enumerate(zip(columns, cells, strict=True)):
        x = pen.left + pen.room * share
        if right:
            canvas.drawRightString(x, base, text)
            continue
        following = columns[place + 1] if place + 1 < len(columns) else None
        end = 1.0 if following is None else following[1] - (0.12 if following[2] else 0.01)
        canvas.drawString(x, base, sheet.cut(text, font, size, pen.room * (end - share)))


def _draw(pen: Pen, facts: Day, shop: Shop, count: int) -> int:
    report = _Report(pen, facts, shop, count)
    pen.text(shop.legal_name or shop.name, BOLD, 12.5)
    line = " · ".join(part for part in (shop.address, shop.tax_id) if part)
    if line:
        pen.text(line, REGULAR, 8.5)
    pen.rule(1.4)
    pen.gap(8)
    pen.text(_("My day") if facts.own else _("Day report"), BOLD, 20)
    pen.text(sheet.long_day(_noon(facts.date)), REGULAR, 11)
    _figures(report)
    _money(report)
    _people(report)
    _late(report)
    _flow(report)
    report.foot()
    return report.page


def _figures(report: _Report) -> None:
    now, before = report.facts.figures, report.facts.before
    columns = (
        ("", 0.0, False),
        (sheet.day(_noon(now.date)), 0.7, True),
        (sheet.day(_noon(before.date)), 1.0, True),
    )
    report.title(_("In figures"))
    currency = report.shop.currency
    rows = [
        (_("Takings"), _money_or_none(now.takings, currency), _money_or_none(before.takings, currency)),
        (_("Orders taken in"), str(now.received), str(before.received)),
        (_("Orders handed over"), str(now.handed_over), str(before.handed_over)),
        (_("Average value"), _money_or_none(now.average, currency), _money_or_none(before.average, currency)),
        (_("Average repair time"), _length(now), _length(before)),
    ]
    report.table(columns, rows)


def _money(report: _Report) -> None:
    facts = report.facts
    unit = CURRENCIES.get(report.shop.currency, report.shop.currency)
    amount = _("Amount, {currency}").format(currency=unit)
    rows = [
        (_(METHOD_LABELS.get(each.method, each.method)), str(each.count), format_amount(each.amount))
        for each in facts.methods
        if each.count
    ]
    sums = 0
    if facts.figures.takings is not None:
        rows.append((_("Total"), str(facts.payments), format_amount(facts.figures.takings)))
        sums = 1
    if facts.refunded:
        rows.append((_("of which refunded"), "", format_amount(-facts.refunded)))
        sums = 2
    methods = ((_("Method"), 0.0, False), (_("Payments"), 0.62, True), (amount, 1.0, True))
    hours = [(f"{each.hour}:00", format_amount(each.amount)) for each in facts.hours]
    tables: list[Table] = [(_("Takings by method of payment"), methods, rows, sums)]
    if hours:
        tables.append((_("Takings by hour"), ((_("Hour"), 0.0, False), (amount, 1.0, True)), hours, 0))
    report.beside(*tables)
    if facts.blind:
        report.need(_ROW)
        report.pen.text(reckoning.unseen_cash(), REGULAR, 9)
    _places(report, amount)


def _places(report: _Report, amount: str) -> None:
    """Write what was taken in each shift, and what stands in none: together they are the takings."""
    facts = report.facts
    if not facts.places:
        return
    columns = ((_("Shift"), 0.0, False), (_("With"), 0.38, False), (_("Payments"), 0.76, True), (amount, 1.0, True))
    report.title(_("Takings by shift"))
    rows = [
        (named(each), each.staff, str(each.count), "—" if each.amount is None else format_amount(each.amount))
        for each in facts.places
    ]
    if facts.figures.takings is not None:
        rows.append((_("Total"), "", str(facts.payments), format_amount(facts.figures.takings)))
    report.table(columns, rows, sums=0 if facts.figures.takings is None else 1)


def _people(report: _Report) -> None:
    facts = report.facts
    if not facts.technicians:
        return
    unit = CURRENCIES.get(report.shop.currency, report.shop.currency)
    columns = (
        (_("Technician"), 0.0, False),
        (_("Orders handed over"), 0.56, True),
        (_("On time"), 0.7, True),
        (_("Hours"), 0.82, True),
        (_("Work, {currency}").format(currency=unit), 1.0, True),
    )
    report.title(_("Technicians"))
    report.table(
        columns,
        [
            (
                each.name or _("Nobody"),
                str(each.handed_over),
                str(each.on_time),
                format_amount(each.seconds * 100 // 3600),
                format_amount(each.work),
            )
            for each in facts.technicians
        ],
    )


def _late(report: _Report) -> None:
    facts = report.facts
    if not facts.late:
        return
    columns = (
        (_("No."), 0.0, False),
        (_("Device"), 0.1, False),
        (_("Customer"), 0.42, False),
        (_("Status"), 0.68, False),
        (_("Late by"), 1.0, True),
    )
    report.title(_("Overdue orders"))
    report.table(
        columns,
        [
            (
                str(late.number),
                late.device_title,
                late.customer_name,
                _(STATUS[late.status].label),
                _late_by(late.promised_at, facts.at, report.shop.zone),
            )
            for late in facts.late
        ],
    )
    hidden = facts.late_count - len(facts.late)
    if hidden:
        more = ngettext("and {count} more", "and {count} more", hidden).format(count=hidden)
        report.need(_ROW)
        report.pen.text(more, REGULAR, 9)


def _flow(report: _Report) -> None:
    columns = ((_("Day"), 0.0, False), (_("Orders taken in"), 0.7, True), (_("Orders handed over"), 1.0, True))
    report.title(_("The last days"))
    report.table(
        columns,
        [(sheet.day(_noon(each.date)), str(each.received), str(each.handed_over)) for each in report.facts.series],
    )


def _noon(day: date) -> datetime:
    # the sheet writes days of moments; no zone moves noon to another day of itself
    return datetime.combine(day, time(12))


def _money_or_none(minor: int | None, currency: str) -> str:
    return "—" if minor is None else format_money(minor, currency)


def _length(figures: Figures) -> str:
    if figures.repair is None:
        return "—"
    hours = figures.repair // 3600
    return _("{days} d {hours} h").format(days=hours // 24, hours=hours % 24)


def _late_by(promised: datetime, at: datetime, zone: str) -> str:
    days = (day_of(at, zone) - day_of(promised, zone)).days
    if days:
        return ngettext("{count} day", "{count} days", days).format(count=days)
    return _("{hours} h").format(hours=int((at - promised).total_seconds()) // 3600)
