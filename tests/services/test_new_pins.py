"""Who gives whom a new PIN: oneself at once, colleagues with one's own PIN once more (P22)."""

import pytest

from shop import NAMES, PIN, TestShop
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Role
from ticketdesk.services import new_pins, staff
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.new_pins import SetPin

OTHER = "739164"
GIVEN = {
    Role.OWNER: {Role.MANAGER, Role.CLERK, Role.TECHNICIAN, Role.ACCOUNTANT},
    Role.MANAGER: {Role.CLERK, Role.TECHNICIAN},
}


def new_pin(shop: TestShop, role: Role) -> SetPin:
    with shop.database.read() as session:
        return SetPin(shop.people[role], staff.hashed(session, OTHER, role))


def signs_in(shop: TestShop, role: Role, pin: str) -> bool:
    try:
        staff.sign_in(shop.database, shop.people[role], pin, "T1", shop.by().at)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize("giver", list(Role))
def test_a_pin_is_given_by_those_who_may_and_nobody_resets_an_owner(sqlite_shop: TestShop, giver: Role) -> None:
    for to in Role:
        asked = new_pin(sqlite_shop, to)
        if to is giver:
            sqlite_shop.do(new_pins.set_pin, asked, giver)
            assert signs_in(sqlite_shop, to, OTHER)
            with sqlite_shop.database.read() as session:
                back = SetPin(asked.staff_id, staff.hashed(session, PIN, to))
            sqlite_shop.do(new_pins.set_pin, back, giver)
        elif to in GIVEN.get(giver, set()):
            with pytest.raises(NeedsApproval, match=f"Confirm with your PIN: Give {NAMES[to]} a new PIN"):
                sqlite_shop.do(new_pins.set_pin, asked, giver)
            sqlite_shop.approved(new_pins.set_pin, asked, giver)
            assert signs_in(sqlite_shop, to, OTHER)
        else:
            with pytest.raises(Forbidden, match=f"Only an owner may give {NAMES[to]} a PIN"):
                sqlite_shop.do(new_pins.set_pin, asked, giver)
            assert signs_in(sqlite_shop, to, PIN)
