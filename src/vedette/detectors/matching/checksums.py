"""Check digits of cards, accounts and national numbers: what makes a number more than digits."""

from typing import Final

_VERHOEFF_D: Final = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 2, 3, 4, 0, 6, 7, 8, 9, 5), (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7), (4, 0, 1, 2, 3, 9, 5, 6, 7, 8), (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2), (7, 6, 5, 9, 8, 2, 1, 0, 4, 3), (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)  # fmt: skip
_VERHOEFF_P: Final = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 5, 7, 6, 2, 8, 3, 0, 9, 4), (5, 8, 0, 3, 7, 9, 6, 1, 4, 2),
    (8, 9, 1, 6, 0, 4, 3, 5, 2, 7), (9, 4, 5, 3, 1, 2, 6, 8, 7, 0), (4, 2, 8, 6, 5, 7, 3, 9, 0, 1),
    (2, 7, 9, 3, 8, 0, 6, 4, 1, 5), (7, 0, 4, 6, 9, 1, 3, 2, 5, 8),
)  # fmt: skip
_DNI_LETTERS: Final = "TRWAGMYFPDXBNJZSQVHLCKE"
_CODICE_ODD: Final = dict(
    zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3,
         6, 8, 12, 14, 16, 10, 22, 25, 24, 23), strict=True)
)  # fmt: skip


def digits_of(text: str) -> list[int]:
    """The ASCII digits of a text."""
    return [ord(ch) - 48 for ch in text if "0" <= ch <= "9"]


def passes_luhn(text: str) -> bool:
    """ISO/IEC 7812: cards, IMEI, Canadian SIN."""
    digits = digits_of(text)
    doubled = (2 * digit - 9 * (digit > 4) for digit in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def passes_iban(text: str) -> bool:
    """ISO 13616: mod 97 of the rearranged account number is 1."""
    compact = "".join(ch for ch in text if ch.isalnum()).upper()
    if not (compact.isascii() and len(compact) >= 15):
        return False
    moved = compact[4:] + compact[:4]
    return int("".join(str(int(ch, 36)) for ch in moved)) % 97 == 1


def _weighted(digits: list[int], weights: tuple[int, ...]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))


def passes_nhs(text: str) -> bool:
    """UK NHS number: mod 11, ten digits."""
    digits = digits_of(text)
    if len(digits) != 10:
        return False
    check = 11 - _weighted(digits[:9], tuple(range(10, 1, -1))) % 11
    return check % 11 == digits[9] and check != 10


def passes_cpf(text: str) -> bool:
    """Brazilian CPF: two check digits, eleven digits."""
    digits = digits_of(text)
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    for size in (9, 10):
        rest = _weighted(digits[:size], tuple(range(size + 1, 1, -1))) * 10 % 11 % 10
        if rest != digits[size]:
            return False
    return True


def passes_cnpj(text: str) -> bool:
    """Brazilian CNPJ: two check digits, fourteen digits."""
    digits = digits_of(text)
    weights = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    if len(digits) != 14 or len(set(digits)) == 1:
        return False
    for size in (12, 13):
        rest = _weighted(digits[:size], weights[13 - size :]) % 11
        if (0 if rest < 2 else 11 - rest) != digits[size]:
            return False
    return True


def passes_verhoeff(text: str) -> bool:
    """Indian Aadhaar: Verhoeff, twelve digits."""
    check = 0
    for place, digit in enumerate(reversed(digits_of(text))):
        check = _VERHOEFF_D[check][_VERHOEFF_P[place % 8][digit]]
    return check == 0


def passes_dni(text: str) -> bool:
    """Spanish DNI and NIE: the letter is the number modulo 23."""
    compact = "".join(ch for ch in text.upper() if ch.isalnum())
    number = compact[:-1].translate(str.maketrans("XYZ", "012"))
    return number.isdigit() and _DNI_LETTERS[int(number) % 23] == compact[-1]


def passes_codice_fiscale(text: str) -> bool:
    """Italian codice fiscale: the last letter checks the fifteen before it."""
    code = text.upper()
    total = sum(_CODICE_ODD[ch] for ch in code[:15:2])
    total += sum(int(ch) if ch.isdigit() else ord(ch) - 65 for ch in code[1:15:2])
    return chr(65 + total % 26) == code[15]


def passes_nir(text: str) -> bool:
    """French social security number: 97 minus the number modulo 97."""
    compact = "".join(ch for ch in text.upper() if ch.isalnum())
    compact = compact.replace("2A", "19").replace("2B", "18")
    return compact.isdigit() and len(compact) == 15 and (
        97 - int(compact[:13]) % 97 == int(compact[13:])
    )  # fmt: skip


def passes_steuer_id(text: str) -> bool:
    """German tax id: ISO 7064 mod 11, 10, eleven digits."""
    digits = digits_of(text)
    product = 10
    for digit in digits[:10]:
        total = (digit + product) % 10 or 10
        product = 2 * total % 11
    return len(digits) == 11 and (11 - product) % 10 == digits[10]


def passes_bsn(text: str) -> bool:
    """Dutch BSN: the eleven test, nine digits."""
    digits = digits_of(text)
    return len(digits) == 9 and any(digits) and (
        _weighted(digits[:8], tuple(range(9, 1, -1))) - digits[8]
    ) % 11 == 0  # fmt: skip


def passes_pesel(text: str) -> bool:
    """Polish PESEL: weighted sum, eleven digits."""
    digits = digits_of(text)
    return len(digits) == 11 and any(digits) and (
        _weighted(digits[:10], (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) + digits[10]
    ) % 10 == 0  # fmt: skip


def passes_tfn(text: str) -> bool:
    """Australian tax file number: mod 11, nine digits."""
    digits = digits_of(text)
    return len(digits) == 9 and any(digits) and (
        _weighted(digits, (1, 4, 3, 7, 5, 8, 6, 9, 10)) % 11 == 0
    )  # fmt: skip


def passes_ean13(text: str) -> bool:
    """EAN-13, which the Swiss AHV number is."""
    digits = digits_of(text)
    total = sum(digits[0:12:2]) + 3 * sum(digits[1:12:2])
    return len(digits) == 13 and (10 - total % 10) % 10 == digits[12]
