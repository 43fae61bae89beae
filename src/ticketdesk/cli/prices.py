"""Prices as they are typed on the command line, and as programs read them: with VAT and without."""

import argparse
from dataclasses import asdict
from typing import Any

from ticketdesk.cli.context import Context
from ticketdesk.domain.money import Charge, parse_percent, parse_price, per_rate, share
from ticketdesk.services import catalogue, settings
from ticketdesk.services.lines import LineFacts


def options(verb: argparse.ArgumentParser) -> None:
    """Add what says how prices are meant."""
    verb.add_argument("--net", action="store_true", help="prices are without VAT; or write one as “100 + VAT”")
    verb.add_argument("--vat", metavar="RATE", help="per cent; the catalogue's or the usual one without it")


def price(context: Context, given: argparse.Namespace, typed: str, code: str = "") -> tuple[int, int]:
    """Read a price as the window does: give it with VAT (minor units), and its rate (basis points).

    Raises:
        Refusal: if it is no price.
    """
    rate = _rate(context, given, code)
    gross = parse_price(typed, rate, "price")
    plain = given.net and "+" not in typed
    return gross + share(gross, rate) if plain else gross, rate


def both(facts: LineFacts, total: int) -> dict[str, Any]:
    """Give a line with price and total in minor units, each with VAT and without."""
    rate = facts.vat or 0
    return {**asdict(facts), "total": total, "price_net": net(facts.price, rate), "total_net": net(total, rate)}


def net(gross: int, rate: int) -> int:
    """Give what an amount is without its VAT, in minor units."""
    return sum(part.net for part in per_rate([Charge(gross, rate)]))


def _rate(context: Context, given: argparse.Namespace, code: str) -> int:
    if given.vat:
        return parse_percent(given.vat, "vat")
    with context.reader.read() as session:
        item = catalogue.by_code(session, code) if code else None
        return settings.usual_vat(session, context.by.at) if item is None else item.vat
