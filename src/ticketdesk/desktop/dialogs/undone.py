"""What follows when a receipt is undone: its paper, and what somebody has to do about its fiscal receipt."""

from functools import partial

from ticketdesk.desktop.desk import Desk
from ticketdesk.desktop.dialogs.fiscal import FiscalDialog
from ticketdesk.desktop.host import Host, Slip, file_name
from ticketdesk.documents.cash import payment_paper
from ticketdesk.domain.keys import UUID
from ticketdesk.services import fiscal
from ticketdesk.services.doors import Done
from ticketdesk.texts import _


def follow_undo(desk: Desk, host: Host, payment_id: UUID, number: str, made: Done) -> None:
    """Print the paper of an undone receipt, and say what became of its fiscal receipt, if it has one."""

    def told(sentence: str) -> None:
        if sentence:
            host.toast(sentence, "warning", _("Look"), FiscalDialog(desk, host).present)

    if made.made is not None:
        said = _("Receipt {number} is undone.").format(number=number)
        make = partial(payment_paper, payment_id=made.made)
        host.print_slip(Slip(make, file_name(_("Refund"), made.receipt), said))
    desk.read(host, told, fiscal.after_undo, payment_id)
