"""Rows picked to do the same to all of them, by their numbers, so that they stay picked whatever moves around them."""

from array import array

MOST = 2000
"""More at once would keep everybody waiting; a list that long is narrowed first."""
_PRUNED = 50_000


class Picks:
    """The numbers of the rows picked, in the order of picking, and from where a reach begins."""

    def __init__(self) -> None:
        self._numbers: dict[int, None] = {}
        self._anchor: int | None = None

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, number: int) -> bool:
        return number in self._numbers

    def numbers(self) -> list[int]:
        """Give the numbers picked."""
        return list(self._numbers)

    def begin(self, keys: "array[int]", place: int) -> None:
        """Let a reach begin at a place, which is picked itself if there is a row."""
        if 0 <= place < len(keys) and keys[place] > 0:
            self._anchor = keys[place]
            self._numbers[keys[place]] = None

    def turn(self, keys: "array[int]", place: int) -> int:
        """Pick the row at a place, or let it go; give how many were too many."""
        number = keys[place]
        self._anchor = number
        if number in self._numbers:
            del self._numbers[number]
        elif len(self._numbers) >= MOST:
            return len(self._numbers) + 1
        else:
            self._numbers[number] = None
        return 0

    def reach(self, keys: "array[int]", place: int) -> int:
        """Pick all rows from where the reach began to a place, and no others; give how many were too many."""
        try:
            begin = keys.index(self._anchor) if self._anchor is not None else place
        except ValueError:
            begin = place
        first, last = min(begin, place), max(begin, place)
        if last - first > 2 * MOST:
            return last - first + 1
        found = [key for key in keys[first : last + 1] if key > 0]
        if len(found) > MOST:
            return len(found)
        self._numbers = dict.fromkeys(found if begin <= place else reversed(found))
        return 0

    def all(self, keys: "array[int]") -> int:
        """Pick all rows there are; give how many were too many."""
        if len(keys) > 2 * MOST:
            return len(keys)
        found = [key for key in keys if key > 0]
        if len(found) > MOST:
            return len(found)
        self._numbers = dict.fromkeys(found)
        return 0

    def clear(self) -> int:
        """Let go of all."""
        self._numbers, self._anchor = {}, None
        return 0

    def prune(self, keys: "array[int]") -> bool:
        """Let go of rows that are not in the list any more; say whether there were any. Long lists are left alone."""
        if not self._numbers or len(keys) > _PRUNED:
            return False
        there = set(keys)
        kept = {number: None for number in self._numbers if number in there}
        gone = len(kept) < len(self._numbers)
        self._numbers = kept
        return gone
