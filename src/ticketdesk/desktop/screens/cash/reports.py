"""The report of a shift on paper, from wherever a shift is shown."""

from functools import partial

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.documents.cash import shift_paper
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.texts import _


def print_shift(desk: Desk, host: Host, shift_id: UUID, name: str) -> None:
    """Print the X or Z report of a shift under its name; of an open one as much as whoever is signed in may see."""
    sees = desk.may(Right.SEE_TILL_CASH)
    make = partial(shift_paper, shift_id=shift_id, code=desk.shop.language, sees_cash=sees)
    host.print_slip(Slip(make, file_name(name, shift_id.hex[-6:]), _("{paper} printed.").format(paper=name)))
