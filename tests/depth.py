"""How thoroughly the proofs that are bought with time are run."""

import os

DEPTH = int(os.environ.get("TICKETDESK_TEST_DEPTH", "1"))
"""How many times as much as in the everyday check: 5 or 25 for an evening, 67 for a night."""
