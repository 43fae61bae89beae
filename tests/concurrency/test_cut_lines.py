"""The line to the server is cut at the worst moments: everything happens once, all sums stay exact (P2, P8)."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

import pytest
from sqlalchemy import func, select

from postgres import Cluster
from proxy import Cut, Proxy
from shop import TestShop, a_new_order
from ticketdesk.domain.by import By
from ticketdesk.domain.errors import Unavailable
from ticketdesk.domain.keys import new_key
from ticketdesk.domain.rights import Role
from ticketdesk.services import intake, payments
from ticketdesk.services.customers import NewCustomer
from ticketdesk.services.doors import Action, C, Done, perform
from ticketdesk.services.ledger import Tender
from ticketdesk.services.payments import TakePayment
from ticketdesk.services.verify import verify
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Order, Payment

CLIENTS, CUTS, SEED = 4, 100, 20261123
Again = Callable[[By], By]


@dataclass
class Client:
    """A station behind the proxy, which asks again until it is answered."""

    shop: TestShop
    database: Database
    again: Again
    answers: list[Done] = field(default_factory=list)

    def do(self, action: Action[C], command: C) -> Done:
        by = self.shop.by(Role.CLERK)
        while True:
            try:
                done = perform(self.database, by, action, command)
            except Unavailable:
                by = self.again(by)
            else:
                self.answers.append(done)
                return done

    def serve(self, name: str) -> None:
        """Take a device in with a deposit, then take two further sums for it."""
        customer = NewCustomer(name, "0722 000 418")
        taken = self.do(intake.register, a_new_order(customer=customer, deposit=700))
        for amount in (1_100, 1_300):
            self.do(payments.take_payment, TakePayment(taken.id, (Tender("cash", amount),)))


def the_same(by: By) -> By:
    """Ask again as promised: under the same request."""
    return by


def a_new_one(by: By) -> By:
    """Ask again as programs do that think of nothing."""
    return By(by.staff_id, by.station, by.at, new_key())


@pytest.fixture
def line(cluster: Cluster) -> Iterator[Proxy]:
    """Give a line on which one COMMIT of four is cut, before it arrives or before it is answered."""
    chance = Random(SEED)
    with Proxy(cluster.port, lambda: chance.choices((None, Cut.BEFORE, Cut.AFTER), (6, 1, 1))[0]) as proxy:
        yield proxy


def work(shop: TestShop, line: Proxy, again: Again, cuts: int) -> list[Client]:
    url = shop.database.url.set(port=line.port).render_as_string(hide_password=False)
    clients, crashes = [Client(shop, Database(url, f"T{n}"), again) for n in range(CLIENTS)], list[Exception]()

    def serve(client: Client, place: int) -> None:
        client.database.info.update(shop.database.info)
        try:
            while sum(line.cuts.values()) < cuts:
                client.serve(f"Client {place}-{len(client.answers)}")
        except Exception as error:  # noqa: BLE001 - whatever a person would have seen
            crashes.append(error)
        client.database.close()

    threads = [threading.Thread(target=serve, args=(client, place)) for place, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert crashes == []
    return clients


def kept(shop: TestShop) -> tuple[int, int, int]:
    with shop.database.snapshot() as session:
        count = session.scalar(select(func.count()).select_from(Order)) or 0
        receipts, total = session.execute(select(func.count(), func.sum(Payment.amount))).one()
    return count, receipts, int(total)


def test_a_hundred_cuts_lose_nothing_and_double_nothing(postgres_shop: TestShop, line: Proxy) -> None:
    clients = work(postgres_shop, line, the_same, CUTS)
    answers = [done for client in clients for done in client.answers]
    assert min(line.cuts.values()) > CUTS // 4
    served = len(answers) // 3
    assert kept(postgres_shop) == (served, 3 * served, 3_100 * served)
    receipts = sorted(done.receipt for done in answers if done.receipt)
    assert receipts == [postgres_shop.shown(number) for number in range(1, 3 * served + 1)]
    with postgres_shop.database.snapshot() as session:
        numbers = list(session.scalars(select(Order.number).order_by(Order.number)))
        assert numbers == list(range(1, served + 1))
        assert list(verify(session)) == []


def test_without_a_request_id_the_same_cuts_do_double(postgres_shop: TestShop, line: Proxy) -> None:
    """The control: if this finds nothing, the test above sees nothing."""
    clients = work(postgres_shop, line, a_new_one, 30)
    served = sum(len(client.answers) for client in clients) // 3
    assert kept(postgres_shop)[1] > 3 * served
