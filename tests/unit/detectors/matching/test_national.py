"""Check digits of national numbers: valid ones pass, and one changed digit fails."""

from collections.abc import Callable

import pytest

from vedette.detectors.matching import national

VALID: dict[str, tuple[Callable[[str], bool], str]] = {
    "mrz": (national.passes_mrz, "L01X00T471"),
    "de_pension": (national.passes_de_pension, "15 070649 C 103"),
    "de_health": (national.passes_de_health, "A123456780"),
    "at_svnr": (national.passes_at_svnr, "1383 210658"),
    "be_rrn": (national.passes_be_rrn, "87.10.23-999.14"),
    "se_pnr": (national.passes_se_pnr, "830622-5155"),
    "no_fnr": (national.passes_no_fnr, "211178 03888"),
    "fi_hetu": (national.passes_fi_hetu, "080177-152R"),
    "cz_rc": (national.passes_cz_rc, "941207/0206"),
    "ro_cnp": (national.passes_ro_cnp, "1540609120151"),
    "bg_egn": (national.passes_bg_egn, "8904202413"),
    "baltic": (national.passes_baltic, "36503197082"),
    "hu_taj": (national.passes_hu_taj, "111 111 110"),
    "si_emso": (national.passes_si_emso, "2706959501154"),
    "pt_nif": (national.passes_pt_nif, "493954538"),
    "gr_amka": (national.passes_gr_amka, "06106473421"),
    "gr_afm": (national.passes_gr_afm, "354690114"),
    "ie_pps": (national.passes_ie_pps, "8169003T"),
    "tr_tckn": (national.passes_tr_tckn, "67950549218"),
    "sg_fin": (national.passes_sg_fin, "S1234567D"),
    "kr_rrn": (national.passes_kr_rrn, "960321-1450008"),
    "th_id": (national.passes_th_id, "8-3353-41918-04-8"),
    "cn_id": (national.passes_cn_id, "110108199605091738"),
    "mx_curp": (national.passes_mx_curp, "BOXW660907HNERXN08"),
    "jp_number": (national.passes_jp_number, "658897114270"),
    "za_id": (national.passes_za_id, "9203229557013"),
    "au_medicare": (national.passes_au_medicare, "2123 45670 1"),
    "au_abn": (national.passes_au_abn, "91 144 553 131"),
    "us_npi": (national.passes_us_npi, "1234567893"),
    "us_dea": (national.passes_us_dea, "bb1388568"),
}
LAST_IS_FREE = {"au_medicare"}


@pytest.mark.parametrize("name", VALID)
def test_valid_numbers_pass(name: str) -> None:
    passes, number = VALID[name]
    assert passes(number)


@pytest.mark.parametrize("name", sorted(set(VALID) - LAST_IS_FREE))
def test_a_changed_digit_fails(name: str) -> None:
    passes, number = VALID[name]
    at = max(index for index, ch in enumerate(number) if ch.isdigit())
    changed = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    assert not passes(changed)


@pytest.mark.parametrize("name", VALID)
@pytest.mark.parametrize("text", ["", "0", "x", "0000000000000", "ßßßßßßßßß", "99999999999"])
def test_anything_is_survived(name: str, text: str) -> None:
    VALID[name][0](text)


def test_dates_that_are_none_fail() -> None:
    assert not national.passes_dk_cpr("320190-1234")
    assert national.passes_dk_cpr("220456-0488")
