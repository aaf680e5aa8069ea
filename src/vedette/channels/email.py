"""Mail over SMTP, with TLS unless told otherwise."""

import asyncio
import smtplib
import ssl
from collections.abc import Mapping
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from vedette.channels.answers import read_options
from vedette.channels.wording import text_of, time_of, title_of
from vedette.errors import ConfigError
from vedette.model.alert import Notice
from vedette.ports.alerts import NotDelivered, Option, Post

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

_WAIT_S = 15.0
_MOST_RECEIVERS = 50


class Email:
    """One mail server and who is written to."""

    def __init__(self, options: Mapping[str, str], port: int, to: tuple[str, ...]) -> None:
        self._options = options
        self._port = port
        self._to = to

    async def send(self, notice: Notice) -> None:
        await asyncio.to_thread(self._send, self._message(notice))

    def _message(self, notice: Notice) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = " ".join(f"[Vedette] {title_of(notice)}".split())[:250]
        message["From"] = self._options["from"]
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

    def _send(self, message: EmailMessage) -> None:
        options = self._options
        context = ssl.create_default_context()
        try:
            if options["security"] == "tls":
                client: smtplib.SMTP = smtplib.SMTP_SSL(
                    options["host"], self._port, timeout=_WAIT_S, context=context
                )
            else:
                client = smtplib.SMTP(options["host"], self._port, timeout=_WAIT_S)
            with client:
                if options["security"] == "starttls":
                    client.starttls(context=context)
                if options["user"]:
                    client.login(options["user"], options["password"])
                client.send_message(message)
        except smtplib.SMTPResponseException as error:
            # 5xx: the server will not take it, however often it is asked (RFC 5321, 4.2.1).
            raise NotDelivered(
                f"The mail server answered {error.smtp_code}.", is_final=error.smtp_code >= 500
            ) from None
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise NotDelivered(
                "The mail server takes none of the receivers.", is_final=min(codes) >= 500
            ) from None
        except (OSError, smtplib.SMTPException, MessageError) as error:
            raise NotDelivered(f"No mail was sent ({type(error).__name__}).") from None


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
        if "@" not in parseaddr(address)[1] or any(character < " " for character in address):
            raise ConfigError(f"{name}: need mail addresses.")
    if not 0 < len(to) <= _MOST_RECEIVERS:
        raise ConfigError(f"to: need 1 to {_MOST_RECEIVERS} addresses.")
    return Email(found, port, to)
