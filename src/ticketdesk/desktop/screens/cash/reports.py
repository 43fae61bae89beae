"""The report of a shift on paper, from wherever a shift is shown."""

from functools import partial

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.documents.cash import shift_paper
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.rights import Right
from ticketdesk.texts import _


def print_shift(desk: Desk, host: Host, shift_id: UUID, number: str, name: str) -> None:
    """Print the X or Z report of a shift, kept under name and number; of an open one what whoever is signed in may see."""
    sees = desk.may(Right.SEE_TILL_CASH)
    make = partial(shift_paper, shift_id=shift_id, code=desk.shop.language, sees_cash=sees)
    host.print_slip(Slip(make, file_name(name, number), _("{paper} printed.").format(paper=name)))
