"""From the answer to the browser that asked."""

import os
import re
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from tests.support.saml import ENTITY_ID, SSO_URL, Asked, SamlProvider, Signer
from vedette.access.signon.flows import Flows
from vedette.access.signon.refusals import SignOnRefused, SignOnStale
from vedette.access.signon.saml.desk import SamlDesk
from vedette.clock import FakeClock
from vedette.model.signon import SamlSettings

US = "https://v.example.com"
SIGNER = Signer.make()
UNASKED = Asked("", f"{US}/sso/idp/acs", f"{US}/sso/idp/metadata")
SETTINGS = SamlSettings(
    name="idp", entity_id=ENTITY_ID, sso_url=SSO_URL, certificates=(SIGNER.certificate,)
)
OPEN = replace(SETTINGS, idp_initiated=True)


class Here(NamedTuple):
    clock: FakeClock
    flows: Flows
    desk: SamlDesk
    provider: SamlProvider

    def begin(self) -> tuple[str, str]:
        """What the provider answers, and what the browser carries."""
        url, flow = self.desk.begin(SETTINGS, "/traces", US)
        return self.provider.answer(self.provider.asked(url)), self.flows.sealed(flow)


@pytest.fixture
def here() -> Here:
    clock = FakeClock()
    flows = Flows(clock, os.urandom, secret=b"s")
    provider = SamlProvider(SIGNER, now=lambda: clock.now_ns() / 1e9)
    return Here(clock, flows, SamlDesk(flows, clock, os.urandom), provider)


def test_who_asked_is_told(here: Here) -> None:
    answer, carried = here.begin()
    ticket = here.desk.take(SETTINGS, answer, "", US)
    found, next = here.desk.finish(SETTINGS, carried, {"ticket": ticket})
    assert (found.subject, next) == ("ann-1", "/traces")


def test_nobody_else_is_told_and_the_answer_is_gone_then(here: Here) -> None:
    answer, carried = here.begin()
    _, other = here.begin()
    ticket = here.desk.take(SETTINGS, answer, "", US)
    with pytest.raises(SignOnStale):
        here.desk.finish(SETTINGS, other, {"ticket": ticket})
    with pytest.raises(SignOnStale):
        here.desk.finish(SETTINGS, carried, {"ticket": ticket})
    with pytest.raises(SignOnRefused, match="used before"):
        here.desk.take(SETTINGS, answer, "", US)


def test_without_a_ticket_nobody_comes_in(here: Here) -> None:
    _, carried = here.begin()
    with pytest.raises(SignOnStale):
        here.desk.finish(SETTINGS, carried, {})


def test_an_answer_stays_with_its_provider_and_its_address(here: Here) -> None:
    answer, carried = here.begin()
    ticket = here.desk.take(SETTINGS, answer, "", US)
    other = replace(SETTINGS, entity_id="https://other.example.com")
    with pytest.raises(SignOnStale):
        here.desk.finish(other, carried, {"ticket": ticket})
    answer, _ = here.begin()
    with pytest.raises(SignOnRefused, match="another address"):
        here.desk.take(SETTINGS, answer, "", "https://other.example.com")
    with pytest.raises(SignOnRefused, match="another address"):
        here.desk.take(replace(SETTINGS, name="second"), answer, "", US)


def test_a_flow_of_openid_connect_ends_no_saml(here: Here) -> None:
    url, flow = here.desk.begin(SETTINGS, "/", US)
    answer = here.provider.answer(here.provider.asked(url))
    carried = here.flows.sealed(replace(flow, redirect_uri=f"{US}/sso/idp/callback"))
    ticket = here.desk.take(SETTINGS, answer, "", US)
    with pytest.raises(SignOnStale):
        here.desk.finish(SETTINGS, carried, {"ticket": ticket})


def unasked(here: Here) -> str:
    """What the provider says by itself, a while after the start."""
    here.clock.advance(120)

    def leave_out(root: Any) -> Any:
        for one in root.iter():
            one.attrib.pop("InResponseTo", None)
        return root

    here.provider.change = leave_out
    return here.provider.answer(UNASKED)


@pytest.mark.parametrize(
    ("relay", "page"),
    [("/traces?q=1", "/traces?q=1"), ("", "/"), ("https://evil.example", "/"), ("//evil", "/")],
)
def test_where_nobody_needs_to_ask_one_comes_in_without(here: Here, relay: str, page: str) -> None:
    ticket = here.desk.take(OPEN, unasked(here), relay, US)
    found, next = here.desk.finish(OPEN, "", {"ticket": ticket})
    assert (found.subject, next) == ("ann-1", page)
    with pytest.raises(SignOnStale):
        here.desk.finish(OPEN, "", {"ticket": ticket})


def test_elsewhere_nobody_does(here: Here) -> None:
    answer = unasked(here)
    with pytest.raises(SignOnRefused, match="answers no request"):
        here.desk.take(SETTINGS, answer, "", US)
    ticket = here.desk.take(OPEN, answer, "", US)
    with pytest.raises(SignOnStale):
        here.desk.finish(SETTINGS, "", {"ticket": ticket})


def test_what_was_asked_still_needs_who_asked(here: Here) -> None:
    answer, _ = here.begin()
    ticket = here.desk.take(OPEN, answer, "", US)
    with pytest.raises(SignOnStale):
        here.desk.finish(OPEN, "", {"ticket": ticket})


def test_what_nobody_asked_for_counts_once_and_for_its_provider(here: Here) -> None:
    answer = unasked(here)
    ticket = here.desk.take(OPEN, answer, "", US)
    with pytest.raises(SignOnRefused, match="used before"):
        here.desk.take(OPEN, answer, "", US)
    other = replace(OPEN, entity_id="https://other.example.com")
    with pytest.raises(SignOnStale):
        here.desk.finish(other, "", {"ticket": ticket})


def test_after_a_restart_it_is_not_believed_again(here: Here) -> None:
    """What was used is forgotten then, and the clock of the provider may be ahead."""
    answer = unasked(here)
    here.desk.take(OPEN, answer, "", US)
    for _ in range(2):
        again = SamlDesk(here.flows, here.clock, os.urandom)
        with pytest.raises(SignOnRefused, match=re.escape("before, or in the minute after")):
            again.take(OPEN, answer, "", US)
    here.clock.advance(61)
    assert again.take(OPEN, here.provider.answer(UNASKED), "", US)
