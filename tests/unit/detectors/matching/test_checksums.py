"""Check digits: published valid numbers pass, and one changed digit fails."""

from collections.abc import Callable

import pytest

from vedette.detectors.matching import checksums as check

VALID: list[tuple[Callable[[str], bool], str]] = [
    (check.passes_luhn, "4111 1111 1111 1111"),
    (check.passes_luhn, "378282246310005"),
    (check.passes_iban, "GB29 NWBK 6016 1331 9268 19"),
    (check.passes_iban, "DE89370400440532013000"),
    (check.passes_nhs, "943 476 5919"),
    (check.passes_cpf, "529.982.247-25"),
    (check.passes_cnpj, "11.222.333/0001-81"),
    (check.passes_verhoeff, "2363"),
    (check.passes_dni, "12345678Z"),
    (check.passes_dni, "X1234567L"),
    (check.passes_codice_fiscale, "RSSMRA85T10A562S"),
    (check.passes_nir, "2 55 08 14 168 025 38"),
    (check.passes_steuer_id, "86095742719"),
    (check.passes_bsn, "111222333"),
    (check.passes_pesel, "44051401359"),
    (check.passes_tfn, "123 456 782"),
    (check.passes_ean13, "756.9217.0769.85"),
]


@pytest.mark.parametrize(("passes", "number"), VALID)
def test_valid_numbers_pass(passes: Callable[[str], bool], number: str) -> None:
    assert passes(number)


@pytest.mark.parametrize(("passes", "number"), VALID)
def test_a_changed_digit_fails(passes: Callable[[str], bool], number: str) -> None:
    at = max(index for index, ch in enumerate(number) if ch.isdigit())
    changed = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
    assert not passes(changed)


@pytest.mark.parametrize(
    "passes",
    [
        check.passes_iban, check.passes_nhs, check.passes_cpf, check.passes_cnpj,
        check.passes_nir, check.passes_steuer_id, check.passes_bsn, check.passes_pesel,
        check.passes_tfn, check.passes_ean13,
    ],
)  # fmt: skip
def test_too_short_is_not_valid(passes: Callable[[str], bool]) -> None:
    assert not passes("12")
