"""A real mail server on a loopback port that keeps what it is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.upstream import closed_port


class Inbox:
    """Keeps mails; `refusal` is what it answers instead of taking one."""

    def __init__(self) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.refusal = ""

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.refusal:
            return self.refusal
        content: Any = envelope.content
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append((envelope.rcpt_tos, mail))
        return "250 OK"


def _login(
    _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: Any
) -> AuthResult:
    assert isinstance(given, LoginPassword)
    return AuthResult(success=given == LoginPassword(b"ada", b"s3cret"), handled=False)


@contextmanager
def receiving() -> Iterator[tuple[Inbox, int]]:
    """An inbox and its port; whoever logs in is `ada`."""
    kept = Inbox()
    port = closed_port()
    controller = Controller(
        kept, hostname="127.0.0.1", port=port, authenticator=_login, auth_require_tls=False
    )
    controller.start()
    yield kept, port
    controller.stop()
