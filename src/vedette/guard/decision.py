"""What becomes of the texts, rule by rule: edits, templates, judges, and what ends it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from vedette.guard.chains import steps
from vedette.guard.remedies import Edit, apply_edits, edits_of, in_json, placeholders_in
from vedette.guard.transforms import transform
from vedette.model.policy import (
    ACTION_RANK,
    CHANGING,
    TERMINAL,
    Action,
    ActionKind,
    Bypass,
    Finding,
    Fired,
    Rule,
    Ruling,
    RulingVerdict,
    Verdict,
    Where,
)
from vedette.ports.detector import Detection

JUDGE_S: Final = 15.0
"""How long a judge may take where the rule does not say."""
_FORBIDDEN: Final = 0.5
_REDACT: Final = Action(kind="redact")

Judge = Callable[[Rule, int, Mapping[str, Any]], Detection | None]
"""A rule, the index of a text and the options of the judge to what it says; None: nothing."""


class Names(msgspec.Struct, frozen=True):
    """Placeholders of `mask` that exist already."""

    taken: Mapping[str, str] = {}
    """With what each stands for: they go on being used."""
    others: Collection[str] = ()
    """They mean something else: they are not used."""


def is_escalated(rule: Rule) -> bool:
    """Whether a judge may have to be asked."""
    return rule.mode == "enforce" and any(
        action.kind == "escalate" for action in steps(rule.actions)
    )


class Decision:
    """What was decided so far on some texts."""

    def __init__(self, texts: Sequence[str], judge: Judge) -> None:
        self.is_ended = False
        self._texts = texts
        self._judge = judge
        self._kinds: list[ActionKind] = ["allow"]
        self._edits: dict[int, list[Edit]] = {}
        self._templates: dict[int, list[tuple[str, Mapping[str, str]]]] = {}
        self._rulings: list[Ruling] = []
        self._alerts: dict[str, None] = {}
        self._remedy: Action | None = None
        self._ended_by = ""

    def take(
        self, rule: Rule, index: int, seen: Sequence[Finding], where: Where,
        *, is_unseen: bool = False,
    ) -> None:  # fmt: skip
        """Carry out what the rule says of a text in which it saw something; `is_unseen`: nobody
        looked, which is taken for the worst."""
        for action in _actions_of(rule, is_unseen=is_unseen):
            if action.kind == "escalate":
                if not self._escalate(rule, action, index, seen):
                    return
                continue
            self._kinds.append(action.kind)
            if action.kind == "transform":
                values = {
                    "rule": rule.name, "where": where,
                    "kinds": ", ".join(dict.fromkeys(finding.kind for finding in seen)),
                }  # fmt: skip
                self._templates.setdefault(index, []).append((action.text, values))
            elif action.kind in CHANGING:
                placed = [finding for finding in seen if finding.end > finding.start]
                found = placed or [_whole(rule, self._texts[index])]
                if where == "tool_arguments":
                    action = replace(action, text=in_json(action.text))
                self._edits.setdefault(index, []).extend(edits_of(found, action))
            elif action.kind == "alert":
                self._alerts[f"{rule.name}@{action.target}" if action.target else rule.name] = None
            elif action.kind in TERMINAL:
                self._end(rule, action)
                return

    def verdict(
        self, names: "Names", *, findings: tuple[Finding, ...], scores: dict[str, float],
        fired: tuple[Fired, ...], bypassed: tuple[Bypass, ...],
        allowed: tuple[str, ...] = (),
    ) -> Verdict:  # fmt: skip
        """All of it."""
        texts, restore = self._edited(names)
        return Verdict(
            action=max(self._kinds, key=ACTION_RANK.index), text="\n\n".join(texts),
            messages=tuple(texts), findings=findings, scores=scores, fired=fired,
            bypassed=bypassed, allowed=allowed, restore=restore, ended_by=self._ended_by,
            remedy=self._remedy,
            rulings=tuple(self._rulings), alerts=tuple(self._alerts),
        )  # fmt: skip

    def _end(self, rule: Rule, action: Action) -> None:
        self.is_ended = True
        if self._remedy is None or _rank(action) > _rank(self._remedy):
            self._remedy, self._ended_by = action, rule.name

    def _escalate(self, rule: Rule, action: Action, index: int, seen: Sequence[Finding]) -> bool:
        """Ask a judge; True where it forbids the text."""
        timeout_s = float(action.settings.get("timeout_s", JUDGE_S))
        options = {"model": action.target, "criteria": action.text, "timeout_s": timeout_s}
        detection = self._judge(rule, index, options)
        if detection is None:
            self._rule(rule, action, index, "error")
            return rule.on_error == "closed"
        if detection.score < _FORBIDDEN:
            self._kinds.append("flag")
            self._rule(rule, action, index, "allow")
            return False
        quotes = [finding for finding in detection.findings if finding.kind == "redact"]
        edits = edits_of((*seen, *quotes), _REDACT) if quotes else []
        if edits:
            self._kinds.append("redact")
            self._edits.setdefault(index, []).extend(edits)
            self._rule(rule, action, index, "redact")
            return False
        self._rule(rule, action, index, "block")
        return True

    def _rule(self, rule: Rule, action: Action, index: int, verdict: RulingVerdict) -> None:
        self._rulings.append(
            Ruling(rule=rule.name, judge=action.target, verdict=verdict, message=index)
        )

    def _edited(self, names: "Names") -> tuple[list[str], dict[str, str]]:
        texts: list[str] = []
        restore: dict[str, str] = dict(names.taken)
        others = list(names.others)
        if "mask" in self._kinds:
            others += [name for text in self._texts for name in placeholders_in(text)]
        for index, text in enumerate(self._texts):
            if index in self._edits:
                edited = apply_edits(text, self._edits[index], taken=restore, others=others)
                text, restore = edited
            for template, values in self._templates.get(index, ()):
                text = transform(template, {**values, "text": text})
            texts.append(text)
        return texts, restore


def _actions_of(rule: Rule, *, is_unseen: bool) -> list[Action]:
    """What is carried out now. A text that nobody looked at cannot be changed so that it may pass:
    it is blocked."""
    actions = list(steps(rule.actions))
    kinds = {action.kind for action in actions}
    if kinds.isdisjoint(TERMINAL) and (
        ("escalate" in kinds and kinds.isdisjoint(CHANGING))
        or (is_unseen and "escalate" not in kinds and not kinds.isdisjoint(CHANGING))
    ):
        actions = [action for action in actions if action.kind not in CHANGING]
        actions.append(Action(kind="block"))
    return actions


def _whole(rule: Rule, text: str) -> Finding:
    """Where a detector says what a text is and not where: all of it."""
    return Finding(detector=rule.detector, kind=rule.detector, score=1.0, start=0, end=len(text))


def _rank(action: Action) -> int:
    return ACTION_RANK.index(action.kind)
