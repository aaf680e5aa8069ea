"""Logging in through a real OpenID Connect provider, over HTTP."""

from collections.abc import Iterator

import httpx2
import pytest

from tests.support.openid import OpenIdProvider
from tests.support.signing_on import Ended, Signing, come_back, signing
from vedette.api.sessions import COOKIE
from vedette.model.audit import AuditQuery
from vedette.model.signon import SignOnSettings
from vedette.model.user import Membership


@pytest.fixture(scope="module")
def shared() -> Iterator[Signing]:
    with signing() as made:
        yield made


@pytest.fixture
def here(shared: Signing) -> Iterator[Signing]:
    """As fresh: who came is gone, and the provider says what it said."""
    provider, settings, said = shared.provider, shared.settings, dict(shared.provider.user)
    yield shared
    shared.settings = settings
    provider.user, provider.claims, provider.metadata = said, {}, {}
    provider.in_token, provider.deny, provider.spoil = True, "", lambda token: token
    provider.client.method = "client_secret_basic"
    shared.firm.console.parts.clock.advance(7_200)
    people = shared.firm.desk.people
    for user in people.list():
        if not user.is_root:
            people.delete(user.id)


def test_a_user_is_known_by_his_verified_address(here: Signing) -> None:
    ann = here.firm.desk.people.create("ann@example.com", name="Ann")
    ended = here.sign_on(next="/traces?q=1")
    assert ended.place == "/traces?q=1"
    assert ended.user["id"] == ann.id
    assert ended.browser.get("/api/v1/me").json()["email"] == "ann@example.com"
    (identity,) = here.firm.desk.people.get(ann.id).identities
    assert (identity.issuer, identity.subject) == (here.provider.url, "ann-1")
    # From now on he is known by his subject, whatever his address there becomes.
    here.provider.user["email"] = "ann.smith@example.com"
    assert here.sign_on().user["id"] == ann.id


def test_the_session_is_as_strict_as_any(here: Signing) -> None:
    here.firm.desk.people.create("ann@example.com")
    ended = here.sign_on()
    cookies = ended.answer.headers.get_list("set-cookie")
    (kept,) = [one for one in cookies if one.startswith(COOKIE)]
    assert "HttpOnly" in kept
    assert "SameSite=strict" in kept
    assert ended.answer.headers["cache-control"] == "no-store"
    assert ended.browser.delete("/api/v1/session").status_code == 204
    assert ended.browser.get("/api/v1/me").status_code == 401


def test_nobody_is_made_a_user_unasked(here: Signing) -> None:
    assert here.sign_on().problem == "signon_unknown"
    assert here.firm.desk.people.find("ann@example.com") is None


def test_whoever_has_an_address_of_the_domain_is_made_a_user(here: Signing) -> None:
    here.admit(create_users=True, organization=here.firm.organization, role="member")
    user = here.sign_on().user
    assert user["name"] == "Ann"
    assert user["is_root"] is False
    assert [(one["organization"], one["role"]) for one in user["places"]] == [
        (here.firm.organization, "member")
    ]
    assert here.sign_on().user["id"] == user["id"]


@pytest.mark.parametrize("email", ["ann@example.org", "ann@evil.example.com", "ann@xexample.com"])
def test_an_address_of_another_domain_is_of_nobody(here: Signing, email: str) -> None:
    here.admit(create_users=True)
    here.firm.desk.people.create(email)
    here.provider.user["email"] = email
    assert here.sign_on().problem == "signon_unknown"


@pytest.mark.parametrize(
    "said", [False, None, "false", 1, "yes"], ids=["no", "silent", "text", "one", "other"]
)
def test_an_address_has_to_be_verified(here: Signing, said: object) -> None:
    here.firm.desk.people.create("ann@example.com")
    if said is None:
        del here.provider.user["email_verified"]
    else:
        here.provider.user["email_verified"] = said
    assert here.sign_on().problem == "signon_unverified"


def test_silence_counts_as_verified_only_where_that_is_configured(here: Signing) -> None:
    here.firm.desk.people.create("ann@example.com")
    here.set(assume_verified=True)
    del here.provider.user["email_verified"]
    assert here.sign_on().user["name"]
    here.provider.user["email_verified"] = False
    assert here.sign_on().problem == "signon_unverified"


def test_an_address_that_somebody_else_got_opens_nothing(here: Signing) -> None:
    here.firm.desk.people.create("ann@example.com")
    assert not here.sign_on().problem
    here.provider.user["sub"] = "another-ann"
    assert here.sign_on().problem == "signon_unknown"


def test_invited_people_come_in_and_have_their_place(here: Signing) -> None:
    firm = here.firm
    firm.desk.people.invite("ann@example.com", firm.organization, "admin", projects=(firm.project,))
    user = here.sign_on().user
    (place,) = user["places"]
    assert (place["role"], place["projects"]) == ("admin", [firm.project])
    assert firm.desk.people.invitations(firm.organization) == ()


def test_a_disabled_user_stays_out(here: Signing) -> None:
    people = here.firm.desk.people
    ann = people.create("ann@example.com")
    here.sign_on()
    people.change(ann.id, disabled=True)
    assert here.sign_on().problem == "signon_unknown"


def test_groups_give_and_take_places(here: Signing) -> None:
    organization = here.firm.organization
    here.admit(
        create_users=True, organization=organization, role=None,
        roles={"ops": "admin", "all": "viewer"},
    )  # fmt: skip
    assert here.sign_on().problem == "signon_unknown"
    here.provider.user["groups"] = ["all", "ops", 7]
    assert here.sign_on().user["places"][0]["role"] == "admin"
    here.provider.user["groups"] = "all"
    assert here.sign_on().user["places"][0]["role"] == "viewer"
    here.provider.user["groups"] = []
    assert here.sign_on().user["places"] == []


def test_a_place_given_by_hand_is_not_taken_by_groups(here: Signing) -> None:
    firm = here.firm
    ann = firm.desk.people.create("ann@example.com")
    place = Membership(user_id=ann.id, organization_id=firm.organization, role="owner")
    firm.desk.people.place(place)
    here.admit(organization=firm.organization, roles={"all": "viewer"})
    here.provider.user["groups"] = ["all"]
    assert here.sign_on().user["places"][0]["role"] == "owner"


def test_what_the_token_leaves_out_the_provider_is_asked_for(here: Signing) -> None:
    here.firm.desk.people.create("ann@example.com")
    here.provider.in_token = False
    assert here.sign_on().user["name"]
    assert "/userinfo" in here.provider.asked


@pytest.mark.parametrize("method", ["client_secret_post", "none"])
def test_the_client_shows_itself_as_the_provider_wants_it(here: Signing, method: str) -> None:
    here.firm.desk.people.create("ann@example.com")
    here.provider.client.method = method
    here.set(client_secret="" if method == "none" else here.settings.oidc[0].client_secret)
    assert here.sign_on().user["name"]


def test_keys_are_rotated_without_a_word(here: Signing) -> None:
    here.firm.desk.people.create("ann@example.com")
    assert not here.sign_on().problem
    here.provider.keys.append(OpenIdProvider.new_key("k2"))
    # Not for every unknown key at once: a minute lies between two questions.
    assert here.sign_on().problem == "signon_failed"
    here.firm.console.parts.clock.advance(61)
    assert not here.sign_on().problem


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "https://evil.example"), ("aud", ["another"]), ("aud", "another"), ("aud", None),
        ("azp", "another"), ("nonce", "replayed"), ("nonce", None), ("sub", ""), ("exp", 1),
        ("exp", None), ("exp", True), ("iat", 1), ("iat", None), ("nbf", 2**40),
        ("sub", None), ("aud", ["vedette-console", "another"]),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_an_id_token_that_is_not_for_this_log_in_is_refused(
    here: Signing, claim: str, value: object
) -> None:
    here.firm.desk.people.create("ann@example.com")
    here.provider.claims = {claim: value}
    assert here.sign_on().problem == "signon_failed"


def test_a_spoilt_signature_is_refused(here: Signing) -> None:
    here.firm.desk.people.create("ann@example.com")
    here.provider.spoil = lambda token: token[:-12] + "AAAAAAAAAAAA"
    assert here.sign_on().problem == "signon_failed"


def test_one_provider_is_not_taken_for_another(here: Signing) -> None:
    here.provider.metadata = {"authorization_response_iss_parameter_supported": True}
    here.firm.console.parts.clock.advance(7_200)
    assert here.sign_on().problem == "signon_failed"


def test_who_says_no_there_is_told_so_here(here: Signing) -> None:
    here.provider.deny = "access_denied"
    assert here.sign_on().problem == "signon_cancelled"
    here.provider.deny = "<script>"
    assert here.sign_on().problem == "signon_failed"


def test_a_log_in_ends_only_in_the_browser_that_began_it(here: Signing) -> None:
    here.firm.desk.people.create("ann@example.com")
    begun = here.firm.nobody().get("/sso/local")
    back = httpx2.get(begun.headers["location"]).headers["location"]
    other = here.firm.nobody()
    assert Ended(other, come_back(other, back)).problem == "signon_stale"
    assert other.get("/api/v1/me").status_code == 401


def test_a_log_in_works_once_and_not_for_long(here: Signing) -> None:
    here.firm.desk.people.create("ann@example.com")
    browser = here.firm.nobody()
    begun = browser.get("/sso/local")
    carried = browser.cookies["vedette_sign_on"]
    back = httpx2.get(begun.headers["location"]).headers["location"]
    assert not Ended(browser, come_back(browser, back)).problem
    browser.cookies.set("vedette_sign_on", carried, path="/sso/")
    assert Ended(browser, come_back(browser, back)).problem == "signon_failed"
    begun = browser.get("/sso/local")
    back = httpx2.get(begun.headers["location"]).headers["location"]
    here.firm.console.parts.clock.advance(601)
    assert Ended(browser, come_back(browser, back)).problem == "signon_stale"


@pytest.mark.parametrize(
    "next",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:1"],
)
def test_it_leads_to_no_other_site(here: Signing, next: str) -> None:
    here.firm.desk.people.create("ann@example.com")
    assert here.sign_on(next=next).place == "/"


def test_a_provider_that_is_away_is_named_as_that(here: Signing) -> None:
    here.set(issuer="http://127.0.0.1:9")
    ended = here.sign_on()
    assert ended.place == "/login?problem=signon_unreachable"


def test_a_discovery_document_of_another_issuer_is_refused(here: Signing) -> None:
    here.provider.metadata = {"issuer": "https://accounts.example"}
    here.firm.console.parts.clock.advance(7_200)
    assert here.sign_on().problem == "signon_unreachable"


def test_a_provider_that_nobody_configured_is_not_there(here: Signing) -> None:
    answer = here.firm.nobody().get("/sso/other")
    assert answer.status_code == 404


def test_wrong_ends_are_counted_as_guesses(here: Signing) -> None:
    browser = here.firm.nobody()
    problems = [
        Ended(browser, browser.get("/sso/local/callback?state=x&code=y")).problem for _ in range(11)
    ]
    assert problems == ["signon_stale"] * 10 + ["too_many_attempts"]
    assert here.sign_on().problem == "too_many_attempts"


def test_log_ins_and_refusals_are_in_the_audit_log(here: Signing) -> None:
    here.firm.desk.people.create("ann@example.com")
    here.sign_on()
    here.firm.nobody().get("/sso/local/callback?state=x")
    audit = here.firm.console.services.audit
    assert audit is not None
    found = audit.store.find(AuditQuery(action="session."), limit=2)
    assert [one.action for one in found] == ["session.refused", "session.opened"]
    assert all('"provider":"local"' in one.body for one in found)


def test_the_log_in_page_is_told_of_the_providers(here: Signing) -> None:
    said = here.firm.nobody().get("/api/v1/session").json()
    assert said["providers"] == [{"name": "local", "label": "Local"}]
    assert said["passwords"] is True


def test_passwords_can_be_switched_off(here: Signing) -> None:
    here.settings = SignOnSettings(passwords=False, oidc=here.settings.oidc)
    browser = here.firm.nobody()
    body = {"email": "root@example.com", "password": "correct horse battery"}
    for path, sent in (
        ("/session", body),
        ("/password/reset", {"token": "x", "password": "long enough 1"}),
        ("/invitations/accept", {"token": "x", "password": "long enough 1"}),
    ):
        assert browser.post(f"/api/v1{path}", json=sent).json()["code"] == "forbidden"
    assert browser.get("/api/v1/session").json()["passwords"] is False
