"""Colleagues are added, changed, dismissed and given PINs by who may, with their own PIN once more (P22)."""

from dataclasses import replace

import pytest

from shop import NAMES, PIN, TestShop
from ticketdesk.domain.errors import Refusal
from ticketdesk.domain.rights import Role
from ticketdesk.services import colleagues, staff
from ticketdesk.services.approvals import NeedsApproval
from ticketdesk.services.colleagues import SetPin
from ticketdesk.services.doors import Forbidden
from ticketdesk.services.merging import Edit
from ticketdesk.services.staff import NewStaff
from ticketdesk.services.verify import verify

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
            sqlite_shop.do(colleagues.set_pin, asked, giver)
            assert signs_in(sqlite_shop, to, OTHER)
            with sqlite_shop.database.read() as session:
                back = SetPin(asked.staff_id, staff.hashed(session, PIN, to))
            sqlite_shop.do(colleagues.set_pin, back, giver)
        elif to in GIVEN.get(giver, set()):
            with pytest.raises(NeedsApproval, match=f"Confirm with your PIN: Give {NAMES[to]} a new PIN"):
                sqlite_shop.do(colleagues.set_pin, asked, giver)
            sqlite_shop.approved(colleagues.set_pin, asked, giver)
            assert signs_in(sqlite_shop, to, OTHER)
        else:
            with pytest.raises(Forbidden, match=f"Only an owner may give {NAMES[to]} a PIN"):
                sqlite_shop.do(colleagues.set_pin, asked, giver)
            assert signs_in(sqlite_shop, to, PIN)


def test_an_owner_adds_changes_and_dismisses_colleagues_with_their_own_pin(shop: TestShop) -> None:
    with shop.database.read() as session:
        new = NewStaff("Radu Pop", "radu", Role.CLERK, staff.hashed(session, OTHER, Role.CLERK))
    with pytest.raises(Refusal, match="Write the name"):  # nobody is asked for what cannot be done
        shop.do(colleagues.add, replace(new, name=" "))
    with pytest.raises(NeedsApproval, match="Add the colleague Radu Pop: counter clerk"):
        shop.do(colleagues.add, new)
    radu = shop.approved(colleagues.add, new).id
    for change, words in (
        (Edit(radu, {"name": "Radu Pop"}, {"name": "Radu Popa"}), "Write Radu Popa in place of Radu Pop"),
        (Edit(radu, {"role": "clerk"}, {"role": "technician"}), "Make Radu Popa technician"),
        (Edit(radu, {"active": True}, {"active": False}), "Radu Popa no longer works here"),
    ):
        with pytest.raises(NeedsApproval, match=f"Confirm with your PIN: {words}"):
            shop.do(colleagues.edit, change)
        shop.approved(colleagues.edit, change)
    with shop.database.snapshot() as session:
        row = staff.one(session, radu)
        assert (row.name, row.role, row.active) == ("Radu Popa", Role.TECHNICIAN, False)
        assert list(verify(session)) == []
