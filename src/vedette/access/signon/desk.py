"""All providers through which users sign on, as the configuration names them now."""

import threading
from collections.abc import Callable, Mapping
from typing import NamedTuple

from vedette.access.desk import AccessDesk
from vedette.access.issuing import Chance
from vedette.access.signon.admitting import admit
from vedette.access.signon.endings import Ending, Endings
from vedette.access.signon.flows import Flows
from vedette.access.signon.oidc import OidcClient
from vedette.access.signon.saml.client import metadata
from vedette.access.signon.saml.desk import SamlDesk
from vedette.clock import Clock
from vedette.errors import NotFound
from vedette.model.signon import OidcSettings, SamlSettings, SignOnSettings
from vedette.model.user import User


class SignedOn(NamedTuple):
    """Who logged in."""

    user: User
    next: str
    """Page of the console to go to."""
    id_token: str
    """Empty for SAML."""


class SignOnDesk:
    """All methods may block, some on the network; thread-safe."""

    def __init__(
        self, access: AccessDesk, settings: Callable[[], SignOnSettings], clock: Clock, *,
        chance: Chance, secret: bytes,
    ) -> None:  # fmt: skip
        """`secret` seals what browsers carry."""
        self._access = access
        self._settings = settings
        self._clock = clock
        self._flows = Flows(clock, chance, secret=secret)
        self._endings = Endings(chance, secret=secret)
        self._saml = SamlDesk(self._flows, clock, chance)
        self._lock = threading.Lock()
        self._clients: dict[str, OidcClient] = {}

    @property
    def passwords(self) -> bool:
        """Whether users log in by password."""
        return self._settings().passwords

    def providers(self) -> tuple[tuple[str, str], ...]:
        """Name and label of each, in the order of the configuration."""
        settings = self._settings()
        found: tuple[OidcSettings | SamlSettings, ...] = (*settings.oidc, *settings.saml)
        return tuple((one.name, one.label or one.name) for one in found)

    def begin(self, provider: str, next: str, base_url: str) -> tuple[str, str]:
        """Where the browser goes, and what it carries meanwhile. Raises NotFound or
        SignOnRefused."""
        saml = self._saml_settings(provider)
        if saml is not None:
            url, flow = self._saml.begin(saml, next, base_url)
            return url, self._flows.sealed(flow)
        client = self._oidc(provider)
        flow = self._flows.begin(provider, next, f"{base_url}/sso/{provider}/callback")
        return client.begin(flow), self._flows.sealed(flow)

    def finish(self, provider: str, carried: str, answer: Mapping[str, str]) -> SignedOn:
        """Who logged in. Raises NotFound, SignOnRefused or StoreError."""
        saml = self._saml_settings(provider)
        if saml is not None:
            found, flow = self._saml.finish(saml, carried, answer)
            user = admit(self._access, provider, saml.admission, found)
            return SignedOn(user, flow.next, "")
        client = self._oidc(provider)
        flow = self._flows.opened(carried, provider, answer.get("state", ""))
        found = client.finish(flow, answer)
        user = admit(self._access, provider, client.settings.admission, found)
        return SignedOn(user, flow.next, found.id_token)

    def ending(self, provider: str, session: str, id_token: str) -> str:
        """What the browser carries until this session of ours ends."""
        return self._endings.sealed(Ending(provider=provider, session=session, id_token=id_token))

    def end(self, carried: str, session: str, back_to: str) -> str:
        """Where the browser goes to log out at its provider, too; empty where it does not.
        Raises ProviderAway."""
        ending = self._endings.opened(carried, session)
        if ending is None or all(one.name != ending.provider for one in self._settings().oidc):
            return ""
        return self._oidc(ending.provider).end(ending.id_token, back_to)

    def check_saml(self, provider: str) -> None:
        """Raises NotFound unless it is a SAML provider."""
        self._known_saml(provider)

    def take(self, provider: str, response: str, base_url: str) -> str:
        """A ticket for what a SAML provider says, good in the browser that began alone. Raises
        NotFound or SignOnRefused."""
        return self._saml.take(self._known_saml(provider), response, base_url)

    def metadata(self, provider: str, base_url: str) -> str:
        """What a SAML provider has to know of this console. Raises NotFound."""
        return metadata(self._known_saml(provider).name, base_url)

    def _saml_settings(self, name: str) -> SamlSettings | None:
        return next((one for one in self._settings().saml if one.name == name), None)

    def _known_saml(self, name: str) -> SamlSettings:
        found = self._saml_settings(name)
        if found is None:
            raise NotFound(f"There is no SAML provider {name[:80]!r} to log in with.")
        return found

    def _oidc(self, name: str) -> OidcClient:
        """The client keeps what it knows of the issuer as long as its settings stay."""
        settings = self._settings()
        wanted: OidcSettings | None = next((o for o in settings.oidc if o.name == name), None)
        if wanted is None:
            raise NotFound(f"There is no provider {name[:80]!r} to log in with.")
        with self._lock:
            client = self._clients.get(name)
            if client is None or client.settings != wanted:
                client = OidcClient(wanted, self._clock, private_hosts=settings.private_hosts)
                self._clients[name] = client
            return client
