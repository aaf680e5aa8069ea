"""What browsers carry through a sign-on."""

import os

import pytest

from vedette.access.signon.flows import TTL_S, Flows, page_of
from vedette.access.signon.refusals import SignOnStale
from vedette.clock import FakeClock


def flows(clock: FakeClock, secret: bytes = b"k" * 32) -> Flows:
    return Flows(clock, os.urandom, secret=secret)


def test_what_is_carried_comes_back_and_tells_nothing() -> None:
    made = flows(FakeClock())
    flow = made.begin("idp", "/traces", "http://x/callback")
    text = made.sealed(flow)
    assert flow.verifier not in text
    assert made.opened(text, "idp", flow.state) == flow
    assert len({flow.state, flow.nonce, flow.verifier}) == 3
    assert len(flow.verifier) >= 43
    assert flow.challenge != flow.verifier


def test_it_outlives_a_restart() -> None:
    clock = FakeClock()
    before = flows(clock)
    flow = before.begin("idp", "/", "")
    assert flows(clock).opened(before.sealed(flow), "idp", flow.state) == flow


@pytest.mark.parametrize("text", ["", "x", "A" * 400, "é", "=" * 8])
def test_what_was_not_sealed_here_is_refused(text: str) -> None:
    with pytest.raises(SignOnStale):
        flows(FakeClock()).opened(text, "idp", "x")


def test_of_another_key_another_provider_another_state_or_too_old_it_is_refused() -> None:
    clock = FakeClock()
    made = flows(clock)
    flow = made.begin("idp", "/", "")
    text = made.sealed(flow)
    with pytest.raises(SignOnStale):
        flows(clock, b"other" * 8).opened(text, "idp", flow.state)
    with pytest.raises(SignOnStale):
        made.opened(text, "other", flow.state)
    for state in ("", "x", flow.state + "x", "\udcff"):
        with pytest.raises(SignOnStale):
            made.opened(text, "idp", state)
    clock.advance(TTL_S)
    with pytest.raises(SignOnStale):
        made.opened(text, "idp", flow.state)


@pytest.mark.parametrize(
    "next", ["", "x", "//a", "/\\a", "/a\\b", "https://a/", "/a\nb", "/a b", "/" + "a" * 2_000]
)
def test_what_is_no_page_of_this_console_becomes_the_first_one(next: str) -> None:
    assert page_of(next) == "/"


@pytest.mark.parametrize("next", ["/", "/traces?q=a&b=%20#c", "/sessions/a-b"])
def test_pages_stay(next: str) -> None:
    assert page_of(next) == next
