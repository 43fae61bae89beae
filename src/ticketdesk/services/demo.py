"""A shop full of plausible Romanian data, always the same for a seed: for demos, screenshots, benchmarks."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from ticketdesk.domain.by import By
from ticketdesk.domain.clock import at as moment_at
from ticketdesk.domain.clock import day_of
from ticketdesk.domain.devices import DEFECT, GOOD, UNTESTED, device_title, kind_of
from ticketdesk.domain.keys import UUID, new_key
from ticketdesk.domain.money import share
from ticketdesk.domain.orders import (
    AWAITING_APPROVAL,
    AWAITING_PARTS,
    AWAITING_PAYMENT,
    CANCELLED,
    CREATED,
    HANDED_OVER,
    IN_PROGRESS,
    NOT_REPAIRABLE,
    READY,
    SHIPPED,
)
from ticketdesk.domain.rights import Role
from ticketdesk.domain.search import fold
from ticketdesk.domain.shop import Shop
from ticketdesk.services import demo_words as words
from ticketdesk.services import shifts
from ticketdesk.services.bulk import Batch, Values, blank_order, finish, move_counter
from ticketdesk.services.demo_stories import Stories, Story
from ticketdesk.services.demo_visitors import Visitors, random_key
from ticketdesk.services.doors import perform
from ticketdesk.services.journal import values_told
from ticketdesk.services.shifts import Count
from ticketdesk.services.staff import NewStaff
from ticketdesk.storage.database import Database
from ticketdesk.storage.tables import Comment, Item, Line, Task

PIN = "2580"
OWNER_PIN = "258036"
"""The PINs of the demo shop, said at its sign-in: 2580 for clerks and technicians, 258036 for the others."""

SHOP = Shop(
    name="Atelier Busola",
    legal_name="Atelier Busola SRL",
    address="Str. Horea 21, Cluj-Napoca",
    tax_id="RO14399840",
    register_number="J12/1234/2019",
    phone="+40364000210",
    email="service@atelierbusola.example",
    hours="L–V 9–18, S 9–13",
    shifts=True,
)
STAFF = (
    ("Alina Dumitrescu", "alina", Role.CLERK),
    ("Vlad Ionescu", "vlad", Role.TECHNICIAN),
    ("Sorin Țepeș", "sorin", Role.TECHNICIAN),
    ("Denisa Câmpean", "denisa", Role.TECHNICIAN),
    ("Raluca Mureșan", "raluca", Role.MANAGER),
    ("Ioana Țăranu", "ioana", Role.ACCOUNTANT),
)
OWNER = ("Mircea Băcilă", "mircea")
_CHUNK = 2000
_SHARE_OPEN = 240
"""Of so many orders one is still open: about three days' work of two years."""
_ACTIVE = (
    (CREATED, 9), (IN_PROGRESS, 12), (AWAITING_PARTS, 4), (AWAITING_APPROVAL, 2), (READY, 8),
    (AWAITING_PAYMENT, 4), (SHIPPED, 2),
)  # fmt: skip


def colleagues(hashed: Callable[[str, Role], str]) -> list[NewStaff]:
    """Give the demo shop's staff besides its owner; ``hashed`` turns a PIN into its hash."""
    return [
        NewStaff(name, login, role, hashed(OWNER_PIN if role is Role.MANAGER else PIN, role))
        for name, login, role in STAFF
    ]


def fill(
    database: Database,
    people: dict[str, UUID],
    orders: int,
    seed: int,
    now: datetime,
    told: Callable[[int], None] = lambda _done: None,
) -> None:
    """Fill a founded shop with orders over the two years before ``now``; ``told`` hears how many are in."""
    maker = _Maker(random.Random(seed), people, orders, now)
    maker.shift = _open_till(database, people["alina"], now)
    with database.begin() as session:
        maker.catalogue(session)
    made = 0
    for batch in maker.batches():
        with database.begin() as session:
            batch.write(session)
            move_counter(session, "customer", maker.visitors.customer)
            move_counter(session, "order", maker.number)
            for series, last in maker.stories.last.items():
                move_counter(session, "receipt", last, series)
        made = maker.done
        told(made)


def _open_till(database: Database, clerk: UUID, now: datetime) -> tuple[UUID, datetime]:
    """Open the shop's till this morning; give the shift and when it began."""
    opened = min(now, moment_at(day_of(now, SHOP.zone), time(8, 30), SHOP.zone))
    float_ = Count({"5000": 4, "1000": 8, "100": 15, "50": 10})
    by = By(clerk, "Casa 1", opened, new_key())
    return perform(database, by, shifts.open_shift, shifts.OpenShift(float_)).id, opened


class _Maker:
    def __init__(self, chance: random.Random, people: dict[str, UUID], orders: int, now: datetime) -> None:
        self.chance, self.people, self.orders, self.now = chance, people, orders, now
        self.names = {login: name for name, login, _role in STAFF} | {OWNER[1]: OWNER[0]}
        self.number, self.done = 10_500 - orders if orders < 10_000 else 0, 0
        self.batch = Batch("Casa 1")
        self.visitors = Visitors(chance, self.batch, people["alina"])
        self.technicians = ("vlad", "sorin", "denisa")
        self.shift: tuple[UUID, datetime] | None = None
        self.stories = Stories(self.batch, people, SHOP.zone)
        self.story = Story({})
        """The order that is being made."""

    def catalogue(self, session: Session) -> None:
        for place, (kind, code, name, price, cost, months) in enumerate(words.CATALOGUE):
            item: Values = {
                "id": random_key(self.chance, self.now - timedelta(days=740)), "version": 0, "head": b"", "kind": kind,
                "code": code,
                "ean": f"594{place:09d}", "name": name, "search": fold(f"{code} {name}"), "price": price, "cost": cost,
                "vat": 2100, "warranty_months": months, "active": True,
            }  # fmt: skip
            self.batch.record("item", item, self.now, self.people["mircea"], "added", {"name": name})
            self.batch.add(Item, item)
        self.batch.write(session)

    def batches(self) -> Iterator[Batch]:
        flow = [status for status, count in _ACTIVE for _one in range(count)]
        active = flow * max(self.orders // _SHARE_OPEN // len(flow), 1)
        active = active[: max(self.orders // 3, 1)]
        self.chance.shuffle(active)
        closed = self.orders - len(active)
        for place in range(closed):
            back = timedelta(days=730) * (1 - place / max(closed, 1)) + timedelta(days=4)
            self._order(self._working_hour(self.now - back), None)
            if self.done % _CHUNK == 0:
                yield self.batch
        for place, status in enumerate(active):
            received = self.now - timedelta(hours=2 + 100 * (1 - place / len(active)) ** 2)
            # whatever was done about it since lies in the past too, whenever in the day the shop is made
            self._order(min(self._working_hour(received), self.now - timedelta(hours=2)), status)
        self.stories.settle()
        yield self.batch

    def _order(self, received: datetime, status: str | None) -> None:
        chance = self.chance
        if status is None:
            status = chance.choices((HANDED_OVER, CANCELLED, NOT_REPAIRABLE), (93, 4, 3))[0]
        internal = status not in {HANDED_OVER, AWAITING_PAYMENT, SHIPPED} and chance.random() < 0.03
        customer, device = self.visitors.next(received)
        kind = kind_of(device["kind"])
        urgent = chance.random() < 0.12
        warranty = chance.random() < 0.05
        on_site = device["kind"] in {"washer", "tv"} and chance.random() < 0.5
        pool = status == CREATED and chance.random() < 0.7
        technician = chance.choice(self.technicians)
        self.stories.settle(received)
        self.number += 1
        self.done += 1
        order = blank_order(
            id=random_key(self.chance, received),
            number=self.number,
            kind="internal" if internal else "external",
            urgency="urgent" if urgent else "normal",
            billing="warranty" if warranty else "paid",
            place="on_site" if on_site else "in_shop",
            address=f"Str. {chance.choice(words.STREETS)} {chance.randint(1, 90)}, Cluj-Napoca" if on_site else "",
            bin=""
            if status in (HANDED_OVER, CANCELLED, NOT_REPAIRABLE, SHIPPED) or on_site
            else f"{'ABCD'[self.number % 4]}{self.number % 9 + 1}",
            status=status,
            customer_id=None if internal else customer["id"],
            device_id=device["id"],
            complaint=chance.choice(words.COMPLAINTS[device["kind"]]),
            condition={item: chance.choices((GOOD, DEFECT, UNTESTED), (70, 18, 12))[0] for item in kind.checklist},
            accessories=chance.sample(kind.accessories, k=min(chance.randint(0, 2), len(kind.accessories))),
            received_at=received,
            received_by=self.people["alina"],
            status_at=received,
            promised_at=self._promised(received, status, urgent=urgent),
            assignee_id=None if pool else self.people[technician],
            claimed_at=None if pool else received + timedelta(minutes=20),
            surcharge=2000 if urgent else 0,
        )
        self.story = Story(order)
        self._journal(
            received,
            "alina",
            "registered",
            {
                "number": self.number,
                "device": device_title(device["brand"], device["model"]),
                "row": {"discount": 0, "discount_amount": 0, "surcharge": order["surcharge"]},
            },
        )
        if not pool:
            self._journal(
                received + timedelta(minutes=20),
                technician,
                "claimed",
                {"assignee": [None, self.names[technician]]},
            )
        self._work(order, device, technician, status, received)
        finish(
            order,
            device,
            None if internal else customer,
            "" if pool else self.names[technician],
            device["serial"],
        )
        self.stories.add(self.story)

    def _work(self, order: Values, device: Values, technician: str, status: str, received: datetime) -> None:
        chance = self.chance
        ready = min(
            received + timedelta(hours=chance.uniform(3, 70)),
            self.now - timedelta(minutes=chance.randint(5, 90)),
        )
        ready = max(ready, received + timedelta(minutes=70))  # after all that is told of the work
        if status != CREATED:
            self._moved(order, received + timedelta(minutes=25), technician, CREATED, IN_PROGRESS)
        stopped = status in {CANCELLED, NOT_REPAIRABLE}
        if status != CREATED and not stopped:
            self._lines(order, device, technician, received + timedelta(minutes=40))
        if chance.random() < 0.35 and status != CREATED:
            self._comment(order, technician, received + timedelta(hours=1))
        if chance.random() < 0.2:
            self._task(order, technician, received, done=status == HANDED_OVER)
        if stopped:
            order["reason"] = chance.choice(words.REASONS)
            self._moved(order, ready, "raluca", IN_PROGRESS, status, order["reason"])
            order["diagnosis"] = order["reason"]
            return
        if order["total"] and chance.random() < 0.3:
            self._pay(
                order,
                received + timedelta(minutes=5),
                "deposit",
                min(order["total"], 10_000 * chance.randint(1, 3)),
            )
        if status in {AWAITING_PARTS, AWAITING_APPROVAL}:
            self._moved(order, ready, technician, IN_PROGRESS, status)
        if status in {READY, AWAITING_PAYMENT, SHIPPED, HANDED_OVER}:
            order["ready_at"] = ready
            order["diagnosis"] = chance.choice(words.FOUND)
            self._moved(order, ready, technician, IN_PROGRESS, READY)
        if status in {AWAITING_PAYMENT, SHIPPED}:
            self._moved(order, ready + timedelta(minutes=5), "alina", READY, status)
        if status == HANDED_OVER:
            home = max(min(self._working_hour(ready + timedelta(hours=chance.uniform(1, 40))), self.now), ready)
            if order["total"] > order["paid"]:
                self._pay(order, home, "payment", order["total"] - order["paid"])
            order["handed_over_at"] = home
            self._moved(order, home, "alina", READY, HANDED_OVER)

    def _lines(self, order: Values, device: Values, technician: str, at: datetime) -> None:
        suited = [row for row in words.CATALOGUE if row[1].startswith(words.PREFIX[device["kind"]])]
        chosen = self.chance.sample(suited, k=min(self.chance.choice((1, 2, 2)), len(suited)))
        total = 0
        for place, (kind, code, name, price, cost, months) in enumerate(chosen):
            total += price
            line: Values = {
                "id": random_key(self.chance, at), "order_id": order["id"], "place": place + 1, "kind": kind, "code": code,
                "name": name, "serial": "", "quantity": 1000, "price": price, "cost": cost, "vat": 2100,
                "discount": 0, "warranty_months": months, "done_by": self.people[technician], "total": price,
            }  # fmt: skip
            self.story.rows.append((Line, line))
            told = {"line": name, "row": values_told(line), "total": price}
            self._journal(at, technician, "line_added", told)
        if order["billing"] == "paid" and order["kind"] == "external":
            order["total"] = total + share(total, order["surcharge"])

    def _pay(self, order: Values, at: datetime, kind: str, amount: int) -> None:
        method = self.chance.choices(("cash", "card", "transfer", "voucher"), (31, 54, 11, 4))[0]
        order["paid"] += amount
        shift_id = self.shift[0] if self.shift and at >= self.shift[1] else None
        payment: Values = {
            "id": random_key(self.chance, at), "order_id": order["id"], "sale_id": None, "customer_id": order["customer_id"],
            "shift_id": shift_id, "place": 1, "kind": kind, "method": method, "amount": amount, "tendered": amount,
            "rates": {"2100": amount}, "reference": "", "reason": "", "corrects": None, "at": at,
            "staff_id": self.people["alina"], "station": "Casa 1", "approved_by": None,
        }  # fmt: skip
        told: Values = {"amount": amount, "method": method, "reason": ""}
        self.story.paid.append((payment, told))
        self._journal(at, "alina", kind, told)

    def _comment(self, order: Values, login: str, at: datetime) -> None:
        text = self.chance.choice(words.COMMENTS)
        comment: Values = {
            "id": random_key(self.chance, at), "order_id": order["id"], "text": text, "to_customer": False, "at": at,
            "staff_id": self.people[login],
        }  # fmt: skip
        self.story.rows.append((Comment, comment))
        self._journal(at, login, "commented", {"text": text, "to_customer": False})

    def _task(self, order: Values, login: str, at: datetime, *, done: bool) -> None:
        text = self.chance.choice(words.TASKS)
        task: Values = {
            "id": random_key(self.chance, at), "order_id": order["id"], "text": text, "due_at": order["promised_at"],
            "assignee_id": self.people[login], "urgent": False, "created_at": at,
            "done_at": at if done else None, "done_by": self.people[login] if done else None,
        }  # fmt: skip
        self.story.rows.append((Task, task))
        self._journal(at, login, "task_added", {"text": text})

    def _moved(self, order: Values, at: datetime, login: str, was: str, to: str, reason: str = "") -> None:
        content: Values = {"status": [was, to]}
        if reason:
            content["reason"] = reason
        order["status_at"] = at
        self._journal(at, login, "moved", content)

    def _journal(self, at: datetime, login: str, action: str, content: Values) -> None:
        self.story.entries.append((at, login, action, content))

    def _promised(self, received: datetime, status: str, *, urgent: bool) -> datetime:
        if status in {HANDED_OVER, CANCELLED, NOT_REPAIRABLE}:
            return self._working_hour(received + timedelta(hours=24 if urgent else self.chance.choice((48, 72, 96))))
        days = self.chance.choice((-3, -2, 0, 0, 0, 1, 1, 1, 2, 3, 5))
        if status in {READY, AWAITING_PAYMENT, SHIPPED} and days < 0:
            days = 0
        promised = self._working_hour(self.now + timedelta(days=days))
        return max(promised, self._working_hour(received + timedelta(hours=2)))

    def _working_hour(self, near: datetime) -> datetime:
        day: date = near.date()
        while day.weekday() == 6:
            day -= timedelta(days=1)
        hour = self.chance.randint(9, 12 if day.weekday() == 5 else 17)
        return moment_at(day, time(hour, self.chance.choice((0, 5, 12, 20, 30, 41, 50))), SHOP.zone)
