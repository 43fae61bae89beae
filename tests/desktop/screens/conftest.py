from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from order_desk import Counter
from ticketdesk.desktop.desk import Desk


@pytest.fixture
def counter(desk: Desk, qtbot: QtBot) -> Callable[[], Counter]:
    """Open the order desk, once the test has put orders into the shop."""
    return lambda: Counter(desk, qtbot)
