"""What a bill comes to: lines, the discount on all of it, the urgency surcharge, and all that by VAT rate.

Prices are gross whole minor units. Discount and surcharge are shared out over the VAT rates by largest remainder, in
proportion to what stands under each, so neither the order of the lines nor splitting one at the same price changes
anything but that line's own rounding: at most half a minor unit a line. A line below zero is a price lowered
afterwards, or what came back of a sale: it comes off as it stands, and discount and surcharge leave it alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ticketdesk.domain.money import Charge, RateTotal, half_up, per_rate, share, share_out


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a whole bill: a discount as a share (basis points) and as an amount, the surcharge's share."""

    discount: int = 0
    discount_amount: int = 0
    surcharge: int = 0


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A bill reckoned, in minor units: ``total = gross − discount + surcharge − lowered``, and the same by VAT rate."""

    gross: int
    discount: int
    surcharge: int
    lowered: int
    total: int
    rates: tuple[RateTotal, ...]


def line_total(quantity: int, price: int, discount: int, discount_amount: int = 0) -> int:
    """Price one line: quantity in thousandths, gross price of one, discount in basis points, then as an amount."""
    reduced = half_up(Decimal(quantity) * price * (10_000 - discount) / 10_000_000)
    return max(reduced - discount_amount, 0)


def total_of(gross: int, terms: Terms) -> int:
    """Give what a bill comes to whose lines come to ``gross``, before anything was lowered."""
    discount = _discount(gross, terms)
    return gross - discount + share(gross - discount, terms.surcharge)


def reckon(lines: Iterable[tuple[int, int]], terms: Terms) -> Reckoned:
    """Reckon a bill from its lines, each a total and its VAT rate."""
    by_rate: dict[int, int] = {}
    lowered: dict[int, int] = {}
    for total, rate in lines:
        side = lowered if total < 0 else by_rate
        side[rate] = side.get(rate, 0) + total
    gross = sum(by_rate.values())
    discount = _discount(gross, terms)
    surcharge = share(gross - discount, terms.surcharge)
    reduced = _changed(by_rate, -discount, by_rate)
    final = _changed(reduced, surcharge, reduced)
    for rate, part in lowered.items():
        final[rate] = final.get(rate, 0) + part
    off = -sum(lowered.values())
    return Reckoned(
        gross,
        discount,
        surcharge,
        off,
        gross - discount + surcharge - off,
        per_rate(Charge(part, rate) for rate, part in final.items() if part),
    )


def taken_off(quantity: int, price: int, total: int) -> int:
    """Say how much less than its list price a line costs, in minor units."""
    return line_total(quantity, price, 0) - total


def discount_given(quantity: int, price: int, total: int) -> int:
    """Say how large a share of a line's list price was given away, in basis points."""
    full = line_total(quantity, price, 0)
    return half_up(Decimal(full - total) * 10_000 / full) if full > 0 else 0


def margin(net: int, cost: int) -> int:
    """Say which share of a net price (minor units) is left once its cost is paid: basis points, of whole percents."""
    return half_up(Decimal(net - cost) * 100 / net) * 100 if net else 0


def _discount(gross: int, terms: Terms) -> int:
    return max(min(share(gross, terms.discount) + terms.discount_amount, gross), 0) if gross > 0 else 0


def _changed(parts: Mapping[int, int], change: int, weights: Mapping[int, int]) -> dict[int, int]:
    positive = {rate: weight for rate, weight in weights.items() if weight > 0}
    if not change or not positive:
        return dict(parts)
    shares = share_out(change, positive)
    return {rate: part + shares.get(rate, 0) for rate, part in parts.items()}
