"""Whether an output is JSON that follows the schema it was asked to follow."""

import json
from collections.abc import Mapping
from typing import Any

from vedette.detectors.matching.json_schema import SchemaCheck, own_schema
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Subject


class SchemaDetector:
    """The score is 1 where the text is no JSON or breaks the schema."""

    name = "schema"
    where: frozenset[Where] = frozenset({"output", "tool_arguments"})
    is_heavy = False
    reads: frozenset[str] = frozenset({"schema"})

    def __init__(self, schema: Any) -> None:
        self._schema = schema

    def detect(self, subject: Subject) -> Detection:
        schema = subject.evidence.schema if subject.evidence.schema is not None else self._schema
        if schema is None:
            return Detection()
        try:
            value = json.loads(unfenced(subject.text))
        except (ValueError, RecursionError):
            return self._broken("not_json", subject)
        return (
            self._broken("schema", subject) if SchemaCheck(schema).problems(value) else Detection()
        )

    def _broken(self, kind: str, subject: Subject) -> Detection:
        whole = Finding(detector=self.name, kind=kind, score=1.0, start=0, end=len(subject.text))
        return Detection(score=1.0, findings=(whole,))


def unfenced(text: str) -> str:
    """The inside of a Markdown fence, where the whole text is one."""
    text = text.strip()
    if text.startswith("```") and text.endswith("```") and "\n" in text:
        return text[text.index("\n") + 1 : -3]
    return text


def create(options: Mapping[str, Any]) -> SchemaDetector:
    """`options["schema"]`: used where a text brings none of its own. Raises ConfigError for a
    pattern in it that RE2 does not take."""
    own_schema(options.get("schema"))
    return SchemaDetector(options.get("schema"))
