import json

import pytest

from vedette.sim.requests import read_chat, read_completion, read_embedding
from vedette.sim.traffic import CHAT, COMPLETIONS, EMBED_MODEL, MODEL, visits


@pytest.mark.parametrize("requests", [1, 2, 7, 300])
def test_the_visits_make_exactly_the_requests_asked_for(requests: int) -> None:
    assert sum(visit.requests() for visit in visits(1, requests, run="r")) == requests


def test_the_same_seed_makes_the_same_visits() -> None:
    assert list(visits(5, 60, run="r")) == list(visits(5, 60, run="r"))
    assert list(visits(5, 60, run="r")) != list(visits(6, 60, run="r"))


def test_the_traffic_is_varied() -> None:
    planned = list(visits(2, 300, run="r"))
    assert len({visit.user for visit in planned}) > 5
    assert len({visit.kind for visit in planned}) == 10
    assert len({visit.session for visit in planned}) == len(planned)
    turns = [turn for visit in planned for turn in visit.turns]
    assert any(turn.fields.get("stream") for turn in turns)
    assert any(not turn.fields.get("stream") for turn in turns)
    assert any(turn.calls_tools for turn in turns)
    assert max(len(turn.prompt) for turn in turns) > 5_000


def test_the_sim_provider_takes_every_request() -> None:
    for visit in visits(3, 400, run="r"):
        for turn in visit.turns:
            if turn.path == CHAT:
                said = [{"role": "user", "content": turn.prompt}]
                read_chat(json.dumps({"model": MODEL, "messages": said, **turn.fields}).encode())
            elif turn.path == COMPLETIONS:
                body = {"model": MODEL, "prompt": turn.prompt, **turn.fields}
                read_completion(json.dumps(body).encode())
            else:
                body = {"model": EMBED_MODEL, "input": turn.prompt, **turn.fields}
                read_embedding(json.dumps(body).encode())
