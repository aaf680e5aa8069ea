"""What the classifiers are trained with: the recorded rows, and texts written for it.

Rows come from the folder of development data (its README says from where and under which licence).
Nothing of their text is kept in the repository. Documents for contrast come from the documentation
strings of Python's standard library, which every interpreter brings.
"""

import gzip
import importlib
import json
import pydoc_data.topics
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guard_training.phrases import Grammar, book, chores, languages

GROUPS = {
    "S-Labs/prompt-injection-dataset": "slabs",
    "neuralchemy/Prompt-injection-dataset": "neuralchemy",
    "yanismiraoui/prompt_injections": "yanis",
    "meta-llama/PurpleLlama": "purple",
    "microsoft/BIPIA": "bipia",
    # These two copied from each other: they leave together.
    "microsoft/PyRIT": "wild",
    "NVIDIA/garak": "wild",
    "yizhongw/self-instruct": "self-instruct",
    "leolee99/PIGuard": "piguard",
}
_NOISE = {"neuralchemy_control"}
"""Labelled as attacks, and harmless."""
_SKIPPED_MODULES = {"antigravity", "this", "idlelib", "tkinter", "turtledemo", "turtle", "lib2to3"}


@dataclass(frozen=True, slots=True)
class Row:
    """One text: what it is and which source it leaves with."""

    text: str
    label: int
    kind: str
    """`injection`, `jailbreak`, `benign`, `harmful`, `toxic`."""
    group: str
    category: str


def recorded(folder: Path, *names: str) -> Iterator[Row]:
    """The rows of the named files."""
    for name in names:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["category"] in _NOISE:
                    continue
                group = GROUPS.get(row["source"], row["source"])
                yield Row(row["text"], row["label"], name, group, row["category"])


def answers(folder: Path) -> Iterator[Row]:
    """Prompts and answers of models that nobody attacked (LLMDrift)."""
    for name, take in (("prime", 300), ("sensitiveq", 300), ("leetcode_easy", 120)):
        seen: set[str] = set()
        with gzip.open(folder / f"llmdrift_{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                for field in ("prompt", "answer"):
                    text = row[field] or ""
                    if len(text) > 20 and text not in seen and len(seen) < take:
                        seen.add(text)
                        yield Row(text, 0, "benign", "llmdrift", f"llmdrift_{field}")


def documents(limit: int = 2_000) -> list[str]:
    """Paragraphs and docstrings of the standard library, in a fixed order."""
    found = {
        paragraph.strip()
        for topic in pydoc_data.topics.topics.values()
        for paragraph in re.split(r"\n\n(?=\S)", topic)
    }
    for name in sorted(sys.stdlib_module_names):
        if name.startswith("_") or name in _SKIPPED_MODULES:
            continue
        try:
            module = importlib.import_module(name)
        except ImportError:
            continue
        for owner in (module, *(getattr(module, inner, None) for inner in sorted(vars(module)))):
            text = getattr(owner, "__doc__", None)
            if isinstance(text, str):
                found.add(text.strip())
    texts = sorted(text for text in found if 60 < len(text) < 4_000)
    step = max(1, len(texts) // limit)
    return texts[::step][:limit]


def written(seed: int = 11) -> Iterator[Row]:
    """Attacks and harmless texts from the templates."""
    attacks, benign = book("attacks"), book("benign")
    grammar = Grammar(attacks.rules, seed)
    counts = {"override_form": 1_200, "extraction": 900, "bypass": 1_000, "social": 1_200,
              "coded": 500, "wrapped": 800}  # fmt: skip
    for rule, count in counts.items():
        kind = "jailbreak" if rule == "bypass" else "injection"
        for text in grammar.of_rule(rule, count):
            yield Row(text, 1, kind, "written", f"written_{rule}")
    harmless = Grammar(benign.rules, seed + 1)
    amounts = {
        "trigger_code": 500, "trigger_plain": 1_000, "about_ai": 700, "security_work": 200,
        "mail": 300, "statement": 300, "ordinary": 1_500, "commands": 1_200, "howto": 400,
        "receipt": 300, "guides": 2_000, "advice": 300,
    }  # fmt: skip
    for rule, count in amounts.items():
        for text in harmless.of_rule(rule, count):
            yield Row(text, 0, "benign", "written", f"written_{rule}")
    yield from _in_languages(seed + 2)
    yield from _in_documents(grammar, harmless)


def aimed(seed: int = 51) -> Iterator[Row]:
    """Attacks by what they are after, and harmless texts of the same words."""
    attacks = Grammar(book("attacks").rules, seed)
    for rule, count in (("probing", 2_500), ("forced", 700), ("code_exec", 700)):
        for text in attacks.of_rule(rule, count):
            yield Row(text, 1, "injection", "written", f"written_{rule}")
    for text in attacks.of_rule("told", 2_500):
        yield Row(text, 0, "benign", "written", "written_told")
    harmless = Grammar(book("benign").rules, seed + 1)
    amounts = {"everyday_rules": 900, "about_model": 500, "code_ask": 500, "shaped": 400}
    for rule, count in amounts.items():
        for text in harmless.of_rule(rule, count):
            yield Row(text, 0, "benign", "written", f"written_{rule}")
    grammar = Grammar({"who": ["{Anna|Omar|John|Maria|Steven|Lena}"]}, seed + 2)
    for code, templates in chores().items():
        count = 300 if code == "en" else 60
        for text in grammar.many(templates.override, count):
            yield Row(text, 1, "injection", "written", f"written_secrets_{code}")
        each = templates.harmless
        pairs = [f"{one} {other}" for one in each for other in each]
        for text in grammar.many([*each, *pairs], count):
            yield Row(text, 0, "benign", "written", f"written_secrets_{code}_harmless")


def _in_languages(seed: int, count: int = 60) -> Iterator[Row]:
    grammar = Grammar({}, seed)
    for code, language in languages().items():
        for text in grammar.many([*language.override, *language.extraction], count):
            yield Row(text, 1, "injection", "written", f"written_{code}")
        pairs = [f"{one} {other}" for one in language.harmless for other in language.harmless]
        for text in grammar.many([*language.harmless, *pairs], 2 * count):
            yield Row(text, 0, "benign", "written", f"written_{code}_harmless")


def _in_documents(grammar: Grammar, harmless: Grammar) -> Iterator[Row]:
    texts = documents()
    mails = list(harmless.of_rule("mail", 600))
    for text in [*texts, *sheets(600, seed=32)]:
        yield Row(text, 0, "benign", "written", "written_document")
    for index, order in enumerate(grammar.of_rule("wrapped", 900)):
        host = grammar.pick(texts if index % 2 else mails)
        yield Row(insert(host, order, index), 1, "injection", "written", "written_in_document")


def insert(host: str, order: str, index: int) -> str:
    """The order at the beginning, in the middle or at the end of a document."""
    lines = host.split("\n") if host.count("\n") > 3 else host.split(". ")
    joint = "\n" if host.count("\n") > 3 else ". "
    at = (0, len(lines) // 2, len(lines))[index % 3]
    parts = [joint.join(lines[:at]), order, joint.join(lines[at:])]
    return "\n".join(part for part in parts if part)


_COLUMNS = {
    "Name": "{Ada|Boris|Chen|Dana|Emil|Farah} {Berg|Costa|Ito|Jensen|Novak|Silva}",
    "City": "{Oslo|Lyon|Porto|Graz|Gdansk|Leeds|Kyoto}",
    "Date": "{2|11|19|27} {January|March|June|October} {1987|1999|2008|2021}",
    "Score": "{0-1|2-2|3-1|4-0|1-5} {(home)|(away)|}",
    "Price": "{$|EUR }{4.50|19.99|120.00|1,250.00}",
    "Status": "{open|closed|pending|shipped|200|404|ok}",
    "Notes": "{first round|see appendix|won on penalties|out of print|restored in 1998||-}",
    "Count": "{3|17|204|1,882|39}",
    "Team": "{Rovers|United|Harbour FC|Northern Stars|Athletic}",
}


def sheets(count: int, seed: int = 31) -> Iterator[str]:
    """Tables, CSV, JSON and log lines: documents that are no prose."""
    grammar = Grammar({}, seed)
    names = sorted(_COLUMNS)
    for index in range(count):
        columns = [names[(index * 7 + step * 3) % len(names)] for step in range(2 + index % 4)]
        columns = list(dict.fromkeys(columns))
        rows = [[grammar.expand(_COLUMNS[name]) for name in columns] for _ in range(3 + index % 20)]
        yield (_as_table, _as_csv, _as_json, _as_log)[index % 4](columns, rows)


def _as_table(columns: list[str], rows: list[list[str]]) -> str:
    wide = [max(len(cell) for cell in column) for column in zip(columns, *rows, strict=True)]
    return "\n".join(
        "| " + " | ".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)) + " |"
        for row in [columns, *rows]
    )


def _as_csv(columns: list[str], rows: list[list[str]]) -> str:
    return "\n".join(",".join(row) for row in [columns, *rows])


def _as_json(columns: list[str], rows: list[list[str]]) -> str:
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], indent=len(rows) % 3)


def _as_log(columns: list[str], rows: list[list[str]]) -> str:
    lines = []
    for index, row in enumerate(rows):
        pairs = " ".join(
            f"{name.lower()}={cell!r}" for name, cell in zip(columns, row, strict=True)
        )
        lines.append(f"2024-05-{index % 28 + 1:02d}T10:{index:02d}:00Z INFO handler {pairs}")
    return "\n".join(lines)
