"""Logging in through a SAML provider, over HTTP."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from lxml import etree

from tests.support.saml import EMAIL_FORMAT, PROTOCOL, Signer
from tests.support.saml_attacks import WRAPPINGS
from tests.support.saml_signing import CROSS_SITE, SamlSigning, follow, post, saml_signing
from tests.support.signing_on import Ended
from vedette.api.sessions import COOKIE
from vedette.model.audit import AuditQuery


@pytest.fixture(scope="module")
def shared() -> Iterator[SamlSigning]:
    with saml_signing() as made:
        yield made


@pytest.fixture
def here(shared: SamlSigning) -> Iterator[SamlSigning]:
    """As fresh: who came is gone, and the provider says what it said."""
    settings, signer = shared.settings, shared.provider.signer
    yield shared
    shared.settings, shared.provider.signer = settings, signer
    shared.provider.reset()
    shared.firm.console.parts.clock.advance(7_200)
    people = shared.firm.desk.people
    for user in people.list():
        if not user.is_root:
            people.delete(user.id)


def problem(answer: httpx2.Response) -> str:
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return query.get("problem", [""])[0]


def test_a_user_is_known_by_his_address_and_from_then_on_by_his_name(here: SamlSigning) -> None:
    ann = here.firm.desk.people.create("ann@example.com", name="Ann")
    ended = here.sign_on(next="/traces?q=1")
    assert ended.place == "/traces?q=1"
    assert ended.user["id"] == ann.id
    assert ended.browser.get("/api/v1/me").json()["email"] == "ann@example.com"
    (identity,) = here.firm.desk.people.get(ann.id).identities
    assert identity.issuer == f"saml:{here.provider.entity_id}"
    assert identity.subject == "ann-1"
    here.provider.attributes["email"] = ["ann.smith@example.com"]
    assert here.sign_on().user["id"] == ann.id


def test_the_session_is_as_strict_as_any(here: SamlSigning) -> None:
    here.firm.desk.people.create("ann@example.com")
    ended = here.sign_on()
    (kept,) = [one for one in ended.answer.headers.get_list("set-cookie") if COOKIE in one]
    assert "HttpOnly" in kept
    assert "SameSite=strict" in kept
    assert ended.answer.headers["cache-control"] == "no-store"
    assert ended.browser.delete("/api/v1/session").status_code == 204
    assert ended.browser.get("/api/v1/me").status_code == 401


def test_the_name_of_the_subject_can_be_the_address(here: SamlSigning) -> None:
    here.admit(create_users=True, organization=here.firm.organization, role="member")
    here.provider.attributes = {}
    here.provider.subject, here.provider.format = "bob@example.com", EMAIL_FORMAT
    user = here.sign_on().user
    assert [(one["organization"], one["role"]) for one in user["places"]] == [
        (here.firm.organization, "member")
    ]


def test_groups_give_and_take_places(here: SamlSigning) -> None:
    organization = here.firm.organization
    here.admit(create_users=True, organization=organization, role=None, roles={"ops": "admin"})
    assert here.sign_on().problem == "signon_unknown"
    here.provider.attributes["groups"] = ["all", "ops"]
    assert here.sign_on().user["places"][0]["role"] == "admin"
    here.provider.attributes["groups"] = []
    assert here.sign_on().user["places"] == []


@pytest.mark.parametrize("email", ["ann@example.org", "ann@evil.example.com", "ann@xexample.com"])
def test_an_address_of_another_domain_is_of_nobody(here: SamlSigning, email: str) -> None:
    here.admit(create_users=True)
    here.firm.desk.people.create(email)
    here.provider.attributes["email"] = [email]
    assert here.sign_on().problem == "signon_unknown"


def test_no_address_and_nobody_known_are_named(here: SamlSigning) -> None:
    assert here.sign_on().problem == "signon_unknown"
    here.provider.attributes = {}
    assert here.sign_on().problem == "signon_unverified"


@pytest.mark.parametrize("name", WRAPPINGS)
def test_wrapped_signatures_let_in_nobody(here: SamlSigning, name: str) -> None:
    signs, here.provider.spoil = WRAPPINGS[name]
    here.provider.signs = (signs,)
    ended = here.sign_on()
    assert ended.problem == "signon_failed"
    assert ended.browser.get("/api/v1/me").status_code == 401


def test_another_signer_lets_in_nobody(here: SamlSigning) -> None:
    here.firm.desk.people.create("ann@example.com")
    here.provider.signer = Signer.make()
    assert here.sign_on().problem == "signon_failed"


def test_a_doctype_lets_in_nobody(here: SamlSigning) -> None:
    here.firm.desk.people.create("ann@example.com")
    here.provider.spoil = lambda root: (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + etree.tostring(root)
    )
    assert here.sign_on().problem == "signon_failed"


def test_who_says_no_there_is_told_so_here(here: SamlSigning) -> None:
    here.provider.signs = ()

    def deny(root: etree._Element) -> etree._Element:
        (code,) = root.iter(f"{PROTOCOL}StatusCode")
        code.set("Value", "urn:oasis:names:tc:SAML:2.0:status:RequestDenied")
        return root

    here.provider.change = deny
    assert here.sign_on().problem == "signon_cancelled"


def test_a_log_in_ends_only_in_the_browser_that_began_it(here: SamlSigning) -> None:
    """Nobody is logged in as somebody else by a page that posts its own answer."""
    here.firm.desk.people.create("ann@example.com")
    response = here.begin(here.firm.nobody())
    other = here.firm.nobody()
    assert Ended(other, follow(other, post(other, response))).problem == "signon_stale"
    assert other.get("/api/v1/me").status_code == 401


def test_a_log_in_begins_at_the_provider_where_that_is_allowed(here: SamlSigning) -> None:
    here.firm.desk.people.create("ann@example.com", name="Ann")
    browser = here.firm.nobody()
    asked = here.provider.asked(browser.get("/sso/idp").headers["location"])
    here.provider.parts["asked"] = ""
    here.provider.change = without_request
    browser = here.firm.nobody()
    assert Ended(browser, post(browser, here.provider.answer(asked))).problem == "signon_failed"
    here.set(idp_initiated=True)
    answer = here.provider.answer(asked)
    ended = Ended(browser, follow(browser, post(browser, answer, relay="/providers")))
    assert (ended.place, ended.user["name"]) == ("/providers", "Ann")
    again = here.firm.nobody()
    assert Ended(again, post(again, answer)).problem == "signon_failed"


def without_request(root: etree._Element) -> etree._Element:
    for one in root.iter():
        one.attrib.pop("InResponseTo", None)
    return root


def test_an_answer_is_only_for_the_request_of_this_browser(here: SamlSigning) -> None:
    here.firm.desk.people.create("ann@example.com")
    response = here.begin(here.firm.nobody())
    other = here.firm.nobody()
    here.begin(other)  # it has a log-in under way
    assert Ended(other, follow(other, post(other, response))).problem == "signon_stale"
    assert other.get("/api/v1/me").status_code == 401


def test_an_assertion_is_shown_once(here: SamlSigning) -> None:
    here.firm.desk.people.create("ann@example.com")
    browser = here.firm.nobody()
    response = here.begin(browser)
    carried = browser.cookies["vedette_sign_on"]
    taken = post(browser, response)
    assert not Ended(browser, follow(browser, taken)).problem
    browser.cookies.set("vedette_sign_on", carried, path="/sso/")
    assert problem(post(browser, response)) == "signon_failed"
    # Nor does the way back lead in a second time.
    assert Ended(browser, follow(browser, taken)).problem == "signon_stale"


def test_an_answer_waits_for_a_moment_only(here: SamlSigning) -> None:
    here.firm.desk.people.create("ann@example.com")
    browser = here.firm.nobody()
    taken = post(browser, here.begin(browser))
    here.firm.console.parts.clock.advance(121)
    assert Ended(browser, follow(browser, taken)).problem == "signon_stale"


def test_the_post_sets_and_reads_no_cookie(here: SamlSigning) -> None:
    here.firm.desk.people.create("ann@example.com")
    browser = here.firm.nobody()
    response = here.begin(browser)
    right, wrong = post(browser, response), post(browser, "eA==")
    assert right.status_code == wrong.status_code == 303
    assert "set-cookie" not in right.headers
    assert "set-cookie" not in wrong.headers
    assert not Ended(browser, follow(browser, right)).problem


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"SAMLResponse=", "application/x-www-form-urlencoded"),
        (b"SAMLResponse=eA%3D%3D&SAMLResponse=eA%3D%3D", "application/x-www-form-urlencoded"),
        (b"SAMLResponse=%ff%fe", "application/x-www-form-urlencoded"),
        (b"SAMLResponse=\xff", "application/x-www-form-urlencoded"),
        (b"a=b&" * 20, "application/x-www-form-urlencoded"),
        (b"SAMLResponse=" + b"A" * 600_000, "application/x-www-form-urlencoded"),
        (b"SAMLResponse=eA==", "text/plain"),
        (b'{"SAMLResponse": "eA=="}', "application/json"),
    ],
    ids=[
        "empty", "no-value", "two", "bytes", "not-ascii", "many", "large", "text", "json",
    ],
)  # fmt: skip
def test_what_is_no_form_of_a_provider_is_refused(
    here: SamlSigning, body: bytes, kind: str
) -> None:
    url = f"{here.firm.console.url}/sso/idp/acs"
    answer = httpx2.post(url, content=body, headers={"content-type": kind}, timeout=30)
    assert problem(answer) == "signon_failed"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/sso/idp/callback"), ("POST", "/sso/idp"), ("POST", "/sso/idp/acs/"),
        ("PUT", "/sso/idp/acs"), ("POST", "/api/v1/session"), ("POST", "/sso/idp/../idp/acs/x"),
    ],
    ids=str,
)  # fmt: skip
def test_pages_of_other_sites_may_post_nowhere_else(
    here: SamlSigning, method: str, path: str
) -> None:
    headers = CROSS_SITE | {"content-type": "application/x-www-form-urlencoded"}
    answer = httpx2.request(
        method, f"{here.firm.console.url}{path}", headers=headers, content=b"SAMLResponse=eA%3D%3D"
    )
    assert answer.status_code == 403
    assert answer.json()["code"] == "cross_site_request"


def test_the_post_still_has_to_name_our_host(here: SamlSigning) -> None:
    url = f"{here.firm.console.url}/sso/idp/acs"
    headers = CROSS_SITE | {"host": "evil.example"}
    answer = httpx2.post(url, data={"SAMLResponse": "eA=="}, headers=headers)
    assert answer.json()["code"] == "host_not_allowed"


def test_wrong_answers_are_counted_as_guesses(here: SamlSigning) -> None:
    browser = here.firm.nobody()
    problems = [problem(post(browser, "eA==")) for _ in range(11)]
    assert problems == ["signon_failed"] * 10 + ["too_many_attempts"]


def test_log_ins_and_refusals_are_in_the_audit_log(here: SamlSigning) -> None:
    here.firm.desk.people.create("ann@example.com")
    here.sign_on()
    post(here.firm.nobody(), "eA==")
    audit = here.firm.console.services.audit
    assert audit is not None
    found = audit.store.find(AuditQuery(action="session."), limit=2)
    assert [one.action for one in found] == ["session.refused", "session.opened"]
    assert all('"provider":"idp"' in one.body for one in found)


def test_the_console_says_what_it_is(here: SamlSigning) -> None:
    url = here.firm.console.url
    answer = httpx2.get(f"{url}/sso/idp/metadata")
    assert answer.headers["content-type"].startswith("application/samlmetadata+xml")
    root = etree.fromstring(answer.content)
    assert root.get("entityID") == f"{url}/sso/idp/metadata"
    (service,) = root.iter("{*}AssertionConsumerService")
    assert service.get("Location") == f"{url}/sso/idp/acs"


def test_a_provider_that_nobody_configured_is_not_there(here: SamlSigning) -> None:
    url = here.firm.console.url
    assert httpx2.get(f"{url}/sso/other/metadata").status_code == 404
    assert httpx2.post(f"{url}/sso/other/acs", data={"SAMLResponse": "eA=="}).status_code == 404


def test_the_log_in_page_is_told_of_the_provider(here: SamlSigning) -> None:
    said = here.firm.nobody().get("/api/v1/session").json()
    assert said["providers"] == [{"name": "idp", "label": "Our IdP"}]
