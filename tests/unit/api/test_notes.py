"""Late facts as a client sends and sees them."""

from tests.support.console import Console, make_span
from tests.support.people import company

TRACE = f"{1:032x}"
HERE = f"/api/v1/traces/{TRACE}"


def test_scores_are_taken_shown_filtered_and_deleted(console: Console) -> None:
    console.services.store.write_batch([make_span(1), make_span(2)])
    body = {"scores": [
        {"name": "helpful", "value": 0.9, "trace_id": TRACE, "source": "model"},
        {"id": "x/1", "name": "tone", "value": "kind", "session_id": "s1", "source": "person"},
    ]}  # fmt: skip
    for _ in range(2):
        answer = console.client.post("/api/v1/scores", json=body)
        assert answer.status_code == 201
    assert answer.json()["ids"][1] == "x/1"
    assert len(console.get("/api/v1/scores")["items"]) == 2
    [item] = console.get("/api/v1/traces", filter="score.helpful > 0.5")["items"]
    assert item["scores"] == {"helpful": 0.9, "tone": "kind"}
    assert len(console.get(f"{HERE}/notes")["scores"]) == 2
    assert console.get("/api/v1/scores", project="elsewhere")["items"] == []
    assert console.client.delete("/api/v1/scores/x/1").status_code == 204
    assert console.client.delete("/api/v1/scores/x/1").status_code == 404


def test_wrong_scores_are_refused_and_nothing_is_kept(console: Console) -> None:
    body = {"scores": [{"name": "a", "value": 1, "trace_id": TRACE}, {"name": "b", "value": 1}]}
    assert console.client.post("/api/v1/scores", json=body).status_code == 400
    assert console.get("/api/v1/scores")["items"] == []


def test_bookmarks_tags_and_comments(console: Console) -> None:
    console.services.store.write_batch([make_span(1)])
    client = console.client
    assert client.put(f"{HERE}/bookmark").status_code == 204
    assert client.put(f"{HERE}/tags/to%2Fdo").status_code == 204
    made = client.post(f"{HERE}/comments", json={"text": "Look here", "author": "ada"})
    assert made.status_code == 201
    notes = console.get(f"{HERE}/notes")
    assert (notes["bookmarked"], notes["tags"]) == (True, ["to/do"])
    assert notes["comments"][0]["text"] == "Look here"
    [item] = console.get("/api/v1/traces", filter="bookmarked:true tag:to/do")["items"]
    assert item["bookmarked"]
    assert "to/do" in item["tags"]
    assert client.delete(f"{HERE}/comments/{made.json()['id']}").status_code == 204
    assert client.delete(f"{HERE}/tags/to%2Fdo").status_code == 204
    assert client.delete(f"{HERE}/bookmark").status_code == 204
    assert console.get(f"{HERE}/notes") == {
        "scores": [], "tags": [], "comments": [], "bookmarked": False,
    }  # fmt: skip


def test_a_trace_of_another_project_takes_no_notes(console: Console) -> None:
    console.services.store.write_batch([make_span(1, project_id="other")])
    assert console.client.put(f"{HERE}/bookmark").status_code == 404
    assert console.client.put(f"{HERE}/bookmark", params={"project": "other"}).status_code == 204


def test_an_application_scores_its_calls_with_its_virtual_key(console: Console) -> None:
    project = console.client.post("/api/v1/projects", json={"name": "shop"}).json()["id"]
    made = console.client.post("/api/v1/keys", json={"project": "shop", "name": "app"}).json()
    shown = {"authorization": f"Bearer {made['key']}"}
    body = {"scores": [{"name": "helpful", "value": True, "trace_id": TRACE}]}
    assert console.client.post("/api/v1/scores", json=body, headers=shown).status_code == 201
    assert len(console.get("/api/v1/scores", project=project)["items"]) == 1
    assert console.get("/api/v1/scores")["items"] == []


def test_a_virtual_key_scores_in_its_project_and_does_nothing_else() -> None:
    body = {"scores": [{"name": "helpful", "value": 1, "trace_id": TRACE}]}
    with company() as there:
        root = there.as_user(there.root.id)
        made = root.post("/api/v1/keys", json={"project": there.project, "name": "app"}).json()
        program = there.program(made["key"])
        assert program.post("/api/v1/scores", json=body).status_code == 201
        other = program.post(f"/api/v1/scores?project={there.other_project}", json=body)
        assert other.status_code == 403
        for method, path in (
            ("GET", "scores"),
            ("GET", "traces"),
            ("POST", "views"),
            ("DELETE", "scores/x"),
            ("PUT", f"traces/{TRACE}/bookmark"),
            ("GET", "me"),
        ):
            assert program.request(method, f"/api/v1/{path}").status_code == 401
        for text in (made["key"][:-1], made["key"] + "0", "vdt_"):
            assert there.program(text).post("/api/v1/scores", json=body).status_code == 401
