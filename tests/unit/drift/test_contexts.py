"""Which calls may be compared."""

from tests.support.drifting import calls, observe, take
from vedette.drift.contexts import Contexts
from vedette.model.drift import Observation


def questions(count: int, topic: str, template: str | None = None) -> list[Observation]:
    return [
        observe(f"{topic} {chr(97 + n % 26)}{chr(97 + n // 26)}?", "Yes", template=template)
        for n in range(count)
    ]


def test_named_templates_are_contexts() -> None:
    one, two = take(calls(1, template="one"), 20), take(calls(2, template="two"), 20)
    contexts = Contexts([*one, *two])
    assert {contexts.find(each) for each in one} == {f"template {one[0].fingerprint.template}"}
    assert contexts.find(one[0]) != contexts.find(two[0])


def test_prompts_of_one_skeleton_are_one_context() -> None:
    baseline = take(calls(1), 30)
    found = {Contexts(baseline).find(each) for each in baseline}
    assert len(found) == 1
    assert found.pop().startswith("skeleton ")


def test_prompts_that_begin_alike_are_one_context() -> None:
    baseline = questions(20, "Please tell me whether this is true of")
    found = {Contexts(baseline).find(each) for each in baseline}
    assert len(found) == 1
    assert found.pop().startswith("head ")


def test_loose_prompts_are_told_by_layout_and_length() -> None:
    short = [observe(f"{'abcdefghij'[n % 10] * (n + 3)} now", "Yes") for n in range(20)]
    code = [
        observe(f"# {'abcdefghij'[n % 10] * 9}\n{'klmnopqrst'[n % 10] * (n + 30)}", "Yes")
        for n in range(20)
    ]
    contexts = Contexts([*short, *code])
    assert not {contexts.find(each) for each in short} & {contexts.find(each) for each in code}


def test_an_unknown_template_starts_a_context_of_its_own() -> None:
    contexts = Contexts(take(calls(1, template="one"), 30))
    new = next(calls(2, template="two"))
    assert contexts.find(new) == f"template {new.fingerprint.template}"


def test_templates_that_differ_in_every_call_are_no_contexts() -> None:
    baseline = [
        observe(f"Question {n}", "Yes", template=f"{'xyz'[n % 3]}{'abcdefgh' * n}")
        for n in range(40)
    ]
    assert all(name.startswith("loose ") for name in map(Contexts(baseline).find, baseline))


def test_several_models_are_kept_apart_a_single_one_may_change() -> None:
    one = [observe("Why?", "Yes", template="t", model="a") for _ in range(20)]
    two = [observe("Why?", "No", template="t", model="b") for _ in range(20)]
    mixed = Contexts([*one, *two])
    assert mixed.find(one[0]) != mixed.find(two[0])
    single = Contexts(one)
    assert single.find(one[0]) == single.find(two[0])


def test_calls_without_input_are_one_context() -> None:
    bare = [Observation(latency_ms=1.0) for _ in range(12)]
    assert len({Contexts(bare).find(each) for each in bare}) == 1
