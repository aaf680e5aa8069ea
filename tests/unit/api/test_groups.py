"""Sessions and users as a client sees them."""

from tests.support.console import Console, make_span


def test_sessions_are_listed_shown_and_replayed(console: Console) -> None:
    console.services.store.write_batch(
        [make_span(1, session_id="a/b c"), make_span(2, session_id="x", user_id="ada")]
    )
    listed = console.get("/api/v1/sessions")["items"]
    assert [each["id"] for each in listed] == ["a/b c", "x"]
    assert console.get("/api/v1/sessions/a%2Fb%20c")["timeline"][0]["session_id"] == "a/b c"
    assert console.get("/api/v1/session-replay/a%2Fb%20c")["steps"][0]["turn"] == 1
    assert [each["id"] for each in console.get("/api/v1/sessions", user="ada")["items"]] == ["x"]
    assert console.client.get("/api/v1/sessions/nothing").status_code == 404


def test_users_are_listed_and_shown(console: Console) -> None:
    console.services.store.write_batch([make_span(1, user_id="ada"), make_span(2, user_id="bob")])
    assert len(console.get("/api/v1/end-users", limit="1")["items"]) == 1
    assert console.get("/api/v1/end-users/bob")["traces"] == 1
    assert console.client.get("/api/v1/end-users/bob", params={"project": "p2"}).status_code == 404


def test_a_user_is_forgotten_with_a_proof(console: Console) -> None:
    console.services.store.write_batch([make_span(1, user_id="ada"), make_span(2, user_id="bob")])
    elsewhere = console.client.delete("/api/v1/end-users/ada", params={"project": "other"})
    assert elsewhere.status_code == 404
    proof = console.client.delete("/api/v1/end-users/ada").json()
    assert (proof["before"]["traces"], proof["after"]["traces"]) == (1, 0)
    assert proof["verified"]
    assert console.client.get("/api/v1/end-users/ada").status_code == 404
    assert console.get("/api/v1/end-users/bob")["traces"] == 1
