"""Every test here sees the light theme at zoom 1, and leaves it so."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ticketdesk.desktop.look import theme


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    theme.apply(qapp, "light")
