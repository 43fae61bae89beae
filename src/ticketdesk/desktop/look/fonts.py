"""Inter, as the design uses it: a size and a weight for each role, figures that line up."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from ticketdesk import paths
from ticketdesk.desktop.look.tokens import design

_TABULAR = QFont.Tag("tnum")
_WEIGHTS = {"micro": 500, "title": 600, "page": 600, "kpi": 600, "change": 600, "amount": 600, "clock": 600}


@cache
def register() -> None:
    """Make the bundled fonts known to Qt, once."""
    for path in sorted((paths.resources() / "fonts").glob("Inter-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


@cache
def font(role: str, weight: int, zoom: float) -> QFont:
    """Give the font of a role at a zoom; weight 0 means the role's own."""
    made = QFont(design()["type"]["family"])
    made.setPixelSize(round(design()["type"]["scale"][role][0] * zoom))
    made.setWeight(QFont.Weight(weight or _WEIGHTS.get(role, 400)))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # letters keep their places
    made.setFeature(_TABULAR, 1)
    return made
