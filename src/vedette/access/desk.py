"""Everything about tenants and keys behind one door, for the API and the core."""

import os
from pathlib import Path

from vedette.access.allowances import Allowances
from vedette.access.book import Book
from vedette.access.issuing import Chance
from vedette.access.keys import Keys
from vedette.access.logins import Logins
from vedette.access.people import People
from vedette.access.tenants import Organizations, Projects
from vedette.clock import Clock
from vedette.ports.stores import Records


class AccessDesk:
    """Organizations, projects, keys and allowances over one record store."""

    def __init__(
        self, records: Records, clock: Clock, *, file: Path | None = None,
        chance: Chance = os.urandom, secret: bytes = b"", users: Path | None = None,
    ) -> None:  # fmt: skip
        """`file` is what the workers read; `secret` seals the secrets of one-time codes;
        `users` is a file that is there while there are users."""
        self.book = Book(records, file)
        self.organizations = Organizations(self.book, clock, chance)
        self.projects = Projects(self.book, clock, chance)
        self.keys = Keys(self.book, clock, chance)
        self.people = People(records, clock, chance, users)
        self.logins = Logins(self.people, clock, chance, secret=secret)
        self.allowances = Allowances(self.book, clock, chance)
