"""Ways to reach a customer besides the first phone and e-mail: each one line, its note after it."""

import re

from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.people import normal_phone, shown_phone
from ticketdesk.domain.search import tidy
from ticketdesk.texts import _

_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]*")
_EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]{2,}")
_BETWEEN = " ·–—-,:;()"


def normal_email(typed: str, field: str = "email") -> str:
    """Give an e-mail address as it is kept; empty if none was typed.

    Raises:
        Refusal: if it has not the shape of one.
    """
    email = tidy(typed)
    if email and not _EMAIL.fullmatch(email):
        raise Refusal(_("This is not an e-mail address: it looks like name@example.com."), field)
    name, _at, domain = email.rpartition("@")
    return f"{name}@{domain.lower()}" if email else ""


def normal_contact(typed: str, region: str = "RO") -> str:
    """Give a phone or e-mail in its normal form, then its note: ``+40722000418 soția``.

    Raises:
        Refusal: if it begins with neither.
    """
    line = tidy(typed)
    found = _PHONE.match(line)
    if found and "@" not in line.split(" ", 1)[0]:
        phone, note = normal_phone(found[0].strip(_BETWEEN.replace("(", "")), region), line[found.end() :]
        return f"{phone} {note.strip(_BETWEEN)}".strip()[:200]
    address, _space, note = line.partition(" ")
    if not _EMAIL.fullmatch(address.strip(_BETWEEN)):
        raise Refusal(_("Begin each line with a phone number or an e-mail address."), "contacts")
    return f"{normal_email(address.strip(_BETWEEN))} {note.strip(_BETWEEN)}".strip()[:200]


def contact_parts(contact: str) -> tuple[str, str]:
    """Split a contact into the phone or e-mail, and its note."""
    value, _space, note = contact.partition(" ")
    return value, note


def is_email(value: str) -> bool:
    """Tell an e-mail address from a phone number."""
    return "@" in value


def shown_contact(contact: str, region: str = "RO") -> str:
    """Show a contact as it is said at home: ``0722 000 418 · soția``."""
    value, note = contact_parts(contact)
    shown = value if is_email(value) else shown_phone(value, region)
    return f"{shown} · {note}" if note else shown
