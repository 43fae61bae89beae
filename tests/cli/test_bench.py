"""The benchmark does the main job beside the bare driver, and leaves the shop it measured in whole."""

from collections.abc import Iterator

import pytest

from postgres import Cluster
from shop import TestShop
from ticketdesk.cli import bench
from ticketdesk.cli.arguments import parser
from ticketdesk.cli.context import Context
from ticketdesk.cli.trial import demo_shop
from ticketdesk.domain.errors import Refusal
from ticketdesk.services.verify import verify


@pytest.fixture(params=["sqlite", "postgresql"])
def context(request: pytest.FixtureRequest) -> Iterator[Context]:
    """Give a demo shop that is thrown away, on either database."""
    given = parser().parse_args(["bench", "--orders", "60"])
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        given.db = cluster.create_database()
    with demo_shop(given) as made:
        yield made


def test_everything_is_measured_beside_the_driver_and_the_shop_stays_whole(context: Context) -> None:
    figures = {figure.name: figure for figure in bench.below_window(context, 2)}
    for name in ("register with deposit", "move", "pay", "save one field", "next page of a sort", "open an order"):
        assert figures[name].p95 >= figures[name].p50 > 0
        assert (figures[name].raw_p95 or 0) >= (figures[name].raw_p50 or 0) > 0
    assert figures["label as PDF"].p50 > 0
    most = {"first rows of a view": 2, "first rows of a sort": 1, "sorted keys of all": 1, "open an order": 14}
    assert [name for name, count in most.items() if (figures[name].statements or 0) > count] == []
    with context.database.snapshot() as session:
        assert list(verify(session)) == []


def test_a_benchmark_takes_no_orders_in_where_people_work(sqlite_shop: TestShop) -> None:
    given = parser().parse_args(["bench", "--db", str(sqlite_shop.database.path), "--as", "mircea"])
    with pytest.raises(Refusal), demo_shop(given):
        pass
