"""Visits as a real application would see them: who comes, what they ask, what goes wrong.

Everything follows from the seed, so two runs ask the same questions. Nothing is sent here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from vedette.sim.chance import Draws
from vedette.sim.prose import OPENING, write

CHAT: Final = "/chat/completions"
COMPLETIONS: Final = "/completions"
EMBEDDINGS: Final = "/embeddings"
MODEL: Final = "sim/chat"
EMBED_MODEL: Final = "sim/embed"

Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question. Chat turns are asked with all that was said before in the visit."""

    path: str = CHAT
    prompt: str = ""
    fields: Fields = field(default_factory=dict)
    """Further fields of the request's body."""
    calls_tools: bool = False
    """The answer calls tools; their results are sent in a second request."""

    def requests(self) -> int:
        return 2 if self.calls_tools else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one user does in one session."""

    kind: str
    user: str
    session: str
    tags: tuple[str, ...]
    system: str
    turns: tuple[Turn, ...]

    def requests(self) -> int:
        return sum(turn.requests() for turn in self.turns)


USERS: Final = (
    "ada", "grace", "alan", "katherine", "linus", "margaret", "edsger", "barbara", "donald",
    "radia", "tim", "hedy",
)  # fmt: skip
TEAMS: Final = ("support", "engineering", "marketing", "research")

SUPPORT: Final = (
    ("Where is my order? It should have been here on Monday.", "The parcel number ends in 4471.",
     "Can I still change the address?", "Thanks. Will I be told when it arrives?"),
    ("I was charged twice for my subscription.", "It is the card ending in 0042.",
     "How long does the refund take?"),
    ("How do I cancel the trial before it turns into a plan?", "Will my files be deleted?",
     "Please keep the account, only stop the payment."),
    ("The invoice shows the wrong company name.", "It should say Example GmbH.",
     "Send the corrected copy to the billing address, please.", "And the one from last month?"),
)  # fmt: skip
CODING: Final = (
    ("Why does this python function return None for the first item?\n\n```python\ndef first(xs):\n"
     "    for x in xs:\n        if x:\n            return x\n```",
     "So zero counts as false. How do I test for missing values instead?",
     "Write a test for the empty list, please."),
    ("Explain this SQL error: column must appear in the GROUP BY clause.",
     "And with a window function?", "Which index would help here?"),
    ("Review this deploy script for a bug:\n\n```sh\nset -e\nrsync -a build/ $HOST:/srv/app\n"
     "ssh $HOST systemctl restart app\n```", "What if HOST is empty?"),
    ("Turn this class into a function without changing the api.", "Now add type annotations.",
     "What would you call it?"),
)  # fmt: skip
TRAVEL: Final = (
    "What will the weather be on my trip to Lisbon next week?",
    "Find me a quiet hotel near the station in Vienna for two nights.",
    "Is there a train from Zurich to Milan on Sunday morning?",
    "Plan a day in Kyoto without a car.",
)
LABELS: Final = ("billing", "shipping", "bug", "praise", "other")
MESSAGES: Final = (
    "The app closes when I open the second invoice.",
    "Great service, thank you!",
    "My parcel has been in the same city for five days.",
    "Why did the price change this month?",
    "Do you also sell gift cards?",
)

TOOLS: Final = [
    {
        "type": "function",
        "function": {
            "name": "get_weather",
            "description": "Weather forecast of a city",
            "parameters": {
                "type": "object",
                "properties": {
                    "city": {"type": "string", "enum": ["Lisbon", "Vienna", "Milan", "Kyoto"]},
                    "days": {"type": "integer", "minimum": 1, "maximum": 7},
                    "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
                },
                "required": ["city", "days"],
            },
        },
    },
    {
        "type": "function",
        "function": {
            "name": "search_trips",
            "description": "Trains and hotels",
            "parameters": {
                "type": "object",
                "properties": {
                    "kind": {"type": "string", "enum": ["train", "hotel"]},
                    "date": {"type": "string", "format": "date"},
                    "travellers": {"type": "integer", "minimum": 1, "maximum": 6},
                },
                "required": ["kind", "date"],
            },
        },
    },
]
LABEL_SCHEMA: Final = {
    "type": "json_schema",
    "json_schema": {
        "name": "label",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {
                "label": {"type": "string", "enum": list(LABELS)},
                "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            },
            "required": ["label", "confidence"],
            "additionalProperties": False,
        },
    },
}

Story = tuple[str, str, tuple[Turn, ...]]
"""Kind, system prompt and turns."""


def visits(seed: int, requests: int, *, run: str) -> Iterator[Visit]:
    """Visits of `requests` requests in all; `run` makes the session ids of this run its own."""
    draws = Draws(seed)
    number, left = 0, requests
    while left > 0:
        number += 1
        kind, system, turns = draws.pick(_STORIES)(draws)
        turns = _fitting(turns, left)
        visit = Visit(
            kind=kind,
            user=draws.pick(USERS),
            session=f"demo-{run}-{number}",
            tags=("demo", kind, f"team:{draws.pick(TEAMS)}"),
            system=system,
            turns=turns,
        )
        left -= visit.requests()
        yield visit


def _fitting(turns: tuple[Turn, ...], left: int) -> tuple[Turn, ...]:
    """As many turns as `left` requests allow; one that calls tools may become a plain one."""
    kept: list[Turn] = []
    for turn in turns:
        if turn.requests() <= left:
            kept.append(turn)
            left -= turn.requests()
    return tuple(kept) or (Turn(prompt=turns[0].prompt),)


def _support(draws: Draws) -> Story:
    system = "You are the friendly support agent of an online shop. Be brief."
    turns = tuple(
        _spoken(draws, prompt, tokens=30 + draws.below(60)) for prompt in draws.pick(SUPPORT)
    )
    return "support", system, turns


def _coding(draws: Draws) -> Story:
    system = "You are a careful programmer. Explain the cause first, then show the code."
    turns = tuple(
        _spoken(draws, prompt, tokens=80 + draws.below(220), chunk=3)
        for prompt in draws.pick(CODING)
    )
    return "coding", system, turns


def _agent(draws: Draws) -> Story:
    calls = 1 + draws.below(3)
    steered = {"sim_tool_calls": str(calls), "sim_delay_ms": str(100 + draws.below(300))}
    first = Turn(
        prompt=draws.pick(TRAVEL),
        calls_tools=True,
        fields={"tools": TOOLS, "stream": draws.below(2) == 0, "metadata": steered},
    )
    after = _spoken(draws, "Good. Which of these would you take, and why?", tokens=50)
    return "agent", "You are a travel agent. Use the tools; do not guess.", (first, after)


def _summary(draws: Draws) -> Story:
    text = _text(draws.pick(TRAVEL), 300 + draws.below(2200), draws)
    prompt = f"Summarise this report in five sentences:\n\n{text}"
    cached = {"sim_cached_tokens": "256"} if draws.below(2) else {}
    turn = _spoken(draws, prompt, tokens=90 + draws.below(60), chunk=4, steered=cached)
    return "summary", "You write summaries without adding anything.", (turn,)


def _retrieval(draws: Draws) -> Story:
    question = draws.pick(draws.pick(SUPPORT))
    passages = "\n".join(_text(question, 60, draws) for _ in range(3))
    look_up = Turn(path=EMBEDDINGS, prompt=question, fields={"dimensions": 256})
    ask = _spoken(draws, f"Context:\n{passages}\n\nQuestion: {question}", tokens=70)
    return "retrieval", "Answer from the context only.", (look_up, ask)


def _labels(draws: Draws) -> Story:
    turns = tuple(
        Turn(prompt=message, fields={"response_format": LABEL_SCHEMA, "temperature": 0})
        for message in MESSAGES[: 2 + draws.below(4)]
    )
    return "labels", f"Label the message with one of: {', '.join(LABELS)}.", turns


def _reasoning(draws: Draws) -> Story:
    thought = {"sim_reasoning_tokens": str(200 + draws.below(800)), "sim_delay_ms": "1500"}
    prompt = "Which of the two suppliers is cheaper over three years, with all fees?"
    return "reasoning", "Think first.", (_spoken(draws, prompt, tokens=60, steered=thought),)


def _legacy(draws: Draws) -> Story:
    fields = {"max_tokens": 25, "stream": draws.below(2) == 0}
    turn = Turn(path=COMPLETIONS, prompt="Once upon a time in a small shop", fields=fields)
    return "completion", "", (turn,)


def _trouble(draws: Draws) -> Story:
    """Something goes wrong: every kind of failure that a provider has."""
    how = draws.pick(("429", "500", "503", "400", "cut", "error_event", "refusal", "length"))
    prompt = draws.pick(draws.pick(SUPPORT))
    steered = {"sim_error": how}
    if how == "refusal":
        steered = {"sim_refusal": "Simulated refusal: I cannot help with that."}
    elif how == "length":
        steered = {"sim_finish_reason": "length"}
    return (
        "trouble",
        "You are a support agent.",
        (_spoken(draws, prompt, tokens=40, steered=steered),),
    )


def _slow(draws: Draws) -> Story:
    late = {"sim_delay_ms": str(1500 + draws.below(2500))}
    prompt = "Compare all our plans, please."
    return "slow", "You are thorough.", (_spoken(draws, prompt, tokens=120, steered=late),)


def _text(topic: str, words: int, draws: Draws) -> str:
    return "".join(write(topic, words, draws)).removeprefix(OPENING).strip()


def _spoken(
    draws: Draws,
    prompt: str,
    *,
    tokens: int,
    chunk: int = 1,
    steered: Mapping[str, str] = MappingProxyType({}),
) -> Turn:
    """A chat turn, streamed three times out of four, at the pace of a real model."""
    metadata = {
        "sim_delay_ms": str(80 + draws.below(400)),
        "sim_chunk_delay_ms": str(8 + draws.below(20)),
        "sim_chunk_tokens": str(chunk),
        **steered,
    }
    fields: dict[str, object] = {"max_tokens": tokens, "temperature": 0.7, "metadata": metadata}
    if draws.below(4) or "sim_error" in steered:
        fields |= {"stream": True, "stream_options": {"include_usage": True}}
    return Turn(prompt=prompt, fields=fields)


_STORIES: Final[tuple[Callable[[Draws], Story], ...]] = (
    _support, _support, _support, _coding, _coding, _agent, _agent, _agent, _summary, _summary,
    _retrieval, _retrieval, _labels, _reasoning, _legacy, _trouble, _trouble, _trouble, _slow,
)  # fmt: skip
