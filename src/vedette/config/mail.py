"""Mail to people: invitations, and links to set a password anew."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from vedette.config.values import HeaderValue, OptionalText, Section


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


class MailConfig(Section):
    """The mail server that takes invitations and links to set a password. Alerts have channels of
    their own. Needs `console.public_url`."""

    host: OptionalText = None
    """Name of the server. Empty: no mail is sent, and links are shown to whoever makes them."""
    port: Annotated[int, Field(ge=1, le=65_535)] = 587
    """Port of the server."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """`tls` from the first byte (port 465), `starttls`, or `none` for a server on this machine."""
    user: OptionalText = None
    """Who logs in there. Empty: nobody does."""
    password: Annotated[HeaderValue | None, BeforeValidator(_blank_is_none)] = None
    """Of that user."""
    sender: OptionalText = None
    """Who writes, such as `Vedette <vedette@example.com>`."""
