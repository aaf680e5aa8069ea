"""Refusals as problem documents."""

import json

from tests.support.console import Console
from vedette.api.errors import (
    TooManyAttempts,
    Unauthenticated,
    internal_error,
    problem_response,
)
from vedette.errors import StoreError
from vedette.query.parameters import ParameterError


def test_a_parameter_error_names_its_parts() -> None:
    answer = problem_response(ParameterError("limit", "x", "a number"), "r1")
    problem = json.loads(bytes(answer.body))
    assert answer.status_code == problem["status"] == 400
    assert answer.media_type == "application/problem+json"
    assert problem["errors"] == [{"name": "limit", "value": "x", "expected": "a number"}]
    assert problem["request_id"] == "r1"
    assert problem["title"] == "Bad Request"


def test_errors_that_pass_say_when_to_come_back() -> None:
    limited = problem_response(TooManyAttempts("Wait.", retry_after_s=7), "r")
    assert limited.headers["retry-after"] == "7"
    assert problem_response(StoreError("Away."), "r").headers["retry-after"] == "1"
    assert "www-authenticate" in problem_response(Unauthenticated("Who?"), "r").headers


def test_an_internal_error_points_to_the_log_only() -> None:
    problem = json.loads(bytes(internal_error("r9").body))
    assert problem["code"] == "internal_error"
    assert "r9" in problem["detail"]


def test_unknown_paths_and_methods_are_problems_too(console: Console) -> None:
    assert console.problem("/api/v1/nothing", 404)["code"] == "not_found"
    answer = console.client.delete("/api/v1/traces")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert answer.json()["code"] == "method_not_allowed"
