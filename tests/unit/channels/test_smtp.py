"""Handing messages to a real mail server; refusals are in `test_email`."""

from email.message import EmailMessage

import pytest

from tests.support.inbox import receiving
from tests.support.upstream import closed_port
from vedette.channels.smtp import deliver, is_address
from vedette.model.mail import MailSettings
from vedette.ports.alerts import NotDelivered


def message(to: str = "a@x.org") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "v@x.org", to
    made.set_content("hello")
    return made


def server(port: int, **changes: str) -> MailSettings:
    fields = {"host": "127.0.0.1", "security": "none", "sender": "v@x.org"} | changes
    return MailSettings(port=port, **fields)


def test_a_message_arrives() -> None:
    with receiving() as (inbox, port):
        deliver(server(port, user="ada", password="s3cret"), message())
    ((to, mail),) = inbox.mails
    assert to == ["a@x.org"]
    assert mail.get_content().strip() == "hello"


def test_without_the_tls_that_is_wanted_nothing_is_sent() -> None:
    with receiving() as (inbox, port):
        with pytest.raises(NotDelivered):
            deliver(server(port, security="starttls"), message())
        with pytest.raises(NotDelivered):
            deliver(server(port, user="ada", password="wrong"), message())
    assert inbox.mails == []


def test_where_nobody_is_nothing_is_sent() -> None:
    with pytest.raises(NotDelivered, match="ConnectionRefused"):
        deliver(server(closed_port()), message())


def test_addresses_may_have_names() -> None:
    assert is_address("Ann <a@x.org>")
    assert is_address("a@x.org")
    for text in ("ann", "", "a@x.org\r\nBcc: b@x.org"):
        assert not is_address(text)
