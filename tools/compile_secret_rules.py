"""Compile the rules of gitleaks to `src/vedette/detectors/tables/gitleaks.json`.

`python tools/compile_secret_rules.py gitleaks.toml`, where the file is `config/gitleaks.toml` of
github.com/gitleaks/gitleaks (MIT, copyright (c) 2019 Zachary Rice; used here: commit b58d3f1).

What changes on the way: a name and its value may also stand in a sentence (`my key is ...`); a
value may also end at a full stop or a bracket; the lazy prefix of the names goes, because a set of
patterns need not say where a match begins before its name. Rules for paths are left out.
"""

import argparse
import json
import tomllib
from pathlib import Path

TARGET = Path("src/vedette/detectors/tables/gitleaks.json")

_OPERATORS = r"(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)"
_IN_A_SENTENCE = r"(?:=|>|:{1,3}=|\|\||:|=>|\?=|,|\bis\b|\bwas\b)"
_PREFIX = r"[\w.-]{0,50}?"
_ENDS = r"""(?:[\x60'"\s;]|\\[nr]|$)"""
_MORE_ENDS = r"""(?:[\x60'"\s;,)\]}<>!?]|\.\s|\.?$|\\[nr])"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    with parser.parse_args().source.open("rb") as file:
        config = tomllib.load(file)
    rules = [_rule(rule) for rule in config["rules"] if "regex" in rule and "path" not in rule]
    shared = config["allowlist"]
    document = {
        "source": "gitleaks config/gitleaks.toml at b58d3f1, MIT, (c) 2019 Zachary Rice",
        "rules": rules,
        "allowed": [_bounded(pattern) for pattern in shared["regexes"]],
        "stopwords": shared["stopwords"],
    }
    TARGET.write_text(json.dumps(document, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(rules)} rules, {TARGET.stat().st_size} bytes")


def _rule(rule: dict[str, object]) -> dict[str, object]:
    pattern = str(rule["regex"]).replace(_OPERATORS, _IN_A_SENTENCE).replace(_ENDS, _MORE_ENDS)
    compiled: dict[str, object] = {
        "id": str(rule["id"]).replace("-", "_"),
        "pattern": pattern.replace(_PREFIX, "", 1),
        "keywords": rule.get("keywords", []),
    }
    for name in ("entropy", "secretGroup"):
        if name in rule:
            compiled[name] = rule[name]
    allowed: list[str] = []
    stopwords: list[str] = []
    for entry in rule.get("allowlists", []):  # type: ignore[attr-defined]
        flag = "match:" if entry.get("regexTarget") in ("match", "line") else ""
        allowed += [flag + pattern for pattern in entry.get("regexes", [])]
        stopwords += entry.get("stopwords", [])
    if allowed:
        compiled["allowed"] = allowed
    if stopwords:
        compiled["stopwords"] = sorted(stopwords)
    return compiled


def _bounded(pattern: str) -> str:
    """`^true|false|null$` means three whole words."""
    return pattern.replace("^true|false|null$", "^(?:true|false|null)$")


if __name__ == "__main__":
    main()
