"""Long names are shortened and known again."""

from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.tool_names import LONGEST, fit_name, full_names
from vedette.model.chat import ToolDefinition


@given(st.text(max_size=130))
def test_no_name_is_too_long(name: str) -> None:
    assert len(fit_name(name)) <= LONGEST
    assert fit_name(fit_name(name)) == fit_name(name)


def test_long_names_are_known_again() -> None:
    one, other = "mcp__server__" + "a" * 60, "mcp__server__" + "a" * 61
    assert fit_name(one) != fit_name(other)
    tools = [ToolDefinition(name=name) for name in (one, other, "short")]
    assert full_names(tools) == {fit_name(one): one, fit_name(other): other}
