"""Slips of 80 mm about money alone: a payment of several orders, a refund, cash put in or taken out. Never fiscal."""

from reportlab.lib.units import mm

from ticketdesk.documents import barcode, sheet, wording
from ticketdesk.documents.intake import head
from ticketdesk.documents.sheet import BOLD, HEAVY, MEDIUM, REGULAR, Pen
from ticketdesk.domain import document_numbers
from ticketdesk.domain.money import format_amount, format_money, format_percent
from ticketdesk.domain.orders import METHOD_LABELS
from ticketdesk.services.ledger import PAYMENT
from ticketdesk.services.slips import MOVES, TITLES, CashSlip, PaymentSlip
from ticketdesk.texts import _, language

_LARGEST, _APART = 19.0, 8
"""The size of a title's number, in points, and how far from its title it stands at least."""


def title(pen: Pen, text: str, number: str) -> None:
    """Write a title and its number, as large as fits, and that this is no fiscal receipt."""
    pen.gap(20)
    room = pen.room - sheet.width_of(text, BOLD, 10.5) - _APART
    size = min(_LARGEST, _LARGEST * room / sheet.width_of(number, HEAVY, _LARGEST))
    if pen.canvas is not None:
        pen.canvas.setFont(BOLD, 10.5)
        pen.canvas.drawString(pen.left, pen.y, text)
        pen.canvas.setFont(HEAVY, size)
        pen.canvas.drawRightString(pen.right, pen.y, number)
    pen.gap(4)
    pen.text(_(wording.NOT_A_FISCAL_RECEIPT), BOLD, 8.5, align="centre")
    pen.rule(0.8, dashed=True)


def signature(pen: Pen, who: str) -> None:
    """Leave room to sign."""
    pen.gap(11 * mm)
    if pen.canvas is not None:
        pen.canvas.setLineWidth(0.6)
        pen.canvas.line(pen.left + pen.room * 0.35, pen.y, pen.right, pen.y)
    pen.text(who, REGULAR, 7.6, align="right")


def payment_slip(facts: PaymentSlip, code: str) -> bytes:
    """Make the slip of one receipt number; what goes back is signed for."""
    with language(code):
        name = _(TITLES[facts.kind])

        def draw(pen: Pen) -> None:
            head(pen, facts.shop)
            title(pen, name, facts.number)
            _act(pen, facts)
            for part in facts.parts:
                pen.pair(part.text, format_amount(part.amount), 9, (MEDIUM, MEDIUM))
                if part.left:
                    pen.pair(_("still to pay"), format_amount(part.left), 8, (REGULAR, REGULAR))
            pen.rule(0.8, dashed=True)
            for tender in facts.tenders:
                pen.pair(_(METHOD_LABELS[tender.method]), format_amount(tender.amount))
                if tender.reference:
                    pen.pair(_("reference"), tender.reference, 8, (REGULAR, REGULAR))
                if tender.tendered > tender.amount > 0:
                    pen.pair(_("given {amount}").format(amount=format_amount(tender.tendered)),
                             _("change {amount}").format(amount=format_amount(tender.tendered - tender.amount)), 8)  # fmt: skip
            total = sum(part.amount for part in facts.parts)
            pen.pair(_("Total"), format_money(total, facts.shop.currency), 11, (BOLD, BOLD))
            for vat in facts.rates:
                text = _("of which VAT {rate}").format(rate=format_percent(vat.rate))
                pen.pair(text, format_amount(vat.vat), 8, (REGULAR, REGULAR))
            if facts.credit is not None:
                pen.pair(_("Your credit with us"), format_money(facts.credit, facts.shop.currency), 9)
            if facts.code:
                _found_again(pen, facts.code)
            if total < 0:
                signature(pen, _("customer's signature"))
            pen.gap(4)
            pen.text(_(wording.NOT_A_FISCAL_RECEIPT), REGULAR, 7.6, align="centre")

        return sheet.roll([draw], f"{name} {facts.number}")


def _found_again(pen: Pen, code: str) -> None:
    """Draw the bar code by which a sale is found when something comes back."""
    pen.gap(13 * mm)
    barcode.code128(pen, code, (pen.left + pen.right - barcode.code_width(code, 3)) / 2, pen.y, 3, 10 * mm)
    pen.gap(2)
    pen.text(code, REGULAR, 8, align="centre")


def _act(pen: Pen, facts: PaymentSlip) -> None:
    series, number = document_numbers.read(facts.number)
    if (
        series is not None and TITLES[facts.kind] == TITLES[PAYMENT]
    ):  # its form names both apart (OMFP 2634/2015, 14-4-1)
        both = _("{series} no. {number}").format(series=series, number=f"{number:0{document_numbers.DIGITS}d}")
        pen.pair(_("Series and number"), both)
    pen.pair(_("Date"), sheet.moment(facts.at))
    pen.pair(_("By"), facts.staff)
    if facts.customer:
        pen.pair(_("Customer"), facts.customer)
    if facts.corrects is not None:
        pen.pair(_("Of receipt"), facts.corrects)
    if facts.reason:
        pen.labelled(_("Reason"), facts.reason)
    if facts.approved_by:
        pen.pair(_("Approved by"), facts.approved_by)
    pen.rule(0.8, dashed=True)


def cash_slip(facts: CashSlip, code: str) -> bytes:
    """Make the slip of cash put in or taken out, with room for two signatures."""
    with language(code):
        name = _(MOVES[facts.kind])

        def draw(pen: Pen) -> None:
            head(pen, facts.shop)
            title(pen, name, facts.number)
            pen.pair(_("Date"), sheet.moment(facts.at))
            pen.pair(_("Till"), _("{till}, shift {number}").format(till=facts.till, number=facts.shift))
            pen.pair(_("By"), facts.staff)
            if facts.approved_by:
                pen.pair(_("Approved by"), facts.approved_by)
            if facts.reason:
                pen.labelled(_("Reason"), facts.reason)
            if facts.document:
                pen.pair(_("Paper"), facts.document)
            pen.rule()
            pen.pair(_("Amount"), format_money(facts.amount, facts.shop.currency), 12, (BOLD, BOLD))
            signature(pen, _("who gave"))
            signature(pen, _("who received"))

        return sheet.roll([draw], f"{name} {facts.number}")
