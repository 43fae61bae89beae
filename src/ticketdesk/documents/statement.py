"""The statement of a customer's account on A4."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from ticketdesk.documents import sheet, wording
from ticketdesk.documents.sheet import BOLD, MEDIUM, REGULAR, Pen
from ticketdesk.domain.money import format_amount, format_money
from ticketdesk.domain.papers import ShopFacts
from ticketdesk.domain.shop import Shop
from ticketdesk.services.accounts import Statement, StatementLine
from ticketdesk.services.paper import shop_facts
from ticketdesk.texts import _, language

_MARGIN = 15 * mm
_ROW, _FOOT = 15.0, 30.0
_COLUMNS = (0.0, 0.13, 0.74, 0.87, 1.0)


def statement(facts: Statement, shop: Shop, location: str = "") -> bytes:
    """Make the statement in the customer's language, issued at a location; further pages as the lines need."""
    with language(facts.language):
        name = _("Statement of account")

        def draw(pen: Pen) -> None:
            _head(pen, facts, shop_facts(shop, location), name)
            balance = facts.opening
            _line(pen, facts.first.strftime("%d.%m.%Y"), _("Balance before"), None, balance)
            for line in facts.lines:
                if pen.y - _ROW < _MARGIN + _FOOT:
                    _next_page(pen)
                balance += line.charged - line.paid
                _line(pen, line.date.strftime("%d.%m.%Y"), line.text, line, balance)
            _end(pen, facts, shop)

        return sheet.sheets([draw], f"{name} {facts.name}", A4, _MARGIN)


def _head(pen: Pen, facts: Statement, issuer: ShopFacts, name: str) -> None:
    pen.text(issuer.name, BOLD, 13)
    about = (issuer.legal_name, issuer.tax_id, issuer.register_number, issuer.address)
    for line in (" · ".join(part for part in about if part), wording.location(issuer)):
        if line:
            pen.text(line, REGULAR, 8.5)
    pen.rule()
    pen.gap(6)
    pen.text(name, BOLD, 16)
    pen.text(_("from {first} to {last}").format(
        first=facts.first.strftime("%d.%m.%Y"), last=facts.last.strftime("%d.%m.%Y")), REGULAR, 10)  # fmt: skip
    pen.gap(6)
    pen.text(facts.name, BOLD, 11)
    for part in (facts.tax_id, facts.address):
        if part:
            pen.text(part, REGULAR, 9)
    pen.gap(10)
    _cells(pen, (_("Date"), _("For"), _("Charged"), _("Paid"), _("Running balance")), BOLD)
    pen.rule(0.8)


def _line(pen: Pen, day: str, text: str, line: StatementLine | None, balance: int) -> None:
    charged = format_amount(line.charged) if line and line.charged else ""
    paid = format_amount(line.paid) if line and line.paid else ""
    _cells(pen, (day, text, charged, paid, format_amount(balance)), REGULAR)


def _cells(pen: Pen, cells: tuple[str, str, str, str, str], font: str) -> None:
    pen.y -= _ROW
    if pen.canvas is None:
        return
    pen.canvas.setFont(font, 9)
    for place, text in enumerate(cells):
        if place < 2:
            left = pen.left + _COLUMNS[place] * pen.room
            room = (_COLUMNS[place + 1] - _COLUMNS[place]) * pen.room - 80 * place
            pen.canvas.drawString(left, pen.y + 4, sheet.broken(text, font, 9, room)[0])
        else:
            pen.canvas.drawRightString(pen.left + _COLUMNS[place] * pen.room, pen.y + 4, text)


def _end(pen: Pen, facts: Statement, shop: Shop) -> None:
    if pen.y - 90 < _MARGIN + _FOOT:
        _next_page(pen)
    pen.rule()
    text = _("You owe us") if facts.closing > 0 else _("You have with us") if facts.closing < 0 else _("Settled")
    pen.pair(text, format_money(abs(facts.closing), shop.currency), 13, (BOLD, BOLD))
    if facts.credit:
        pen.pair(_("Unused credit, counted in"), format_money(facts.credit, shop.currency), 9, (REGULAR, MEDIUM))
    pen.gap(8)
    pen.text(_("Please tell us within 15 days if you see it otherwise."), REGULAR, 9)
    pen.text(_(wording.NOT_A_FISCAL_RECEIPT), REGULAR, 8)


def _next_page(pen: Pen) -> None:
    if pen.canvas is not None:
        pen.canvas.showPage()
    pen.y = A4[1] - _MARGIN
