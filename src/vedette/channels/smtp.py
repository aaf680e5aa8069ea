"""Handing a message to a mail server, with TLS unless told otherwise."""

import smtplib
import ssl
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr

from vedette.model.mail import MailSettings
from vedette.ports.alerts import NotDelivered

_WAIT_S = 15.0


def deliver(server: MailSettings, message: EmailMessage) -> None:
    """Blocks. Raises NotDelivered."""
    context = ssl.create_default_context()
    try:
        if server.security == "tls":
            client: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=_WAIT_S, context=context
            )
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=_WAIT_S)
        with client:
            if server.security == "starttls":
                client.starttls(context=context)
            if server.user:
                client.login(server.user, server.password)
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
    except (OSError, smtplib.SMTPException, MessageError, ValueError) as error:
        raise NotDelivered(f"No mail was sent ({type(error).__name__}).") from None


def is_address(text: str) -> bool:
    """Whether it is one that may stand in a header, with a name or without."""
    return "@" in parseaddr(text)[1] and not any(character < " " for character in text)
