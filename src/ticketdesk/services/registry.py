"""Every action there is, by name: for the station's memory, which repeats them, and for the tests of rights."""

from typing import Any

from ticketdesk.services import (
    attachments,
    customers,
    lines,
    notes,
    orders,
    paper,
    payments,
    seals,
    settings,
    shifts,
    staff,
    tills,
    transfers,
    unlocking,
)
from ticketdesk.services.doors import Action

ACTIONS: tuple[Action[Any], ...] = (
    orders.register,
    orders.edit,
    orders.move,
    orders.claim,
    orders.assign,
    paper.printed,
    lines.add,
    lines.change,
    lines.remove,
    payments.take_payment,
    payments.refund,
    payments.reverse,
    tills.add,
    tills.edit,
    tills.use,
    shifts.open_shift,
    shifts.move,
    shifts.count_till,
    shifts.close,
    shifts.take_over,
    shifts.approve_difference,
    seals.seal_now,
    notes.comment,
    notes.add_task,
    notes.tick,
    attachments.attach,
    attachments.detach,
    unlocking.reveal,
    customers.add,
    customers.edit,
    staff.add,
    staff.edit,
    staff.set_pin,
    settings.edit,
    transfers.exported,
    transfers.imported,
)

BY_NAME: dict[str, Action[Any]] = {act.name: act for act in ACTIONS}
