"""Replace what must not be stored: personal data by its kind, secrets by `[secret]`.

Patterns with check digits (cards, IBANs) or syntax (addresses) are verified before they are
replaced, so that order numbers and versions stay readable. Each pattern runs in linear time.
Order matters: a key is replaced whole before a part of it can look like something else.
"""

import ipaddress
import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

_SECRETS = re.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\w+/=:,\\-]*"
    r"|\b(?:"
    r"sk-(?:ant-|proj-|svcacct-|or-)?[\w-]{16,}"
    r"|(?:sk|rk|pk)_(?:live|test)_\w{16,}"
    r"|(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}"
    r"|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}"
    r"|xox[abeprs]-[\w-]{10,}|xapp-[\w-]{10,}"
    r"|AIza[\w-]{30,}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}"
    r"|hf_[A-Za-z0-9]{20,}|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{30,}|dop_v1_[0-9a-f]{40,}"
    r"|gsk_[A-Za-z0-9]{20,}|xai-[A-Za-z0-9]{20,}|pplx-[A-Za-z0-9]{20,}|r8_[A-Za-z0-9]{20,}"
    r"|SG\.[\w-]{16,}\.[\w-]{16,}|key-[0-9a-f]{32}"
    r"|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"
    r")"
)
_ASSIGNED = re.compile(
    r"(?i)((?:password|passwd|passphrase|pwd|secret|api[_-]?key|access[_-]?key|auth[_-]?token"
    r"|access[_-]?token|client[_-]?secret|bearer)[\"']?\s{0,3}(?:[:=]|\bis\b)?\s{0,3}[\"']?)"
    r"([^\s\"',;<>]{8,})"
)
_USERINFO = re.compile(r"(?<=://)[^\s/@:]{1,128}:[^\s/@]{1,128}(?=@)")
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{0,23}",
    re.UNICODE,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(r"[0-9](?<![\d.][0-9])(?:[ -]?[0-9]){12,18}(?!\d)")
_SSN = re.compile(
    r"[0-9](?<![\d-][0-9])(?<!9)[0-9]{2}(?<!000)(?<!666)([- ])(?!00)[0-9]{2}"
    r"\1(?!0000)[0-9]{4}(?![\d-])"
)
_PHONE = re.compile(
    r"(?<![\w.+-])(?:\+\d{1,3}(?:[ .()/-]{0,2}\d){6,13}"
    r"|(?:1[ .-])?\(\d{3}\) ?\d{3}[ .-]\d{4}"
    r"|(?:1[ .-])?\d{3}([ .-])\d{3}\1\d{4})(?![\w-])"
)
_IPV4 = re.compile(r"[0-9](?<![\w.][0-9])[0-9]{0,2}(?:\.[0-9]{1,3}){3}(?!\w|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])(?=[A-Fa-f:]*\d)[0-9A-Fa-f:]{6,39}(?![\w:])")
_TOKEN = re.compile(r"(?<![\w+=])[\w+=]{24,}", re.ASCII)
_ID_KINDS = (
    "call|tool|toolu|chatcmpl|cmpl|msg|resp|fc|rs|ws|req|asst|thread|run|step|file|gen|batch|fp|vs"
    "|ft|embd|srvtoolu|msgbatch|container|conv|item"
)
_ID_START = re.compile(rf"(?:{_ID_KINDS})_")
_ID_BEFORE = re.compile(rf"(?<![\w-])(?:{_ID_KINDS})-\Z")

_MIN_ENTROPY_BITS = 4.0


def redact_text(text: str) -> str:
    """The text with personal data and secrets replaced by their kind in brackets."""
    folded = text.lower()
    for pattern, replace, hints in _STEPS:
        if not hints or any(hint in folded for hint in hints):
            text = pattern.sub(replace, text)
    return text


def redact(value: Any) -> Any:
    """The same for every string in a JSON value, keys and long numbers included."""
    if isinstance(value, str):
        return redact_text(value)
    if isinstance(value, dict):
        return {redact(name): redact(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [redact(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**9:
        redacted = redact_text(str(value))
        return value if redacted == str(value) else redacted
    return value


def _replace_assigned(match: re.Match[str]) -> str:
    value = match[2]
    is_mark = value.startswith("[") and value.endswith("]")
    is_word = value.isalpha() and value.islower()
    return match[0] if is_mark or is_word else match[1] + "[secret]"


def _replace_card(match: re.Match[str]) -> str:
    digits = [int(digit) for digit in match[0] if digit.isdigit()]
    return "[card]" if _passes_luhn(digits) and len(set(digits)) > 1 else match[0]


def _passes_luhn(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _replace_iban(match: re.Match[str]) -> str:
    compact = match[0].replace(" ", "")
    moved = compact[4:] + compact[:4]
    number = int("".join(str(int(character, 36)) for character in moved))
    return "[iban]" if number % 97 == 1 else match[0]


def _replace_ip(match: re.Match[str]) -> str:
    try:
        ipaddress.ip_address(match[0])
    except ValueError:
        return match[0]
    return "[ip]"


def _replace_token(match: re.Match[str]) -> str:
    """Random-looking tokens: letters of both cases, digits, and nearly no repetition.

    Ids that providers give to calls and answers look like that too and are kept.
    """
    token = match[0]
    before = match.string[max(0, match.start() - 12) : match.start()]
    if _ID_START.match(token) or _ID_BEFORE.search(before):
        return token
    is_mixed = (
        any(c.isdigit() for c in token)
        and any(c.isupper() for c in token)
        and any(c.islower() for c in token)
    )
    return "[secret]" if is_mixed and _entropy_bits(token) >= _MIN_ENTROPY_BITS else token


def _entropy_bits(token: str) -> float:
    """Shannon entropy per character."""
    size = len(token)
    return -sum(n / size * math.log2(n / size) for n in Counter(token).values())


_SECRET_HINTS = (
    "private key", "sk-", "sk_", "rk_", "pk_", "akia", "asia", "aroa", "aida", "ghp_", "gho_",
    "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "xapp-", "aiza", "ya29.", "gocspx-",
    "hf_", "npm_", "pypi-", "dop_v1_", "gsk_", "xai-", "pplx-", "r8_", "sg.", "key-", "eyj",
)  # fmt: skip
_ASSIGNED_HINTS = (
    "pass", "pwd", "secret", "api_key", "api-key", "apikey", "access", "auth", "bearer",
)  # fmt: skip
_DIGITS = tuple("0123456789")

_STEPS: tuple[
    tuple[re.Pattern[str], str | Callable[[re.Match[str]], str], tuple[str, ...]], ...
] = (
    (_SECRETS, "[secret]", _SECRET_HINTS),
    (_ASSIGNED, _replace_assigned, _ASSIGNED_HINTS),
    (_USERINFO, "[secret]", ("://",)),
    (_EMAIL, "[email]", ("@",)),
    (_IBAN, _replace_iban, _DIGITS),
    (_CARD, _replace_card, _DIGITS),
    (_SSN, "[ssn]", _DIGITS),
    (_PHONE, "[phone]", _DIGITS),
    (_IPV4, _replace_ip, _DIGITS),
    (_IPV6, _replace_ip, _DIGITS),
    (_TOKEN, _replace_token, _DIGITS),
)
"""Pattern, replacement, and what stands in every text (in lower case) in which it can match."""
