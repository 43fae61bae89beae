"""Commands about the customer's account, and about seals of the journal."""

import argparse
from datetime import timedelta

from ticketdesk.cli.context import Context, opened, typed_day
from ticketdesk.documents.cash import statement_paper
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.money import format_amount, format_money, parse_amount
from ticketdesk.domain.rights import Right
from ticketdesk.services import accounts, seals
from ticketdesk.services.accounts import PayIn, PayOut, Remind
from ticketdesk.services.customers import of_number
from ticketdesk.services.doors import demand_right
from ticketdesk.services.ledger import Tender
from ticketdesk.services.pages import order_id_of
from ticketdesk.services.seals import SetSeal
from ticketdesk.texts import _


def show(given: argparse.Namespace) -> int:
    """Say what a customer has with us and owes us."""
    with opened(given) as context:
        demand_right(context.database, context.by, Right.SEE_CUSTOMERS, "account.show")
        with context.reader.read() as session:
            found = accounts.account(session, of_number(session, given.customer).id)
        text = _("{name}: credit {credit}, owes {owes}, of which overdue {overdue}.").format(
            name=found.name,
            credit=format_amount(found.credit),
            owes=format_amount(found.owes),
            overdue=format_amount(found.overdue),
        )
        return context.answer(found, text)


def pay_in(given: argparse.Namespace) -> int:
    """Put money into a customer's account."""
    with opened(given) as context:
        amount = parse_amount(given.amount, "amount")
        tender = Tender(given.method, amount, reference=given.reference)
        done = context.do(accounts.pay_in, PayIn(_customer(context, given), (tender,)))
        return context.answer(done, _("{amount} put into the account.").format(amount=_money(context, amount)))


def pay_out(given: argparse.Namespace) -> int:
    """Give a customer's credit back."""
    with opened(given) as context:
        amount = parse_amount(given.amount, "amount")
        command = PayOut(_customer(context, given), amount, given.method, given.reason, given.reference)
        done = context.do_approved(accounts.pay_out, command, given.approve_as)
        return context.answer(done, _("{amount} given back.").format(amount=_money(context, amount)))


def statement(given: argparse.Namespace) -> int:
    """Write a customer's statement of account as a PDF."""
    with opened(given) as context:
        demand_right(context.database, context.by, Right.SEE_CUSTOMERS, "account.statement")
        today = day_of(context.by.at, context.shop.zone)
        first = typed_day(given.since, "since") if given.since else today - timedelta(days=365)
        customer = _customer(context, given)
        with context.reader.read() as session:
            paper = statement_paper(session, customer, first, today)
        return context.answer_paper(given.to, paper)


def debts(given: argparse.Namespace) -> int:
    """List what is owed for devices that left."""
    with opened(given) as context:
        demand_right(context.database, context.by, Right.SEE_CUSTOMERS, "account.debts")
        with context.reader.read() as session:
            rows = accounts.debts(session)
        text = "\n".join(
            f"{row.number:>7}  {row.customer:<30} {format_amount(row.amount):>12}  {row.pay_by or ''}" for row in rows
        )
        return context.answer(rows, text or _("Nobody owes anything for a device that left."))


def remind(given: argparse.Namespace) -> int:
    """Write down that a customer was reminded of a debt."""
    with opened(given) as context:
        with context.reader.read() as session:
            order = order_id_of(session, given.number)
        done = context.do(accounts.remind, Remind(order, given.how))
        return context.answer(done, _("Reminder of order {number} written down.").format(number=done.number))


def seal(given: argparse.Namespace) -> int:
    """Seal the journal as it is now; print the seal, to be kept outside."""
    with opened(given) as context:
        context.do(seals.seal_now, SetSeal())
        with context.reader.read() as session:
            made = seals.latest(session)
        if made is None:
            raise AssertionError("it was sealed just now")
        return context.answer(made, seals.spoken(made))


def _customer(context: Context, given: argparse.Namespace) -> UUID:
    with context.reader.read() as session:
        return of_number(session, given.customer).id


def _money(context: Context, amount: int) -> str:
    return format_money(amount, context.shop.currency)
