"""Personal data of structured kinds: what has a syntax, check digits or a word before it.

Numbers are taken for personal data when their check digits pass; those whose check is weak (one in
ten random numbers passes) must also have the right length and prefix, or stand behind a word that
says what they are. Names and free-form addresses have no syntax: they get scores below 0.5 here.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec

from vedette.detectors.matching import checksums as check
from vedette.detectors.matching import national
from vedette.detectors.matching.patterns import PatternSet, compile_pattern
from vedette.detectors.matching.tables import expand, read_table
from vedette.detectors.matching.taken import Taken
from vedette.errors import ConfigError
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Evidence, Subject, View

_CARD_PREFIX: Final = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[0-9]\d{14}|2[2-7]\d{14}|6\d{15,18}|3[47]\d{13}|3[0689]\d{12}"
    r"|35\d{14}|(?:2131|1800)\d{11}"
)
_FILLER: Final = r"(?:[ :#=.,'\"]|\bis\b|\bno\b|\bnumber\b|\bnr\b|\n){1,12}"
"""What stands between the words that name a value and the value."""


_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_BEGUN: Final = compile_pattern(
    r"(?:(?:^|\W)[+(]{0,2}\d(?:[\x00\d ./()+-]|[a-z](?:[\x00 \d]|\z))*"
    r"(?: ?e(?:x(?:t\.? ?)?)?[\x00\d]*| ?x[\x00\d]*| ?[a-z]{1,2})?"
    r"|\b(?:card|cc|visa|mastercard|amex|maestro|credit|debit)\b[^\d]{0,25}\d[\x00\d -]*"
    r"|[+(]{1,2}"
    r"|(?:^|[^\w.+-])[a-z]\x00*[a-z]\x00*\d\x00*\d?(?:\x00* ?\x00*[a-z0-9]{1,4})*[\x00 ]*"
    r"|(?:^|[^\w.+-])[a-z]\x00*[a-z]?[\x00 ]*(?:\d[\x00 ]*){0,9}[a-d]?\x00*"
    rf"|(?:^|\W)\d{{1,2}}\.? (?:[a-z]{{0,3}}|{_MONTH}(?: \d{{0,4}})?)"
    rf"|\b{_MONTH}(?: (?:\d{{1,2}},? ?)?\d{{0,4}})?)\z"
)
"""Values of several words that may go on, see the table: numbers, IBAN, NINO, dates. NUL is what
nobody sees."""
_ROUGH: Final = 0.45
_ROUGH_BEGUN: Final = compile_pattern(
    r"(?:\b(?:my name is|i am called|mein name ist|je m'appelle|me llamo) [\pL][\pL\pN_' -]*"
    r"|(?:^|[^\w.+-])\d{1,5}[a-z]?(?: [\pL\pN_'.#-]*){0,7})\z"
)
"""The same of what is rough: names and addresses."""


class Kind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of personal data, a row of `tables/pii.yaml`."""

    kind: str
    pattern: str = ""
    after: str = ""
    value: str = ""
    check: str = ""
    digits: int = 0
    score: float

    def full_pattern(self, macros: Mapping[str, str]) -> str:
        """Group 1 is the value."""
        if self.pattern:
            return "(?i)" + expand(self.pattern, macros)
        right = macros["right"]
        return expand(rf"(?i)\b(?:{self.after}){_FILLER}({self.value}){right}", macros)

    def accepts(self, value: str) -> bool:
        """Whether a value that matched passes its check."""
        if self.digits and len(check.digits_of(value)) != self.digits:
            return False
        return not self.check or CHECKS[self.check](value)


class PiiTable(msgspec.Struct, frozen=True):
    """`tables/pii.yaml`, in order of precedence: of findings that overlap, the first wins."""

    macros: dict[str, str]
    kinds: tuple[Kind, ...]


def _is_ssn(text: str) -> bool:
    digits = "".join(map(str, check.digits_of(text)))
    return not (
        len(digits) != 9
        or digits[:3] in ("000", "666")
        or digits[0] == "9"
        or digits[3:5] == "00"
        or digits[5:] == "0000"
        or len(set(digits)) == 1
        or digits in ("123456789", "078051120", "219099999")
    )


def _is_ip(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return not (
        address.is_loopback
        or address.is_unspecified
        or address.is_private
        or address.is_multicast
        or address.is_link_local
        or (address.version == 4 and address.is_reserved)
    )


def _is_phone(text: str) -> bool:
    digits = check.digits_of(text.partition("x")[0])
    return 7 <= len(digits) <= 15 and len(set(digits)) > 1


def _is_card(text: str) -> bool:
    digits = "".join(map(str, check.digits_of(text)))
    return (
        _CARD_PREFIX.fullmatch(digits) is not None
        and check.passes_luhn(digits)
        and len(set(digits)) > 1
    )


def _is_card_after_words(text: str) -> bool:
    return check.passes_luhn(text) and len(set(check.digits_of(text))) > 1


def _is_date(text: str) -> bool:
    return len(check.digits_of(text)) >= 3


def _is_passport(text: str) -> bool:
    return len(check.digits_of(text)) >= 4


def _is_nino(text: str) -> bool:
    return text[:2] not in ("bg", "gb", "nk", "kn", "tn", "nt", "zz")


CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "iban": check.passes_iban,
    "card": _is_card,
    "card_after_words": _is_card_after_words,
    "ssn": _is_ssn,
    "phone": _is_phone,
    "ip": _is_ip,
    "date": _is_date,
    "nino": _is_nino,
    "passport": _is_passport,
    "luhn": check.passes_luhn,
    "nhs": check.passes_nhs,
    "cpf": check.passes_cpf,
    "cnpj": check.passes_cnpj,
    "verhoeff": check.passes_verhoeff,
    "dni": check.passes_dni,
    "codice_fiscale": check.passes_codice_fiscale,
    "nir": check.passes_nir,
    "steuer_id": check.passes_steuer_id,
    "bsn": check.passes_bsn,
    "pesel": check.passes_pesel,
    "tfn": check.passes_tfn,
    "ean13": check.passes_ean13,
    "oib": check.passes_steuer_id,
    "mrz": national.passes_mrz,
    "de_pension": national.passes_de_pension,
    "de_health": national.passes_de_health,
    "at_svnr": national.passes_at_svnr,
    "be_rrn": national.passes_be_rrn,
    "se_pnr": national.passes_se_pnr,
    "no_fnr": national.passes_no_fnr,
    "dk_cpr": national.passes_dk_cpr,
    "fi_hetu": national.passes_fi_hetu,
    "cz_rc": national.passes_cz_rc,
    "ro_cnp": national.passes_ro_cnp,
    "bg_egn": national.passes_bg_egn,
    "baltic": national.passes_baltic,
    "hu_taj": national.passes_hu_taj,
    "si_emso": national.passes_si_emso,
    "pt_nif": national.passes_pt_nif,
    "gr_amka": national.passes_gr_amka,
    "gr_afm": national.passes_gr_afm,
    "ie_pps": national.passes_ie_pps,
    "tr_tckn": national.passes_tr_tckn,
    "sg_fin": national.passes_sg_fin,
    "kr_rrn": national.passes_kr_rrn,
    "th_id": national.passes_th_id,
    "cn_id": national.passes_cn_id,
    "mx_curp": national.passes_mx_curp,
    "jp_number": national.passes_jp_number,
    "za_id": national.passes_za_id,
    "au_medicare": national.passes_au_medicare,
    "au_abn": national.passes_au_abn,
    "us_npi": national.passes_us_npi,
    "us_dea": national.passes_us_dea,
}


class PiiDetector:
    """Finds the kinds of the table; with `kinds` only those."""

    name = "pii"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, table: PiiTable, kinds: frozenset[str]) -> None:
        self._kinds = [kind for kind in table.kinds if not kinds or kind.kind in kinds]
        self._patterns = PatternSet([kind.full_pattern(table.macros) for kind in self._kinds])
        self.kinds = frozenset(kind.kind for kind in self._kinds)

    def detect(self, subject: Subject) -> Detection:
        found: list[Finding] = []
        taken = Taken()
        score = 0.0
        for view in subject.views:
            if not view.folded:
                continue
            for kind, start, end in self._matches(view):
                score = max(score, kind.score)
                if not taken.take(start, end):
                    continue
                found.append(
                    Finding(
                        detector=self.name, kind=kind.kind, score=kind.score, start=start, end=end,
                        view=view.name,
                    )
                )  # fmt: skip
        return Detection(score=score, findings=tuple(found))

    def begun(self, end: str, evidence: Evidence, least: float) -> int:
        """See `Detector`."""
        first = _first(_BEGUN, end)
        return min(first, _first(_ROUGH_BEGUN, end)) if least <= _ROUGH else first

    def _matches(self, view: View) -> Iterator[tuple[Kind, int, int]]:
        """What passes its check, kind by kind, as ranges of the original text."""
        for index in self._patterns.hits(view.text):
            kind = self._kinds[index]
            for match in self._patterns.find(index, view.text):
                if kind.accepts(match.group(1)):
                    yield kind, *view.origin(match.start(1), match.end(1))


def _first(pattern: Any, end: str) -> int:
    """Where what matches begins, without the sign before it, or the length of the text."""
    match = pattern.search(end)
    if match is None:
        return len(end)
    at: int = match.start()
    return at if end[at].isalnum() or end[at] in "+(" else at + 1


def create(options: Mapping[str, Any]) -> PiiDetector:
    """`options["kinds"]`: names of the kinds to look for; all without it."""
    table = read_table("pii.yaml", PiiTable)
    wanted = frozenset(options.get("kinds", ()))
    known = {kind.kind for kind in table.kinds}
    if unknown := wanted - known:
        raise ConfigError(
            f"pii: unknown kinds {sorted(map(str, unknown))}. Known: {', '.join(sorted(known))}."
        )
    return PiiDetector(table, wanted)
