"""Addresses that look malicious, and answers that carry data away in one.

No address is fetched and no list of bad hosts is shipped: what speaks against an address is its
form. Each trait adds to the score (`1 - product of (1 - weight)`).
"""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Evidence, Subject

_URL: Final = re.compile(
    r"\b(?:https?|ftp|hxxps?)(?:://|\[:\]//)[^\s<>\"'`\])}]{3,2000}", re.IGNORECASE
)
_SCRIPT: Final = re.compile(
    r"\b(?:javascript|vbscript):[^\s<>\"']{1,2000}|\bdata:text/html[;,][^\s<>\"']{0,2000}",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"0[xX][0-9a-fA-F]{1,8}|\d{1,10}")
"""A part of an address that browsers take for one of IPv4, however it is written."""
_IMAGE: Final = re.compile(r"!\[[^\]]{0,200}\]\(\s*(https?://[^\s)]{3,2000})", re.IGNORECASE)
_TLDS: Final = frozenset(
    "zip mov top xyz tk ml ga cf gq click link work loan men date racing download stream review "
    "country kim party gdn icu buzz rest cam monster".split()
)
_BRANDS: Final = re.compile(
    r"paypal|apple|microsoft|office365|google|amazon|netflix|facebook|instagram|whatsapp|binance"
    r"|coinbase|metamask|chase|wellsfargo|dhl|fedex|usps|docusign|dropbox|github|openai|bank"
)
_BAIT: Final = re.compile(
    r"login|signin|verify|secure|account|update|confirm|wallet|unlock|suspend|billing|password|free"
    r"|gift|prize|bonus|claim",
    re.IGNORECASE,
)
_PROGRAM: Final = re.compile(
    r"\.(?:exe|scr|bat|cmd|ps1|vbs|jar|apk|msi|hta|lnk|iso|dmg)$", re.IGNORECASE
)
_SHORT: Final = frozenset(
    "bit.ly tinyurl.com t.co goo.gl is.gd cutt.ly rb.gy ow.ly shorturl.at tiny.cc s.id".split()
)
_LONG_QUERY: Final = 120


class UrlsDetector:
    """Scores each address; hosts on the allow-list (and below) cost nothing."""

    name = "urls"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, *, allow: frozenset[str], deny: frozenset[str], only_allowed: bool) -> None:
        self._allow = allow
        self._deny = deny
        self._only_allowed = only_allowed

    def detect(self, subject: Subject) -> Detection:
        best = 0.0
        found: dict[tuple[int, int], Finding] = {}
        for view in subject.views:
            if view.folded or not _may_have_any(view.text):
                continue
            images = {match.start(1) for match in _IMAGE.finditer(view.text)}
            matches = [(match, "script") for match in _SCRIPT.finditer(view.text)]
            matches += [(match, "url") for match in _URL.finditer(view.text)]
            for match, kind in matches:
                is_image = match.start() in images and subject.where == "output"
                score = 0.85 if kind == "script" else self._score(match[0], is_image=is_image)
                best = max(best, score)
                start, end = view.origin(match.start(), match.end())
                if score >= 0.3 and (start, end) not in found:
                    found[start, end] = Finding(
                        detector=self.name,
                        kind="exfiltration" if is_image else kind,
                        score=score,
                        start=start,
                        end=end,
                        view=view.name,
                    )
        return Detection(score=best, findings=tuple(found.values()))

    def begun(self, end: str, evidence: Evidence, least: float) -> int:
        """See `Detector`. An address is one word."""
        return len(end)

    def _score(self, url: str, *, is_image: bool) -> float:
        try:
            parts = urlsplit(re.sub(r"(?i)^hxxp", "http", url.replace("[:]", ":")).rstrip(".,;"))
            host = (parts.hostname or "").lower()
        except ValueError:
            return 0.5
        if _is_under(host, self._deny):
            return 1.0
        if _is_under(host, self._allow):
            return 0.0
        if self._only_allowed:
            return 1.0
        innocent = 1.0
        for weight in _traits(parts, host, is_image=is_image):
            innocent *= 1 - weight
        return 1 - innocent


def _may_have_any(text: str) -> bool:
    """False only where none of the patterns can match."""
    if ":" not in text:
        return False
    # Beyond ASCII, letters match that only look like those of the patterns.
    if "//" in text or not text.isascii():
        return True
    lower = text.lower()
    return "script:" in lower or "data:text/html" in lower


def _is_under(host: str, domains: frozenset[str]) -> bool:
    labels = host.split(".")
    return any(".".join(labels[at:]) in domains for at in range(len(labels)))


def _traits(parts: SplitResult, host: str, *, is_image: bool) -> Iterator[float]:
    """The weight of each thing that speaks against an address."""
    yield from _host_traits(host)
    if parts.username is not None and "." in parts.username:
        yield 0.8
    if _is_public_ip(host) and _BAIT.search(parts.path):
        yield 0.3
    if _PROGRAM.search(parts.path):
        yield 0.45
    if is_image and parts.query:
        yield 0.6 if len(parts.query) > _LONG_QUERY or "=" in parts.query else 0.3


def _host_traits(host: str) -> Iterator[float]:
    labels = host.split(".")
    registered = labels[-2] if len(labels) > 1 else host
    if _is_public_ip(host):
        yield 0.4
    elif _is_disguised_ip(labels):
        yield 0.8
    if any(label.startswith("xn--") for label in labels) or not host.isascii():
        yield 0.4
    if labels[-1] in _TLDS:
        yield 0.3
    if _BRANDS.search(".".join(labels[:-2])) or ("-" in registered and _BRANDS.search(registered)):
        yield 0.4
    if len(labels) > 5 or host.count("-") >= 4:
        yield 0.25
    if host in _SHORT:
        yield 0.2
    if _BAIT.search(host) and "-" in host:
        yield 0.3


def _is_public_ip(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return not (address.is_private or address.is_loopback)


def _is_disguised_ip(labels: list[str]) -> bool:
    """Whether a host is an address of IPv4 in hexadecimal, octal or too few numbers."""
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) for label in labels):
        return False
    is_plain = len(labels) == 4 and all(str(int(n)) == n for n in labels if n.isdecimal())
    return not is_plain or not all(label.isdecimal() for label in labels)


def create(options: Mapping[str, Any]) -> UrlsDetector:
    """`allow`, `deny`: domains with all below them; `only_allowed`: refuse every other one."""
    return UrlsDetector(
        allow=frozenset(name.lower() for name in options.get("allow", ())),
        deny=frozenset(name.lower() for name in options.get("deny", ())),
        only_allowed=bool(options.get("only_allowed", False)),
    )
