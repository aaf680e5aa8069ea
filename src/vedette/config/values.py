"""The kinds of values that settings have, and what each must look like."""

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
_ROUTE_NAME = re.compile(r"[A-Za-z0-9*?][A-Za-z0-9._:@/+*?-]{0,199}")
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
        raise ValueError("expected a model name: letters, digits and . _ : @ / + - * ?, no spaces")
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


def _name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", text):
        raise ValueError("expected letters, digits and dashes")
    return text


def _text(text: str) -> str:
    if not re.fullmatch(r"[\x20-\x7e]+", text.strip()):
        raise ValueError("expected printable ASCII on one line")
    return text.strip()


def _split(value: Any) -> Any:
    """A list may also be written as text with commas, as environment variables need it."""
    if isinstance(value, str):
        return [item.strip() for item in value.split(",") if item.strip()]
    return value


Listen = Annotated[str, AfterValidator(_listen)]
OptionalListen = Annotated[Listen | None, BeforeValidator(_blank_is_none)]
BaseUrl = Annotated[str, AfterValidator(parse_base_url)]
ProviderName = Annotated[str, AfterValidator(_provider_name)]
RouteName = Annotated[str, AfterValidator(_route_name)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]
OptionalUrl = Annotated[BaseUrl | None, BeforeValidator(_blank_is_none)]
HeaderName = Annotated[str, AfterValidator(_header_name)]
HeaderValue = Annotated[SecretStr, AfterValidator(_header_value)]
OptionalSecret = Annotated[Secret | None, BeforeValidator(_blank_is_none)]
OptionalName = Annotated[
    Annotated[str, AfterValidator(_name)] | None, BeforeValidator(_blank_is_none)
]
OptionalPath = Annotated[
    Annotated[str, Field(min_length=1)] | None, BeforeValidator(_blank_is_none)
]
OptionalText = Annotated[
    Annotated[str, AfterValidator(_text)] | None, BeforeValidator(_blank_is_none)
]
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


SECRET_KEYS = frozenset(
    {
        "api_key", "api_keys", "token", "headers", "secret_access_key", "session_token",
        "client_secret", "url", "password",
    }
)  # fmt: skip
"""Names of settings whose values are never printed."""
