"""Logging in through a SAML provider, in a running Vedette."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from cryptography.x509 import load_pem_x509_certificate
from lxml import etree

from tests.support.saml import SamlProvider, SamlSite, Signer
from tests.support.saml_leaving import in_query, request_of, response_of
from tests.support.saml_sealing import sealed
from tests.support.served import WAIT_S, Served, serving, until
from vedette.access.signon.saml.redirects import check_signature, read_query

pytestmark = pytest.mark.slow

SIGNER, NEXT_SIGNER, OURS = Signer.make(), Signer.make(), Signer.make()
_FORM = re.compile(r'action="([^"]+)".*?name="SAMLResponse" value="([^"]+)"', re.DOTALL)


@contextmanager
def going(folder: Path) -> Iterator[tuple[SamlProvider, Served, httpx2.Client]]:
    """A Vedette that has the provider's metadata in a file, and a browser."""
    provider = SamlProvider(SIGNER, now=time.time)
    with SamlSite(provider):
        (folder / "idp.xml").write_text(provider.metadata)
        own = OURS.as_key()
        (folder / "saml.pem").write_text(own.private + own.certificate)
        saml: dict[str, Any] = {
            "name": "idp", "idp_metadata_file": str(folder / "idp.xml"), "create_users": True,
            "allowed_domains": ["example.com"], "role": "member",
            "key_file": str(folder / "saml.pem"),
        }  # fmt: skip
        config = {"access": {"saml": [saml]}, "logging": {"level": "debug"}}
        with (
            serving(folder, config=config) as served,
            httpx2.Client(base_url=served.console, timeout=WAIT_S) as browser,
        ):
            body = {"email": "root@example.com", "is_root": True}
            made = httpx2.post(f"{served.console}/api/v1/users", json=body, timeout=WAIT_S)
            assert made.status_code == 201, made.text
            yield provider, served, browser


def ask(browser: httpx2.Client) -> tuple[str, str]:
    """Where the provider's page posts to, and what."""
    begun = browser.get("/sso/idp?next=/traces")
    page = httpx2.get(begun.headers["location"], timeout=WAIT_S).text
    found = _FORM.search(page)
    assert found is not None, page
    return unescape(found[1]), found[2]


def sign_on(browser: httpx2.Client) -> str:
    """Where it ends."""
    return come_back(browser, *ask(browser))


def come_back(browser: httpx2.Client, acs: str, response: str) -> str:
    assert acs == f"{browser.base_url}/sso/idp/acs".replace("//sso", "/sso")
    headers = {"origin": "null", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    # Browsers send no cookie with it.
    posted = httpx2.post(
        acs, data={"SAMLResponse": response, "RelayState": ""}, headers=headers, timeout=WAIT_S
    )
    place = urlsplit(posted.headers["location"])
    if place.path != "/sso/idp/callback":
        return posted.headers["location"]
    return browser.get(f"{place.path}?{place.query}").headers["location"]


def test_a_user_logs_in_is_told_nowhere_and_stays_after_kills(tmp_path: Path) -> None:
    with going(tmp_path) as (provider, served, browser):
        acs, response = ask(browser)
        carried = browser.cookies["vedette_sign_on"]
        assert come_back(browser, acs, response) == "/traces"
        assert browser.get("/api/v1/me").json()["email"] == "ann@example.com"
        # The same answer again, with the same cookie.
        browser.cookies.set("vedette_sign_on", carried, path="/sso/")
        assert come_back(browser, acs, response) == "/login?problem=signon_failed"
        served.kill_child("core")
        me = until(
            lambda: _answered(browser, "/api/v1/me"), WAIT_S, lambda: f"gone:\n{served.output}"
        )
        assert me["email"] == "ann@example.com"
        assert sign_on(browser) == "/traces"
        assert "ann@example.com" not in served.output
        assert provider.subject not in served.output


def test_new_keys_in_the_file_count_at_once(tmp_path: Path) -> None:
    with going(tmp_path) as (provider, served, browser):
        provider.signer = NEXT_SIGNER
        assert sign_on(browser) == "/login?problem=signon_failed"
        (tmp_path / "idp.xml").write_text(provider.metadata)
        served.wait_log("reloaded (version")
        # Not again and again: who is refused too often has to wait.
        assert sign_on(browser) == "/traces"


def test_answers_are_encrypted_and_log_outs_shared(tmp_path: Path) -> None:
    with going(tmp_path) as (provider, served, browser):
        told = httpx2.get(f"{served.console}/sso/idp/metadata", timeout=WAIT_S)
        body = etree.fromstring(told.content).findtext(".//{*}X509Certificate")
        pem = f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"
        provider.seal = lambda one: sealed(one, pem)
        assert sign_on(browser) == "/traces"
        left = browser.delete("/api/v1/session").json()["logout_url"]
        sent = read_query(urlsplit(left).query)
        check_signature(sent, (load_pem_x509_certificate(OURS.certificate.encode()),))
        here = f"{served.console}/sso/idp/slo"
        query = in_query(provider, "SAMLResponse", response_of(provider, here))
        assert browser.get(f"/sso/idp/slo?{query}").headers["location"] == "/login"
        assert sign_on(browser) == "/traces"
        # What the provider says later counts although the core began anew meanwhile.
        served.kill_child("core")
        query = in_query(provider, "SAMLRequest", request_of(provider, here))
        answer = until(lambda: _led(f"{here}?{query}"), WAIT_S, lambda: served.output)
        assert b"status:Success" in read_query(urlsplit(answer).query).message
        assert browser.get("/api/v1/me").status_code == 401
        assert provider.subject not in served.output


def _led(url: str) -> str:
    try:
        answer = httpx2.get(url, timeout=WAIT_S)
    except httpx2.TransportError:
        return ""
    return answer.headers.get("location", "")


def _answered(browser: httpx2.Client, path: str) -> Any:
    try:
        answer = browser.get(path)
    except httpx2.TransportError:
        return None
    return answer.json() if answer.status_code == 200 else None
