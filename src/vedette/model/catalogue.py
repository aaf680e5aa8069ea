"""What is known of a kind of provider before anybody configures one."""

import msgspec

COMMON_DIALECTS = (
    "openai_chat", "openai_responses", "openai_completions", "openai_embeddings", "anthropic",
)  # fmt: skip
"""What a service without a module of its own may speak, at the usual paths."""


class Probe(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to recognise a server of this kind on a loopback port."""

    port: int
    path: str
    """Asked with GET; the answer is JSON."""
    has: str = ""
    """A key the answer must have at its top."""
    owned_by: str = ""
    """The `owned_by` that an entry of the answer's `data` must carry."""


class ProviderKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of the catalogue: an OpenAI-compatible service or server."""

    title: str
    base_url: str = ""
    """Where it lives; empty where every user has another address (then `base_url_hint` helps)."""
    place_urls: dict[str, str] = {}
    """Where it lives by `aws.region` or `google.location`: `*` is any other place, `{place}` in
    an address the place's name."""
    base_path: str = ""
    """Appended to a configured `base_url` that has no path."""
    base_url_hint: str = ""
    auth: str = "bearer"
    """See `ProviderSettings.auth`."""
    path_auth: dict[str, str] = {}
    """See `ProviderSettings.path_auth`."""
    path_roots: dict[str, str] = {}
    """See `ProviderSettings.path_roots`. For the row's own `base_url` alone: who writes another
    address has everything there."""
    default_headers: dict[str, str] = {}
    dialects: tuple[str, ...] = ("openai_chat", "openai_completions", "openai_embeddings")
    """See `ProviderSettings.dialects`."""
    stream_usage: bool = True
    price_provider: str = ""
    models: tuple[str, ...] = ()
    key_env: tuple[str, ...] = ()
    """Environment variables that hold its key, most specific first; discovery reads them."""
    base_url_env: str = ""
    """Environment variable that holds its address; discovery reads it."""
    local: bool = False
    """A server people run themselves, rather than a service."""
    probe: Probe | None = None


Kinds = dict[str, ProviderKind]
"""The catalogue: kind -> row, in the order of the file."""
