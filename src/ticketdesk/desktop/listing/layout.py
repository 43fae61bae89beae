"""How somebody likes a list: which columns, in which order, how wide, and how high the rows are."""

from dataclasses import dataclass, field

from ticketdesk.texts import N_

COMPACT, NORMAL, TWO_LINES = "compact", "normal", "two-lines"
HEIGHTS = {COMPACT: 32, NORMAL: 36, TWO_LINES: 52}
HEIGHT_LABELS = {COMPACT: N_("Compact rows"), NORMAL: N_("Normal rows"), TWO_LINES: N_("Rows of two lines")}


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns by the view they are of (the empty key is that of all views without their own), widths, rows.

    It is kept at this PC, not in the shop's database: what fits depends on the screen, and a line in the journal for
    every column that is dragged would be of use to nobody. Columns that belong to a view are saved with it.
    """

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    rows: str = NORMAL
