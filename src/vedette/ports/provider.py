"""How to call a provider: addresses and credentials, no I/O."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from vedette.model.settings import ProviderSettings

Headers = Sequence[tuple[bytes, bytes]]
"""Names in lower case; order and repetitions kept."""


class HttpCall(msgspec.Struct, frozen=True):
    """The head of a request to a provider; the body goes beside it."""

    method: str
    target: bytes
    """Path and query, as in the request line."""
    headers: list[tuple[bytes, bytes]]
    """Complete but for `content-length` and `transfer-encoding`, which the sender adds."""


class Provider(Protocol):
    """One configured provider, made once per configuration."""

    settings: ProviderSettings

    def prepare(self, *, method: str, path: str, query: str, headers: Headers) -> HttpCall:
        """Address a call to this provider.

        `path` is the part after the API's version prefix (`/chat/completions`). `headers` are
        the client's, already free of hop-by-hop and `x-vedette-*` names. The client's
        credentials are replaced where the provider has one of its own, forwarded where not.
        The same arguments give the same call: it may be remembered.
        """
        ...
