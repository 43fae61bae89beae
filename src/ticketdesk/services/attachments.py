"""Photos and files of an order, kept in the shop's own database so that every PC and every backup has them."""

from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ticketdesk.domain.approvals import UNASKED, Act
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.keys import UUID
from ticketdesk.domain.pictures import LARGEST, Prepared
from ticketdesk.domain.rights import Right
from ticketdesk.services import approvals, journal
from ticketdesk.services.doors import Done, action
from ticketdesk.services.orders import locked
from ticketdesk.storage.tables import Attachment, AttachmentBytes
from ticketdesk.texts import _

QUOTA = 200 * 1024 * 1024
"""How much one order may hold, in bytes."""


@dataclass(frozen=True, slots=True)
class Attach:
    """An order and a file that ``domain.pictures.prepared`` made safe."""

    order_id: UUID
    file: Prepared


@dataclass(frozen=True, slots=True)
class Detach:
    """A file to take off an order."""

    order_id: UUID
    attachment_id: UUID
    approval: UUID | None = field(default=None, metadata=UNASKED)


@action("attachment.add", Right.ATTACH)
def attach(session: Session, by: By, command: Attach) -> Done:
    """Put a photo or file on an order."""
    order, file = locked(session, command.order_id), command.file
    if file.media_type not in {"image/jpeg", "application/pdf"} or len(file.content) > LARGEST:
        raise Refusal(_("Only photos and PDF files of up to 15\u00a0MB can be kept."), "file")
    held = session.scalar(select(func.sum(Attachment.size)).where(Attachment.order_id == order.id)) or 0
    if int(held) + len(file.content) > QUOTA:
        raise Refusal(_("The files of one order may take 200\u00a0MB at most."), "file")
    made = Attachment(
        order_id=order.id,
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        width=file.width,
        height=file.height,
        digest=file.digest,
        thumbnail=file.thumbnail,
        at=by.at,
        staff_id=by.staff_id,
    )
    session.add(made)
    journal.record(session, by, order, "attached", {"name": file.name, "digest": file.digest})
    session.flush()
    session.add(AttachmentBytes(attachment_id=made.id, content=file.content))
    session.flush()
    return Done("order", order.id, order.number, order.version, made.id)


@action("attachment.remove", Right.DELETE_ATTACHMENT)
def detach(session: Session, by: By, command: Detach) -> Done:
    """Take a file off an order; the journal keeps what it was."""
    order = locked(session, command.order_id)
    found = session.get(Attachment, command.attachment_id)
    if found is None or found.order_id != order.id:
        raise Refusal(_("This file is no longer on the order."))
    text = _("Remove the file “{file}” from order {number}, {device} of {customer}.")
    whose = order.customer_name or _("internal")
    what = text.format(file=found.name, number=order.number, device=order.device_title, customer=whose)
    agreed = approvals.agreed(session, by, Act.DELETE_FILE, command, what)
    content = session.get(AttachmentBytes, found.id)
    if content is not None:
        session.delete(content)
        session.flush()
    session.delete(found)
    journal.record(session, by, order, "detached", {"name": found.name, "digest": found.digest} | agreed)
    return Done("order", order.id, order.number, order.version)


def content(session: Session, attachment_id: UUID) -> bytes:
    """Give the bytes of a file.

    Raises:
        Refusal: if it is gone.
    """
    found = session.get(AttachmentBytes, attachment_id)
    if found is None:
        raise Refusal(_("This file is no longer on the order."))
    return found.content
