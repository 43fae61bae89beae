"""The sentences papers say besides their facts, in one place. To be confirmed by the shop's lawyer."""

from ticketdesk.domain.papers import ShopFacts
from ticketdesk.domain.people import shown_phone
from ticketdesk.texts import N_, _

KEEP_RECEIPT = N_(
    "Keep this receipt: you, or whom you authorise, collect the device with it or with an identity document. We do "
    "no work beyond the estimate without your consent, by phone, message or signature. After we say “Ready”, storage is free for "
    "30 days; the device stays yours, and we may keep it until the work is paid. The unlock code is deleted at "
    "hand-over."
)
"""Consent to a higher price: Civil Code, article 1854; keeping until paid: article 2495."""
DATA = N_(
    "Make a copy of your data before the repair: we answer for data only as far as the law says. Old parts are "
    "returned if you ask before the repair."
)
COPY_MADE = N_("I have made a copy of my data.")
RISKS = N_(
    "I was told of the risks of opening this device (liquid, a glued screen, opened before) and accept them; signature:"
)
"""Ticked and signed by itself: what is accepted is not hidden among the rest."""
OFFERS = N_("I agree to receive offers by message. The order does not depend on it, and I can take it back.")
"""Consent to marketing is asked for by itself and never ticked beforehand: Regulation (EU) 2016/679, article 7."""
PRIVACY = N_(
    "We use your data only for this order and for what the law asks of us. To see, correct or delete it, ask us: "
    "{contact}."
)
"""Regulation (EU) 2016/679, article 13; Moldova: Law 195/2024."""
UNDER_WARRANTY = N_("You told us of the fault on {day}: we mend it free of charge, as a rule within 15 calendar days.")
"""OUG 140/2021, article 12: the day the seller was told, and the time to mend."""
_COMPLAINTS = N_("Complaints: {contact}.")
_COMPLAINTS_TO = {
    "RO": N_("Complaints: {contact}, or ANPC, 0219551, anpc.ro; out of court: SAL, anpc.ro/ce-este-sal."),
    "MD": N_(
        "Complaints: {contact}, or the State Inspectorate for the Supervision of Non-food Products and "
        "Consumer Protection."
    ),
}
DEPOSIT_RULES = {
    "refund": N_("If the order is cancelled, the deposit is given back the way it was paid."),
    "credit": N_("If the order is cancelled, the deposit stays yours as credit with us."),
    "fee": N_("If you cancel the order, the deposit is kept for the diagnosis."),
}
LOCATION = N_("Location: {place}")
NON_FISCAL = N_("Non-fiscal document")
NOT_A_FISCAL_RECEIPT = N_("NON-FISCAL – does not replace the fiscal receipt")
CUSTOMER_COPY, SHOP_COPY = N_("customer's copy"), N_("shop's copy")
FISCAL_RECEIPT = N_("fiscal receipt {numbers}")
DUPLICATE = N_("DUPLICATE no. {number}, {moment}")
DUPLICATE_BY = N_("DUPLICATE no. {number}, {moment}, {name}")

GUARANTOR = N_("Guarantor: {name}, {address}.")
STARTS = N_("The warranty runs from hand-over, in {country}, for the work and parts above and only for them.")
HOW_TO_USE = (
    N_(
        "Bring the device to the address above, or tell us by phone or e-mail; this certificate or the order number "
        "is enough."
    ),
    N_("We check the fault within 3 working days and tell you the result in writing."),
    N_("If the fault comes from our work or part, we mend it free of charge, as a rule within 15 days."),
    N_("The time the device spends with us is added to the warranty."),
)
NOT_COVERED = (
    N_("Knocks, pressure, liquids or overvoltage after hand-over."),
    N_("Opening of the device by somebody else, a broken seal."),
    N_("Programs, accounts and data; keep a copy of your data."),
    N_("Normal wear of consumable parts."),
)
LEGAL_RIGHTS = N_(
    "By law the consumer is entitled to remedies free of charge from the seller if the goods do not conform; this "
    "commercial warranty does not replace, limit or affect these rights."
)
"""OUG 140/2021 (Directive (EU) 2019/771, article 17): the legal guarantee stays beside the commercial one."""


def location(shop: ShopFacts) -> str:
    """Name the location that issues a paper, if the shop tells its own apart."""
    return _(LOCATION).format(place=shop.location) if shop.location else ""


def contact(shop: ShopFacts) -> str:
    """Say how the shop is reached."""
    return ", ".join(part for part in (shown_phone(shop.phone), shop.email) if part) or shop.address


def complaints(shop: ShopFacts) -> str:
    """Say where complaints go: to the shop, and to the authority of its country."""
    return _(_COMPLAINTS_TO.get(shop.region, _COMPLAINTS)).format(contact=contact(shop))


def small_print(shop: ShopFacts) -> tuple[str, ...]:
    """Give what every intake receipt says below its facts, a paragraph each."""
    return (_(KEEP_RECEIPT), _(DATA), _(PRIVACY).format(contact=contact(shop)), complaints(shop))


ESTIMATE_BINDS = N_(
    "We do no work beyond this estimate without asking you again; you owe more only if you agree to it."
)
"""Civil Code, article 1854: the contractor justifies any rise, and the client owes it only for the unforeseeable."""
ESTIMATE_PARTS = N_(
    "Replaced parts are returned if you ask before the repair; otherwise they are recycled. Work and parts carry the "
    "warranty written on the certificate."
)
