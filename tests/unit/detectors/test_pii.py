"""Personal data is found where it has its syntax, its check digits or its words."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.subjects import look, values
from vedette.detectors.pii import create
from vedette.errors import ConfigError

PII = create({})


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        ("email", "ada.lovelace+x@mail.example.org", "Write to {} please"),
        ("email", "用户@例子.公司", "邮箱 {} 谢谢"),
        ("card", "5555 5555 5555 4444", "charge {} today"),
        ("card", "3782-822463-10005", "my amex {}"),
        ("card", "6304000000000000", "card number {}"),
        ("iban", "DE89 3704 0044 0532 0130 00", "pay to {} now"),
        ("us_ssn", "219-09-1234", "it is {} ok"),
        ("us_ssn", "219091234", "my SSN is {}"),
        ("phone", "+49 (0)30 901820", "Ruf {} an"),
        ("phone", "(415) 555-2671", "call {} soon"),
        ("phone", "415-555-2671", "fax it: {}!"),
        ("phone", "07700 900123", "I am at {} all day"),
        ("phone", "9469 9966", "Phone: {}"),
        ("ip", "8.8.4.4", "from {} again"),
        ("ip", "2001:4860:4860::8888", "from {} again"),
        ("mac", "00:1B:44:11:3A:B7", "device {} is"),
        ("uk_nino", "AB 12 34 56 C", "NINO {} is mine"),
        ("uk_nhs", "943 476 5919", "NHS number: {}"),
        ("br_cpf", "529.982.247-25", "CPF {}"),
        ("es_dni", "12345678Z", "mi DNI {} vale"),
        ("it_codice_fiscale", "RSSMRA85T10A562S", "codice {}"),
        ("fr_nir", "2 55 08 14 168 025 38", "no {} voila"),
        ("passport", "C01X00T47"[:0] + "X1234567", "passport number {}"),
        ("date_of_birth", "16/02/1942", "date of birth: {}"),
        ("crypto_wallet", "0x52908400098527886E0F7030069857D2E4169EE7", "send to {} now"),
        ("bank_account", "12345678", "account number: {}"),
        ("imei", "490154203237518", "IMEI {}"),
    ],
)
def test_each_kind_is_found_at_its_place(kind: str, value: str, sentence: str) -> None:
    assert (kind, value) in values(PII, sentence.format(value))


@pytest.mark.parametrize(
    "text",
    [
        "Order 4111 1111 1111 1112 has shipped",  # no card: wrong check digit
        "The range 1990-2024 and version 10.2.3.4b",
        "localhost is 127.0.0.1 and the router 192.168.0.1",
        "000-12-3456 and 987-65-4320 are no social security numbers",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "| 6-2 | 6-0 | 3-1 | 2-2 | 0-2 | 2-0 | 0-1 |",
        "def card(x): return x  # 1234567890",
        "See chapter 12, pages 100-110, on 2024-05-17 at 10:15:30.",
        "GB82 WEST 1234 5698 7654 33",  # no IBAN: wrong check digits
        "Drive 12 km down the road to the court",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert look(PII, text).score < 0.5


def test_disguised_data_is_found_in_the_original() -> None:
    text = "mail a\u200bd\u200ba@lovelace.org now"
    assert values(PII, text) == [("email", "a\u200bd\u200ba@lovelace.org")]
    encoded = "eyBtYWlsOiBhZGFAbG92ZWxhY2Uub3JnIH0="
    assert values(PII, f"decode {encoded}") == [("email", encoded)]


def test_names_and_addresses_score_below_the_default_threshold() -> None:
    found = look(PII, "My name is Ada Lovelace, 12 Baker Street")
    assert {finding.kind for finding in found.findings} == {"person", "address"}
    assert found.score < 0.5


def test_only_the_wanted_kinds_are_looked_for() -> None:
    only = create({"kinds": ["email"]})
    assert values(only, "ada@lovelace.org 219-09-1234") == [("email", "ada@lovelace.org")]
    with pytest.raises(ConfigError, match="unknown kinds"):
        create({"kinds": ["emial"]})


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.text("0123456789 -.()+:/@a", max_size=200))
def test_any_text_is_survived(text: str) -> None:
    look(PII, text)


def test_long_runs_of_digits_cost_little() -> None:
    started = time.process_time()
    look(PII, "1 2-3.4(5)" * 3_000)
    assert time.process_time() - started < 3.0
