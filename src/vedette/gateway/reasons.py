"""Why a provider gave no answer, in words for people; programs go by the code."""

from collections.abc import Mapping
from typing import Final

_DID: Final[Mapping[str, str]] = {
    "answer_too_large": "sent an answer that is too large to be held",
    "bad_response": "answered with something that is no HTTP",
    "closed_before_head": "closed the connection before it answered",
    "closed_early": "closed the connection in the middle of its answer",
    "connect_failed": "could not be reached",
    "connect_refused": "refused the connection",
    "connect_timeout": "could not be reached in time",
    "dns_failure": "could not be found: its name leads to no address (DNS)",
    "first_byte_timeout": "did not begin to answer in time",
    "first_token_timeout": "had no output in time",
    "idle_timeout": "fell silent",
    "malformed_event": "sent an event that cannot be read",
    "pool_exhausted": "was not asked: too many calls wait for a connection to it",
    "proxy_failed": "could not be reached through the proxy",
    "reset": "reset the connection",
    "stream_incomplete": "ended its answer too early",
    "tls_failure": "could not be reached safely (TLS)",
    "total_timeout": "was not done in time",
    "write_timeout": "did not take the request in time",
    "wrong_content_type": "answered with something that is no answer of a model",
}


def what_it_did(code: str) -> str:
    """The end of a sentence that begins with the provider; never its own words."""
    return _DID.get(code, "gave no answer")
