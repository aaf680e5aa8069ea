from typing import Any

import pytest

from vedette.model.settings import ProviderSettings
from vedette.ports.provider import HttpCall
from vedette.providers.bedrock import Provider

HOST = "bedrock-runtime.eu-central-1.amazonaws.com"
CLIENT = [
    (b"authorization", b"AWS4-HMAC-SHA256 Credential=client/..."),
    (b"x-amz-date", b"20200101T000000Z"),
    (b"x-amz-security-token", b"client"),
    (b"content-type", b"application/json"),
    (b"accept", b"text/event-stream"),
    (b"x-amzn-bedrock-trace", b"ENABLED"),
]
KEYS = {"access_key_id": "AKIA", "secret_access_key": "s3cret"}
MODEL = "anthropic.claude-3-5-haiku-20241022-v1:0"
PROFILE = "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc123"


def provider(url: str = f"https://{HOST}", **changes: Any) -> Provider:
    settings = ProviderSettings(name="b", kind="bedrock", base_url=url, **changes)
    return Provider(settings)


def call(it: Provider, dialect: str = "bedrock", model: str = MODEL, **changes: Any) -> HttpCall:
    wanted: dict[str, Any] = {"stream": False, "query": "", "headers": CLIENT, **changes}
    return it.call(dialect=dialect, model=model, **wanted)


@pytest.mark.parametrize(
    ("dialect", "stream", "method"),
    [
        ("bedrock", False, b"converse"),
        ("bedrock", True, b"converse-stream"),
        ("bedrock_invoke", False, b"invoke"),
        ("bedrock_invoke", True, b"invoke-with-response-stream"),
        ("bedrock_embeddings", False, b"invoke"),
        ("bedrock_count", False, b"count-tokens"),
    ],
)
def test_the_model_stands_in_the_path(dialect: str, stream: bool, method: bytes) -> None:
    made = call(provider(api_key="k"), dialect, stream=stream)
    assert (made.method, made.target) == (
        "POST",
        b"/model/anthropic.claude-3-5-haiku-20241022-v1%3A0/" + method,
    )
    assert made.headers[0] == (b"host", HOST.encode())


def test_a_profile_may_be_named_by_its_arn() -> None:
    assert call(provider(), model=PROFILE).target == (
        b"/model/arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3A"
        b"application-inference-profile%2Fabc123/converse"
    )
    assert call(provider(), model="eu.amazon.nova-lite-v1:0").target == (
        b"/model/eu.amazon.nova-lite-v1%3A0/converse"
    )


def test_a_stream_is_asked_for_as_bedrock_sends_it() -> None:
    it = provider(api_key="k")
    accepted = {
        (dialect, stream): dict(call(it, dialect, stream=stream).headers)[b"accept"]
        for dialect in ("bedrock", "bedrock_invoke")
        for stream in (False, True)
    }
    assert accepted == {
        ("bedrock", False): b"application/json",
        ("bedrock", True): b"application/vnd.amazon.eventstream",
        ("bedrock_invoke", False): b"text/event-stream",
        ("bedrock_invoke", True): b"text/event-stream",
    }


def test_an_api_key_is_a_bearer_token_and_nothing_is_signed() -> None:
    it = provider(api_key="own")
    made = call(it)
    assert (b"authorization", b"Bearer own") in made.headers
    assert not [
        value for name, value in made.headers if b"client" in value or name == b"x-amz-date"
    ]
    assert (b"x-amzn-bedrock-trace", b"ENABLED") in made.headers
    assert it.sign(made, b"{}", 0.0) == []


def test_access_keys_sign_and_win_over_an_api_key() -> None:
    it = provider(api_key="own", options={**KEYS, "session_token": "t"})
    made = call(it)
    assert not {b"authorization", b"x-amz-date", b"x-amz-security-token"} & {
        name for name, _ in made.headers
    }
    signed = dict(it.sign(made, b"{}", 1_440_938_160.0))
    assert signed[b"x-amz-security-token"] == b"t"
    assert signed[b"authorization"].startswith(
        b"AWS4-HMAC-SHA256 Credential=AKIA/20150830/eu-central-1/bedrock/aws4_request, "
        b"SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amzn-bedrock-trace, "
    )
    assert it.sign(made, b"{ }", 1_440_938_160.0) != list(signed.items())


@pytest.mark.parametrize(
    ("url", "options", "region"),
    [
        (f"https://{HOST}", {}, "eu-central-1"),
        (f"https://{HOST}", {"region": "us-west-2"}, "us-west-2"),
        ("https://vpce-0a1-bedrock.bedrock-runtime.us-gov-west-1.vpce.amazonaws.com", {},
         "us-gov-west-1"),
        ("https://bedrock-runtime-fips.us-east-2.amazonaws.com", {}, "us-east-2"),
        ("http://127.0.0.1:9000", {}, "us-east-1"),
    ],
)  # fmt: skip
def test_the_region_is_set_or_in_the_host_name(
    url: str, options: dict[str, str], region: str
) -> None:
    it = provider(url, options={**KEYS, **options})
    signed = dict(it.sign(call(it), b"", 0.0))
    assert f"/{region}/bedrock/" in signed[b"authorization"].decode()


def test_without_a_credential_the_clients_own_goes_on() -> None:
    made = call(provider(), headers=[(b"authorization", b"Bearer client")])
    assert (b"authorization", b"Bearer client") in made.headers


@pytest.mark.parametrize("url", [f"https://{HOST}", f"https://{HOST}/openai/v1"])
def test_each_client_is_led_to_its_own_paths(url: str) -> None:
    it = provider(url, api_key="k")
    assert it.settings.base_url == f"https://{HOST}"

    def target(path: str) -> bytes:
        return it.prepare(method="POST", path=path, query="", headers=[]).target

    assert target("/chat/completions") == b"/openai/v1/chat/completions"
    assert target("/models") == b"/openai/v1/models"
    assert target("/model/a%3A0/converse") == b"/model/a%3A0/converse"
    assert target("/models/a%3A0/count-tokens") == b"/model/a%3A0/count-tokens"
    assert target("/guardrail/g/version/1/apply") == b"/guardrail/g/version/1/apply"
    assert call(it, "openai_chat").target == b"/openai/v1/chat/completions"


def test_a_proxy_may_stand_before_it() -> None:
    made = call(provider("http://127.0.0.1:9/aws", api_key="k"))
    assert made.target.startswith(b"/aws/model/")
