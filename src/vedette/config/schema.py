"""The configuration as one typed tree. The docstring of each setting is its documentation.

`docs/configuration.md` is generated from here, and `vedette.example.yaml` is checked against it.
Validators here look at one value; what needs two settings stands in `checks.py`.
"""

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
)

from vedette.config.address import parse_address, parse_base_url

CaptureMode = Literal["full", "redacted", "hash", "none"]
AuthStyle = Literal["bearer", "api-key", "x-api-key", "none"]
LogLevel = Literal["debug", "info", "warning", "error"]

_PROVIDER_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ROUTE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:@/+-]{0,199}")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_OWN_HEADERS = frozenset(
    {"host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade"}
)


def _listen(text: str) -> str:
    return str(parse_address(text))


def _provider_name(text: str) -> str:
    if not _PROVIDER_NAME.fullmatch(text):
        raise ValueError("expected letters, digits, '.', '_' or '-', at most 64 and no slash")
    return text


def _route_name(text: str) -> str:
    if not _ROUTE_NAME.fullmatch(text):
        raise ValueError("expected a model name: letters, digits and . _ : @ / + -, no spaces")
    return text


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _secret(value: SecretStr) -> SecretStr:
    text = value.get_secret_value().strip()
    if not re.fullmatch(r"[\x21-\x7e]+", text):
        raise ValueError("expected one word of printable ASCII (no spaces or line breaks)")
    return SecretStr(text)


def _header_value(value: SecretStr) -> SecretStr:
    text = value.get_secret_value().strip()
    if not re.fullmatch(r"[\x20-\x7e\t]*", text):
        raise ValueError("expected printable ASCII on one line")
    return SecretStr(text)


def _header_name(text: str) -> str:
    if not _HEADER_NAME.fullmatch(text):
        raise ValueError("expected an HTTP header name")
    if text.lower() in _OWN_HEADERS:
        raise ValueError("expected a header that Vedette does not set itself")
    return text.lower()


def _host(text: str) -> str:
    name = text.strip().lower().rstrip(".")
    if name.startswith("[") and name.endswith("]"):
        name = name[1:-1]
    if not name or re.search(r"[\s/@]", name):
        raise ValueError("expected a host name or IP address, without scheme and port")
    return name


def _origin(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+", text):
        raise ValueError("expected an origin such as https://app.example.com, without a path")
    return text.lower()


def _split(value: Any) -> Any:
    """A list may also be written as text with commas, as environment variables need it."""
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


def _not_production(value: str) -> str:
    if value == "production":
        raise ValueError(
            "expected lite or memory: the production profile (ClickHouse, PostgreSQL, Redis) "
            "arrives in a later version"
        )
    return value


Listen = Annotated[str, AfterValidator(_listen)]
BaseUrl = Annotated[str, AfterValidator(parse_base_url)]
ProviderName = Annotated[str, AfterValidator(_provider_name)]
RouteName = Annotated[str, AfterValidator(_route_name)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]
HeaderName = Annotated[str, AfterValidator(_header_name)]
HeaderValue = Annotated[SecretStr, AfterValidator(_header_value)]
OptionalSecret = Annotated[Secret | None, BeforeValidator(_blank_is_none)]
Secrets = Annotated[tuple[Secret, ...], BeforeValidator(_split)]
Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
Hosts = Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], BeforeValidator(_split)]
Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], BeforeValidator(_split)]
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=10_000_000)]
Bytes = Annotated[int, Field(ge=1_024, le=1 << 50)]


class Section(BaseModel):
    """Part of the tree: frozen, and an unknown key is an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, coerce_numbers_to_str=True, use_attribute_docstrings=True
    )


class LimitsConfig(Section):
    """Caps and deadlines towards clients."""

    header_bytes: Annotated[int, Field(ge=1_024, le=1_048_576)] = 65_536
    """Size of a request head; more is answered with 431."""
    header_count: Annotated[int, Field(ge=8, le=10_000)] = 128
    """Number of header fields of a request; more is answered with 431."""
    header_read_s: Seconds = 15.0
    """Seconds a client may take to send a request head."""
    body_bytes: Bytes = 134_217_728
    """Size of a JSON body, which is read whole; more is answered with 413. Uploads that are
    passed through in pieces are not bound by it."""
    body_read_s: Seconds = 120.0
    """Seconds between two pieces of a request body."""
    idle_s: Seconds = 75.0
    """Seconds a connection may rest between two requests."""
    connections: Count = 10_000
    """Client connections of one worker; more are refused."""
    buffered_bytes: Bytes = 1_073_741_824
    """Request bodies held in memory by one worker; beyond it new ones are answered with 503."""
    write_buffer_bytes: Bytes = 262_144
    """Unsent answer bytes of one client before reading from the provider pauses."""
    drain_s: Seconds = 30.0
    """Seconds that running answers get to finish on shutdown."""


class ServerConfig(Section):
    """What the gateway and the console have in common."""

    allowed_hosts: Hosts = ()
    """Host names accepted in the `Host` header. Empty: on a loopback address localhost,
    127.0.0.1 and ::1 (which stops DNS rebinding), on any other address all."""
    allowed_origins: Origins = ()
    """Web origins (scheme, host, port) whose pages may call this server besides its own."""


class GatewayConfig(ServerConfig):
    """The door for LLM clients."""

    listen: Listen = "127.0.0.1:4000"
    """Address of the gateway. Another than loopback needs `api_keys`."""
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    """Worker processes that share the address."""
    api_keys: Secrets = ()
    """Keys that clients may present, as they are or as `sha256:<hex>`. Empty: none is asked for."""
    default_provider: str = ""
    """Provider for model names that nothing else resolves. Empty: the first of kind openai, else
    the first one."""
    sim: bool = True
    """Whether the built-in simulated provider `sim` can be called (model `sim/chat`)."""
    limits: LimitsConfig = LimitsConfig()
    """Caps and deadlines towards clients."""


class ConsoleConfig(ServerConfig):
    """The door for people: web console and API."""

    listen: Listen = "127.0.0.1:4001"
    """Address of the console. Another than loopback needs `token`."""
    token: OptionalSecret = None
    """Bearer token that the console and its API ask for. Empty: none, on loopback only."""


class OtlpConfig(Section):
    """OpenTelemetry intake. Reserved: nothing listens here yet."""

    http: Listen = "127.0.0.1:4318"
    """Address for OTLP over HTTP (reserved)."""
    grpc: Listen = "127.0.0.1:4317"
    """Address for OTLP over gRPC (reserved)."""


class StorageConfig(Section):
    """Where spans and records are kept."""

    profile: Annotated[Literal["lite", "memory", "production"], AfterValidator(_not_production)] = (
        "lite"
    )
    """`lite`: SQLite files under `path`. `memory`: nothing survives a restart. `production`
    arrives in a later version."""
    path: Annotated[str, Field(min_length=1)] = "./vedette-data"
    """Directory of the files; relative to the directory Vedette is started in."""
    retention_days: Annotated[int, Field(ge=1, le=36_500)] | None = None
    """Days after which spans are deleted. Empty: they are kept."""
    spill_bytes: Bytes = 1_073_741_824
    """Size of the files in which records wait while the core is away."""
    buffer_records: Count = 10_000
    """Records a worker holds in memory before it spills."""
    buffer_bytes: Bytes = 67_108_864
    """Size of the records a worker holds in memory before it spills."""


class TimeoutsConfig(Section):
    """Deadlines of one attempt."""

    connect_s: Seconds = 3.0
    """Seconds to open a connection, TLS included."""
    first_byte_s: Seconds = 30.0
    """Seconds from the last request byte to the head of the answer."""
    first_token_s: Seconds = 60.0
    """Seconds from the last request byte to the first output of a stream."""
    idle_s: Seconds = 30.0
    """Seconds between two pieces of an answer."""
    total_s: Seconds = 600.0
    """Seconds for the whole attempt."""


class ProviderConfig(Section):
    """One place where models can be called."""

    name: ProviderName
    """Unique name; clients may write `name/model`."""
    kind: str
    """Row of the provider catalogue, such as `openai`, `anthropic` or `ollama`;
    `openai_compatible` for anything else."""
    base_url: BaseUrl | None = None
    """Address up to and including the version (`/v1`). Empty: that of the kind."""
    api_key: OptionalSecret = None
    """Credential sent to the provider. Empty: the client's own credential is forwarded."""
    auth: AuthStyle | None = None
    """How `api_key` is sent: `bearer`, `api-key` (Azure), `x-api-key` (Anthropic) or `none`.
    Empty: as the kind wants it."""
    headers: dict[HeaderName, HeaderValue] = {}
    """Headers sent with every request; they replace those of the client."""
    models: Names | None = None
    """Bare model names that go to this provider, with `*` and `?`. Empty: those of the kind."""
    timeouts: TimeoutsConfig = TimeoutsConfig()
    """Deadlines of one attempt."""
    stream_usage: bool | None = None
    """Whether the provider takes `stream_options.include_usage`. Empty: as the kind does."""
    price_provider: str | None = None
    """Whose price list applies, by its id in genai-prices. Empty: that of the kind."""
    max_connections: Annotated[int, Field(ge=1, le=100_000)] = 4_096
    """Connections of one worker to this provider."""
    verify_tls: bool = True
    """Whether the certificate of the provider is checked."""
    ca_file: Annotated[str, Field(min_length=1)] | None = None
    """PEM file of authorities to trust instead of those of the system."""


class TargetConfig(Section):
    """Where a route may send a call."""

    provider: str
    """Name of a provider."""
    model: str = ""
    """Model to ask for there. Empty: the one the client named."""


class RouteConfig(Section):
    """A model name for clients, and who answers to it."""

    model: RouteName
    """Name that clients use; unique."""
    strategy: Literal["fallback"] = "fallback"
    """`fallback`: the first target that works, in order."""
    retries: Annotated[int, Field(ge=0, le=10)] = 2
    """Further attempts after the first, over all targets."""
    targets: Annotated[tuple[TargetConfig, ...], Field(min_length=1)]
    """Where calls go, in order of preference."""
    timeouts: TimeoutsConfig | None = None
    """Deadlines for this route instead of those of the providers."""
    capture: CaptureMode | None = None
    """What is recorded on this route. Empty: as under `capture`."""


class CaptureConfig(Section):
    """What is recorded of a call."""

    mode: CaptureMode = "full"
    """`full`: messages as they are. `redacted`: with secrets and personal data masked. `hash`:
    only their digests. `none`: no content, only figures."""
    max_body_bytes: Annotated[int, Field(ge=0, le=67_108_864)] = 262_144
    """Bytes recorded of each request and each answer; the rest is left out of the record."""


class LoggingConfig(Section):
    """What Vedette writes about itself."""

    level: LogLevel = "info"
    """Least serious message that is written."""
    format: Literal["console", "json"] = "console"
    """`console` for people, `json` (one object a line) for machines."""


class Config(Section):
    """The whole configuration."""

    gateway: GatewayConfig = GatewayConfig()
    """The door for LLM clients."""
    console: ConsoleConfig = ConsoleConfig()
    """The door for people: web console and API."""
    otlp: OtlpConfig = OtlpConfig()
    """OpenTelemetry intake. Reserved: nothing listens here yet."""
    storage: StorageConfig = StorageConfig()
    """Where spans and records are kept."""
    providers: tuple[ProviderConfig, ...] = ()
    """Places where models can be called."""
    routes: tuple[RouteConfig, ...] = ()
    """Model names for clients, and who answers to them."""
    capture: CaptureConfig = CaptureConfig()
    """What is recorded of a call."""
    logging: LoggingConfig = LoggingConfig()
    """What Vedette writes about itself."""


SECRET_KEYS = frozenset({"api_key", "api_keys", "token", "headers"})
"""Names of settings whose values are never printed."""
