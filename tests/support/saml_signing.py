"""A company whose console lets people in through a SAML provider, and a browser to go there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import httpx2
from msgspec.structs import replace as changed

from tests.support.console import Parts
from tests.support.people import Company
from tests.support.saml import SamlProvider, Signer
from tests.support.signing_on import Ended, company
from vedette.clock import FakeClock
from vedette.model.signon import Admission, SamlSettings, SignOnSettings

CROSS_SITE = {
    "origin": "https://idp.example.com", "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate", "sec-fetch-dest": "document",
}  # fmt: skip


class SamlSigning:
    """What the configuration says can be changed while the console runs."""

    def __init__(self, firm: Company, provider: SamlProvider, settings: SignOnSettings) -> None:
        self.firm = firm
        self.provider = provider
        self.settings = settings

    def admit(self, **changes: Any) -> None:
        """Let the provider let in others."""
        (saml,) = self.settings.saml
        admission = Admission(**({"allowed_domains": ("example.com",)} | changes))
        self.settings = SignOnSettings(saml=(changed(saml, admission=admission),))

    def set(self, **changes: Any) -> None:
        """Change the provider's settings."""
        (saml,) = self.settings.saml
        self.settings = SignOnSettings(saml=(changed(saml, **changes),))

    def begin(self, browser: httpx2.Client, next: str = "/traces") -> str:
        """What the provider answers to whom this browser asked."""
        begun = browser.get("/sso/idp", params={"next": next})
        assert begun.status_code == 303, begun.text
        return self.provider.answer(self.provider.asked(begun.headers["location"]))

    def sign_on(self, browser: httpx2.Client | None = None, next: str = "/traces") -> Ended:
        """Go to the provider and come back."""
        browser = browser or self.firm.nobody()
        return Ended(browser, follow(browser, post(browser, self.begin(browser, next))))


def post(browser: httpx2.Client, response: str, relay: str = "") -> httpx2.Response:
    """As a page of the provider does it: without the cookies of a browser that guards them."""
    return httpx2.post(
        f"{browser.base_url}/sso/idp/acs".replace("//sso", "/sso"), headers=CROSS_SITE,
        data={"SAMLResponse": response, "RelayState": relay}, timeout=30,
    )  # fmt: skip


def follow(browser: httpx2.Client, answer: httpx2.Response) -> httpx2.Response:
    """Where an answer leads, to the end."""
    place = urlsplit(answer.headers["location"])
    if place.path != "/sso/idp/callback":
        return answer
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    return browser.get(f"{place.path}?{place.query}", headers=headers)


@contextmanager
def saml_signing() -> Iterator[SamlSigning]:
    """Users of `example.com` may come through the provider `idp`."""
    clock = FakeClock()
    provider = SamlProvider(Signer.make(), now=lambda: clock.now_ns() / 1e9)
    with TemporaryDirectory() as folder:
        parts = Parts(folder=Path(folder), clock=clock)
        saml = SamlSettings(
            name="idp", label="Our IdP", entity_id=provider.entity_id, sso_url=provider.sso_url,
            certificates=(provider.signer.certificate,),
            admission=Admission(allowed_domains=("example.com",)),
        )  # fmt: skip
        made: list[SamlSigning] = []
        with company(parts, lambda: made[0].settings) as firm:
            made.append(SamlSigning(firm, provider, SignOnSettings(saml=(saml,))))
            yield made[0]
