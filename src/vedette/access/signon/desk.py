"""All providers through which users sign on, as the configuration names them now."""

import logging
import threading
from collections.abc import Callable, Mapping
from typing import NamedTuple

from vedette.access.desk import AccessDesk
from vedette.access.issuing import Chance
from vedette.access.signon.admitting import admit
from vedette.access.signon.endings import Ending, Endings
from vedette.access.signon.flows import Flows
from vedette.access.signon.oidc import OidcClient
from vedette.access.signon.saml.client import issuer_of, metadata
from vedette.access.signon.saml.desk import SamlDesk
from vedette.clock import Clock
from vedette.errors import NotFound, StoreError
from vedette.model.signon import OidcSettings, SamlPresence, SamlSettings, SignOnSettings
from vedette.model.user import Identity, User

log = logging.getLogger(__name__)


class SignedOn(NamedTuple):
    """Who logged in."""

    user: User
    next: str
    """Page of the console to go to."""
    id_token: str = ""
    """Of an OpenID Connect provider."""
    presence: SamlPresence | None = None
    """Of a SAML provider."""


class Followed(NamedTuple):
    """What a SAML provider said of log-outs."""

    user: User | None
    """Whose sessions ended; None for nobody's."""
    url: str
    """Where the browser goes; empty: it is the end."""


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
            found, next = self._saml.finish(saml, carried, answer)
            user = admit(self._access, provider, saml.admission, found)
            return SignedOn(user, next, presence=found.presence)
        client = self._oidc(provider)
        flow = self._flows.opened(carried, provider, answer.get("state", ""))
        found = client.finish(flow, answer)
        user = admit(self._access, provider, client.settings.admission, found)
        return SignedOn(user, flow.next, found.id_token)

    def ending(self, provider: str, session: str, found: SignedOn) -> str:
        """What the browser carries until this session of ours ends; empty where its provider needs
        nothing to end its own."""
        if not found.id_token and found.presence is None:
            return ""
        return self._endings.sealed(Ending(
            provider=provider, session=session, id_token=found.id_token, presence=found.presence
        ))  # fmt: skip

    def end(self, carried: str, session: str, base_url: str) -> str:
        """Where the browser goes to log out at its provider, too; empty where it does not.
        Raises ProviderAway."""
        ending = self._endings.opened(carried, session)
        if ending is None:
            return ""
        saml = self._saml_settings(ending.provider)
        if saml is not None and ending.presence is not None:
            return self._saml.leave(saml, ending.presence, base_url)
        if all(one.name != ending.provider for one in self._settings().oidc):
            return ""
        return self._oidc(ending.provider).end(ending.id_token, f"{base_url}/login")

    def follow(
        self, provider: str, query: str, form: dict[str, list[str]] | None, base_url: str
    ) -> Followed:
        """End here what ended at a SAML provider; it is told where that fails. Raises NotFound or
        SignOnRefused."""
        saml = self._known_saml(provider)
        left = self._saml.read_leaving(saml, query, form, base_url)
        if left is None:
            return Followed(None, "")
        identity = Identity(issuer=issuer_of(saml), subject=left.subject)
        try:
            user = self._access.people.leave(identity, provider, left.sessions)
        except StoreError as error:
            log.warning("log-out of %s could not be followed: %s", provider, error.message)
            return Followed(None, self._saml.answer(saml, left, base_url, is_done=False))
        return Followed(user, self._saml.answer(saml, left, base_url, is_done=True))

    def check_saml(self, provider: str) -> None:
        """Raises NotFound unless it is a SAML provider."""
        self._known_saml(provider)

    def take(self, provider: str, response: str, relay: str, base_url: str) -> str:
        """A ticket for what a SAML provider says, good in the browser that began alone, where one
        did. Raises NotFound or SignOnRefused."""
        return self._saml.take(self._known_saml(provider), response, relay, base_url)

    def metadata(self, provider: str, base_url: str) -> str:
        """What a SAML provider has to know of this console. Raises NotFound."""
        return metadata(self._known_saml(provider), base_url)

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
