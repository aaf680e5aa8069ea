"""Mail to a real server."""

from collections.abc import Iterator

import pytest

from tests.support.alerting import Posted, alert, notice
from tests.support.inbox import Inbox, receiving
from vedette.channels.email import create
from vedette.errors import ConfigError
from vedette.ports.alerts import NotDelivered


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    with receiving() as made:
        yield made


def options(port: int, **changes: str) -> dict[str, str]:
    return {
        "host": "127.0.0.1", "port": str(port), "security": "none", "from": "Vedette <v@x.org>",
        "to": "a@x.org, b@x.org",
    } | changes  # fmt: skip


async def test_a_mail_arrives(inbox: tuple[Inbox, int]) -> None:
    kept, port = inbox
    one = alert(link="https://x.org/do", rule="Fehler: größer\nX-Evil: 1")
    await create(options(port, user="ada", password="s3cret"), Posted()).send(
        notice(one, url="http://c", left_out=2)
    )
    ((to, mail),) = kept.mails
    assert to == ["a@x.org", "b@x.org"]
    assert mail["subject"] == "[Vedette] New: Fehler: größer X-Evil: 1 and 2 more (warning)"
    assert mail["x-evil"] is None
    text = mail.get_content()
    assert "What to do: https://x.org/do" in text
    assert "And 2 more." in text


@pytest.mark.parametrize(("refusal", "is_final"), [("550 No", True), ("451 Later", False)])
async def test_a_server_that_refuses(
    inbox: tuple[Inbox, int], refusal: str, is_final: bool
) -> None:
    kept, port = inbox
    kept.refusal = refusal
    with pytest.raises(NotDelivered) as caught:
        await create(options(port), Posted()).send(notice())
    assert caught.value.is_final is is_final


async def test_a_wrong_password_is_final(inbox: tuple[Inbox, int]) -> None:
    with pytest.raises(NotDelivered) as caught:
        await create(options(inbox[1], user="ada", password="x"), Posted()).send(notice())
    assert caught.value.is_final
    assert "ada" not in caught.value.message


async def test_a_server_without_tls_gets_nothing_unless_told(inbox: tuple[Inbox, int]) -> None:
    kept, port = inbox
    for security in ("starttls", "tls"):
        with pytest.raises(NotDelivered):
            await create(options(port, security=security), Posted()).send(notice())
    assert kept.mails == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "x"), ("port", "0"), ("to", ""), ("to", "nobody"), ("security", "maybe"),
        ("from", "a@x.org\nBcc: b@x.org"), ("to", ",".join(f"u{n}@x.org" for n in range(51))),
    ],
)  # fmt: skip
def test_options_that_cannot_be(name: str, value: str) -> None:
    with pytest.raises(ConfigError):
        create(options(25) | {name: value}, Posted())
