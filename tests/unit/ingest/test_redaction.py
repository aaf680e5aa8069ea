"""What is replaced, and what must stay readable."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.ingest.redaction import redact, redact_text

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mail ann.lee+x@mail.example.co.uk now", "mail [email] now"),
        ("<jörg@bücher.example>", "<[email]>"),
        ("card 4111 1111 1111 1111.", "card [card]."),
        ("4012888888881881", "[card]"),
        ("3782-822463-10005", "[card]"),
        ("IBAN DE89 3704 0044 0532 0130 00!", "IBAN [iban]!"),
        ("GB82WEST12345698765432", "[iban]"),
        ("SSN 078-05-1120", "SSN [ssn]"),
        ("call +49 (0)30 1234-5678", "call [phone]"),
        ("call (212) 555-0123 or 212.555.0123", "call [phone] or [phone]"),
        ("from 192.168.1.20:8080", "from [ip]:8080"),
        ("at 2001:db8::ff00:42:8329.", "at [ip]."),
        ("key sk-proj-abcDEF123456789012345678", "key [secret]"),
        ("sk-ant-api03-abcdefghijklmnop_qrst", "[secret]"),
        ("AKIAIOSFODNN7EXAMPLE", "[secret]"),
        ("ghp_0123456789abcdefghijABCDEFGHIJ012345", "[secret]"),
        ("xoxb-123456789012-abcdefABCDEF", "[secret]"),
        ("AIza" + "SyA1234567890abcdefghijklmnopqrstuv", "[secret]"),
        (f"Authorization: Bearer {JWT}", "Authorization: Bearer [secret]"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIB+/=\nabc\n-----END RSA PRIVATE KEY-----",
         "[secret]"),
        ('password = "hunter2hunter2"', 'password = "[secret]"'),
        ("api_key: 0123456789abcdef0123456789abcdef", "api_key: [secret]"),
        ("postgres://ann:s3cretpw@db/x", "postgres://[secret]@db/x"),
        ("token q7Rz0LmX9vKd2TnB5sWy8HcJ4gPf end", "token [secret] end"),
    ],
)  # fmt: skip
def test_what_is_replaced(text: str, expected: str) -> None:
    assert redact_text(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Version 1.2.3 of 2026-11-21T12:30:45Z, 12:30:45",
        "order 4111111111111112, invoice 1234567890123",
        "0000000000000000",
        "DE89370400440532013001",
        "call_abcDEF0123456789xyzABC012 chatcmpl-BdzAr1xyzABC0123456789abcDEF",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "550e8400-e29b-41d4-a716-446655440000",
        "Mixtral-8x7B-Instruct-v0.1 and gpt-4o-2024-08-06",
        "ThisIsAVeryLongCamelCaseIdentifierWithoutAnyDigits",
        "the password is required and the secret was forgotten",
        "std::vector<int>, a::b, 999.999.999.999 and 3.14159265358979",
        "user@host without a dot, @mention, a@b",
        "Grüße aus 東京 🗼",
        "",
    ],
)
def test_what_stays_readable(text: str) -> None:
    assert redact_text(text) == text


def test_every_string_in_a_value_is_looked_at() -> None:
    value = {
        "ann@mail.example": ["bob@mail.example", {"deep": "1.2.3.4"}],
        "number": 4111111111111111,
        "small": 42,
        "flag": True,
        "none": None,
        "share": 0.5,
    }
    assert redact(value) == {
        "[email]": ["[email]", {"deep": "[ip]"}],
        "number": "[card]",
        "small": 42,
        "flag": True,
        "none": None,
        "share": 0.5,
    }


@given(st.text(max_size=80))
def test_no_text_is_an_error_and_twice_is_once(text: str) -> None:
    once = redact_text(text)
    assert redact_text(once) == once


HOSTILE = [
    "a@", "1 ", "a.", "a:", "A", "AB12 ", "-----BEGIN A PRIVATE KEY-----", "://", "eyJ", "://a:",
    "password ", "abcDEF123", " ", "+1 2", "x@a.", "sk-", "1.", "(1) ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.timeout(10)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    redact_text(piece * (262_144 // len(piece)))


def test_placeholders_survive_storage() -> None:
    value: Any = redact(["ann@mail.example", ("1.2.3.4",)])
    assert value == ["[email]", ["[ip]"]]
