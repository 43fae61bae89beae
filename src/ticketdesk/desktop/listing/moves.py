"""From one list to the next: where they differ. Worked out beside the window, so that a million keys hold up nothing."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from ticketdesk.services.spines import Listing

_AT_ONCE = 1 << 15
"""Keys compared in one go: a fraction of a millisecond, so that the window gets its turn between."""
_LOOKED_THROUGH = 1 << 12
_NEAR = 64


@dataclass(frozen=True, slots=True)
class Moves:
    """How a list became another one: at ``place`` so many keys are gone, and so many have come.

    ``between`` are the keys when those are gone and these are still to come. ``places`` says where in the new
    list the numbers stand that somebody follows; -1 for those that left it.
    """

    listing: Listing
    place: int
    gone: int
    come: int
    between: "array[int]"
    places: dict[int, int]


def moves(old: "array[int]", listing: Listing, followed: Mapping[int, int]) -> Moves:
    """Compare a list with the one that follows it; ``followed`` are numbers and where they stood."""
    new = listing.keys
    head = _alike(old, new)
    tail = _alike_ends(old, new, min(len(old), len(new)) - head)
    gone, come = len(old) - head - tail, len(new) - head - tail
    between = old[:head] + old[head + gone :] if gone and come else old if come else new
    places = {number: find(new, number, near) for number, near in followed.items()}
    return Moves(listing, head, gone, come, between, places)


def find(keys: "array[int]", number: int, near: int = -1) -> int:
    """Say where a number stands, most likely near a place; -1 for nowhere."""
    if near >= 0:
        start = max(near - _NEAR, 0)
        part = keys[start : near + _NEAR]
        if number in part:
            return start + part.index(number)
    for start in range(0, len(keys), _LOOKED_THROUGH):
        try:
            return keys.index(number, start, start + _LOOKED_THROUGH)
        except ValueError:
            continue
    return -1


def _alike(one: "array[int]", other: "array[int]") -> int:
    """Count the keys with which both begin."""
    most, at, step = min(len(one), len(other)), 0, _AT_ONCE
    while at < most and step:
        # bytes are compared at once, the items of arrays one by one
        if one[at : at + step].tobytes() == other[at : at + step].tobytes():
            at += step
        else:
            step //= 2
    return min(at, most)


def _alike_ends(one: "array[int]", other: "array[int]", most: int) -> int:
    """Count the keys with which both end, up to so many."""
    at, step = 0, _AT_ONCE
    while at < most and step:
        step = min(step, most - at)
        mine, theirs = len(one) - at, len(other) - at
        if one[mine - step : mine].tobytes() == other[theirs - step : theirs].tobytes():
            at += step
        else:
            step //= 2
    return at
