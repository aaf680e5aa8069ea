"""LiteLLM's router settings: groups of deployments become routes.

A group's own deployments come first. Those of its fallbacks follow, and where the strategy draws
lots they have the weight 0: only when the others failed. `context_window_fallbacks` and
`content_policy_fallbacks` are targets like any other with us, so they are asked after other
failures too.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from types import MappingProxyType
from typing import Any

import msgspec

from vedette.migrate.findings import Findings
from vedette.migrate.litellm_models import CHOOSING, SHARES, Deployment
from vedette.migrate.source import Path

_ROUTE = re.compile(r"[A-Za-z0-9*?][A-Za-z0-9._:@/+*?-]{0,199}")

STRATEGIES: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "simple-shuffle": ("weighted", ""),
        "latency-based-routing": ("least-latency", "the quicker of two drawn by lot"),
        "least-busy": ("least-latency", "load counts beside latency"),
        "usage-based-routing": ("weighted", "by lot, by rpm or tpm: what was used is not counted"),
        "usage-based-routing-v2": (
            "weighted", "by lot, by rpm or tpm: what was used is not counted"
        ),
        "cost-based-routing": ("fallback", "in the order of the file: put the cheapest first"),
    }
)  # fmt: skip
"""Theirs -> ours, and what is different."""

_KINDS = ("fallbacks", "context_window_fallbacks", "content_policy_fallbacks")
_NEAR = "its targets are asked after other failures too"


class Routes:
    """Makes the routes of all groups."""

    def __init__(self, deployments: Iterable[Deployment], findings: Findings) -> None:
        self._findings = findings
        self._groups: dict[str, list[Deployment]] = {}
        for deployment in deployments:
            self._groups.setdefault(deployment.group, []).append(deployment)
        self._fallbacks: dict[str, dict[str, list[str]]] = {kind: {} for kind in _KINDS}
        self._strategy, self._tagged = "weighted", False
        self._settings: dict[str, Any] = {}
        self.default_provider = ""

    def configure(self, settings: dict[str, Any], at: Path) -> None:
        """Take the settings of a section that say something of routes (`ROUTING`)."""
        for name, value in settings.items():
            maker = ROUTING.get(name)
            if maker is not None:
                maker(self, name, value, (*at, name))

    def write(self) -> Iterator[dict[str, Any]]:
        """The routes, in the order of the file."""
        for group, own in self._groups.items():
            if group == "*":
                self._everything(own)
            elif self._is_by_name(group):
                self._by_name(group, own)
            elif note := _against(group, own):
                self._name(own, "", note)
            else:
                self._name(own, f"routes.{group}")
                yield self._route(group, own)
            for deployment in own:
                self._tell_share(deployment, "")

    def _is_by_name(self, group: str) -> bool:
        """Whether the name of a provider is enough."""
        head, slash, _ = group.partition("/")
        return bool(slash) and f"{head}/*" in self._groups

    def _has_route(self, group: str) -> bool:
        own = self._groups.get(group)
        if own is None or group == "*" or self._is_by_name(group):
            return False
        return not _against(group, own)

    def _members(self, name: str) -> list[Deployment]:
        """The deployments that a name means, by itself or as one of a provider's."""
        if name in self._groups:
            return [each for each in self._groups[name] if "*" not in each.model]
        head, _, rest = name.partition("/")
        whole = [each for each in self._groups.get(f"{head}/*", ()) if each.model == "*"]
        return [msgspec.structs.replace(each, model=rest) for each in whole if rest]

    def _name(self, own: list[Deployment], became: str, note: str = "") -> None:
        """Tell what became of the name of a group; nothing: why it cannot be."""
        for deployment in own:
            path = (*deployment.path[:-1], "model_name")
            if became:
                self._findings.exact(path, became, note)
            else:
                self._findings.missing(path, note)

    def _route(self, group: str, own: list[Deployment]) -> dict[str, Any]:
        others = self._others(group)
        strategy = self._strategy_of(own, others)
        targets = [self._target(deployment, own, strategy) for deployment in self._sorted(own)]
        for deployment in others:
            target = _named(deployment)
            if not any(target.items() <= each.items() for each in targets):
                targets.append(target | ({"weight": 0} if strategy == "weighted" else {}))
        route: dict[str, Any] = {"model": group}
        if strategy != "fallback":
            route["strategy"] = strategy
        several = len(targets) > 1
        route |= {k: v for k, v in self._settings.items() if several or k not in _FOR_SEVERAL}
        for kind, setting in _ON.items():
            if self._listed(kind, group):
                route[setting] = "next"
        return route | {"targets": targets}

    def _target(
        self, deployment: Deployment, own: list[Deployment], strategy: str
    ) -> dict[str, Any]:
        target = _named(deployment)
        weighed = _weighed_by(own) if strategy == "weighted" and len(own) > 1 else ""
        self._tell_share(deployment, weighed)
        if weighed:
            target["weight"] = deployment.shares.get(weighed, 0)
        if strategy == "conditional" and deployment.tags and "default" not in deployment.tags:
            target["when"] = {"tags": list(deployment.tags)}
        return target

    def _strategy_of(self, own: list[Deployment], others: list[Deployment]) -> str:
        if self._tagged and any(deployment.tags for deployment in own):
            return "conditional"
        if len({deployment.order for deployment in own}) > 1 or len(own) == 1:
            return "fallback"
        # Only by weight can a target be kept for the time when the others fail.
        return "weighted" if others and self._strategy == "least-latency" else self._strategy

    def _sorted(self, own: list[Deployment]) -> list[Deployment]:
        """By `order`; with tags those without come last."""

        def rank(deployment: Deployment) -> tuple[bool, int]:
            is_default = not deployment.tags or "default" in deployment.tags
            return self._tagged and is_default, deployment.order

        return sorted(own, key=rank)

    def _others(self, group: str) -> list[Deployment]:
        names = [
            name
            for kind in _KINDS
            for name in self._fallbacks[kind].get(group, self._fallbacks[kind].get("*", []))
        ]
        return [each for name in dict.fromkeys(names) for each in self._members(name)]

    def _listed(self, kind: str, group: str) -> bool:
        return bool(self._fallbacks[kind].get(group, self._fallbacks[kind].get("*")))

    def _tell_share(self, deployment: Deployment, weighed: str) -> None:
        for name in CHOOSING:
            path = (*deployment.path, name)
            if name not in deployment.written:
                continue
            if name == "weight" and weighed == name:
                self._findings.exact(path, "routes.targets.weight")
            elif name == weighed:
                note = "its share of the calls; it is no limit"
                self._findings.near(path, "routes.targets.weight", note)
            elif name == "order":
                self._findings.near(path, "routes.targets", "targets stand in this order")
            elif name == "tags" and self._tagged:
                self._findings.exact(path, "routes.targets.when.tags")
            else:
                self._findings.missing(path, _UNUSED[name])

    def _everything(self, own: list[Deployment]) -> None:
        self.default_provider = own[0].provider
        self._name(own[:1], "gateway.default_provider", "names that nothing else resolves go there")
        self._name(own[1:], "", "names that nothing else resolves go to one provider")

    def _by_name(self, group: str, own: list[Deployment]) -> None:
        """Where a provider takes all names `X/...`, a route `X/y` would hide one of them."""
        head, _, rest = group.partition("/")
        if any((each.provider, each.model) != (head, rest) for each in own):
            note = f"one provider {head!r} takes all names {head}/...: choose another name"
            self._name(own, "", note)
        else:
            self._name(own, f"providers.{head}", "takes its models by its name")

    def _take_fallbacks(self, kind: str, value: Any, path: Path) -> None:
        if not isinstance(value, list):
            self._findings.missing(path, "is no list")
            return
        for index, entry in enumerate(value):
            if not isinstance(entry, dict):
                self._findings.missing((*path, index), "is no list of models for a model")
                continue
            for group, names in entry.items():
                self._take_fallback(kind, str(group), names, (*path, index, str(group)))

    def _take_fallback(self, kind: str, group: str, names: Any, at: Path) -> None:
        if group != "*" and not self._has_route(group):
            self._findings.missing(at, f"there is no route {group!r}")
        elif not isinstance(names, list) or any(isinstance(name, dict) for name in names):
            self._findings.missing(at, "is no list of models")
        elif self._known(names, at):
            self._fallbacks[kind].setdefault(group, [str(name) for name in names])
            self._tell_fallback(kind, at)

    def _tell_fallback(self, kind: str, at: Path) -> None:
        if kind == "fallbacks":
            self._findings.exact(at, "routes.targets")
        else:
            self._findings.near(at, f"routes.targets, {_ON[kind]}: next", _NEAR)

    def _known(self, names: list[Any], path: Path) -> bool:
        """Whether they are groups; what is none is told."""
        unknown = [str(name) for name in names if not self._members(str(name))]
        if unknown:
            self._findings.missing(path, f"no such model in model_list: {', '.join(unknown)}")
        return not unknown

    def _take_default_fallbacks(self, _: str, value: Any, path: Path) -> None:
        if not isinstance(value, list):
            self._findings.missing(path, "is no list of models")
        elif self._known(value, path):
            self._fallbacks["fallbacks"].setdefault("*", [str(name) for name in value])
            self._findings.exact(path, "routes.targets", "at the end of each route")

    def _take_tagged(self, _: str, value: Any, path: Path) -> None:
        self._tagged = value is True
        note = "targets with tags are asked for calls that carry one of them"
        self._findings.near(path, "routes.strategy: conditional", note)

    def _take_match(self, _: str, value: Any, path: Path) -> None:
        if value is False:
            self._findings.missing(path, "one tag is enough")
        else:
            self._findings.exact(path, "routes.targets.when.tags")

    def _take_checks(self, name: str, value: Any, path: Path) -> None:
        """Checks before a call: of its size, and of where others of its session went."""
        if name == "optional_pre_call_checks":
            self._take_affinity(value, path)
        elif value is True:
            self._settings["on_context_window"] = "next"
            note = "a target says itself that a request is too long for it"
            self._findings.near(path, "routes.on_context_window: next", note)
        else:
            self._findings.exact(path, "routes.on_context_window: error")

    def _take_affinity(self, value: Any, path: Path) -> None:
        if not isinstance(value, list):
            self._findings.missing(path, "is no list of checks")
            return
        for index, check in enumerate(value):
            found = _AFFINITY.get(str(check))
            if found is None:
                self._findings.missing((*path, index), f"there is no check like {check!r}")
                continue
            sticky, note = found
            self._settings.setdefault("sticky", sticky)
            self._findings.near((*path, index), f"routes.sticky: {sticky}", note)

    def _take_strategy(self, _: str, value: Any, path: Path) -> None:
        found = STRATEGIES.get(str(value))
        if found is None:
            self._findings.missing(path, f"there is no strategy like {value!r}")
            return
        self._strategy, note = found
        became = f"routes.strategy: {self._strategy}"
        if note:
            self._findings.near(path, became, note)
        else:
            self._findings.exact(path, became)

    def _take_number(self, name: str, value: Any, path: Path) -> None:
        setting, note, highest = _NUMBERS[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
            self._findings.missing(path, "is no number")
        elif name == "cooldown_time" and value == 0:
            self._findings.missing(path, "a target that keeps failing rests in any case")
        elif setting in self._settings:
            self._findings.missing(path, "router_settings say otherwise")
        else:
            self._settings[setting] = min(value, highest)
            self._findings.near(path, f"routes.{setting}", note)

    def _take_aliases(self, _: str, value: Any, path: Path) -> None:
        if not isinstance(value, dict):
            self._findings.missing(path, "is no mapping of names")
            return
        for alias, meant in value.items():
            at = (*path, alias)
            is_hidden = isinstance(meant, dict) and meant.get("hidden") is True
            name = str(meant.get("model") if isinstance(meant, dict) else meant)
            if name not in self._groups:
                self._findings.missing(at, f"there is no model {name!r} in model_list")
                continue
            self._groups.setdefault(alias, self._groups[name])
            if is_hidden:
                self._findings.near(at, f"routes.{alias}", "it is shown among the models")
            else:
                self._findings.exact(at, f"routes.{alias}")


def _named(deployment: Deployment) -> dict[str, Any]:
    """A target without conditions; no model: the one that the client named."""
    named = {"model": deployment.model} if deployment.model and "*" not in deployment.model else {}
    return {"provider": deployment.provider, **named}


def _against(group: str, own: list[Deployment]) -> str:
    """Why there can be no route of this name."""
    if not _ROUTE.fullmatch(group):
        return "a name has letters, digits and . _ : @ / + - and no spaces"
    patterns = [each.model for each in own if "*" in each.model or "*" in group]
    if any(model != group for model in patterns):
        return "a pattern stands for names that the provider knows as well, as they are"
    return ""


def _weighed_by(own: list[Deployment]) -> str:
    """Which of the figures LiteLLM draws lots by: the first that a deployment has."""
    return next((name for name in SHARES if any(name in each.shares for each in own)), "")


_ON = {
    "context_window_fallbacks": "on_context_window",
    "content_policy_fallbacks": "on_content_filter",
}
_FOR_SEVERAL = ("sticky", "on_context_window")
_UNUSED = {
    "weight": "there is nothing to share: one target, or a strategy without weights",
    "rpm": "limits belong to keys, not to targets",
    "tpm": "limits belong to keys, not to targets",
    "tags": "set router_settings.enable_tag_filtering to choose by tags",
}
_NUMBERS: dict[str, tuple[str, str, int]] = {
    "num_retries": (
        "retries",
        "over all targets of a route, each of which is asked at least once",
        10,
    ),
    "cooldown_time": ("cooldown_s", "longer each time the target fails again", 86_400),
}

_AFFINITY = {
    "session_affinity": ("session", "sessions are those of x-vedette-session"),
    "deployment_affinity": ("user", "users are those that the request names"),
    "prompt_caching": ("session", "the calls of one session, whatever their prompts"),
    "responses_api_deployment_check": ("session", "answers that build on one another share one"),
}

_TAKE = Callable[["Routes", str, Any, Path], None]
ROUTING: MappingProxyType[str, _TAKE] = MappingProxyType(
    {
        **dict.fromkeys(_KINDS, Routes._take_fallbacks),
        "default_fallbacks": Routes._take_default_fallbacks,
        "routing_strategy": Routes._take_strategy,
        "num_retries": Routes._take_number,
        "cooldown_time": Routes._take_number,
        "enable_tag_filtering": Routes._take_tagged,
        "tag_filtering_match_any": Routes._take_match,
        "enable_pre_call_checks": Routes._take_checks,
        "enable_pre_call_check": Routes._take_checks,
        "optional_pre_call_checks": Routes._take_checks,
        "model_group_alias": Routes._take_aliases,
    }
)
"""Settings that routes are made of, in whichever section they stand."""
