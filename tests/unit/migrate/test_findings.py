"""What became of each setting."""

from vedette.migrate.findings import Findings, shown
from vedette.migrate.source import read_source


def test_settings_are_told_of_once_and_in_the_order_of_the_file() -> None:
    source = read_source(b"a: 1\nb:\n  - c: 2\n", "f.yaml")
    findings = Findings(source)
    findings.missing(("b", 0, "c"), "there is no such thing")
    findings.exact(("a",), "ours")
    findings.near(("a",), "theirs", "too late")
    told = [(each.place, each.field, each.verdict, each.became) for each in findings.all()]
    assert told == [
        ("f.yaml:1", "a", "exact", "ours"),
        ("f.yaml:3", "b[0].c", "unsupported", ""),
    ]


def test_paths_are_shown_as_people_read_them() -> None:
    assert shown(("model_list", 0, "litellm_params", "rpm")) == "model_list[0].litellm_params.rpm"
    assert shown(()) == ""
