"""Start TicketDesk: ``python -m ticketdesk``."""

import sys

from ticketdesk.app import main

sys.exit(main())
