"""Providers of identities through which people log in to the console."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from vedette.config.address import url_address
from vedette.config.values import Names, OptionalSecret, Section

RoleName = Literal["viewer", "member", "admin", "owner"]

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
_DOMAIN = re.compile(r"(?=.{1,190}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z0-9-]+")
_URL = re.compile(r"https?://[^\s/?#@\\]+(?:/[^\s?#\\]*)?")


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError("expected small letters, digits and dashes, at most 32")
    return text


def _domain(text: str) -> str:
    name = text.strip().lower().removeprefix("@")
    if not _DOMAIN.fullmatch(name):
        raise ValueError("expected a domain such as example.com")
    return name


def provider_url(text: str) -> str:
    """The URL as it is: issuers are compared letter by letter."""
    if not _URL.fullmatch(text):
        raise ValueError("expected an address such as https://login.example.com, without ? and #")
    if text.startswith("http://") and not url_address(text).is_loopback:
        raise ValueError("expected https://; without it only on this machine")
    return text


def _role(value: object) -> object:
    return None if value in ("", "none") else value


Domains = Annotated[
    tuple[Annotated[str, AfterValidator(_domain)], ...],
    BeforeValidator(lambda value: value.split(",") if isinstance(value, str) else value),
]
ProviderUrl = Annotated[str, AfterValidator(provider_url)]


class SignOnConfig(Section):
    """What all providers have in common."""

    name: Annotated[str, AfterValidator(_name)]
    """Stands in the addresses that the provider has to know."""
    label: Annotated[str, Field(max_length=60)] = ""
    """On the button of the log-in page. Empty: the name."""
    allowed_domains: Domains = ()
    """Domains of mail addresses that it may speak for. Empty: all, so it may speak for every user
    of this console."""
    create_users: bool = False
    """Whether whoever is unknown here and not invited is made a user; needs `allowed_domains`."""
    organization: Annotated[str, Field(min_length=1, max_length=64)] = "default"
    """Id of the organization in which they get a place."""
    role: Annotated[RoleName | None, BeforeValidator(_role)] = "viewer"
    """Role of those who are made users. Empty: only a group gives one, and whoever is in none is
    not let in."""
    roles: dict[str, RoleName] = Field(default_factory=dict)
    """Roles by group there, such as `{llm-admins: admin}`: asked with every log-in; the highest
    counts."""


class OidcConfig(SignOnConfig):
    """Providers that speak OpenID Connect. The address to register there is
    `<console.public_url>/sso/<name>/callback`."""

    issuer: ProviderUrl
    """As the provider writes it, to the letter."""
    client_id: Annotated[str, Field(min_length=1, max_length=500)]
    """What the provider calls this console."""
    client_secret: OptionalSecret = None
    """Empty: a public client, which PKCE alone protects."""
    scopes: Names = ("openid", "email", "profile")
    """What is asked for."""
    groups_claim: str = "groups"
    """Claim with the names of groups."""
    assume_verified: bool = False
    """Whether an address counts although the provider does not say whether it is verified, as
    Microsoft Entra does not; needs `allowed_domains`."""
    end_session: bool = True
    """Whether who logs out here is led to the provider to log out there, too, where it says how.
    Register `<console.public_url>/login` there as the address to come back to."""
