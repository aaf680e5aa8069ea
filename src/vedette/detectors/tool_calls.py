"""What a model may call: an allow-list of tools, the schema of their arguments, harmful values."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from vedette.detectors.matching.json_schema import SchemaCheck
from vedette.detectors.matching.patterns import PatternSet
from vedette.detectors.matching.tables import read_table
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Subject


class HarmfulValue(msgspec.Struct, frozen=True):
    """A row of `tables/tool_calls.yaml`."""

    kind: str
    score: float
    pattern: str


class ToolCallTable(msgspec.Struct, frozen=True):
    """`tables/tool_calls.yaml`."""

    rules: tuple[HarmfulValue, ...]


class ToolCallsDetector:
    """Looks at the arguments a model wants to call a tool with."""

    name = "tool_calls"
    where: frozenset[Where] = frozenset({"tool_arguments"})
    is_heavy = False
    reads: frozenset[str] = frozenset({"tool_name", "tools"})

    def __init__(
        self, table: ToolCallTable, *, allow: frozenset[str], deny: frozenset[str]
    ) -> None:
        self._allow = allow
        self._deny = deny
        self._rules = table.rules
        self._harmful = PatternSet([rule.pattern for rule in table.rules])

    def detect(self, subject: Subject) -> Detection:
        found = [*self._names(subject), *self._arguments(subject), *self._values(subject)]
        score = max((finding.score for finding in found), default=0.0)
        return Detection(score=score, findings=tuple(found))

    def _names(self, subject: Subject) -> Iterator[Finding]:
        """The tool itself. Without a list and without offered tools any name will do."""
        name, offered = subject.evidence.tool_name, subject.evidence.tools
        if not name:
            return
        if name in self._deny or (self._allow and name not in self._allow):
            yield self._whole("tool_not_allowed", subject)
        elif offered and name not in offered:
            yield self._whole("tool_not_offered", subject)

    def _arguments(self, subject: Subject) -> Iterator[Finding]:
        schema = subject.evidence.tools.get(subject.evidence.tool_name)
        if schema is None or not subject.text.strip():
            return
        try:
            value = json.loads(subject.text)
        except (ValueError, RecursionError):
            yield self._whole("arguments_not_json", subject)
            return
        if SchemaCheck(schema).problems(value):
            yield self._whole("arguments_schema", subject)

    def _values(self, subject: Subject) -> Iterator[Finding]:
        for view in subject.views:
            if view.folded:
                continue
            for index in self._harmful.hits(view.text):
                rule = self._rules[index]
                for match in self._harmful.find(index, view.text):
                    start, end = view.origin(match.start(), match.end())
                    yield Finding(
                        detector=self.name,
                        kind=rule.kind,
                        score=rule.score,
                        start=start,
                        end=end,
                        view=view.name,
                    )

    def _whole(self, kind: str, subject: Subject) -> Finding:
        return Finding(detector=self.name, kind=kind, score=1.0, start=0, end=len(subject.text))


def create(options: Mapping[str, Any]) -> ToolCallsDetector:
    """`allow` and `deny`: names of tools; an empty `allow` allows all that were offered."""
    return ToolCallsDetector(
        read_table("tool_calls.yaml", ToolCallTable),
        allow=frozenset(options.get("allow", ())),
        deny=frozenset(options.get("deny", ())),
    )
