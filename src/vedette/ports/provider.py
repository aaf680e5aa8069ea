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


class TokenRequest(msgspec.Struct, frozen=True):
    """How to get an access token that is not in the configuration (OAuth 2.0)."""

    url: str
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Token(msgspec.Struct, frozen=True):
    """An access token and how long it is good."""

    value: str
    expires_in_s: float


class Provider(Protocol):
    """One configured provider, made once per configuration.

    `settings.dialects` are the dialects it speaks, the best first. A client that speaks one of
    them is passed through; for any other the gateway translates to the first of the operation.
    """

    settings: ProviderSettings

    def prepare(self, *, method: str, path: str, query: str, headers: Headers) -> HttpCall:
        """Address a call that is passed through.

        `path` is the part after the API's version prefix (`/chat/completions`). `headers` are
        the client's, already free of hop-by-hop and `x-vedette-*` names. The client's
        credentials are replaced where the provider has one of its own, forwarded where not.
        The same arguments give the same call: it may be remembered.
        """
        ...

    def call(
        self, *, dialect: str, model: str, stream: bool, query: str, headers: Headers
    ) -> HttpCall:
        """Address a call in one of `settings.dialects`; the body is JSON in that dialect.

        `model` is the name the provider knows. `query` is the client's where it speaks the same
        dialect, else empty. Remembered like `prepare`.
        """
        ...

    def sign(self, call: HttpCall, body: bytes, now_s: float) -> list[tuple[bytes, bytes]]:
        """Header fields that depend on the body or the time (AWS SigV4); most have none."""
        ...

    def token_request(self, now_s: float) -> TokenRequest | None:
        """How to get a bearer token; None where the configured credential is enough."""
        ...

    def read_token(self, body: bytes) -> Token:
        """The token in the answer to `token_request`. Raises VedetteError where there is none."""
        ...
