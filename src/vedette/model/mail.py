"""Mail to one person."""

import msgspec


class MailSettings(msgspec.Struct, frozen=True, kw_only=True):
    """The mail server, and who writes."""

    host: str
    port: int = 587
    security: str = "starttls"
    """`starttls`, `tls` or `none`."""
    user: str = ""
    password: str = ""
    sender: str


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """Plain text."""

    to: str
    subject: str
    text: str
