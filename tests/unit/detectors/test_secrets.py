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
