"""The humans of the messenger. A person's id is also the id of their private chat."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

FIRST_FREE_ID = 700_000_001


@dataclass
class Person:
    id: int
    name: str
    role: str = ""

    def view(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "role": self.role}

    def as_user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": "ru"}

    def as_chat(self) -> dict[str, Any]:
        return {"id": self.id, "first_name": self.name, "type": "private"}


class People:
    """Everyone known here, in the order of their panes."""

    def __init__(self, people: Iterable[Person] = ()) -> None:
        self._by_id = {person.id: person for person in people}

    @classmethod
    def parse(cls, rows: Any) -> Self:
        """From a list of ``{"id", "name", "role"}``; raises KeyError, TypeError or ValueError on anything else."""
        if not isinstance(rows, list) or not rows:
            raise ValueError(rows)
        return cls(Person(int(row["id"]), str(row["name"]), str(row.get("role", ""))) for row in rows)

    def all(self) -> list[Person]:
        return list(self._by_id.values())

    def get(self, person_id: int) -> Person | None:
        return self._by_id.get(person_id)

    def add(self, name: str, role: str = "", person_id: int | None = None) -> Person:
        """A new person, or the same one under a new name and role."""
        number = person_id if person_id is not None else max([FIRST_FREE_ID - 1, *self._by_id]) + 1
        person = self._by_id[number] = Person(number, name, role)
        return person
