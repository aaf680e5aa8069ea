"""Credentials of known formats and behind names; placeholders are none."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.subjects import look, values
from vedette.detectors.secrets import create

SECRETS = create({})
# Put together here, so that scanners do not find them in this file.
AWS = "AKIA" + "Q4ZN2TJ7WPX5LC3D"
GITHUB = "ghp_" + "x7KpQ2mZr9TnVb4LcW8sYd3HgJ6fAe1NuXq5"
SLACK = "xoxb-" + "282029623751-BVtmnS3BQitmjZvjpQL7PSGP"
OPENAI = "sk-proj-" + "Zq8LmN4vR7tY2wXk9PbC3dFhJ6sGaE1u"


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        (f"my key is {AWS}, why does it fail?", AWS),
        (f"GITHUB_TOKEN={GITHUB}", GITHUB),
        (f'{{"token": "{SLACK}"}}', SLACK),
        (f"export OPENAI_API_KEY={OPENAI}", OPENAI),
        ("postgres://app:gT7pQx2Lm9@db.internal/main", "gT7pQx2Lm9"),
        ("password: Tr0ub4dor&3x", "Tr0ub4dor&3x"),
        ("Authorization: Bearer q8LmN4vR7tY2wXk9PbC3dFhJ", "q8LmN4vR7tY2wXk9PbC3dFhJ"),
        ("My airtable api key is k3h0n9dw7jx2i5r8q can you check", "k3h0n9dw7jx2i5r8q"),
    ],
)
def test_secrets_are_found_at_their_place(text: str, secret: str) -> None:
    assert secret in [value for _, value in values(SECRETS, text)]
    assert look(SECRETS, text).score > 0.9


_BODY = "q8Lm4vR7tY2wXk9PbC3dFhJ6sGaE1uN5zQo0iTxVjKpWfBnMyDrSHcUeAlOgZ4Rw7Xk2Tn9Lb6Vc1"
_HEX = "9fceb02d0ae598e95dc970b74767f193"


@pytest.mark.parametrize(
    "secret",
    [
        "whsec_" + _BODY[:32], "dckr_pat_" + _BODY[:27], "sbp_" + _HEX + "72d61af8",
        "vcp_" + _BODY[:56], "nfp_" + _BODY[:36], "figd_" + _BODY[:40], "pcsk_" + _BODY[:70],
        "NRAK-" + "Q4ZN2TJ7WPX5LC3DK8MB1VR6HYS", "ATATT3xFfGF0" + _BODY + "=0AB1C2D3",
        "pat" + _BODY[:14] + "." + _HEX * 2, _HEX + "-us14", "key-" + _HEX,
        "access_token$production$x7kpq2mzr9tnvb4l$" + _HEX, "7213894056:AA" + _BODY[:33],
        "MT" + _BODY[:24] + "." + _BODY[30:36] + "." + _BODY[36:74],
        "https://discord.com/api/webhooks/728391046528391746/" + _BODY[:68],
        "AAAA" + _BODY[:7] + ":APA91b" + (_BODY * 2)[:134],
        "sk-ant-api03-" + (_BODY * 2)[:93] + "AA", "vdt_" + _HEX[:12] + "_" + _HEX + _HEX[:16],
    ],
    ids=[
        "stripe-webhook", "docker", "supabase", "vercel", "netlify", "figma", "pinecone",
        "new-relic", "atlassian", "airtable", "mailchimp", "mailgun", "paypal", "telegram",
        "discord", "discord-webhook", "firebase", "anthropic", "vedette",
    ],
)  # fmt: skip
def test_tokens_of_services_are_found_without_a_name(secret: str) -> None:
    assert look(SECRETS, f"curl -H 'x: {secret}' https://api.test/v1").score > 0.9
    assert look(SECRETS, f"this one, {secret} does not work").score > 0.9


def test_a_private_key_is_found_whole_and_unfinished() -> None:
    body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ" * 3
    begin, end = "-----BEGIN PRIVATE" + " KEY-----", "-----END PRIVATE" + " KEY-----"
    [(kind, found)] = values(SECRETS, f"see\n{begin}\n{body}\n{end}\nbye")
    assert (kind, found) == ("private_key", f"{begin}\n{body}\n{end}")
    assert look(SECRETS, f"{begin}\n{body[:20]}").score > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "api_key = 'your_api_key_here'",
        "export TOKEN=${GITHUB_TOKEN}",
        "aws_access_key_id: AKIA" + "IOSFODNN7EXAMPLE",
        "ghp_" + "x" * 36,
        "password: <password>",
        "The password is wrong and the secret is out.",
        "publicToken = 'aaaaaaaaaaaaaaaaaaaa'",
        "git commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "import { chainKey, tokenKey } from './keys'",
        "What is an API key and how do I keep it secret?",
        "postgres://user:password@localhost/db is the usual example"[:0] + "https://host:8080/a@b",
    ],
)
def test_placeholders_and_prose_are_none(text: str) -> None:
    assert look(SECRETS, text).score < 0.5


def test_an_encoded_secret_is_the_block_it_stands_in() -> None:
    import base64

    block = base64.b64encode(f"token {GITHUB}".encode()).decode()
    [(_, found)] = values(SECRETS, f"here: {block}")
    assert found == block


@settings(max_examples=100, deadline=None)
@given(st.text(string.printable, max_size=300))
def test_any_text_is_survived(text: str) -> None:
    look(SECRETS, text)
