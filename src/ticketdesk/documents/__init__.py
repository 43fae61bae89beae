"""Papers: facts in, PDF out."""

from dataclasses import dataclass
from typing import Any

from ticketdesk.texts import N_, language


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of paper: its key and its names. What makes it is in ``making``.

    ``short`` names it in a sentence. ``copies_differ`` says that each copy is a page of its own.
    """

    key: str
    label: str
    short: str
    copies_differ: bool = False


DOCUMENTS: tuple[Document, ...] = (
    Document("intake", N_("Intake receipt, 80\u00a0mm"), N_("intake receipt"), copies_differ=True),
    Document("intake_a4", N_("Intake receipt, A4"), N_("intake receipt on A4"), copies_differ=True),
    Document("estimate", N_("Estimate, A4"), N_("written estimate")),
    Document("receipt", N_("Payment receipt"), N_("payment receipt")),
    Document("warranty", N_("Warranty certificate"), N_("warranty certificate")),
    Document("label", N_("Device label"), N_("label")),
)
BY_KEY = {document.key: document for document in DOCUMENTS}


def render(key: str, facts: Any, code: str) -> bytes:
    """Make a paper in a language; the same facts always give the same bytes."""
    # the PDF library is a third of what a start would load, and is wanted with the first paper
    from ticketdesk.documents.making import MAKE  # noqa: PLC0415

    with language(code):
        return MAKE[key](facts)
