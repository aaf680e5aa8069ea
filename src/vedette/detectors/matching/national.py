"""Check digits and letters of national numbers.

Each takes what stood in the text, with its spaces, dots and dashes. Sources: the issuing offices'
own descriptions.
"""

from typing import Final

from vedette.detectors.matching.checksums import digits_of, passes_luhn

_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FINNISH: Final = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_IRISH: Final = "WABCDEFGHIJKLMNOPQRSTUV"
_CURP: Final = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"


def _compact(text: str) -> str:
    return "".join(ch for ch in text.upper() if ch.isalnum() and ch.isascii())


def _weighted(digits: list[int], *weights: int) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def _is_date(year: list[int], month: list[int], day: list[int]) -> bool:
    """Whether two digits each may be a date of birth; the year is not looked at."""
    if not (len(year) == len(month) == len(day) == 2):
        return False
    month_at, day_at = 10 * month[0] + month[1], 10 * day[0] + day[1]
    return 1 <= month_at <= 12 and 1 <= day_at <= _DAYS[month_at - 1]


def _year_first(digits: list[int]) -> bool:
    return _is_date(digits[:2], digits[2:4], digits[4:6])


def _day_first(digits: list[int]) -> bool:
    return _is_date(digits[4:6], digits[2:4], digits[:2])


def passes_mrz(text: str) -> bool:
    """German identity card and passport (ICAO 9303): nine signs and their check digit, 7-3-1.

    Without the check digit any nine signs with a digit among them pass.
    """
    code = _compact(text)
    if len(code) == 9:
        return any(ch.isdigit() for ch in code)
    total = sum(int(ch, 36) * (7, 3, 1)[place % 3] for place, ch in enumerate(code[:9]))
    return len(code) == 10 and code[9].isdigit() and total % 10 == int(code[9])


def passes_de_pension(text: str) -> bool:
    """German Rentenversicherungsnummer: the letter counts as two digits, digit sums of products."""
    code = _compact(text)
    if len(code) != 12 or not code[8].isalpha():
        return False
    digits = digits_of(f"{code[:8]}{_LETTERS.index(code[8]) + 1:02d}{code[9:]}")
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    products = [digit * weight for digit, weight in zip(digits, weights, strict=False)]
    total = sum(product // 10 + product % 10 for product in products)
    return len(digits) == 13 and total % 10 == digits[12]


def passes_de_health(text: str) -> bool:
    """German Krankenversichertennummer: a letter and nine digits, weights 1 and 2."""
    code = _compact(text)
    if len(code) != 10 or not code[0].isalpha():
        return False
    digits = digits_of(f"{_LETTERS.index(code[0]) + 1:02d}{code[1:]}")
    products = [digit * (1 + place % 2) for place, digit in enumerate(digits[:10])]
    total = sum(product // 10 + product % 10 for product in products)
    return len(digits) == 11 and total % 10 == digits[10]


def passes_at_svnr(text: str) -> bool:
    """Austrian social security number: check digit fourth, then the date of birth."""
    digits = digits_of(text)
    if len(digits) != 10 or digits[0] == 0 or not _day_first(digits[4:]):
        return False
    return _weighted(digits, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11 == digits[3]


def passes_be_rrn(text: str) -> bool:
    """Belgian national number: 97 minus the rest, with a 2 before it since 2000."""
    digits = digits_of(text)
    if len(digits) != 11 or not _year_first(digits):
        return False
    number, check = int("".join(map(str, digits[:9]))), 10 * digits[9] + digits[10]
    return check in (97 - number % 97, 97 - (2_000_000_000 + number) % 97)


def passes_se_pnr(text: str) -> bool:
    """Swedish personnummer: a date and Luhn over the last ten digits; of co-ordination numbers
    the day is 60 more."""
    digits = digits_of(text)[-10:]
    if len(digits) != 10:
        return False
    dated = [*digits[:4], digits[4] - 6 if digits[4] >= 6 else digits[4], digits[5]]
    return _year_first(dated) and passes_luhn("".join(map(str, digits)))


def passes_no_fnr(text: str) -> bool:
    """Norwegian fødselsnummer: a date and two check digits modulo 11; of D-numbers the day is 40
    more."""
    digits = digits_of(text)
    if len(digits) != 11:
        return False
    dated = [digits[0] - 4 if digits[0] >= 4 else digits[0], *digits[1:6]]
    return (
        _day_first(dated)
        and _weighted(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
        and _weighted(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0
    )


def passes_dk_cpr(text: str) -> bool:
    """Danish CPR number: a date; check digits are not given out any more."""
    digits = digits_of(text)
    return len(digits) == 10 and _day_first(digits)


def passes_fi_hetu(text: str) -> bool:
    """Finnish henkilötunnus: a date and a letter, the number modulo 31."""
    code = text.upper().strip()
    digits = digits_of(code[:10])
    if len(code) != 11 or len(digits) != 9 or not _day_first(digits):
        return False
    return _FINNISH[int("".join(map(str, digits))) % 31] == code[10]


def passes_cz_rc(text: str) -> bool:
    """Czech and Slovak rodné číslo: a date (months of women 50 more), divisible by 11."""
    digits = digits_of(text)
    if len(digits) != 10:
        return False
    month = (10 * digits[2] + digits[3]) % 50
    month -= 20 if month > 20 else 0
    dated = [*digits[:2], month // 10, month % 10, *digits[4:6]]
    number = int("".join(map(str, digits)))
    return _year_first(dated) and (number % 11 == 0 or (number // 10 % 11 == 10 and not digits[9]))


def passes_ro_cnp(text: str) -> bool:
    """Romanian CNP: sex, date and a check digit modulo 11."""
    digits = digits_of(text)
    if len(digits) != 13 or digits[0] == 0 or not _year_first(digits[1:7]):
        return False
    rest = _weighted(digits, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11
    return (1 if rest == 10 else rest) == digits[12]


def passes_bg_egn(text: str) -> bool:
    """Bulgarian EGN: a date (months from 2000 on 40 more) and a check digit modulo 11."""
    digits = digits_of(text)
    if len(digits) != 10:
        return False
    month = (10 * digits[2] + digits[3]) % 20
    dated = [*digits[:2], month // 10, month % 10, *digits[4:6]]
    return _year_first(dated) and (
        _weighted(digits, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == digits[9]
    )


def passes_baltic(text: str) -> bool:
    """Estonian isikukood and Lithuanian asmens kodas: century, date, check digit modulo 11."""
    digits = digits_of(text)
    if len(digits) != 11 or not 1 <= digits[0] <= 8 or not _year_first(digits[1:7]):
        return False
    rest = _weighted(digits, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11
    if rest == 10:
        rest = _weighted(digits, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10
    return rest == digits[10]


def passes_hu_taj(text: str) -> bool:
    """Hungarian TAJ number: weights 3 and 7 in turn."""
    digits = digits_of(text)
    return len(digits) == 9 and any(digits) and (
        _weighted(digits, 3, 7, 3, 7, 3, 7, 3, 7) % 10 == digits[8]
    )  # fmt: skip


def passes_si_emso(text: str) -> bool:
    """EMŠO and JMBG of the countries that were Yugoslavia: a date, weights 7 to 2 twice."""
    digits = digits_of(text)
    if len(digits) != 13 or not _is_date(digits[5:7], digits[2:4], digits[:2]):
        return False
    rest = 11 - _weighted(digits, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11
    return (0 if rest == 11 else rest) == digits[12]


def passes_pt_nif(text: str) -> bool:
    """Portuguese NIF: modulo 11, nine digits."""
    digits = digits_of(text)
    if len(digits) != 9 or digits[0] == 0:
        return False
    rest = 11 - _weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2) % 11
    return (0 if rest > 9 else rest) == digits[8]


def passes_gr_amka(text: str) -> bool:
    """Greek AMKA: a date and Luhn, eleven digits."""
    digits = digits_of(text)
    return len(digits) == 11 and _day_first(digits) and passes_luhn("".join(map(str, digits)))


def passes_gr_afm(text: str) -> bool:
    """Greek tax number: powers of two, modulo 11."""
    digits = digits_of(text)
    return len(digits) == 9 and any(digits) and (
        _weighted(digits, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == digits[8]
    )  # fmt: skip


def passes_ie_pps(text: str) -> bool:
    """Irish PPS number: a letter for the sum modulo 23, a second letter counts nine times."""
    code = _compact(text)
    if len(code) not in (8, 9) or not code[:7].isdigit() or not code[7:].isalpha():
        return False
    second = _IRISH.find(code[8]) if len(code) == 9 else 0
    total = _weighted(digits_of(code[:7]), 8, 7, 6, 5, 4, 3, 2) + 9 * max(0, second)
    return _IRISH[total % 23] == code[7]


def passes_tr_tckn(text: str) -> bool:
    """Turkish identity number: two check digits, eleven digits."""
    digits = digits_of(text)
    if len(digits) != 11 or digits[0] == 0:
        return False
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return digits[9] == tenth and sum(digits[:10]) % 10 == digits[10]


def passes_sg_fin(text: str) -> bool:
    """Singapore NRIC and FIN: a letter for the sum modulo 11, by the first letter."""
    code = _compact(text)
    if len(code) != 9 or code[0] not in "STFGM":
        return False
    total = _weighted(digits_of(code[1:8]), 2, 7, 6, 5, 4, 3, 2)
    total += {"T": 4, "G": 4, "M": 3}.get(code[0], 0)
    if code[0] == "M":
        return "KLJNPQRTUWX"[10 - total % 11] == code[8]
    return ("JZIHGFEDCBA" if code[0] in "ST" else "XWUTRQPNMLK")[total % 11] == code[8]


def passes_kr_rrn(text: str) -> bool:
    """Korean resident registration number: a date and a check digit modulo 11."""
    digits = digits_of(text)
    if len(digits) != 13 or not _year_first(digits):
        return False
    rest = _weighted(digits, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11
    return (11 - rest) % 10 == digits[12]


def passes_th_id(text: str) -> bool:
    """Thai identity number: modulo 11, thirteen digits."""
    digits = digits_of(text)
    total = _weighted(digits, *range(13, 1, -1))
    return len(digits) == 13 and digits[0] != 0 and (11 - total % 11) % 10 == digits[12]


def passes_cn_id(text: str) -> bool:
    """Chinese resident identity number (GB 11643): a date and a sign, ISO 7064 mod 11-2."""
    code = _compact(text)
    if len(code) != 18 or not code[:17].isdigit() or code[6:8] not in ("18", "19", "20"):
        return False
    digits = digits_of(code[:17])
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    return _year_first(digits[8:14]) and "10X98765432"[_weighted(digits, *weights) % 11] == code[17]


def passes_mx_curp(text: str) -> bool:
    """Mexican CURP: a date and a check digit modulo 10 over 37 signs."""
    code = text.upper().strip()
    if len(code) != 18 or not _year_first(digits_of(code[4:10])):
        return False
    total = sum(_CURP.find(ch) * (18 - place) for place, ch in enumerate(code[:17]))
    return code[17].isdigit() and (10 - total % 10) % 10 == int(code[17])


def passes_jp_number(text: str) -> bool:
    """Japanese individual number: modulo 11, twelve digits."""
    digits = digits_of(text)
    rest = _weighted(digits, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11
    return len(digits) == 12 and (0 if rest < 2 else 11 - rest) == digits[11]


def passes_za_id(text: str) -> bool:
    """South African identity number: a date and Luhn, thirteen digits."""
    digits = digits_of(text)
    return len(digits) == 13 and _year_first(digits) and passes_luhn("".join(map(str, digits)))


def passes_au_medicare(text: str) -> bool:
    """Australian Medicare card: the ninth digit checks the eight before it."""
    digits = digits_of(text)
    return len(digits) in (10, 11) and 2 <= digits[0] <= 6 and (
        _weighted(digits[:8], 1, 3, 7, 9, 1, 3, 7, 9) % 10 == digits[8]
    )  # fmt: skip


def passes_au_abn(text: str) -> bool:
    """Australian business number: modulo 89, eleven digits, the first less one."""
    digits = digits_of(text)
    return len(digits) == 11 and digits[0] != 0 and (
        _weighted([digits[0] - 1, *digits[1:]], 10, *range(1, 20, 2)) % 89 == 0
    )  # fmt: skip


def passes_us_npi(text: str) -> bool:
    """US provider identifier: Luhn with 80840 before it."""
    return len(digits_of(text)) == 10 and passes_luhn("80840" + text)


def passes_us_dea(text: str) -> bool:
    """US DEA number: two letters and seven digits, the last of which checks the others."""
    digits = digits_of(text[2:])
    return len(digits) == 7 and (
        sum(digits[0:5:2]) + 2 * sum(digits[1:6:2])
    ) % 10 == digits[6]  # fmt: skip
