"""Who is let in: keys and proxies at the gateway, log-ins at the console."""

import ipaddress
import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from vedette.config.saml import SamlConfig
from vedette.config.signon import OidcConfig
from vedette.config.values import Section

_HEADER = re.compile(r"x-vedette-[a-z0-9-]{1,40}")


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text.strip(), strict=False))
    except ValueError:
        raise ValueError("expected an address or a network such as 10.0.0.0/8") from None


def _tenant_header(text: str) -> str:
    # Fields of this prefix are never sent on to a provider.
    if text and not _HEADER.fullmatch(text.lower()):
        raise ValueError("expected a header name that begins with x-vedette-")
    return text.lower()


def _split(value: object) -> object:
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


Networks = Annotated[tuple[Annotated[str, AfterValidator(_network)], ...], BeforeValidator(_split)]


class AccessConfig(Section):
    """Who is let in: programs at the gateway, people at the console."""

    require_key: bool = False
    """Whether clients need a key even while none has been made. With the first virtual key one is
    needed anyway."""
    tenant_header: Annotated[str, AfterValidator(_tenant_header)] = ""
    """Header that names the project of a call without a virtual key, such as
    `x-vedette-project`; believed only from `trusted_proxies`."""
    trusted_proxies: Networks = ()
    """Addresses and networks that may name a project."""
    passwords: bool = True
    """Whether users may log in by password. Without, they log in through a provider;
    `console.token` opens the console all the same."""
    oidc: tuple[OidcConfig, ...] = ()
    """Providers that speak OpenID Connect."""
    saml: tuple[SamlConfig, ...] = ()
    """Providers that speak SAML 2.0."""
