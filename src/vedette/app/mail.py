"""The mail server of the configuration."""

from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr

from vedette.channels.smtp import deliver
from vedette.clock import Clock
from vedette.config.schema import Config
from vedette.model.mail import Mail, MailSettings
from vedette.model.settings import CoreSettings


def mail_settings(config: Config) -> MailSettings | None:
    """None where no mail is sent."""
    mail = config.mail
    if mail.host is None or mail.sender is None:
        return None
    return MailSettings(
        host=mail.host, port=mail.port, security=mail.security, user=mail.user or "",
        password="" if mail.password is None else mail.password.get_secret_value(),
        sender=mail.sender,
    )  # fmt: skip


class SmtpMailer:
    """`ports.mail.Mailer`."""

    def __init__(self, server: MailSettings, clock: Clock) -> None:
        self._server = server
        self._clock = clock

    def send(self, mail: Mail) -> None:
        message = EmailMessage()
        message["Subject"] = " ".join(mail.subject.split())[:250]
        message["From"] = self._server.sender
        message["To"] = mail.to
        message["Date"] = formatdate(self._clock.now_ns() / 1e9)
        domain = parseaddr(self._server.sender)[1].rpartition("@")[2]
        message["Message-ID"] = make_msgid(domain=domain or "vedette")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        deliver(self._server, message)


def mailer(settings: Callable[[], CoreSettings], clock: Clock) -> Callable[[], SmtpMailer | None]:
    """That of the settings at the time; None while there is none."""

    def find() -> SmtpMailer | None:
        server = settings().mail
        return None if server is None else SmtpMailer(server, clock)

    return find
