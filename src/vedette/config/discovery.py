"""What can be used without a configuration file: keys in the environment, servers on this machine.

Local servers are asked who they are; a port that merely answers is not taken for one. All probes
run at once, go to 127.0.0.1 only, and end after `PROBE_S`, so discovery never delays the start
by more than that.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

from vedette.config.address import Address, parse_address, parse_base_url, url_address
from vedette.config.aws import FoundBedrock, find_bedrock
from vedette.config.load import Discovered, Notice
from vedette.config.schema import Config
from vedette.config.tree import Plain
from vedette.model.catalogue import Kinds, Probe, ProviderKind

PROBE_S = 0.25
LOOPBACK = "127.0.0.1"

_ANSWER_BYTES = 262_144
_SHOWN_MISSING = 4

Finding = tuple[str, Mapping[str, Plain]] | Notice


def discover(env: Mapping[str, str], config: Config, kinds: Kinds) -> Discovered:
    """Propose providers for this environment, in the order of the catalogue.

    `config` tells where the gateway itself will listen: what points there is left out.
    """
    gateway = parse_address(config.gateway.listen)
    findings: list[Finding] = [
        *_from_keys(env, kinds, gateway),
        *_from_aws(env, kinds),
        *_from_servers(kinds, gateway),
    ]
    providers = tuple(finding for finding in findings if isinstance(finding, tuple))
    notices = [finding for finding in findings if isinstance(finding, Notice)]
    notices += _next_steps(bool(providers))
    return Discovered(providers, tuple(notices))


def _from_keys(env: Mapping[str, str], kinds: Kinds, gateway: Address) -> Iterator[Finding]:
    missing: list[str] = []
    for name, kind in kinds.items():
        if not kind.key_env or name == "bedrock":
            continue
        key = next((variable for variable in kind.key_env if env.get(variable, "").strip()), "")
        if not key:
            missing.append(kind.key_env[0])
            continue
        yield from _keyed(name, kind, env, key=key, gateway=gateway)
    if missing:
        rest = len(missing) - _SHOWN_MISSING
        more = f" and {rest} more (docs/configuration.md)" if rest > 0 else ""
        listed = ", ".join(missing[:_SHOWN_MISSING])
        yield Notice("missing", f"no key in {listed}{more}")


def _keyed(
    name: str, kind: ProviderKind, env: Mapping[str, str], *, key: str, gateway: Address
) -> Iterator[Finding]:
    settings: dict[str, Plain] = {"name": name, "kind": name, "api_key": env[key]}
    source = f"environment {key}"
    configured = env.get(kind.base_url_env, "").strip() if kind.base_url_env else ""
    if configured:
        # Where an address is wrong, its key is not for the vendor's own: nothing is sent there.
        problem, is_ours = _address_problem(configured, gateway)
        if is_ours and kind.base_url:
            yield Notice("missing", f"{kind.base_url_env} is ignored: {problem}")
        elif problem:
            yield Notice("missing", f"{kind.title}: {kind.base_url_env} is no use: {problem}")
            return
        else:
            settings["base_url"] = configured
            source += f" and {kind.base_url_env}"
    elif not kind.base_url:
        wanted = kind.base_url_env or "an address"
        yield Notice("missing", f"{kind.title}: {key} is set, but {wanted} is not")
        return
    yield source, settings
    yield Notice("found", f"{kind.title} ({source.removeprefix('environment ')}) as {name!r}")


def _address_problem(url: str, gateway: Address) -> tuple[str, bool]:
    """What is wrong with it, and whether it is our own address: clients are told that one."""
    try:
        target = url_address(parse_base_url(url))
    except ValueError as error:
        return str(error), False
    same = target.port == gateway.port and (target.host == gateway.host or target.is_loopback)
    return ("it points at this gateway itself" if same else ""), same


def _from_aws(env: Mapping[str, str], kinds: Kinds) -> Iterator[Finding]:
    found = find_bedrock(env) if "bedrock" in kinds else None
    if isinstance(found, FoundBedrock):
        yield f"environment {found.source}", found.settings
        where = f"{found.source}, region {found.region}"
        yield Notice("found", f"Amazon Bedrock ({where}) as 'bedrock'")
    elif found is not None:
        yield found


def _from_servers(kinds: Kinds, gateway: Address) -> Iterator[Finding]:
    probes = {
        name: kind.probe
        for name, kind in kinds.items()
        if kind.probe is not None and kind.probe.port != gateway.port
    }
    if not probes:
        return
    # A thread of its own: the caller may be inside a running event loop.
    with ThreadPoolExecutor(1, "discovery") as thread:
        present = thread.submit(asyncio.run, _probe_all(list(probes.values()))).result()
    missing: list[str] = []
    for (name, probe), answered in zip(probes.items(), present, strict=True):
        kind = kinds[name]
        if not answered:
            missing.append(f"{kind.title} (:{probe.port})")
            continue
        url = f"http://{LOOPBACK}:{probe.port}/v1"
        yield f"server on {LOOPBACK}:{probe.port}", {"name": name, "kind": name, "base_url": url}
        yield Notice("found", f"{kind.title} on {LOOPBACK}:{probe.port} as {name!r}")
    if missing:
        yield Notice("missing", f"no local {', '.join(missing)}")


async def _probe_all(probes: list[Probe]) -> list[bool]:
    return list(await asyncio.gather(*(_is_there(probe) for probe in probes)))


async def _is_there(probe: Probe) -> bool:
    try:
        async with asyncio.timeout(PROBE_S):
            return _is_it(probe, await _ask(probe))
    except (OSError, TimeoutError, ValueError, RecursionError):
        # Nobody there, too slow, no JSON, or JSON that nests without end.
        return False


async def _ask(probe: Probe) -> bytes:
    """GET with HTTP/1.0, so that the answer ends with the connection and is never chunked."""
    reader, writer = await asyncio.open_connection(LOOPBACK, probe.port, limit=_ANSWER_BYTES)
    try:
        host = f"{LOOPBACK}:{probe.port}"
        writer.write(f"GET {probe.path} HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
        answer = bytearray()
        while len(answer) < _ANSWER_BYTES and (piece := await reader.read(65_536)):
            answer += piece
        return bytes(answer)
    finally:
        writer.close()


def _is_it(probe: Probe, answer: bytes) -> bool:
    head, _, body = answer.partition(b"\r\n\r\n")
    status = head.split(b" ", 2)[1:2]
    if not head.startswith(b"HTTP/1.") or status != [b"200"]:
        return False
    told = json.loads(body)
    if not isinstance(told, dict):
        return False
    if probe.has and probe.has not in told:
        return False
    return not probe.owned_by or _owner(told.get("data"), probe.owned_by)


def _owner(models: object, name: str) -> bool:
    if not isinstance(models, list):
        return False
    return any(isinstance(model, dict) and model.get("owned_by") == name for model in models)


def _next_steps(found: bool) -> Iterator[Notice]:
    if not found:
        yield Notice("next", "set a provider's key, such as OPENAI_API_KEY, or start Ollama")
        yield Notice("next", "or try the simulated provider now: model sim/chat")
    yield Notice("next", "write vedette.yaml to choose yourself (see vedette.example.yaml)")
