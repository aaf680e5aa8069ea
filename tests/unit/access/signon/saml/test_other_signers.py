"""Answers that programs of others wrote: Auth0's `saml` (assertions) and `xml-crypto` (responses).

`assertion`, `response` and `both` say what is signed; `prefixes` names prefixes that are not used
(`InclusiveNamespaces`), as Okta does; `inclusive` has its signature in inclusive canonical form.
"""

import base64
from pathlib import Path

import msgspec
import pytest

from vedette.access.signon.refusals import SignOnRefused
from vedette.access.signon.saml.responses import read_response
from vedette.access.signon.saml.said import Person, Said
from vedette.access.signon.saml.times import time_of
from vedette.model.signon import SamlSettings

TAPES = Path(__file__).parents[4] / "tapes" / "saml"
RESPONSES = msgspec.json.decode((TAPES / "responses.json").read_bytes(), type=dict[str, str])
SETTINGS = SamlSettings(
    name="idp", entity_id="https://idp.example.com/metadata", sso_url="https://idp.example.com/",
    certificates=((TAPES / "idp.pem").read_text(),),
)  # fmt: skip


def read(text: str) -> Said:
    at_s = time_of(text.partition('IssueInstant="')[2].partition('"')[0])
    return read_response(
        base64.b64encode(text.encode()).decode(), SETTINGS, audience="https://v/me",
        recipient="https://v/acs", now_s=at_s + 1,
    )  # fmt: skip


@pytest.mark.parametrize("head", ["", '<?xml version="1.0" encoding="UTF-8"?>\n'], ids=["", "xml"])
@pytest.mark.parametrize("name", RESPONSES)
def test_what_others_sign_is_read(name: str, head: str) -> None:
    said = read(head + RESPONSES[name])
    assert said.in_response_to == "_q"
    assert said.person == Person(
        subject="00u1", email="jörg@example.com", name="Jörg <x>", groups=("a & b", "ops")
    )


@pytest.mark.parametrize("name", RESPONSES)
def test_a_changed_letter_is_seen(name: str) -> None:
    with pytest.raises(SignOnRefused, match="not believed"):
        read(RESPONSES[name].replace("00u1", "00u2"))
