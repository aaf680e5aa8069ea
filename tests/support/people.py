"""A console with users: one who may do everything, two organizations, and whoever a test needs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2

from tests.support.console import Console, run_console
from vedette.access.desk import AccessDesk
from vedette.access.keys import KeySettings
from vedette.access.passwords import hash_password
from vedette.api.sessions import COOKIE, Sessions
from vedette.model.tenant import Allowance
from vedette.model.user import Membership, Permission, Role

PASSWORD = "correct horse battery"
HASHED = hash_password(PASSWORD)


class Company:
    """Organizations `ours` and `theirs`, each with a project and a key."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._clients: list[httpx2.Client] = []
        desk = console.services.access
        assert desk is not None
        self.desk: AccessDesk = desk
        self.root = desk.people.create("root@example.com", password=HASHED, is_root=True)
        self.organization, self.project, self.key = self._tenant("ours")
        self.other, self.other_project, self.other_key = self._tenant("theirs")

    def user(
        self, role: Role, *, organization: str = "", projects: tuple[str, ...] = (),
        permissions: tuple[Permission, ...] = (),
    ) -> httpx2.Client:  # fmt: skip
        """Somebody of this role, logged in."""
        count = len(self.desk.people.list())
        user = self.desk.people.create(f"u{count}@example.com", password=HASHED)
        self.desk.people.place(Membership(
            user_id=user.id, organization_id=organization or self.organization, role=role,
            projects=projects, permissions=permissions,
        ))  # fmt: skip
        return self.as_user(user.id)

    def as_user(self, user_id: str) -> httpx2.Client:
        """A client with a session of this user."""
        cookie, _ = self.console_sessions.issue_to(user_id)
        return self._open(cookies={COOKIE: cookie})

    def nobody(self) -> httpx2.Client:
        """A client that has shown nothing."""
        return self._open()

    def program(self, text: str) -> httpx2.Client:
        """A client with a bearer token."""
        return self._open(headers={"authorization": f"Bearer {text}"})

    def close(self) -> None:
        for client in self._clients:
            client.close()

    def _open(self, **more: Any) -> httpx2.Client:
        client = httpx2.Client(base_url=self.console.url, timeout=30, **more)
        self._clients.append(client)
        return client

    @property
    def console_sessions(self) -> Sessions:
        settings = self.console.services.settings
        return Sessions(
            self.console.services.clock, token_sha256=settings.token_sha256,
            session_key=settings.session_key, ttl_s=60,
        )  # fmt: skip

    def _tenant(self, name: str) -> tuple[str, str, str]:
        organization = self.desk.organizations.create(name, Allowance()).value.id
        project = self.desk.projects.create(f"{name}-app", organization, Allowance()).value.id
        key, _ = self.desk.keys.create(project, KeySettings(name=f"{name}-key"))
        return organization, project, key.value.id


@contextmanager
def company(**settings: Any) -> Iterator[Company]:
    with run_console(**settings) as console:
        firm = Company(console)
        try:
            yield firm
        finally:
            firm.close()
