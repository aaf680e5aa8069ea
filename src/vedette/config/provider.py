"""The settings of one provider: where it is, how it is paid, what it is asked for."""

from typing import Annotated

from pydantic import Field

from vedette.config.values import (
    AuthStyle,
    BaseUrl,
    HeaderName,
    HeaderValue,
    Names,
    OptionalName,
    OptionalPath,
    OptionalSecret,
    OptionalText,
    ProviderName,
    Seconds,
    Secrets,
    Section,
)


class TimeoutsConfig(Section):
    """Deadlines of one attempt."""

    connect_s: Seconds = 3.0
    """Seconds to open a connection, TLS included."""
    first_byte_s: Seconds = 30.0
    """Seconds from the last request byte to the head of the answer. Where it is not set, answers
    that come whole, whose head follows their last token, have `total_s`, and 90 seconds while
    another target may follow."""
    first_token_s: Seconds = 60.0
    """Seconds from the last request byte to the first output of a stream."""
    idle_s: Seconds = 30.0
    """Seconds between two pieces of an answer."""
    total_s: Seconds = 600.0
    """Seconds for the whole attempt."""
    websocket_idle_s: Seconds = 600.0
    """Seconds without a byte in either direction after which an open WebSocket is closed."""
    websocket_total_s: Seconds = 7_200.0
    """Seconds that a WebSocket may be open; `total_s` holds until it is."""


class AwsConfig(Section):
    """Credentials and place of an AWS service. Without keys `api_key` is sent as a bearer token."""

    region: OptionalName = None
    """Region, such as `eu-central-1`. Empty: the one in `base_url`."""
    access_key_id: OptionalText = None
    """Access key; requests are signed with it (Signature Version 4)."""
    secret_access_key: OptionalSecret = None
    """Secret of the access key."""
    session_token: OptionalSecret = None
    """Session token of temporary keys."""


class GoogleConfig(Section):
    """Credentials and place of a Google Cloud service."""

    project: OptionalText = None
    """Project that is billed. Empty: the one in the credentials file."""
    location: OptionalName = None
    """Location, such as `europe-west4` or `global`."""
    credentials_file: OptionalPath = None
    """JSON file of a service account, or the one that `gcloud auth application-default login`
    writes. Access tokens are fetched with it; it is read again when it changes."""


class AzureConfig(Section):
    """How Azure is called. With `tenant_id`, `client_id` and `client_secret` access tokens are
    taken from Microsoft Entra; a token of your own is an `api_key` with `auth: bearer`."""

    api_version: OptionalText = None
    """Version of the API by deployment, such as `2024-10-21`. Empty: the API without versions,
    `/openai/v1`."""
    tenant_id: OptionalText = None
    """Directory of the application."""
    client_id: OptionalText = None
    """Id of the application."""
    client_secret: OptionalSecret = None
    """Secret of the application."""
    authority: BaseUrl = "https://login.microsoftonline.com"
    """Where tokens are taken from; another one in sovereign clouds."""


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
    """Credential sent to the provider; `vault:NAME` takes it from the vault, as in every other
    secret of a provider. Empty: the client's own credential is forwarded."""
    api_keys: Secrets = ()
    """Several credentials of equal rights instead of `api_key`, used in turn."""
    api_key_file: OptionalPath = None
    """File with the credential, or with several, one a line, instead of `api_key`. It is read
    again when it changes."""
    auth: AuthStyle | None = None
    """How `api_key` is sent: `bearer`, `api-key` (Azure), `x-api-key` (Anthropic) or `none`.
    Empty: as the kind wants it."""
    headers: dict[HeaderName, HeaderValue] = Field(default={})
    """Headers sent with every request; they replace those of the client."""
    models: Names | None = None
    """Bare model names that go to this provider, with `*` and `?`. Empty: those of the kind."""
    dialects: Annotated[Names, Field(min_length=1)] | None = None
    """Wire formats it speaks, the best first, such as `openai_chat` or `anthropic`; calls in any
    other are translated to the first that fits. Empty: those of the kind."""
    timeouts: TimeoutsConfig = TimeoutsConfig()
    """Deadlines of one attempt."""
    stream_usage: bool | None = None
    """Whether the provider takes `stream_options.include_usage`. Empty: as the kind does."""
    price_provider: str | None = None
    """Whose price list applies, by its id in genai-prices. Empty: that of the kind."""
    max_connections: Annotated[int, Field(ge=1, le=100_000)] = 4_096
    """Connections of one worker to this provider."""
    max_concurrency: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """Calls that one worker has at this provider at a time; others wait in a queue, interactive
    ones before those with `x-vedette-priority: batch`. Empty: no limit."""
    queue_size: Annotated[int, Field(ge=0, le=100_000)] = 100
    """Calls that may wait for a place; more are answered with 503 or go to the next target."""
    queue_wait_s: Seconds = 10.0
    """Seconds a call may wait for a place."""
    verify_tls: bool = True
    """Whether the certificate of the provider is checked."""
    ca_file: OptionalPath = None
    """PEM file of authorities to trust instead of those of the system."""
    aws: AwsConfig | None = None
    """For kind `bedrock`."""
    google: GoogleConfig | None = None
    """For kinds `vertex`, `vertex_anthropic` and `gemini`."""
    azure: AzureConfig | None = None
    """For kind `azure`."""
