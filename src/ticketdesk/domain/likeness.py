"""What a customer is known by, and how alike two names are."""

import re
from collections.abc import Iterable
from itertools import permutations

from ticketdesk.domain.contacts import contact_parts, is_email
from ticketdesk.domain.people import dialled
from ticketdesk.domain.search import fold
from ticketdesk.domain.tax_numbers import tax_digits

PHONE, EMAIL, TAX, NAME, ALONE, NEAR, TAG = "phone", "email", "tax", "name", "alone", "near", "tag"
"""Kinds of keys: what is the same to the letter, the words of the name, the words of a name that stands alone,
one word with the beginning of another, tags."""

ALIKE = 0.6
"""Names whose likeness reaches this are suggested as the same."""

_LEGAL_FORMS = frozenset({"srl", "sa", "srld", "sc", "pfa", "ii", "if", "snc", "ong", "ltd", "gmbh", "kft", "bt"})
_NOT_WORDS = re.compile(r"[^\w]+")
_STEM = 2
_MOST_WORDS = 4

Key = tuple[str, str]


def name_words(name: str) -> list[str]:
    """Give the folded words of a name in alphabetical order, without legal forms like SRL."""
    folded = fold(name).replace(".", "").replace("-", " ")
    words = [word for word in _NOT_WORDS.split(folded) if word]
    return sorted({word for word in words if word not in _LEGAL_FORMS} or set(words))


def likeness(one: str, other: str) -> float:
    """Say how alike two names are, from 0 to 1: the trigrams they share of all they have.

    Words are padded with two spaces before and one behind, and their order does not count, as pg_trgm has it
    (postgresql.org/docs/current/pgtrgm.html).
    """
    mine, theirs = _trigrams(one), _trigrams(other)
    return len(mine & theirs) / (len(mine | theirs) or 1)


def _trigrams(name: str) -> frozenset[str]:
    padded = (f"  {word} " for word in name_words(name))
    return frozenset(word[place : place + 3] for word in padded for place in range(len(word) - 2))


def near_keys(name: str) -> set[str]:
    """Give what names share that may be alike: one word, and how another begins; order does not count."""
    words = name_words(name)[:_MOST_WORDS]
    if len(words) == 1:
        return {words[0][:4]}
    return {f"{whole} {part[:_STEM]}" for whole, part in permutations(words, 2)}


def keys(
    *, name: str, phone: str, email: str, contacts: Iterable[str], tax_id: str, tags: Iterable[str], company: bool
) -> set[Key]:
    """Give all that a customer is known by.

    A name stands alone if it is a company's, or if there is nothing else to know the customer by.
    """
    values = [phone, email, *(contact_parts(contact)[0] for contact in contacts)]
    found: set[Key] = {(EMAIL, value.lower()) if is_email(value) else (PHONE, value) for value in values if value}
    alone = company or not found
    if tax_id:
        found.add((TAX, tax_digits(tax_id)))
    words = " ".join(name_words(name))
    if words:
        found |= {(NAME, words), *((NEAR, near) for near in near_keys(name))}
    if words and alone:
        found.add((ALONE, words))
    return found | {(TAG, tag) for tag in tags}


def search_text(
    *,
    number: int,
    name: str,
    legal_name: str,
    phone: str,
    email: str,
    contacts: Iterable[str],
    tax_id: str,
    tags: Iterable[str],
) -> str:
    """Make the text under which a customer is found: phones as they are dialled at home."""
    others = (contact_parts(contact) for contact in contacts)
    reached = (f"{value if is_email(value) else dialled(value)} {note}" for value, note in others)
    return fold(f"{number} {name} {legal_name} {dialled(phone)} {email} {' '.join(reached)} {tax_id} {' '.join(tags)}")
