"""How a customer is reached, who they are on paper, what they agreed to, and how their account stands."""

from ticketdesk.desktop import dates, sentences
from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.people import consent_text
from ticketdesk.desktop.widgets.strip import Strip, cell
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.contacts import shown_contact
from ticketdesk.domain.money import format_money
from ticketdesk.domain.people import shown_phone
from ticketdesk.services.customer_pages import CustomerPage
from ticketdesk.texts import _

Texts = list[tuple[str, str]]
"""Lines of a cell, each with its tone."""


def customer_strip(page: CustomerPage, desk: Desk) -> Strip:
    """Make the strip of contact, papers, agreements, account, and notes if there are any."""
    cells = [
        cell(_("Contact"), _contact(page, desk)),
        cell(_("Company") if page.row.company else _("Address"), _papers(page)),
        cell(_("Agreed"), _agreed(page, desk)),
        cell(_("Balance due"), _account(page, desk)),
    ]
    if page.row.notes:
        cells.append(cell(_("Notes"), [("", ""), (page.row.notes, "")]))
    return Strip(cells)


def _contact(page: CustomerPage, desk: Desk) -> Texts:
    row, region = page.row, desk.shop.region
    lines = [(shown_phone(row.phone, region) if row.phone else _("no phone"), ""), (row.email, "second")]
    return lines + [(shown_contact(contact, region), "second") for contact in row.contacts]


def _papers(page: CustomerPage) -> Texts:
    row = page.row
    if not row.company:
        return [(row.address or _("no address"), "")]
    return [(row.legal_name or row.name, ""), (row.tax_id, "second"), (row.address, "second")]


def _agreed(page: CustomerPage, desk: Desk) -> Texts:
    row, zone = page.row, desk.shop.zone
    language = sentences.LANGUAGES.get(row.language, row.language)
    since = dates.numeric_day(day_of(row.since, zone))
    return [
        (_("May be written to") if row.consent else _("May not be written to"), ""),
        (consent_text(row, zone), "second"),
        (_("Language: {language}").format(language=_(language)) if language else "", "second"),
        (_("Customer since {day}").format(day=since), "muted"),
    ]


def _account(page: CustomerPage, desk: Desk) -> Texts:
    currency, account = desk.shop.currency, page.account
    overdue = _("overdue {amount}").format(amount=format_money(account.overdue, currency))
    credit = _("credit {amount}").format(amount=format_money(account.credit, currency))
    return [
        (format_money(account.owes, currency), "danger" if account.overdue else ""),
        (overdue if account.overdue else "", "danger"),
        (credit if account.credit else "", "ok"),
        (_("paid so far {amount}").format(amount=format_money(page.row.paid, currency)), "muted"),
    ]
