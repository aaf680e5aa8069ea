"""A web service of one's own as a detector.

It is sent `{"text", "where", "tool_name", "question"}`, signed, and answers with any of

    {"score": 0.93, "kind": "contract_terms"}
    {"flagged": true}
    {"findings": [{"kind": "name", "start": 4, "end": 12, "score": 0.8}]}

where ranges are characters of the text. Where the service may stand is `outbound`'s business.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from vedette.clock import Clock, SystemClock
from vedette.detectors.remote.asking import NoVerdict
from vedette.detectors.remote.memory import Memory, digest
from vedette.errors import ConfigError
from vedette.model.policy import WHERES, Finding, Where
from vedette.outbound import OutboundRefused, Reach, check_url, post, signed
from vedette.ports.detector import Detection, Subject

REACHES_OUT: Final = True
_MOST_FINDINGS: Final = 1_000


class WebhookOptions(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):  # fmt: skip
    """What a rule says of the service."""

    url: str = ""
    """Empty: nobody is asked."""
    timeout_s: float = 5.0
    cache_s: float = 60.0


class _Found(msgspec.Struct, frozen=True):
    start: int
    end: int
    kind: str = "flagged"
    score: float = 1.0


class _Told(msgspec.Struct, frozen=True):
    """The service's answer."""

    score: float | None = None
    flagged: bool | None = None
    kind: str = "flagged"
    findings: tuple[_Found, ...] = ()


class WebhookDetector:
    """Asks a web service."""

    name = "webhook"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = True
    is_remote = True

    def __init__(self, options: WebhookOptions, reach: Reach, clock: Clock | None = None) -> None:
        self.party = f"webhook:{options.url}"
        self._options = options
        self._reach = reach
        self._clock = clock or SystemClock()
        self._memory: Memory[Detection] = Memory(options.cache_s)

    def detect(self, subject: Subject) -> Detection:
        if not self._options.url or not subject.text:
            return Detection()
        evidence = subject.evidence
        key = digest(subject.where, evidence.tool_name, evidence.question, subject.text)
        detection = self._memory.recall(key)
        if detection is None:
            detection = self._asked(subject)
            self._memory.keep(key, detection)
        return detection

    def _asked(self, subject: Subject) -> Detection:
        options, evidence = self._options, subject.evidence
        text = subject.text.encode("utf-8", "replace").decode()
        body = msgspec.json.encode(
            {
                "text": text, "where": subject.where, "tool_name": evidence.tool_name,
                "question": evidence.question,
            }
        )  # fmt: skip
        clock = self._clock
        headers = signed(self._reach.secret, f"msg_{clock.span_id()}", clock.now_ns() / 1e9, body)
        reply = post(
            options.url, body, reach=self._reach, timeout_s=options.timeout_s, headers=headers
        )
        if reply.status != 200:
            raise NoVerdict(f"The web service answered with status {reply.status}.")
        return _read(reply.body, len(text))


def _read(body: bytes, size: int) -> Detection:
    """Raises NoVerdict."""
    try:
        told = msgspec.json.decode(body, type=_Told)
    except msgspec.DecodeError:
        raise NoVerdict("The answer of the web service is no verdict.") from None
    if told.score is None and told.flagged is None and b'"findings"' not in body:
        raise NoVerdict("The answer of the web service holds no verdict.")
    found = tuple(
        Finding(
            detector="webhook", kind=one.kind[:80], score=_bounded(one.score),
            start=one.start, end=one.end,
        )
        for one in told.findings[:_MOST_FINDINGS]
        if 0 <= one.start < one.end <= size
    )  # fmt: skip
    score = max((finding.score for finding in found), default=0.0)
    given = told.score if told.score is not None else float(bool(told.flagged))
    score = max(score, _bounded(given))
    if not found and score > 0 and size:
        whole = Finding(detector="webhook", kind=told.kind[:80], score=score, start=0, end=size)
        found = (whole,)
    return Detection(score=score, findings=found)


def _bounded(score: float) -> float:
    return min(1.0, max(0.0, score))


def create(options: Mapping[str, Any]) -> WebhookDetector:
    """`url`, `timeout_s`, `cache_s`; `reach` comes from whoever makes detectors."""
    given = dict(options)
    reach = given.pop("reach", Reach())
    try:
        read = msgspec.convert(given, WebhookOptions)
        if read.url:
            check_url(read.url)
    except (msgspec.ValidationError, OutboundRefused) as error:
        raise ConfigError(f"webhook: {error}") from None
    if not 0 < read.timeout_s <= 600 or not 0 <= read.cache_s <= 86_400:
        raise ConfigError("webhook: timeout_s must be in (0, 600], cache_s in [0, 86400].")
    return WebhookDetector(read, reach)
