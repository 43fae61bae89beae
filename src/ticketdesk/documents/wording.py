"""The sentences papers say besides their facts, in one place. To be confirmed by the shop's lawyer."""

from ticketdesk.texts import N_

KEEP_RECEIPT = N_(
    "Keep this receipt: you collect the device with it. We do no work beyond the estimate without your consent. "
    "After we say “Ready”, storage is free for 30 days. The unlock code is deleted at hand-over."
)
DATA = N_("Make a copy of your data before the repair. Old parts are returned if you ask before the repair.")
PRIVACY = N_("We use your data only for this order and for what the law asks of us.")
NON_FISCAL = N_("Non-fiscal document")
NOT_A_FISCAL_RECEIPT = N_("NON-FISCAL – does not replace the fiscal receipt")
CUSTOMER_COPY, SHOP_COPY = N_("customer's copy"), N_("shop's copy")

HOW_TO_USE = (
    N_("Bring the device to the address above, with this certificate or the order number."),
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
    "This commercial warranty does not replace or limit the consumer's legal rights, including the legal guarantee "
    "of conformity, which the seller must honour free of charge."
)
"""OUG 140/2021 (Directive (EU) 2019/771, article 17): the legal guarantee stays beside the commercial one."""
