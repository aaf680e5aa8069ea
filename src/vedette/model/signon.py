"""Signing on through others: what is configured, and what they say of somebody."""

import msgspec

from vedette.model.user import Role


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a provider may let in, and as what."""

    allowed_domains: tuple[str, ...] = ()
    """Domains of the addresses that it may speak for; empty: all."""
    create_users: bool = False
    """Whether whoever is unknown and not invited is made a user."""
    organization: str = "default"
    role: Role | None = "viewer"
    """Of those who are made here; None: only groups give one."""
    roles: dict[str, Role] = {}
    """Role of a group there."""


class OidcSettings(msgspec.Struct, frozen=True, kw_only=True):
    """An OpenID Connect provider."""

    name: str
    label: str = ""
    issuer: str
    client_id: str
    client_secret: str = ""
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    groups_claim: str = "groups"
    assume_verified: bool = False
    """Whether an address counts although the provider does not say that it is verified."""
    end_session: bool = True
    """Whether who logs out here is led to the provider, to log out there, too."""
    admission: Admission = Admission()


class SamlKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key of this console, in PEM."""

    private: str
    certificate: str


class SamlSettings(msgspec.Struct, frozen=True, kw_only=True):
    """A SAML 2.0 identity provider."""

    name: str
    label: str = ""
    entity_id: str
    sso_url: str
    certificates: tuple[str, ...]
    """In PEM; nothing else vouches for what it says."""
    slo_url: str = ""
    """Where browsers go to log out there; empty: they are not led there."""
    slo_response_url: str = ""
    """Where its requests to log out are answered; empty: at `slo_url`."""
    end_session: bool = True
    """Whether who logs out here is led to the provider, to log out there, too."""
    keys: tuple[SamlKey, ...] = ()
    """The first signs what is asked, all open what is encrypted; empty: neither is done."""
    idp_initiated: bool = False
    """Whether log-ins may begin at the provider: an answer that nobody asked for counts."""
    email_attribute: str = ""
    """Empty: the usual names, else the name of the subject where it is an address."""
    groups_attribute: str = ""
    """Empty: the usual names."""
    admission: Admission = Admission()


class SamlPresence(msgspec.Struct, frozen=True, kw_only=True):
    """What a SAML provider calls a log-in of somebody: to end it, one names it so."""

    subject: str
    form: str = ""
    """Of the name: its `Format`, and whose it is."""
    qualifier: str = ""
    sp_qualifier: str = ""
    session: str = ""
    """Its `SessionIndex`; empty where it gave none."""


class SignOnSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How users log in."""

    passwords: bool = True
    oidc: tuple[OidcSettings, ...] = ()
    saml: tuple[SamlSettings, ...] = ()
    private_hosts: tuple[str, ...] = ()
    """Private hosts that may be asked besides the issuers."""


class Assertion(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider says of whoever logged in there."""

    issuer: str
    subject: str
    """Who it is there, for good; addresses change."""
    email: str
    is_verified: bool
    name: str = ""
    groups: tuple[str, ...] = ()
    presence: SamlPresence | None = None
    """Of a SAML provider."""
    id_token: str = ""
    """In which an OpenID Connect provider said it; it is shown again to log out there."""
