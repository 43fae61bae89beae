"""What can be typed about money."""

import argparse

from ticketdesk.cli import account, estimate, order, sale, till
from ticketdesk.cli.context import NUMBER
from ticketdesk.domain.orders import METHODS, MONEY

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse names no public type for it
APPROVE = "who approves it; the PIN is asked for, or taken from TICKETDESK_PIN"


def repeatable() -> argparse.ArgumentParser:
    """Give what every command understands that may be repeated."""
    again = argparse.ArgumentParser(add_help=False)
    again.add_argument("--request", metavar="UUID", help="repeat safely: the same request is done once")
    return again


def paying(verbs: "Commands[argparse.ArgumentParser]", parents: list[argparse.ArgumentParser]) -> None:
    """Add the verbs of an order that take money and give it back."""
    pay = verbs.add_parser("pay", parents=parents, help="take money")
    pay.add_argument("number", type=int)
    pay.add_argument("--method", choices=METHODS, default="cash")
    pay.add_argument("--amount", help="the balance without it")
    pay.add_argument("--tendered", help="cash handed over; the change is answered")
    pay.add_argument("--split", action="append", default=[], metavar="METHOD=AMOUNT", help="a part paid otherwise")
    pay.add_argument(
        "--reference", default="", help="what the slip of terminal, bank or voucher says; never a card number"
    )
    pay.add_argument("--also", type=int, action="append", default=[], metavar="NUMBER", help="pay this order with it")
    pay.add_argument("--keep-rest", action="store_true", help="what is too much becomes the customer's credit")
    pay.add_argument("--hand-over", action="store_true", help="hand the device over with it")
    pay.set_defaults(run=order.pay)
    refund = verbs.add_parser("refund", parents=parents, help="give money of a receipt back")
    refund.add_argument("receipt", help=NUMBER)
    refund.add_argument("--amount", help="all that is left of it without")
    refund.add_argument(
        "--method", choices=METHODS, help="which payment of a receipt paid in several ways; else how it goes back"
    )
    refund.add_argument("--reference", default="")
    refund.add_argument(
        "--still-owed", action="store_true", help="of an order handed over: without it, its price is lowered by as much"
    )
    refund.set_defaults(run=order.refund)
    undo = verbs.add_parser("undo", parents=parents, help="undo a receipt that was a mistake")
    undo.add_argument("receipt", help=NUMBER)
    undo.set_defaults(run=order.undo)
    for verb in (refund, undo):
        verb.add_argument("--reason", required=True)
        verb.add_argument("--approve-as", metavar="LOGIN", help=APPROVE)


def sales(commands: "Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    """Add the commands about sales over the counter."""
    verbs = commands.add_parser("sale", help="sell, show, back").add_subparsers(required=True, metavar="VERB")
    sale.options(
        verbs.add_parser("sell", parents=[common, repeatable()], help="sell over the counter"),
        verbs.add_parser("show", parents=[common], help="one sale, whole"),
        verbs.add_parser("back", parents=[common, repeatable()], help="take back what was sold"),
    )


def estimates(commands: "Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    """Add the commands about estimates."""
    verbs = commands.add_parser("estimate", help="show, send, approve, refuse").add_subparsers(
        required=True, metavar="VERB"
    )
    made = {"show": verbs.add_parser("show", parents=[common], help="every version, the newest first")}
    for name, text in (
        ("send", "put the lines of an order to the customer"),
        ("approve", "the customer agrees: to all, or to the lines named only"),
        ("refuse", "the customer refuses: all, or the lines named only"),
    ):
        made[name] = verbs.add_parser(name, parents=[common, repeatable()], help=text)
    estimate.options(made, APPROVE)


def tills(commands: "Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    """Add the commands about tills, shifts and cash."""
    again = repeatable()
    counted = argparse.ArgumentParser(add_help=False)
    counted.add_argument(
        "--count", action="append", metavar="NxPIECE", help="notes and coins: --count 4x50 --count 10x1"
    )
    counted.add_argument("--amount", help="what was counted otherwise")
    at = argparse.ArgumentParser(add_help=False)
    at.add_argument("--till", metavar="NAME", help="the till of this PC without it")
    drawers = commands.add_parser("till", help="list, add, use").add_subparsers(required=True, metavar="VERB")
    drawers.add_parser("list", parents=[common], help="list tills").set_defaults(run=till.listing)
    for name, run, text in (("add", till.add, "add a till"), ("use", till.use, "put this PC's cash into a till")):
        drawer = drawers.add_parser(name, parents=[common, again], help=text)
        drawer.add_argument("name")
        drawer.set_defaults(run=run)
    verbs = commands.add_parser("shift", help="open, x, close, z, take-over, list").add_subparsers(
        required=True, metavar="VERB"
    )
    verbs.add_parser(
        "open", parents=[common, again, counted, at], help="open a till with a counted float"
    ).set_defaults(run=till.open_shift)
    x_report = verbs.add_parser("x", parents=[common, at], help="what the open shift comes to now")
    z_report = verbs.add_parser("z", parents=[common], help="what a closed shift came to")
    z_report.add_argument("number", help=NUMBER)
    x_report.set_defaults(run=till.x_report)
    z_report.set_defaults(run=till.z_report)
    close = verbs.add_parser(
        "close", parents=[common, again, counted, at], help="count and close; the count comes first"
    )
    over = verbs.add_parser("take-over", parents=[common, again, counted, at], help="take a till over, counted")
    close.set_defaults(run=till.close)
    over.set_defaults(run=till.take_over)
    for verb in (close, over):
        verb.add_argument("--reason", default="", help="why the count differs, if it does")
    for verb in (x_report, z_report, close):
        verb.add_argument("--to", metavar="FILE.pdf", help="write the report")
    listing = verbs.add_parser("list", parents=[common], help="list shifts, the newest first")
    listing.add_argument("--limit", type=int, default=30)
    listing.set_defaults(run=till.shift_list)
    cash = commands.add_parser("cash", parents=[common, again], help="put cash into the till or take some out")
    cash.add_argument("way", choices=("in", "out"))
    cash.add_argument("amount")
    cash.add_argument("--reason", required=True)
    cash.add_argument("--paper", default="", help="the paper that says so")
    cash.add_argument("--approve-as", metavar="LOGIN", help=APPROVE)
    cash.set_defaults(run=till.cash)


def accounts(commands: "Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    """Add the commands about customers' accounts, debts, and seals of the journal."""
    again = repeatable()
    verbs = commands.add_parser("account", help="show, pay-in, pay-out, statement").add_subparsers(
        required=True, metavar="VERB"
    )
    show = verbs.add_parser("show", parents=[common], help="what a customer has with us and owes us")
    pay_in = verbs.add_parser("pay-in", parents=[common, again], help="money left with us for no order yet")
    pay_out = verbs.add_parser("pay-out", parents=[common, again], help="give credit back")
    statement = verbs.add_parser("statement", parents=[common], help="write a statement of account")
    for verb, run in (
        (show, account.show), (pay_in, account.pay_in), (pay_out, account.pay_out), (statement, account.statement)
    ):  # fmt: skip
        verb.add_argument("customer", type=int, help="the customer's number")
        verb.set_defaults(run=run)
    for verb in (pay_in, pay_out):
        verb.add_argument("amount")
        verb.add_argument("--method", choices=MONEY, default="cash")
        verb.add_argument("--reference", default="")
    pay_out.add_argument("--reason", required=True)
    pay_out.add_argument("--approve-as", metavar="LOGIN", help=APPROVE)
    statement.add_argument("--since", metavar="DAY", help="like 2026-01-01; a year ago without it")
    statement.add_argument("--to", metavar="FILE.pdf", required=True)
    commands.add_parser("debts", parents=[common], help="what is owed for devices that left").set_defaults(
        run=account.debts
    )
    remind = commands.add_parser("remind", parents=[common, again], help="write down that a customer was reminded")
    remind.add_argument("number", type=int)
    remind.add_argument("--how", default="phone")
    remind.set_defaults(run=account.remind)
    commands.add_parser("seal", parents=[common, again], help="seal the journal now; keep what it prints").set_defaults(
        run=account.seal
    )
