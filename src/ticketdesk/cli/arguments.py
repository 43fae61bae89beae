"""What can be typed."""

import argparse

from ticketdesk import __version__
from ticketdesk.cli import bench, files, location, money, order, prices, shop, window_bench
from ticketdesk.documents import DOCUMENTS
from ticketdesk.domain.money import CURRENCIES
from ticketdesk.domain.orders import LINE_KINDS, STATUSES
from ticketdesk.domain.views import VIEWS
from ticketdesk.exchange.tables import COLUMNS
from ticketdesk.services.lists import SORTS

_EPILOGUE = "Exit status: 0 done, 1 refused or something is wrong, 2 typed wrong. Amounts like 1.234,50 or 1234.5."


def parser() -> argparse.ArgumentParser:
    """Describe every command."""
    common = _common()
    top = argparse.ArgumentParser(
        "ticketdesk", description="Point of service for repair shops.", epilog=_EPILOGUE, parents=[_common()]
    )
    top.set_defaults(db=None, login=None, station="CLI", lang=None, json_out=False)
    top.add_argument("--version", action="version", version=f"TicketDesk {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    _shop(commands, common)
    _locations(commands, common)
    orders = commands.add_parser("order", help="take in, show, list, move, put into a bin, claim, pay, note")
    _orders(orders.add_subparsers(required=True, metavar="VERB"), common)
    _files(commands, common)
    money.estimates(commands, common)
    money.sales(commands, common)
    money.tills(commands, common)
    money.accounts(commands, common)
    return top


def _common() -> argparse.ArgumentParser:
    common = _whom_and_where()
    common.add_argument(
        "--json",
        dest="json_out",
        action="store_true",
        default=argparse.SUPPRESS,
        help="answer with JSON on standard output",
    )
    return common


def _whom_and_where() -> argparse.ArgumentParser:
    # understood before a command as well: only there have they defaults, which would undo what was said before it
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--db", metavar="URL", help="the shop's database: a file, or postgresql://user@host/name")
    common.add_argument("--as", dest="login", metavar="LOGIN", help="who acts; the owner if there is just one")
    common.add_argument("--station", help="the name of this PC in the journal")
    common.add_argument("--lang", choices=("ro", "en"), help="the language of sentences")
    return common


def _shop(commands: "money.Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    init = commands.add_parser("init", parents=[common], help="make a new shop in an empty place")
    init.add_argument("--name", required=True, help="the shop's name")
    init.add_argument("--owner", required=True, help="the first owner's name")
    init.add_argument("--login", default="", help="the owner's login; the name without it")
    init.add_argument("--pin", required=True, help="the owner's PIN, six digits or more")
    init.add_argument("--country", choices=("RO", "MD"), default="RO", help="decides VAT and time zone")
    init.add_argument("--currency", choices=tuple(CURRENCIES), help="the country's own without it")
    init.add_argument("--language", choices=("ro", "en"), default="ro")
    init.add_argument("--no-vat", action="store_true", help="the shop is no VAT payer")
    init.add_argument("--no-shifts", action="store_true", help="take cash without opening a till")
    for name in ("address", "tax-id", "phone", "email"):
        init.add_argument(f"--{name}", default="")
    init.set_defaults(run=shop.init)
    demo = commands.add_parser("demo", parents=[common], help="make a shop full of plausible data")
    demo.add_argument("--orders", type=int, default=2000)
    demo.add_argument("--seed", type=int, default=1)
    demo.set_defaults(run=shop.demo)
    verify = commands.add_parser("verify", parents=[common], help="check that everything adds up; name what does not")
    verify.set_defaults(run=shop.check)
    backup = commands.add_parser("backup", parents=[common], help="copy the shop into a file while others work")
    backup.add_argument("file")
    backup.set_defaults(run=shop.backup)
    restore = commands.add_parser("restore", parents=[common], help="put a copy into an empty place, never over a shop")
    restore.add_argument("file")
    restore.set_defaults(run=shop.restore)
    benchmark = commands.add_parser("bench", parents=[common], help="measure beside the raw database driver")
    benchmark.add_argument(
        "--orders",
        type=int,
        metavar="N",
        help="measure in a new demo shop of N orders (beside that of --db), thrown away",
    )
    benchmark.add_argument("--repeat", type=int, default=200, metavar="N", help="how often each thing is measured")
    benchmark.add_argument("--window", action="store_true", help="measure the window instead; this changes some orders")
    flows = ",".join(window_bench.FLOWS[:-1])
    benchmark.add_argument("--flows", default=flows, help=f"what to do in the window: {flows}; use for longer work")
    benchmark.set_defaults(run=lambda given: (window_bench if given.window else bench).run(given))


def _locations(commands: "money.Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    verbs = commands.add_parser("location", help="list, add, edit, use").add_subparsers(required=True, metavar="VERB")
    again = money.repeatable()
    verbs.add_parser("list", parents=[common], help="list locations").set_defaults(run=location.listing)
    add = verbs.add_parser("add", parents=[common, again], help="add a location")
    edit = verbs.add_parser("edit", parents=[common, again], help="change what is named, or put it out of use")
    use = verbs.add_parser("use", parents=[common, again], help="say that this PC stands there")
    for verb, run, nothing in ((add, location.add, ""), (edit, location.edit, None), (use, location.use, None)):
        verb.add_argument("name")
        verb.set_defaults(run=run)
        if verb is not use:
            verb.add_argument("--address", default=nothing)
            verb.add_argument("--letters", default=nothing, help="what the numbers of its documents begin with")
    edit.add_argument("--rename", metavar="NAME")
    switch = edit.add_mutually_exclusive_group()
    switch.add_argument("--out-of-use", dest="active", action="store_const", const=False)
    switch.add_argument("--in-use", dest="active", action="store_const", const=True)


def _orders(verbs: "money.Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    again = money.repeatable()
    parents = [_whom_and_where(), again]
    register = verbs.add_parser("register", parents=parents, help="take a device in; answers with JSON")
    register.add_argument("--json", dest="form", metavar="FILE|-", required=True, help="the whole form as JSON")
    register.add_argument("--approve-as", metavar="LOGIN", help=money.APPROVE)
    register.set_defaults(run=order.register, json_out=True)
    show = verbs.add_parser("show", parents=[common], help="show an order whole")
    show.add_argument("number", type=int)
    show.set_defaults(run=order.show)
    listing = verbs.add_parser("list", parents=[common], help="list orders, a page at a time")
    _question(listing)
    listing.add_argument("--limit", type=int, default=50)
    listing.add_argument("--after", type=int, metavar="KEY", help="the number of the last order already seen")
    listing.set_defaults(run=order.listing)
    move = verbs.add_parser("move", parents=[common, again], help="move an order on")
    move.add_argument("number", type=int)
    move.add_argument("status", choices=[status.key for status in STATUSES])
    move.add_argument("--reason", default="", help="asked for when an order is cancelled or not repairable")
    move.add_argument("--approve-as", metavar="LOGIN", help=money.APPROVE)
    move.set_defaults(run=order.move)
    into = verbs.add_parser("bin", parents=[common, again], help="put a device into a bin")
    into.add_argument("number", type=int)
    into.add_argument("bin", nargs="?", default="", help="the name of the bin; none without it")
    into.set_defaults(run=order.put_in_bin)
    claim = verbs.add_parser(
        "claim", parents=[common, again], help="take an order from the pool; the next one without a number"
    )
    claim.add_argument("number", type=int, nargs="?")
    claim.add_argument("--start", action="store_true", help="start work at once")
    claim.set_defaults(run=order.claim)
    line = verbs.add_parser("add-line", parents=[common, again], help="add work or a part")
    line.add_argument("number", type=int)
    line.add_argument("--name", default="", help="what was done, or which part")
    line.add_argument("--code", default="", help="a code of the catalogue fills what is left out")
    line.add_argument("--kind", choices=LINE_KINDS, default="work")
    line.add_argument("--price", default="0", help="price of one, VAT included unless --net")
    prices.options(line)
    line.add_argument("--cost", default="0")
    line.add_argument("--quantity", default="1", help="like 2, or 1,5 m of what is measured")
    line.add_argument("--discount", default="0", help="per cent")
    line.add_argument("--discount-reason", default="", metavar="R")
    line.add_argument("--approve-as", metavar="LOGIN", help=money.APPROVE)
    line.add_argument("--warranty", type=int, help="months")
    line.set_defaults(run=order.add_line)
    money.paying(verbs, [common, again])
    note = verbs.add_parser("note", parents=[common, again], help="write a comment")
    note.add_argument("number", type=int)
    note.add_argument("text")
    note.add_argument("--to-customer", action="store_true")
    note.set_defaults(run=order.note)


def _question(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--search", default="", metavar="TEXT", help="as in the window: words, @person #status >date !urgent bin:A3"
    )
    names = ", ".join(view.key for view in VIEWS)
    command.add_argument("--view", default="all", metavar="NAME", help=f"{names}, or the name of a saved view")
    command.add_argument("--sort", choices=sorted(SORTS), help="by number, or as the saved view is sorted")
    command.add_argument("--desc", action="store_true", help="the other way round")


def _files(commands: "money.Commands[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    paper = commands.add_parser("print", parents=[common], help="make a paper of an order as PDF")
    paper.add_argument("number", type=int)
    paper.add_argument("--document", choices=[document.key for document in DOCUMENTS], default="intake")
    paper.add_argument("--copies", type=int, default=1, choices=range(1, 5))
    paper.add_argument("--to", required=True, metavar="FILE")
    paper.set_defaults(run=files.print_paper)
    bins = commands.add_parser("bin-labels", parents=[common], help="make labels of bins as PDF")
    bins.add_argument("bins", nargs="+", metavar="NAME", help="like A3; A1..A12 is a whole row")
    bins.add_argument("--to", required=True, metavar="FILE")
    bins.set_defaults(run=files.print_bins)
    importing = commands.add_parser("import", help="take orders in from files")
    formats = importing.add_subparsers(required=True, metavar="FORMAT")
    openrepair = formats.add_parser("openrepair", parents=[common], help="Open Repair Data Standard v0.3, CSV")
    openrepair.add_argument("file")
    openrepair.add_argument("--approve-as", metavar="LOGIN", help=money.APPROVE)
    openrepair.set_defaults(run=files.import_openrepair)
    reporting = commands.add_parser("report", help="reports of the shop")
    reports = reporting.add_subparsers(required=True, metavar="WHICH")
    of_day = reports.add_parser("day", parents=[common], help="takings, orders in and out, what is late, who did what")
    of_day.add_argument("--date", metavar="YYYY-MM-DD", help="today without it")
    of_day.add_argument("--to", metavar="FILE", help="a PDF")
    of_day.set_defaults(run=files.report_day)
    of_numbers = reports.add_parser(
        "numbers", parents=[common], help="numbers of papers; exit status 1 if one is missing"
    )
    of_numbers.set_defaults(run=files.report_numbers)
    exporting = commands.add_parser("export", help="write lists into files")
    kinds = exporting.add_subparsers(required=True, metavar="WHAT")
    orders = kinds.add_parser("orders", parents=[common], help="orders as .csv or .xlsx")
    _question(orders)
    orders.add_argument("--to", required=True, metavar="FILE")
    orders.add_argument("--overwrite", action="store_true", help="replace the file if it is there already")
    orders.add_argument("--columns", nargs="+", metavar="NAME", choices=sorted(COLUMNS), help="in this order")
    orders.add_argument("--approve-as", metavar="LOGIN", help=money.APPROVE)
    orders.set_defaults(run=files.export_orders)
    day = kinds.add_parser("day", parents=[common], help="the report of a day as .csv or .xlsx, a row for each number")
    day.add_argument("--date", metavar="YYYY-MM-DD", help="today without it")
    day.add_argument("--to", required=True, metavar="FILE")
    day.add_argument("--overwrite", action="store_true", help="replace the file if it is there already")
    day.set_defaults(run=files.export_day)
