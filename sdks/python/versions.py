"""Tries the SDK with the oldest clients that it supports and with the newest, each in a throw-away
environment: `python sdks/python/versions.py [NAME ...]`, or `make test-sdk-versions`.
"""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = "sdks/python/tests/test_clients.py"
NEEDED = ("pytest", "pytest-timeout", "opentelemetry-api", "opentelemetry-sdk", "msgspec")
LANES = {
    # What these clients took for granted of httpx was gone with 0.28.
    "oldest": ("openai==1.3.*", "anthropic==0.18.*", "google-genai==1.0.*", "httpx<0.28"),
    "newest": ("openai", "anthropic", "google-genai"),
}
LACKING = {
    "oldest": (
        # The clients themselves have no such method, or drop the count of thoughts.
        "test_a_call_is_one_span[anthropic-message_beta]",
        "test_a_call_of_a_tool_is_seen[anthropic-message_tool]",
        "test_a_call_of_a_tool_is_seen[anthropic-message_tool_stream]",
        "test_an_error_is_told_and_raised[openai-responses-openai.RateLimitError]",
        "test_a_call_is_one_span[google.genai-generate]",
        "test_a_call_is_one_span[google.genai-generate_async]",
        "test_a_call_of_a_tool_is_seen[google.genai-generate_tool]",
        "test_a_stream_is_one_span_with_the_whole_answer[google.genai-generate_stream]",
        "test_a_stream_is_one_span_with_the_whole_answer[google.genai-generate_stream_async]",
    ),
}
"""Tests that cannot pass with these clients, whoever watches them."""
SHOWN = ("openai", "anthropic", "google-genai", "httpx", "opentelemetry-sdk")


def main(names: list[str]) -> int:
    """0 where the tests pass with all of them."""
    unknown = sorted(set(names) - LANES.keys())
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. Known: {', '.join(LANES)}.", file=sys.stderr)
        return 2
    failed = [name for name in names or LANES if not tried(name)]
    return 1 if failed else 0


def tried(name: str) -> bool:
    """Whether the tests pass; prints the versions and the end of what pytest says."""
    with tempfile.TemporaryDirectory(prefix=f"sdk-{name}-") as folder:
        venv.create(folder, with_pip=True)
        python = str(Path(folder, "bin", "python"))
        run([python, "-m", "pip", "install", "-q", *NEEDED, *LANES[name]])
        listed = run([python, "-m", "pip", "list", "--format", "freeze"]).stdout
        versions = [line for line in listed.splitlines() if line.partition("==")[0] in SHOWN]
        print(f"{name}: {', '.join(versions)}", flush=True)
        path = os.pathsep.join((str(ROOT), str(ROOT / "sdks/python/src")))
        pytest = ["-m", "pytest", "-q", "-c", os.devnull, "--rootdir", str(ROOT)]
        left_out = [f"--deselect={TESTS}::{test}" for test in LACKING.get(name, ())]
        ended = run(
            [
                python, *pytest, "--import-mode=importlib", "-p", "no:cacheprovider",
                *left_out, TESTS,
            ],
            env={**os.environ, "PYTHONPATH": path}, may_fail=True,
        )  # fmt: skip
        print("\n".join(ended.stdout.splitlines()[-15 if ended.returncode else -1 :]), flush=True)
        return ended.returncode == 0


def run(
    command: list[str], *, env: dict[str, str] | None = None, may_fail: bool = False
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, check=not may_fail
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
