import json

from vedette.sim.problems import Problem


def test_the_body_has_openai_s_shape() -> None:
    problem = Problem("No.", status=429, code="rate_limit_exceeded", param="model")
    assert json.loads(problem.body()) == {
        "error": {
            "message": "No.",
            "type": "rate_limit_error",
            "param": "model",
            "code": "rate_limit_exceeded",
        }
    }


def test_the_type_follows_the_status() -> None:
    assert json.loads(Problem("No.").body())["error"]["type"] == "invalid_request_error"
    assert json.loads(Problem("No.", status=503).body())["error"]["type"] == "server_error"
