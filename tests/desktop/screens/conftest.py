from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from conftest import desk_of
from order_desk import Counter
from shop import TestShop
from ticketdesk.desktop.desk import Desk
from ticketdesk.domain.rights import Role


@pytest.fixture
def counter(desk: Desk, qtbot: QtBot) -> Callable[[], Counter]:
    """Open the order desk, once the test has put orders into the shop."""
    return lambda: Counter(desk, qtbot)


@pytest.fixture
def technician_desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give a technician's desk beside the clerk's ``desk``."""
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.TECHNICIAN, "T2")


@pytest.fixture
def manager_desk(sqlite_shop: TestShop, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """Give a manager's desk beside the clerk's ``desk``."""
    yield from desk_of(sqlite_shop, tmp_path, qtbot, Role.MANAGER, "T2")
