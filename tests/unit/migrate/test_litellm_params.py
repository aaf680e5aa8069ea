"""The fields of a deployment that make no provider."""

import pytest

from vedette.migrate.findings import Findings
from vedette.migrate.litellm_params import MISSING, TAKEN, reference, tell_rest
from vedette.migrate.source import read_source


@pytest.mark.parametrize(
    ("written", "ours"),
    [
        ("os.environ/KEY_1", "${KEY_1}"),
        (" os.environ/KEY ", "${KEY}"),
        ("os.environ/", "os.environ/"),
        ("os.environ/1X", "os.environ/1X"),
        ("${KEY}", "${KEY}"),
        ("${KEY:-x}", "$${KEY:-x}"),
        ("sk-${x}", "sk-$${x}"),
        ("sk-1", "sk-1"),
        (3, "3"),
    ],
)
def test_references_are_ours_and_all_else_is_text(written: object, ours: str) -> None:
    assert reference(written) == ours


def test_nothing_is_both_used_and_unsupported() -> None:
    assert not TAKEN & MISSING.keys()


def test_what_is_not_used_is_told_why() -> None:
    findings = Findings(read_source(b"a: 1", "f.yaml"))
    params = {"model": "m", "temperature": 0, "output_cost_per_token": 1, "odd": 2}
    tell_rest(params, ("p",), findings)
    told = {each.field: each.note for each in findings.all()}
    assert told.keys() == {"p.temperature", "p.output_cost_per_token", "p.odd"}
    assert "prices" in told["p.output_cost_per_token"]
    assert told["p.odd"] == "not known to this importer"
