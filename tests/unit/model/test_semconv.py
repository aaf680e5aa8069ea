from vedette.model import semconv, semconv_kinds
from vedette.model.span import KINDS


def test_no_source_stands_twice_for_one_fact() -> None:
    for table in (semconv.FIELDS, semconv.USAGE, semconv.ATTRIBUTES):
        for name, sources in table.items():
            keys = [source.key for source in sources]
            assert len(keys) == len(set(keys)), name


def test_lists_by_leaf_are_known_as_such() -> None:
    named = (*semconv.INPUTS, *semconv.OUTPUTS, *semconv.TOOLS)
    assert {key for key in named if key.endswith(".")} <= set(semconv.INDEXED)


def test_kinds_are_ours_and_values_lower_case() -> None:
    for _, kinds in semconv_kinds.KINDS:
        assert set(kinds.values()) <= set(KINDS)
        assert [value for value in kinds if value != value.lower()] == []
    assert {kind for _, kind in semconv_kinds.KIND_SIGNS} <= set(KINDS)


def test_names_of_providers_end_at_one_name() -> None:
    names = semconv_kinds.PROVIDERS
    assert [name for name in names.values() if names.get(name, name) != name] == []
