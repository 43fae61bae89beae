"""Who reads, and at which PC: what a role may not see of customers stands in none of its answers, whoever asks."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ticketdesk.domain.rights import Right, Role, may
from ticketdesk.storage.asked import Asked
from ticketdesk.storage.database import Database

_ROLE, _STATION = "read as", "read at"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of a role, or nobody signed in, who asks a shop's database at a PC."""

    database: Database
    role: Role | None
    station: str = ""

    @contextmanager
    def read(self, asked: Asked | None = None) -> Generator[Session]:
        """Ask questions as this role; raises as ``Database.read`` does."""
        with self.database.read(asked) as session:
            session.info[_ROLE], session.info[_STATION] = self.role, self.station
            yield session

    @contextmanager
    def snapshot(self) -> Generator[Session]:
        """Ask several questions of one and the same moment as this role; raises as ``Database.snapshot`` does."""
        with self.database.snapshot() as session:
            session.info[_ROLE], session.info[_STATION] = self.role, self.station
            yield session


def sees_customers(session: Session) -> bool:
    """Say whether answers may hold more of a customer than the name: how they are reached, where they live, what they owe.

    The program itself, which reads for nobody in particular, needs all of it.
    """
    return _ROLE not in session.info or may(session.info[_ROLE], Right.SEE_CUSTOMERS)


def told_phone(session: Session, phone: str) -> str:
    """Give a customer's phone to who may see it; nothing to others."""
    return phone if sees_customers(session) else ""


def station(session: Session) -> str:
    """Say at which PC this is asked; nothing where the program itself reads."""
    return str(session.info.get(_STATION, ""))
