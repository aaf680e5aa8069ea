"""From the answer of a SAML provider to the browser that asked for it, and from log-outs to those
who left."""

from collections.abc import Mapping

from vedette.access.issuing import Chance
from vedette.access.signon.flows import Flow, Flows, page_of
from vedette.access.signon.refusals import SignOnStale
from vedette.access.signon.saml.client import SamlClient, acs_url, assertion_of, state_of
from vedette.access.signon.saml.farewell import Left
from vedette.access.signon.saml.kept import Answers, Used
from vedette.clock import Clock
from vedette.errors import NotFound
from vedette.model.signon import Assertion, SamlPresence, SamlSettings


class SamlDesk:
    """Of all SAML providers; thread-safe."""

    def __init__(self, flows: Flows, clock: Clock, chance: Chance) -> None:
        self._flows = flows
        self._clock = clock
        self._chance = chance
        self._answers = Answers(clock, chance)
        self._used = Used(clock)

    def begin(self, settings: SamlSettings, next: str, base_url: str) -> tuple[str, Flow]:
        """Where the browser goes."""
        flow = self._flows.begin(settings.name, next, acs_url(settings.name, base_url))
        return SamlClient(settings, self._clock).begin(flow, base_url), flow

    def take(self, settings: SamlSettings, response: str, relay: str, base_url: str) -> str:
        """A ticket for what the provider says, which lets in nobody by itself where somebody
        asked; where nobody did, `relay` is the page to go to. Raises SignOnRefused."""
        client = SamlClient(settings, self._clock)
        answer = client.read(response, base_url, next=page_of(relay))
        if not answer.said.in_response_to:
            self._used.check_remembered(answer.said.made_s)
        self._used.use(answer.issuer, answer.said.id, answer.said.expires_s)
        return self._answers.keep(answer)

    def finish(
        self, settings: SamlSettings, carried: str, query: Mapping[str, str]
    ) -> tuple[Assertion, str]:  # fmt: skip
        """Who logged in, where this browser asked for it or nobody needs to, and the page to go
        to. Raises SignOnRefused."""
        answer = self._answers.take(query.get("ticket", ""))
        if not answer.said.in_response_to and settings.idp_initiated:
            if (answer.provider, answer.issuer) != (settings.name, settings.entity_id):
                raise SignOnStale("This is the end of another log-in. Begin again.")
            return assertion_of(answer), answer.next
        flow = self._flows.opened(carried, settings.name, state_of(answer.said.in_response_to))
        known = (settings.name, settings.entity_id, flow.redirect_uri)
        if (answer.provider, answer.issuer, answer.recipient) != known:
            raise SignOnStale("This is the end of another log-in. Begin again.")
        return assertion_of(answer), flow.next

    def leave(self, settings: SamlSettings, presence: SamlPresence, base_url: str) -> str:
        """Where the browser goes to leave there, too; empty where it does not."""
        return SamlClient(settings, self._clock).leave(presence, self._id(), base_url)

    def read_leaving(
        self, settings: SamlSettings, query: str, form: dict[str, list[str]] | None, base_url: str
    ) -> Left | None:
        """Who left there, told once; None for the answer to who left here. Raises NotFound where
        log-outs are not told, and SignOnRefused."""
        client = SamlClient(settings, self._clock)
        if not client.ends_together:
            raise NotFound(f"Log-outs are not told to {settings.name!r}.")
        left = client.read_leaving(query, form, base_url)
        if left is not None:
            self._used.use(settings.entity_id, left.id, left.expires_s)
        return left

    def answer(self, settings: SamlSettings, left: Left, base_url: str, *, is_done: bool) -> str:
        """Where the browser goes that came with a request."""
        return SamlClient(settings, self._clock).answer(left, self._id(), base_url, is_done=is_done)

    def _id(self) -> str:
        return f"_{self._chance(16).hex()}"
