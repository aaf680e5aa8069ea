"""What travels to the workers and with the spans."""

import msgspec

from vedette.model.governance import Hit, LivePolicy, PolicySnapshot, Trial
from vedette.model.policy import Policy

POLICY = Policy(name="a")


def test_a_live_policy_has_the_name_of_what_it_holds() -> None:
    assert LivePolicy(policy=POLICY).name == "a"
    assert LivePolicy(trial=Trial(policy=POLICY, share=5.0)).name == "a"
    assert LivePolicy().name == ""


def test_a_snapshot_comes_back_as_it_went() -> None:
    snapshot = PolicySnapshot(version=3, policies=(LivePolicy(policy=POLICY),))
    encoded = msgspec.msgpack.encode(snapshot)
    assert msgspec.msgpack.decode(encoded, type=PolicySnapshot) == snapshot


def test_a_hit_is_a_row_without_names() -> None:
    hit = Hit("pii", "email", 0.9, "input", "request", 0, 5, 21, "a", 1, "r", "redact", "enforce")
    assert msgspec.json.encode(hit).startswith(b'["pii","email",0.9,"input","request",0,5,21')
