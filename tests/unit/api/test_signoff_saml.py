"""Log-outs that a SAML provider and the console tell each other."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from cryptography.x509 import load_pem_x509_certificate
from lxml import etree

from tests.support.saml import PROTOCOL, SAML, Signer
from tests.support.saml_leaving import in_form, in_query, request_of, response_of
from tests.support.saml_sealing import sealed
from tests.support.saml_signing import CROSS_SITE, SamlSigning, saml_signing
from tests.support.signing_on import Ended
from vedette.access.signon.saml.redirects import Sent, check_signature, read_query
from vedette.api.signoff import ENDING_COOKIE
from vedette.model.audit import AuditQuery

OURS = Signer.make()
SLO, ANSWERS = "https://idp.example.com/slo", "https://idp.example.com/left"
INDEX = "<samlp:SessionIndex>{}</samlp:SessionIndex>"


@pytest.fixture(scope="module")
def shared() -> Iterator[SamlSigning]:
    with saml_signing() as made:
        made.set(keys=(OURS.as_key(),), slo_url=SLO, slo_response_url=ANSWERS)
        yield made


@pytest.fixture
def here(shared: SamlSigning) -> Iterator[SamlSigning]:
    """As fresh, with Ann."""
    settings, signer = shared.settings, shared.provider.signer
    people = shared.firm.desk.people
    people.create("ann@example.com", name="Ann")
    yield shared
    shared.settings, shared.provider.signer = settings, signer
    shared.provider.reset()
    shared.firm.console.parts.clock.advance(7_200)
    for user in people.list():
        if not user.is_root:
            people.delete(user.id)


def address(here: SamlSigning) -> str:
    return f"{here.firm.console.url}/sso/idp/slo"


def bring(here: SamlSigning, kind: str, text: str, relay: str = "") -> httpx2.Response:
    """By a browser that shows no cookie, since a page of another site leads it here."""
    query = in_query(here.provider, kind, text, relay=relay)
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    return httpx2.get(f"{address(here)}?{query}", headers=headers, timeout=30)


def is_in(ended: Ended) -> bool:
    return ended.browser.get("/api/v1/me").status_code == 200


def index_of(here: SamlSigning) -> str:
    """Of the log-in before."""
    return f"_s{here.provider.number() - 1}"


def sent_there(url: str) -> Sent:
    sent = read_query(urlsplit(url).query)
    check_signature(sent, (load_pem_x509_certificate(OURS.certificate.encode()),))
    return sent


def status_of(sent: Sent) -> str:
    (code,) = etree.fromstring(sent.message).iter(f"{PROTOCOL}StatusCode")
    return str(code.get("Value")).rpartition(":")[2]


def problem(answer: httpx2.Response) -> str:
    return parse_qs(urlsplit(answer.headers["location"]).query).get("problem", [""])[0]


def test_who_leaves_here_is_led_there_and_comes_back(here: SamlSigning) -> None:
    ended = here.sign_on()
    index = index_of(here)
    left = ended.browser.delete("/api/v1/session")
    assert left.status_code == 200
    url = left.json()["logout_url"]
    assert url.startswith(f"{SLO}?")
    assert not is_in(ended)
    root = etree.fromstring(sent_there(url).message)
    assert root.findtext(f"{SAML}NameID") == "ann-1"
    assert root.findtext(f"{PROTOCOL}SessionIndex") == index
    assert root.findtext(f"{SAML}Issuer") == f"{here.firm.console.url}/sso/idp/metadata"
    back = bring(here, "SAMLResponse", response_of(here.provider, address(here)))
    assert (back.status_code, back.headers["location"]) == (303, "/login")
    assert ENDING_COOKIE not in ended.browser.cookies


def test_that_the_provider_did_not_follow_is_said(here: SamlSigning) -> None:
    text = response_of(here.provider, address(here), status="PartialLogout")
    assert problem(bring(here, "SAMLResponse", text)) == "signoff_failed"
    field = in_form(here.provider, text)
    answer = httpx2.post(address(here), data={"SAMLResponse": field}, headers=CROSS_SITE)
    assert problem(answer) == "signoff_failed"


def test_who_leaves_there_is_logged_out_here_wherever_that_was(here: SamlSigning) -> None:
    first, second = here.sign_on(), here.sign_on()
    text = request_of(here.provider, address(here))
    answer = bring(here, "SAMLRequest", text, relay="token 1")
    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers
    assert answer.headers["location"].startswith(f"{ANSWERS}?")
    sent = sent_there(answer.headers["location"])
    assert (sent.kind, sent.relay, status_of(sent)) == ("SAMLResponse", "token 1", "Success")
    asked = etree.fromstring(text).get("ID")
    assert etree.fromstring(sent.message).get("InResponseTo") == asked
    assert not is_in(first)
    assert not is_in(second)
    assert is_in(here.sign_on())


def test_only_the_log_in_that_is_named_ends(here: SamlSigning) -> None:
    first = here.sign_on()
    index = index_of(here)
    here.firm.console.parts.clock.advance(1)
    second = here.sign_on()
    text = request_of(here.provider, address(here), sessions=INDEX.format(index))
    assert status_of(sent_there(bring(here, "SAMLRequest", text).headers["location"])) == "Success"
    assert not is_in(first)
    assert is_in(second)


def test_log_ins_by_password_stay(here: SamlSigning) -> None:
    ended = here.sign_on()
    user = ended.user["id"]
    here.firm.console.parts.clock.advance(1)
    other = here.firm.as_user(user)
    bring(here, "SAMLRequest", request_of(here.provider, address(here)))
    assert not is_in(ended)
    assert other.get("/api/v1/me").status_code == 200


def test_a_form_says_it_as_well(here: SamlSigning) -> None:
    ended = here.sign_on()
    field = in_form(here.provider, request_of(here.provider, address(here)))
    form = {"SAMLRequest": field, "RelayState": "r"}
    answer = httpx2.post(address(here), data=form, headers=CROSS_SITE, timeout=30)
    assert sent_there(answer.headers["location"]).relay == "r"
    assert not is_in(ended)


def test_nobody_is_no_error_and_tells_nothing(here: SamlSigning) -> None:
    ended = here.sign_on()
    text = request_of(here.provider, address(here), subject="nobody")
    assert status_of(sent_there(bring(here, "SAMLRequest", text).headers["location"])) == "Success"
    assert is_in(ended)


def test_a_request_of_somebody_else_ends_nothing(here: SamlSigning) -> None:
    ended = here.sign_on()
    text = request_of(here.provider, address(here))
    own, here.provider.signer = here.provider.signer, Signer.make()
    assert problem(bring(here, "SAMLRequest", text)) == "signoff_refused"
    field = in_form(here.provider, text)
    assert problem(httpx2.post(address(here), data={"SAMLRequest": field})) == "signoff_refused"
    here.provider.signer = own
    assert is_in(ended)


def test_a_request_is_shown_once(here: SamlSigning) -> None:
    text = request_of(here.provider, address(here))
    assert not problem(bring(here, "SAMLRequest", text))
    ended = here.sign_on()
    assert problem(bring(here, "SAMLRequest", text)) == "signoff_refused"
    assert is_in(ended)


def test_wrong_messages_are_counted_as_guesses(here: SamlSigning) -> None:
    found = [httpx2.get(f"{address(here)}?SAMLRequest=x").headers["location"] for _ in range(12)]
    assert found == ["/login?problem=signoff_refused"] * 12
    good = request_of(here.provider, address(here))
    assert problem(bring(here, "SAMLRequest", good)) == "signoff_refused"


def test_without_a_key_there_is_no_such_address(here: SamlSigning) -> None:
    here.set(keys=())
    ended = here.sign_on()
    text = request_of(here.provider, address(here))
    assert bring(here, "SAMLRequest", text).status_code == 404
    assert is_in(ended)
    assert ended.browser.delete("/api/v1/session").status_code == 204
    url = here.firm.console.url
    assert httpx2.get(f"{url}/sso/other/slo").status_code == 404
    assert httpx2.post(f"{url}/sso/other/slo", data={"a": "b"}).status_code == 404


def test_the_provider_can_be_left_alone(here: SamlSigning) -> None:
    here.set(end_session=False)
    ended = here.sign_on()
    assert ended.browser.delete("/api/v1/session").status_code == 204


def test_log_outs_are_in_the_audit_log(here: SamlSigning) -> None:
    here.sign_on()
    bring(here, "SAMLRequest", request_of(here.provider, address(here)))
    audit = here.firm.console.services.audit
    assert audit is not None
    (last,) = audit.store.find(AuditQuery(action="session."), limit=1)
    assert last.action == "session.closed"
    assert '"provider":"idp"' in last.body


def test_pages_of_other_sites_may_post_there_and_nowhere_near(here: SamlSigning) -> None:
    headers = CROSS_SITE | {"content-type": "application/x-www-form-urlencoded"}
    for path, status in (("slo", 303), ("slo/", 403), ("callback", 403)):
        url = f"{here.firm.console.url}/sso/idp/{path}"
        assert httpx2.post(url, content=b"SAMLRequest=x", headers=headers).status_code == status


def test_encrypted_answers_let_in(here: SamlSigning) -> None:
    here.provider.seal = lambda one: sealed(one, OURS.certificate)
    assert is_in(here.sign_on())
    here.provider.seal = lambda one: sealed(one, Signer.make().certificate)
    assert here.sign_on().problem == "signon_failed"
