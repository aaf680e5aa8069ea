"""Mail over SMTP, with TLS unless told otherwise."""

import asyncio
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate

from vedette.channels.answers import read_options
from vedette.channels.smtp import deliver, is_address
from vedette.channels.wording import text_of, time_of, title_of
from vedette.errors import ConfigError
from vedette.model.alert import Notice
from vedette.model.mail import MailSettings
from vedette.ports.alerts import Option, Post

OPTIONS = (
    Option(name="host", label="Mail server", is_needed=True),
    Option(name="port", label="Port", default="587"),
    Option(
        name="security", label="Encryption", default="starttls",
        choices=("starttls", "tls", "none"),
    ),
    Option(name="user", label="User"),
    Option(name="password", label="Password", is_secret=True),
    Option(name="from", label="From", is_needed=True),
    Option(name="to", label="To (several with commas)", is_needed=True),
)  # fmt: skip

_MOST_RECEIVERS = 50


class Email:
    """One mail server and who is written to."""

    def __init__(self, server: MailSettings, to: tuple[str, ...]) -> None:
        self._server = server
        self._to = to

    async def send(self, notice: Notice) -> None:
        await asyncio.to_thread(deliver, self._server, self._message(notice))

    def _message(self, notice: Notice) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = " ".join(f"[Vedette] {title_of(notice)}".split())[:250]
        message["From"] = self._server.sender
        message["To"] = ", ".join(self._to)
        message["Date"] = formatdate(notice.at_ns / 1e9)
        message["Message-ID"] = f"<{notice.id}@vedette>"
        message["Auto-Submitted"] = "auto-generated"
        parts = []
        for line in notice.lines:
            since = time_of(line.alert.started_ns)
            parts.append(f"{text_of(line)}\n{line.alert.severity}, since {since}")
            if line.alert.link:
                parts[-1] += f"\nWhat to do: {line.alert.link}"
        if notice.left_out:
            parts.append(f"And {notice.left_out} more.")
        if notice.url:
            parts.append(notice.url)
        message.set_content("\n\n".join(parts) + "\n")
        return message


def create(options: Mapping[str, str], post: Post) -> Email:
    """Raises ConfigError."""
    found = read_options(options, OPTIONS)
    try:
        port = int(found["port"])
    except ValueError:
        port = 0
    if not 0 < port < 65_536:
        raise ConfigError("port: need a number from 1 to 65535.")
    to = tuple(filter(None, (one.strip() for one in found["to"].split(","))))
    for name, address in (("from", found["from"]), *(("to", one) for one in to)):
        if not is_address(address):
            raise ConfigError(f"{name}: need mail addresses.")
    if not 0 < len(to) <= _MOST_RECEIVERS:
        raise ConfigError(f"to: need 1 to {_MOST_RECEIVERS} addresses.")
    server = MailSettings(
        host=found["host"], port=port, security=found["security"], user=found["user"],
        password=found["password"], sender=found["from"],
    )  # fmt: skip
    return Email(server, to)
