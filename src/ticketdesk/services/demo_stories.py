"""The orders of a demo shop, each told once its receipts have numbers: those of a year from 1, as the money was taken.

Orders are made one after the other, and what was paid for them overlaps. So an order waits until no later one can have
taken money before it did.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from ticketdesk.domain.clock import day_of
from ticketdesk.domain.document_numbers import DocumentNumber, series_of
from ticketdesk.domain.keys import UUID
from ticketdesk.services.bulk import Batch, Values
from ticketdesk.services.journal import values_told
from ticketdesk.storage.tables import Base, Order, Payment

_OUT_OF_TURN = timedelta(days=3)
"""By so much at most an order comes before one that was made earlier."""


@dataclass(eq=False)
class Story:
    """An order with all that hangs on it: rows, what the journal tells (when, by whom, what), payments to be numbered."""

    order: Values
    rows: list[tuple[type[Base], Values]] = field(default_factory=list)
    entries: list[tuple[datetime, str, str, Values]] = field(default_factory=list)
    paid: list[tuple[Values, Values]] = field(default_factory=list)
    """Each payment, and what the journal tells of it."""
    unnumbered: int = 0


class Stories:
    """Stories that wait for the numbers of their receipts."""

    def __init__(self, batch: Batch, people: dict[str, UUID], zone: str) -> None:
        self._batch, self._people, self._zone = batch, people, zone
        self._turn = count()
        self._waiting: list[tuple[datetime, int, Story, int]] = []
        self.last: dict[str, int] = {}
        """The last receipt's number of each series."""

    def add(self, story: Story) -> None:
        """Tell a story, now or once its receipts are numbered."""
        story.unnumbered = len(story.paid)
        if not story.paid:
            self._tell(story)
        for place, (payment, _content) in enumerate(story.paid):
            heappush(self._waiting, (payment["at"], next(self._turn), story, place))

    def settle(self, received: datetime | None = None) -> None:
        """Number the receipts of before an order that came in just now; all of them without one."""
        while self._waiting and (received is None or self._waiting[0][0] < received - _OUT_OF_TURN):
            at, _turn, story, place = heappop(self._waiting)
            series = series_of("", day_of(at, self._zone).year)
            self.last[series] = self.last.get(series, 0) + 1
            number = DocumentNumber(series, self.last[series])
            payment, content = story.paid[place]
            payment |= {"series": number.series, "number": number.number}
            content |= {"number": number.shown(), "row": values_told(payment)}
            story.unnumbered -= 1
            if not story.unnumbered:
                self._tell(story)

    def _tell(self, story: Story) -> None:
        for at, login, action, content in sorted(story.entries, key=lambda entry: entry[0]):
            self._batch.record("order", story.order, at, self._people[login], action, content)
        self._batch.add(Order, story.order)
        for kind, values in story.rows:
            self._batch.add(kind, values)
        for payment, _content in story.paid:
            self._batch.add(Payment, payment)
