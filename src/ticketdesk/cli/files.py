"""Commands that write or read files."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from ticketdesk.cli.context import Context, opened, typed_day
from ticketdesk.cli.order import question
from ticketdesk.documents import render
from ticketdesk.documents.bin_label import bin_labels
from ticketdesk.documents.day import day_report
from ticketdesk.domain.bins import several_bins
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.money import format_money
from ticketdesk.domain.rights import Right
from ticketdesk.exchange import openrepair
from ticketdesk.exchange.day_table import write_day
from ticketdesk.exchange.tables import PHONE, USUAL, write_orders
from ticketdesk.services import pages, paper, reckoning, series, transfers
from ticketdesk.services.day import Day, day, named, sight
from ticketdesk.services.doors import demand_right
from ticketdesk.services.numbering import KINDS
from ticketdesk.texts import _, ngettext, spoken


def print_paper(given: argparse.Namespace) -> int:
    """Make a paper of an order as PDF, and write down that it was printed."""
    with opened(given) as context:
        with context.reader.read() as session:
            order_id = pages.order_id_of(session, given.number)
        done = context.do(paper.printed, paper.Printed(order_id, given.document, given.copies))
        with context.reader.read() as session:
            facts, language = paper.facts_for(session, order_id, given.document, given.copies, done.version)
        return context.answer_paper(given.to, render(given.document, facts, language))


def print_bins(given: argparse.Namespace) -> int:
    """Make labels of bins as PDF."""
    names = several_bins(",".join(given.bins))
    with opened(given) as context:
        demand_right(context.database, context.by, Right.PRINT, "bin.labels")
        return context.answer_paper(given.to, bin_labels(names))


def export_orders(given: argparse.Namespace) -> int:
    """Write a list of orders into a file."""
    with opened(given) as context:
        path = _target(given, context)
        asked = question(given, context)
        columns = given.columns or USUAL
        command = transfers.Exported(f"orders {given.view} {given.search}", path.suffix, phones=PHONE in columns)
        context.do_approved(transfers.exported, command, given.approve_as)
        with context.reader.read() as session:
            count = write_orders(path, columns, transfers.orders(session, asked), context.shop)
        sentence = ngettext("{count} order written into {file}.", "{count} orders written into {file}.", count)
        text = sentence.format(count=count, file=path)
        return context.answer({"file": str(path), "orders": count}, text)


def export_day(given: argparse.Namespace) -> int:
    """Write the report of a day into a file, a row for each of its numbers."""
    with opened(given) as context:
        path = _target(given, context)
        facts = _day(context, given.date)
        context.do(transfers.exported, transfers.Exported(f"day {facts.date}", path.suffix.lower()))
        count = write_day(path, facts)
        text = _("Day report written into {file}.").format(file=path)
        return context.answer({"file": str(path), "rows": count}, text)


def _target(given: argparse.Namespace, context: Context) -> Path:
    path = context.database.refuse_live(Path(given.to).expanduser())
    if path.exists() and not given.overwrite:
        raise Refusal(_("{file} is there already. Choose another name, or add --overwrite.").format(file=path), "to")
    return path


def import_openrepair(given: argparse.Namespace) -> int:
    """Take the repairs of a file in; list the rows that were not taken."""
    path = Path(given.file).expanduser()
    if not path.is_file():
        raise Refusal(_("There is no file {file}.").format(file=path), "file")

    def told(done: int, size: int) -> None:
        if sys.stderr.isatty():
            filled = done * 40 // max(size, 1)
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (40 - filled)}] {done * 100 // max(size, 1)} %")

    with opened(given) as context:
        context.database.refuse_live(path)
        context.do_approved(transfers.imported, transfers.Imported("openrepair", path.name), given.approve_as)
        report = openrepair.import_openrepair(context.database, context.by, path, told)
        for refused in report.refused:
            sys.stderr.write(_("line {line}: {reason}").format(line=refused.line, reason=refused.reason) + "\n")
        text = _("{taken} orders taken in, {known} known before, {refused} rows refused.").format(
            taken=report.taken, known=report.known, refused=len(report.refused)
        )
        return context.answer(asdict(report), text)


def report_day(given: argparse.Namespace) -> int:
    """Give the report of a day, or of one's own day: as JSON, as text, or as PDF in a file."""
    with opened(given) as context:
        demand_right(context.database, context.by, Right.SIGN_IN, "report.day")
        facts = _day(context, given.date)
        if given.to:
            return context.answer_paper(given.to, day_report(facts, context.shop, spoken()))
        return context.answer(facts, _day_text(facts, context.shop.currency))


def _day(context: Context, typed: str | None) -> Day:
    wanted = typed_day(typed, "date") if typed else day_of(context.by.at, context.shop.zone)
    with context.reader.snapshot() as session:
        return day(session, wanted, context.shop, sight(context.by.role, context.by.staff_id))


def _day_text(facts: Day, currency: str) -> str:
    lines = [f"{facts.date:%Y-%m-%d}"]
    lines += [f"{method.method}: {format_money(method.amount, currency)}" for method in facts.methods]
    for place in facts.places:
        amount = "—" if place.amount is None else format_money(place.amount, currency)
        lines.append(f"{named(place)}: {amount}")
    if facts.blind:
        lines.append(reckoning.unseen_cash())
    return "\n".join(lines)


def report_numbers(given: argparse.Namespace) -> int:
    """Give the gap report of papers' numbers; exit status 1 if one is missing."""
    with opened(given) as context:
        demand_right(context.database, context.by, Right.SEE_SHIFTS, "report.numbers")
        with context.reader.snapshot() as session:
            rows = series.every(session)
        lines = [
            _("{kind}: {first} to {last}, missing: {missing}").format(
                kind=_(KINDS[row.kind].label),
                first=row.shown(1),
                last=row.shown(row.last),
                missing=", ".join(map(row.shown, row.missing)) or _("none"),
            )
            if row.last
            else _("{kind}: none yet").format(kind=_(KINDS[row.kind].label))
            for row in rows
        ]
        context.answer(rows, "\n".join(lines))
        return 1 if any(row.missing for row in rows) else 0
