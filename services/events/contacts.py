"""Whom a college may ask, as the event says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Contacts:
    """Support's address and portal, and the coordinator of the college's region where the event names one."""

    email: str = ""
    portal: str = ""
    coordinator: str = ""
    coordinator_ways: tuple[str, ...] = ()
    """Phone and e-mail, as far as given."""


def contacts_for(contacts: Mapping[str, Any], region_code: str) -> Contacts:
    """The contacts that a college of this region is shown."""
    own = contacts.get("coordinators", {}).get(region_code, {})
    ways = tuple(own[way] for way in ("phone", "email") if own.get(way))
    return Contacts(contacts.get("email", ""), contacts.get("portal", ""), own.get("name", ""), ways)
