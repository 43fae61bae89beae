"""The command line: the same actions, the same rights, for scripts."""

import os
import sys

from ticketdesk import texts
from ticketdesk.cli.arguments import parser
from ticketdesk.domain.errors import Refusal, Unavailable


def main(arguments: list[str]) -> int:
    """Run a command; 0 when it was done, 1 when it was refused or something is wrong, 2 when it was typed wrong."""
    texts.speak(os.environ.get("TICKETDESK_LANG", "en"))
    given = parser().parse_args(arguments)
    if given.lang:
        texts.speak(given.lang)
    try:
        return int(given.run(given))
    except (Refusal, Unavailable) as error:
        where = getattr(error, "field", None)
        sys.stderr.write(f"{where}: {error.sentence}\n" if where else f"{error.sentence}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write(texts._("Stopped. What was done until here stays.") + "\n")
        return 1
    except BrokenPipeError:
        return 0
