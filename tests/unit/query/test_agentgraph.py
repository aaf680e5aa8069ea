"""The cases of the console (`agentgraph.test.ts`)."""

from tests.support.trees import node
from vedette.query.agentgraph import AgentGraph
from vedette.query.spantree import build_tree

TRACE = build_tree([
    node("r", "", 0, 100, name="boss", kind="agent"),
    node("w", "r", 1, 99, name="wrapper", kind="chain"),
    node("a1", "w", 1, 30, name="writer", kind="agent"),
    node("b1", "w", 30, 60, name="critic", kind="agent", status="error"),
    node("a2", "w", 60, 90, name="writer", kind="agent"),
    node("t1", "a1", 2, 20, name="search", kind="tool"),
    node("t2", "a1", 10, 25, name="search", kind="tool"),
])  # fmt: skip


def test_what_is_the_same_is_joined_and_wrappers_are_skipped() -> None:
    graph = AgentGraph(TRACE, is_simplified=True)
    nodes = {node.name: node for node in graph.nodes}
    assert sorted(nodes) == ["boss", "critic", "search", "writer"]
    writer = nodes["writer"]
    assert (writer.spans, writer.duration_ms, writer.cost_nano_usd) == (["a1", "a2"], 59, 10**9)
    assert nodes["critic"].errors == 1
    calls = {(edge.start, edge.end): edge.count for edge in graph.edges if edge.type == "call"}
    assert calls["agent writer", "tool search"] == 2
    assert [node.name for node in graph.nodes if node.is_parallel] == ["search"]


def test_agents_of_one_parent_hand_over() -> None:
    tree = build_tree([
        node("r", "", 0, 9, name="r", kind="agent"), node("a", "r", 1, 3, name="a", kind="agent"),
        node("b", "r", 3, 5, name="b", kind="agent"), node("c", "r", 4, 6, name="c", kind="agent"),
    ])  # fmt: skip
    edges = AgentGraph(tree, is_simplified=True).edges
    assert [(e.start, e.end) for e in edges if e.type == "handover"] == [("agent a", "agent b")]


def test_what_leads_back_is_marked() -> None:
    tree = build_tree([
        node("x", "", 0, 9, name="x", kind="agent"), node("y", "x", 1, 8, name="y", kind="agent"),
        node("x2", "y", 2, 7, name="x", kind="agent"),
    ])  # fmt: skip
    graph = AgentGraph(tree, is_simplified=True)
    assert sum(edge.is_back for edge in graph.edges) == 1
    assert [node.layer for node in graph.nodes] == [0, 1]


def test_every_span_where_nothing_is_simplified_up_to_a_bound() -> None:
    assert len(AgentGraph(TRACE, is_simplified=False).nodes) == 7
    many = build_tree(
        node(f"s{n}", "s0" if n else "", n, n + 1, name=f"n{n}", kind="llm") for n in range(1_000)
    )
    graph = AgentGraph(many, is_simplified=False)
    assert (len(graph.nodes), graph.left) == (300, 700)
    assert [node.row for node in graph.nodes if node.layer == 1] == list(range(299))
