"""The credential of a call to Google, wherever the client put it.

Google's clients send `x-goog-api-key`, or `key=` in the address, where it ends up in logs; OpenAI's
clients send a bearer token, Anthropic's `x-api-key`. Google's own paths want the first, its
OpenAI-compatible ones a bearer token.
"""

from urllib.parse import unquote

from vedette.ports.provider import Headers
from vedette.providers.openai import CREDENTIALS

_NATIVE = b"x-goog-api-key"
_ACCESS_TOKEN = b"ya29."
"""How an access token of Google's begins; everything else is an API key."""
_IN_QUERY = frozenset({"key", "$key", "access_token", "oauth_token"})


def take_key(query: str) -> tuple[str, bytes]:
    """The query without credentials, and the first of those that stood there."""
    kept, key = [], ""
    for field in query.split("&"):
        name, _, value = field.partition("=")
        if unquote(name) in _IN_QUERY:
            key = key or unquote(value)
        else:
            kept.append(field)
    return "&".join(kept), key.encode("ascii", "ignore")


def credential(key: bytes, *, native: bool) -> tuple[bytes, bytes]:
    """The header for a key or a token."""
    if not native or key.startswith(_ACCESS_TOKEN):
        return b"authorization", b"Bearer " + key
    return _NATIVE, key


def with_client_key(
    headers: Headers, from_query: bytes, *, native: bool
) -> list[tuple[bytes, bytes]]:
    """The client's headers with its own credential in the form that the path wants.

    Without one, or with one of a kind we do not know, they stay as they are.
    """
    given = {name: value for name, value in headers if name in CREDENTIALS}
    scheme, _, token = given.get(b"authorization", b"").partition(b" ")
    bearer = token.strip() if scheme.lower() == b"bearer" else b""
    found = (
        given.get(_NATIVE) or from_query or bearer or given.get(b"x-api-key")
        or given.get(b"api-key")
    )  # fmt: skip
    if not found:
        return list(headers)
    rest = [header for header in headers if header[0] not in CREDENTIALS]
    return [*rest, credential(found, native=native)]
