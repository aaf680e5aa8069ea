"""Mail of the console, through a real mail server."""

import re
from collections.abc import Iterator

import pytest

from tests.support.inbox import Inbox, receiving
from tests.support.people import Company, company
from tests.support.served import WAIT_S, until
from vedette.app.mail import SmtpMailer
from vedette.model.mail import MailSettings

LINK = re.compile(r"https://vedette\.example/login\?(reset|invitation)=([0-9a-f]{48})")


class Post:
    """A company, its mail server, and what came."""

    def __init__(self, firm: Company, inbox: Inbox) -> None:
        self.firm = firm
        self.inbox = inbox

    def link(self, count: int, to: str) -> tuple[str, str]:
        """What the link of the newest of so many mails does, and its token."""
        until(lambda: len(self.inbox.mails) >= count or None, WAIT_S, lambda: "no mail")
        receivers, mail = self.inbox.mails[-1]
        assert receivers == [to]
        match = LINK.search(mail.get_content())
        assert match is not None
        return match[1], match[2]


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with receiving() as (inbox, port):
        server = MailSettings(
            host="127.0.0.1", port=port, security="none", sender="Vedette <v@vedette.example>"
        )
        with company(public_url="https://vedette.example") as firm:
            clock = firm.console.services.clock
            object.__setattr__(firm.console.services, "mailer", lambda: SmtpMailer(server, clock))
            yield Post(firm, inbox)


def test_a_forgotten_password_is_set_by_a_link_in_a_mail(post: Post) -> None:
    count = len(post.inbox.mails)
    browser = post.firm.nobody()
    assert browser.get("/api/v1/session").json()["mail"] is True
    for host in ("127.0.0.1", "localhost"):
        # The link never leads where a header says.
        sent = browser.post(
            "/api/v1/password/forgot", json={"email": " Root@example.com "},
            headers={"host": host},
        )  # fmt: skip
        assert (sent.status_code, sent.content) == (202, b"")
        count += 1
        what, token = post.link(count, "root@example.com")
        assert what == "reset"
    body = {"token": token, "password": "another good one"}
    assert browser.post("/api/v1/password/reset", json=body).status_code == 200
    assert browser.post("/api/v1/password/reset", json=body).status_code == 404
    login = {"email": "root@example.com", "password": "another good one"}
    assert browser.post("/api/v1/session", json=login).status_code == 200


def test_whether_somebody_is_known_is_not_told(post: Post) -> None:
    post.firm.console.parts.clock.advance(600)
    browser, count = post.firm.nobody(), len(post.inbox.mails)
    answers = [
        browser.post("/api/v1/password/forgot", json={"email": email})
        for email in ("nobody@example.com", "root@example.com")
    ]
    assert (
        len({(one.status_code, one.content, one.headers["content-length"]) for one in answers}) == 1
    )
    post.link(count + 1, "root@example.com")
    assert len(post.inbox.mails) == count + 1


def test_nobody_is_flooded_with_mail(post: Post) -> None:
    post.firm.console.parts.clock.advance(600)
    browser = post.firm.nobody()
    body = {"email": "nobody@example.com"}
    codes = [browser.post("/api/v1/password/forgot", json=body).status_code for _ in range(12)]
    assert codes == [202] * 10 + [429] * 2
    post.firm.console.parts.clock.advance(600)


def test_invitations_and_new_users_are_written_to(post: Post) -> None:
    count = len(post.inbox.mails)
    root = post.firm.as_user(post.firm.root.id)
    body = {"email": "bob@example.com", "organization": post.firm.organization, "role": "viewer"}
    made = root.post("/api/v1/invitations", json=body).json()
    assert made["mailed"] is True
    assert post.link(count + 1, "bob@example.com") == ("invitation", made["token"])
    made = root.post("/api/v1/users", json={"email": "cleo@example.com"}).json()
    assert made["mailed"] is True
    assert post.link(count + 2, "cleo@example.com") == ("reset", made["token"])
    link = root.post(f"/api/v1/users/{made['user']['id']}/reset").json()
    assert link["mailed"] is True
    assert post.link(count + 3, "cleo@example.com") == ("reset", link["token"])


def test_a_mail_server_that_refuses_stops_nobody(post: Post) -> None:
    post.inbox.refusal = "550 No"
    root = post.firm.as_user(post.firm.root.id)
    body = {"email": "dan@example.com", "organization": post.firm.organization, "role": "viewer"}
    made = root.post("/api/v1/invitations", json=body).json()
    post.inbox.refusal = ""
    assert made["mailed"] is False
    assert made["token"]


def test_without_a_mail_server_all_is_as_it_was() -> None:
    with company() as firm:
        browser = firm.nobody()
        assert browser.get("/api/v1/session").json()["mail"] is False
        answer = browser.post("/api/v1/password/forgot", json={"email": "root@example.com"})
        assert (answer.status_code, answer.json()["code"]) == (409, "mail_unavailable")
        root = firm.as_user(firm.root.id)
        body = {"email": "bob@example.com", "organization": firm.organization, "role": "viewer"}
        assert root.post("/api/v1/invitations", json=body).json()["mailed"] is False
