"""Who comes into the demo shop, and with what: plausible people, companies and devices, some of them again."""

import random
from collections import deque
from datetime import UTC, datetime
from typing import Any

from ticketdesk.domain.codes import luhn_digit
from ticketdesk.domain.devices import device_title
from ticketdesk.domain.keys import UUID, key_at
from ticketdesk.domain.search import fold
from ticketdesk.domain.tax_numbers import romanian_digit
from ticketdesk.services import demo_words as words
from ticketdesk.services.bulk import Batch, Values, blank_customer
from ticketdesk.storage.tables import Device

_REMEMBERED = 400
"""Who comes again is one of so many latest."""
_TWINS, _FIRST_TWIN = 120, 16
"""Of so many customers one is written down twice."""


def random_key(chance: random.Random, at: datetime) -> UUID:
    """Make the key of a row made at a moment: the same again for the same seed."""
    return key_at(int(at.astimezone(UTC).timestamp() * 1000), chance.randbytes(10))


class Visitors:
    """Adds customers and devices to a batch, as a clerk writes them down; ``customer`` is the last number given."""

    def __init__(self, chance: random.Random, batch: Batch, clerk: UUID) -> None:
        self.chance, self.batch, self.clerk = chance, batch, clerk
        self.customer = 0
        self.customers: deque[Values] = deque(maxlen=_REMEMBERED)
        self.companies: dict[str, Values] = {}
        self.devices: deque[tuple[Values, Values]] = deque(maxlen=_REMEMBERED)

    def next(self, at: datetime) -> tuple[Values, Values]:
        """Give the customer who comes in at a moment, and the device brought: known ones or new ones."""
        chance = self.chance
        if self.devices and chance.random() < 0.12:
            return chance.choice(self.devices)
        known = self.customers and chance.random() < 0.35
        customer = chance.choice(self.customers) if known else self._customer(at)
        device = self._device(at)
        self.devices.append((customer, device))
        return customer, device

    def _customer(self, at: datetime) -> Values:
        chance = self.chance
        if chance.random() < 0.08:
            name = f"{chance.choice(words.TRADES)} {chance.choice(words.TRADE_NAMES)}"
            if name in self.companies:
                return self.companies[name]
            self.companies[name] = self._added(at, **self._company(name))
            return self.companies[name]
        if self.customer % _TWINS == _FIRST_TWIN:
            twin = chance.choice([customer for customer in self.customers if not customer["company"]])
            # somebody at the counter did not find them, and typed them anew
            name = " ".join(reversed(twin["name"].split()))
            return self._added(at, name=name, email=twin["email"])
        first, last = chance.choice(words.FIRST), chance.choice(words.LAST)
        mailed = chance.random() < 0.4
        return self._added(
            at,
            name=f"{first} {last}",
            phone=self._phone(),
            email=f"{fold(first)}.{fold(last)}{self.customer + 1}@exemplu.ro" if mailed else "",
            contacts=[f"{self._phone()} {chance.choice(words.RELATIVES)}"] if chance.random() < 0.05 else [],
            tags=[chance.choice(words.TAGS)] if chance.random() < 0.06 else [],
        )

    def _company(self, name: str) -> Values:
        chance = self.chance
        digits = str(chance.randint(1_000_000, 4_999_999))
        street = f"Str. {chance.choice(words.STREETS)} {chance.randint(1, 90)}"
        return {
            "name": name, "company": True, "legal_name": f"{name} SRL", "phone": self._phone(),
            "email": f"office@{fold(name).replace(' ', '-')}.example", "address": f"{street}, Cluj-Napoca",
            "tax_id": f"RO{digits}{romanian_digit(digits)}", "tags": [words.TAGS[0]] if chance.random() < 0.3 else [],
        }  # fmt: skip

    def _phone(self) -> str:
        return f"+407{self.chance.randint(20, 79)}{self.chance.randint(0, 999_999):06d}"

    def _added(self, at: datetime, **facts: Any) -> Values:
        self.customer += 1
        consent = self.chance.random() < 0.6
        signed = {"consent": consent, "consent_at": at if consent else None,
                  "consent_by": self.clerk if consent else None}  # fmt: skip
        number, key = self.customer, random_key(self.chance, at)
        customer = blank_customer(id=key, number=number, language="ro", created_at=at, **signed, **facts)
        content = {"name": customer["name"], "phone": customer["phone"]}
        self.batch.record("customer", customer, at, self.clerk, "added", content)
        self.batch.add_customer(customer)
        self.customers.append(customer)
        return customer

    def _device(self, at: datetime) -> Values:
        chance = self.chance
        kind = chance.choices(list(words.MODELS), [len(models) for models in words.MODELS.values()])[0]
        brand, model = chance.choice(words.MODELS[kind])
        if kind in {"phone", "tablet"}:
            digits = f"35{chance.randint(0, 10**12 - 1):012d}"
            serial = digits + luhn_digit(digits)
        else:
            serial = "".join(chance.choices("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", k=10))
        device: Values = {
            "id": random_key(self.chance, at), "version": 0, "head": b"", "kind": kind, "brand": brand, "model": model,
            "serial": serial, "colour": chance.choice(words.COLOURS), "made_in": None,
            "title_sort": fold(device_title(brand, model)), "created_at": at,
        }  # fmt: skip
        self.batch.record("device", device, at, self.clerk, "added", {"title": model, "serial": serial})
        self.batch.add(Device, device)
        return device
