"""A company whose console lets people in through a provider, and a browser to go there."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2

from tests.support.console import Console, Parts, listening, make_services
from tests.support.openid import CLIENT_ID, CLIENT_SECRET, OpenIdProvider
from tests.support.people import Company
from vedette.access.signon.desk import SignOnDesk
from vedette.api.services import ApiSettings
from vedette.clock import FakeClock
from vedette.model.signon import Admission, OidcSettings, SignOnSettings


class Signing:
    """What the configuration says can be changed while the console runs."""

    def __init__(self, firm: Company, provider: OpenIdProvider, settings: SignOnSettings) -> None:
        self.firm = firm
        self.provider = provider
        self.settings = settings

    def admit(self, **changes: Any) -> None:
        """Let the provider let in others."""
        oidc = self.settings.oidc[0]
        admission = Admission(**({"allowed_domains": ("example.com",)} | changes))
        self.settings = SignOnSettings(
            oidc=(OidcSettings(**_fields(oidc) | {"admission": admission}),),
            passwords=self.settings.passwords,
        )

    def set(self, **changes: Any) -> None:
        """Change the provider's settings."""
        fields = _fields(self.settings.oidc[0]) | changes
        self.settings = SignOnSettings(oidc=(OidcSettings(**fields),))

    def sign_on(self, browser: httpx2.Client | None = None, next: str = "/traces") -> "Ended":
        """Go to the provider and come back."""
        browser = browser or self.firm.nobody()
        begun = browser.get("/sso/local", params={"next": next})
        assert begun.status_code == 303, begun.text
        if not begun.headers["location"].startswith(self.provider.url):
            return Ended(browser, begun)
        there = httpx2.get(begun.headers["location"])
        assert there.status_code == 302, there.text
        return Ended(browser, come_back(browser, there.headers["location"]))


class Ended:
    """How a sign-on ended."""

    def __init__(self, browser: httpx2.Client, answer: httpx2.Response) -> None:
        self.browser = browser
        self.answer = answer
        self.place = answer.headers.get("location", "")
        self.problem = parse_qs(urlsplit(self.place).query).get("problem", [""])[0]

    @property
    def user(self) -> Any:
        return self.browser.get("/api/v1/session").json()["user"]


def come_back(browser: httpx2.Client, url: str) -> httpx2.Response:
    """As a browser does it whom a page of another site sends here."""
    parts = urlsplit(url)
    return browser.get(
        f"{parts.path}?{parts.query}",
        headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
    )


@contextmanager
def signing() -> Iterator[Signing]:
    """Users of `example.com` may come through the provider `local`."""
    clock = FakeClock()
    with (
        OpenIdProvider(now=lambda: clock.now_ns() / 1e9) as provider,
        TemporaryDirectory() as folder,
    ):
        parts = Parts(folder=Path(folder), clock=clock)
        oidc = OidcSettings(
            name="local", label="Local", issuer=provider.url, client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET, admission=Admission(allowed_domains=("example.com",)),
        )  # fmt: skip
        made: list[Signing] = []
        with company(parts, lambda: made[0].settings) as firm:
            made.append(Signing(firm, provider, SignOnSettings(oidc=(oidc,))))
            yield made[0]


@contextmanager
def company(parts: Parts, settings: Callable[[], SignOnSettings]) -> Iterator[Company]:
    """A console that lets people in by these settings, as they are when somebody comes."""
    services = make_services(parts, ApiSettings(static_dir=Path("/nowhere")))
    assert services.access is not None
    desk = SignOnDesk(services.access, settings, parts.clock, chance=os.urandom, secret=b"s" * 32)
    services = replace(services, sign_on=desk)
    with listening(services) as port:
        url = f"http://127.0.0.1:{port}"
        with httpx2.Client(base_url=url, timeout=30) as client:
            firm = Company(Console(url, client, services, parts))
            yield firm
            firm.close()
    services.store.close()
    services.records.close()


def _fields(one: Any) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__struct_fields__}
