"""Filters read and written as text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.filters_drawn import expressions
from vedette.model.expression import And, Compare, Exists, Expression, Field, Like, Not, OneOf, Or
from vedette.query.grammar import FilterError, parse_filter, print_filter

NOW_NS = 1_700_000_000_000_000_000
MODEL, COST, TAG = Field("model"), Field("cost"), Field("tag")


def eq(name: str, value: str | float) -> Compare:
    return Compare(Field(name), "=", value)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        pytest.param("model = gpt-4o", eq("model", "gpt-4o"), id="equal"),
        pytest.param('model:"gpt 4"', eq("model", "gpt 4"), id="quoted"),
        pytest.param("model != x", Not(eq("model", "x")), id="unequal"),
        pytest.param("cost > 0.01", Compare(COST, ">", 10_000_000), id="money"),
        pytest.param("duration>=2s", Compare(Field("duration"), ">=", 2000.0), id="seconds"),
        pytest.param("model:gpt-4*", Like(MODEL, "gpt-4*"), id="wildcard"),
        pytest.param('model:"gpt-4*"', eq("model", "gpt-4*"), id="quoted star is a star"),
        pytest.param("name ~ plan", Like(Field("name"), "*plan*"), id="contains"),
        pytest.param('name ~ "a b*"', Like(Field("name"), "a b*"), id="quoted pattern"),
        pytest.param('tag in (a, "b c")', OneOf(TAG, ("a", "b c")), id="among"),
        pytest.param("user exists", Exists(Field("user")), id="exists"),
        pytest.param(
            "cost:0.5..1",
            And((Compare(COST, ">=", 500_000_000), Compare(COST, "<=", 10**9))),
            id="range",
        ),
        pytest.param("-status:error", Not(eq("status", "error")), id="minus"),
        pytest.param("not not root:true", Not(Not(eq("root", True))), id="twice not"),
        pytest.param('"refund policy"', eq("text", "refund policy"), id="phrase"),
        pytest.param(
            "error timeout", And((eq("text", "error"), eq("text", "timeout"))), id="two words"
        ),
        pytest.param(
            "tag:a or tag:b tag:c",
            Or((eq("tag", "a"), And((eq("tag", "b"), eq("tag", "c"))))),
            id="and binds tighter",
        ),
        pytest.param(
            "(tag:a or tag:b) AND tag:c",
            And((Or((eq("tag", "a"), eq("tag", "b"))), eq("tag", "c"))),
            id="parentheses",
        ),
        pytest.param(
            'attributes."http.status_code" >= 500',
            Compare(Field("attributes", "http.status_code"), ">=", 500),
            id="attribute",
        ),
        pytest.param(
            "attributes.a.b:true", Compare(Field("attributes", "a.b"), "=", True), id="bare key"
        ),
        pytest.param("start > now-1s", Compare(Field("start"), ">", NOW_NS - 10**9), id="ago"),
        pytest.param("made in china",
                     And((eq("text", "made"), eq("text", "in"), eq("text", "china"))),
                     id="words that look like keywords"),
        pytest.param("tag:a && tag:b || tag:c",
                     Or((And((eq("tag", "a"), eq("tag", "b"))), eq("tag", "c"))), id="signs"),
    ],
)  # fmt: skip
def test_text_becomes_a_tree(text: str, tree: Expression) -> None:
    assert parse_filter(text, now_ns=NOW_NS) == tree


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        pytest.param("modle = x", 1, "did you mean `model`", id="misspelt"),
        pytest.param("zzz = x", 1, "one of name, kind", id="unknown"),
        pytest.param("cost > ", 8, "a value", id="no value"),
        pytest.param("cost > much", 8, "an amount in USD", id="no money"),
        pytest.param("status = broken", 10, "one of ok, error, unset", id="no choice"),
        pytest.param("(tag:a", 7, r"`\)`", id="open parenthesis"),
        pytest.param("tag:a)", 6, "the end", id="closing one too many"),
        pytest.param('name = "x', 8, 'closing `"`', id="open quote"),
        pytest.param("model = 'gpt-5'", 9, "double quotes", id="single quotes"),
        pytest.param("tag in (a, 'b')", 12, "double quotes", id="single quotes in a list"),
        pytest.param("model > x", 9, "has no order", id="order of texts"),
        pytest.param("tag:a and", 10, "a condition", id="dangling and"),
        pytest.param("attributes = 3", 1, "a key", id="attributes without key"),
        pytest.param("tag in (a b)", 11, "`,` or", id="list without comma"),
        pytest.param("(" * 40 + "tag:a" + ")" * 40, 25, "at most 24", id="too deep"),
        pytest.param("a " * 300, 401, "at most 200 conditions", id="too many"),
    ],
)
def test_a_wrong_filter_says_where_and_what_was_needed(
    text: str, position: int, message: str
) -> None:
    with pytest.raises(FilterError, match=message) as caught:
        parse_filter(text, now_ns=NOW_NS)
    assert caught.value.position == position
    assert f"character {position}" in caught.value.message


@given(expressions)
@settings(max_examples=300, deadline=None)
def test_what_is_written_reads_as_the_same_tree(tree: Expression) -> None:
    assert parse_filter(print_filter(tree), now_ns=NOW_NS) == tree


@given(st.text(alphabet='ab (),"\\=:<>~!-.*&|notrindexs0123\n', max_size=60))
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_filter_or_a_clear_error(text: str) -> None:
    position = 1
    try:
        tree = parse_filter(text, now_ns=NOW_NS)
    except FilterError as error:
        position = error.position
    else:
        assert parse_filter(print_filter(tree), now_ns=NOW_NS) == tree
    assert 1 <= position <= len(text) + 1
