"""Arize Phoenix with the same load as `bench.ingest`: installed on first use, SQLite inside."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from bench import process
from bench.peers import CannotInstall, install_package
from bench.tools import CACHE, fetch, free_port

PHOENIX: Final = "arize-phoenix==20.26.1"
_COLUMNS: Final = (
    "id name spanKind statusCode startTime latencyMs cumulativeTokenCountTotal "
    "input { value: truncatedValue } output { value: truncatedValue } trace { traceId }"
)


class Phoenix:
    """`phoenix serve` on free ports, pinned to one core."""

    name = "phoenix"
    path = "/v1/traces"

    def __init__(self, folder: Path) -> None:
        self.port = self.door = free_port()
        self._folder = folder
        self.start()

    @staticmethod
    def install() -> str:
        """Its version. Raises CannotInstall."""
        return install_package("phoenix", PHOENIX, "arize-phoenix")

    def start(self) -> None:
        self.process = process.start(
            [str(CACHE / "phoenix" / "bin" / "phoenix"), "serve"],
            core=process.GATEWAY_CORE, log=self._folder / "log", cwd=self._folder,
            env={
                "PHOENIX_WORKING_DIR": str(self._folder), "PHOENIX_PORT": str(self.port),
                "PHOENIX_GRPC_PORT": str(free_port()), "PHOENIX_HOST": "127.0.0.1",
                "PHOENIX_TELEMETRY_ENABLED": "false",
            },
        )  # fmt: skip

    def is_ready(self) -> bool:
        return fetch(self.port, "/healthz")[0] == 200

    def used(self) -> process.Use:
        uses = process.use(self.process.pid).values()
        return process.Use(
            "phoenix", sum(use.cpu_s for use in uses), sum(use.rss_mb for use in uses)
        )

    def spans(self) -> int:
        found = self._ask("{ projects { edges { node { recordCount } } } }")
        return int(found["projects"]["edges"][0]["node"]["recordCount"])

    def questions(self, phrase: str, trace: str) -> Mapping[str, Callable[[], object]]:
        """What its own pages ask: the list of traces, a search in it, the spans of a trace."""
        found = self._ask("{ projects { edges { node { id } } } }")
        project = found["projects"]["edges"][0]["node"]["id"]

        def listed(condition: str = "") -> object:
            wanted = (
                f"spans(first: 50, sort: {{col: startTime, dir: desc}}, "
                f"filterCondition: {json.dumps(condition or 'parent_id is None')})"
            )
            return self._of(project, f"{wanted} {{ edges {{ node {{ {_COLUMNS} }} }} }}")

        nodes = f"edges {{ node {{ {_COLUMNS} attributes }} }}"
        one = f'trace(traceId: "{trace}") {{ spans(first: 1000) {{ {nodes} }} }}'
        return {
            "list": listed,
            "search": lambda: listed(f"{phrase!r} in input.value"),
            "trace": lambda: self._of(project, one),
        }

    def _of(self, project: str, selection: str) -> object:
        return self._ask(
            f'{{ node(id: "{project}") {{ ... on Project {{ {selection} }} }} }}'
        )["node"]  # fmt: skip

    def _ask(self, query: str) -> Any:
        status, said = fetch(self.port, "/graphql", json.dumps({"query": query}).encode())
        answer = json.loads(said)
        if status != 200 or answer.get("errors"):
            raise CannotInstall(f"phoenix says {status}: {said[:300]!r}")
        return answer["data"]
