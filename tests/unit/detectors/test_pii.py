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
        ("email", "bob(at)mail.example.org", "ask {} then"),
        ("email", "bob[at]example[dot]org", "ask {} then"),
        ("passport", "X1234567", "passport number {}"),
        ("passport", "C01X00T47", "My passport number is {}"),
        ("passport", "L898902C3", "Passport No. {}"),
        ("crypto_wallet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "BTC: {}"),
        ("date_of_birth", "16/02/1942", "date of birth: {}"),
        ("crypto_wallet", "0x52908400098527886E0F7030069857D2E4169EE7", "send to {} now"),
        ("bank_account", "12345678", "account number: {}"),
        ("imei", "490154203237518", "IMEI {}"),
        ("de_id_card", "L01X00T471", "Mein Personalausweis ist {}"),
        ("de_id_card", "T22000129", "Personalausweisnummer: {}"),
        ("de_pension_number", "15 070649 C 103", "Rentenversicherungsnummer: {}"),
        ("de_health_number", "A123456780", "KVNR {}"),
        ("at_svnr", "1383 210658", "Sozialversicherungsnummer {}"),
        ("be_rrn", "87.10.23-999.14", "mijn nummer is {}"),
        ("se_personnummer", "830622-5155", "personnummer {}"),
        ("no_fnr", "21117803888", "fødselsnummer {}"),
        ("dk_cpr", "220456-0488", "CPR-nummer: {}"),
        ("fi_hetu", "080177-152R", "HETU {} kiitos"),
        ("cz_rodne_cislo", "941207/0206", "rodné číslo: {}"),
        ("ro_cnp", "1540609120151", "CNP: {}"),
        ("bg_egn", "8904202413", "ЕГН {}"),
        ("ee_isikukood", "36503197082", "isikukood {}"),
        ("pt_nif", "493 954 538", "NIF: {}"),
        ("gr_afm", "354690114", "ΑΦΜ: {}"),
        ("ie_pps", "8169003T", "PPS number {}"),
        ("tr_tckn", "67950549218", "TC kimlik no: {}"),
        ("sg_nric", "S1234567D", "NRIC {} ok"),
        ("kr_rrn", "960321-1450008", "주민등록번호 {}"),
        ("cn_resident_id", "110108199605091738", "身份证 {} 谢谢"),
        ("mx_curp", "BOXW660907HNERXN08", "CURP {}"),
        ("us_dea", "BB1388568", "DEA number: {}"),
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
        "Mein Personalausweis ist L01X00T472",  # wrong check digit
        "My ID card is in the blue CLOTHING bag",
        "build 830622-5156 and ticket 941207/0207",
        "part 110108199605091739 of the order",
        "The passport office is open; passport photos2024 cost 12",
        "look(at)this and meet[at]noon",
        "The abn of NIF is 123456780 and taj mahal 123 456 789",
        "Der Personalausweis wurde verlängert, das Medicare programme began in 1965",
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
