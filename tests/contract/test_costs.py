"""What calls cost by the figures that providers send: exactly what genai-prices makes of them.

The figures are read twice from the same answer: by our dialects into buckets that we price, and by
genai-prices, which has its own way of reading and of pricing. Both must come to the same
nano-dollar, for recorded answers and for figures that are made up in the form of each provider.

genai-prices does not read searches off the answers of OpenAI and Google: see
`test_published_prices.py` for these.
"""

import json
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from genai_prices.data_snapshot import get_snapshot
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.recordings import OWN, SharedTape, shared_tapes
from vedette.costs.prices import PriceIndex
from vedette.dialects import (
    anthropic,
    anthropic_usage,
    bedrock_usage,
    gemini,
    gemini_usage,
    openai_chat,
    openai_completions,
    openai_embeddings,
    openai_responses,
    openai_usage,
)
from vedette.model.usage import Usage

INDEX = PriceIndex.load()
AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


class Api(NamedTuple):
    """Who answers, and how genai-prices calls that."""

    dialect: ModuleType
    provider: str
    flavor: str


APIS: dict[tuple[str, str], Api] = {
    ("anthropic", "messages"): Api(anthropic, "anthropic", "default"),
    ("azure", "chat"): Api(openai_chat, "azure", "chat"),
    ("azure", "embeddings"): Api(openai_embeddings, "azure", "embeddings"),
    ("deepseek", "chat"): Api(openai_chat, "deepseek", "chat"),
    ("gemini", "generateContent"): Api(gemini, "google", "default"),
    ("groq", "chat"): Api(openai_chat, "groq", "default"),
    ("mistral", "chat"): Api(openai_chat, "mistral", "default"),
    ("mistral", "embeddings"): Api(openai_embeddings, "mistral", "default"),
    ("openai", "chat"): Api(openai_chat, "openai", "chat"),
    ("openai", "completions"): Api(openai_completions, "openai", "chat"),
    ("openai", "embeddings"): Api(openai_embeddings, "openai", "embeddings"),
    ("openai", "responses"): Api(openai_responses, "openai", "responses"),
}
OF_OWN = {
    "anthropic": ("anthropic", "messages"),
    "gemini": ("gemini", "generateContent"),
    "openai_chat": ("openai", "chat"),
    "openai_responses": ("openai", "responses"),
}


def theirs(api: Api, answer: Any, at: datetime) -> int | None:
    """Nano-USD; None where genai-prices does not know the model."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = get_snapshot().extract_usage(answer, api.provider, None, api.flavor)
        except LookupError:
            return None
        if found.model is None:
            return None
        price = found.calc_price(genai_request_timestamp=at).total_price
    return int((price * 10**9).quantize(Decimal(1), ROUND_HALF_UP))


def ours(api: Api, model: str, usage: Usage, at: datetime) -> int | None:
    price = INDEX.price(api.provider, model, round(at.timestamp()) * 10**9)
    return None if price is None else price.cost_nano_usd(usage)


def model_of(answer: Any) -> str:
    model: str = answer.get("model") or answer.get("modelVersion") or ""
    return model


def own_answers() -> Iterator[tuple[Api, str]]:
    for folder, key in OF_OWN.items():
        for path in sorted((OWN / folder).glob("*.json")):
            yield APIS[key], path.relative_to(OWN).as_posix()


@pytest.mark.parametrize(
    ("api", "name"), list(own_answers()), ids=[name for _, name in own_answers()]
)
def test_our_own_recordings_cost_what_genai_prices_says(api: Api, name: str) -> None:
    check(api, (OWN / name).read_bytes())


TAPES = [
    tape
    for tape in shared_tapes()
    if (tape.provider, tape.api) in APIS and tape.status == 200 and not tape.streamed
]


@pytest.mark.skipif(not TAPES, reason="the shared recordings are not here")
@pytest.mark.parametrize("tape", TAPES, ids=str)
def test_recorded_answers_cost_what_genai_prices_says(tape: SharedTape) -> None:
    check(APIS[tape.provider, tape.api], tape.response)


def check(api: Api, body: bytes) -> None:
    answer = json.loads(body)
    if isinstance(answer, list):
        pytest.skip("an array of pieces")
    used = answer.get("usage") or answer.get("usageMetadata")
    if not used:
        pytest.skip("no figures")
    usage = api.dialect.read_answer(body).usage
    if api.provider != "anthropic":
        usage = replace(usage, web_searches=0, file_searches=0)
    for days in (0, 200, 500):
        at = AT - timedelta(days=days)
        expected = theirs(api, answer, at)
        if expected is not None:
            assert ours(api, model_of(answer), usage, at) == expected


Count = st.integers(0, 400_000)


@st.composite
def openai_figures(draw: st.DrawFn) -> dict[str, Any]:
    prompt, completion = draw(Count), draw(Count)
    cached = draw(st.integers(0, prompt))
    reasoning = draw(st.integers(0, completion))
    return {
        "prompt_tokens": prompt, "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": reasoning, "audio_tokens": 0},
    }  # fmt: skip


@st.composite
def openai_audio_figures(draw: st.DrawFn) -> dict[str, Any]:
    prompt, completion = draw(Count), draw(Count)
    return {
        "prompt_tokens": prompt, "completion_tokens": completion,
        "prompt_tokens_details": {
            "cached_tokens": 0, "audio_tokens": draw(st.integers(0, prompt)),
        },
        "completion_tokens_details": {
            "reasoning_tokens": 0, "audio_tokens": draw(st.integers(0, completion)),
        },
    }  # fmt: skip


@st.composite
def responses_figures(draw: st.DrawFn) -> dict[str, Any]:
    given_, made = draw(Count), draw(Count)
    return {
        "input_tokens": given_, "output_tokens": made, "total_tokens": given_ + made,
        "input_tokens_details": {"cached_tokens": draw(st.integers(0, given_))},
        "output_tokens_details": {"reasoning_tokens": draw(st.integers(0, made))},
    }  # fmt: skip


@st.composite
def anthropic_figures(draw: st.DrawFn) -> dict[str, Any]:
    short, long = draw(Count), draw(Count)
    figures: dict[str, Any] = {
        "input_tokens": draw(Count), "output_tokens": draw(Count),
        "cache_read_input_tokens": draw(Count), "cache_creation_input_tokens": short + long,
    }  # fmt: skip
    if searches := draw(st.integers(0, 20)):
        figures["server_tool_use"] = {"web_search_requests": searches, "web_fetch_requests": 1}
    if long or draw(st.booleans()):
        figures["cache_creation"] = {
            "ephemeral_5m_input_tokens": short, "ephemeral_1h_input_tokens": long,
        }  # fmt: skip
    return figures


@st.composite
def gemini_figures(draw: st.DrawFn) -> dict[str, Any]:
    prompt, made, thoughts = draw(Count), draw(Count), draw(Count)
    return {
        "promptTokenCount": prompt, "candidatesTokenCount": made, "thoughtsTokenCount": thoughts,
        "cachedContentTokenCount": draw(st.integers(0, prompt)),
        "totalTokenCount": prompt + made + thoughts,
        "promptTokensDetails": [{"modality": "TEXT", "tokenCount": prompt}],
    }  # fmt: skip


@st.composite
def gemini_cached_sound(draw: st.DrawFn) -> dict[str, Any]:
    text, heard, made = draw(Count), draw(Count), draw(Count)
    text_hits, sound_hits = draw(st.integers(0, text)), draw(st.integers(0, heard))
    return {
        "promptTokenCount": text + heard, "candidatesTokenCount": made, "thoughtsTokenCount": 0,
        "cachedContentTokenCount": text_hits + sound_hits,
        "totalTokenCount": text + heard + made,
        "promptTokensDetails": [
            {"modality": "TEXT", "tokenCount": text}, {"modality": "AUDIO", "tokenCount": heard},
        ],
        "cacheTokensDetails": [
            {"modality": "TEXT", "tokenCount": text_hits},
            {"modality": "AUDIO", "tokenCount": sound_hits},
        ],
    }  # fmt: skip


@st.composite
def bedrock_figures(draw: st.DrawFn) -> dict[str, Any]:
    return {"inputTokens": draw(Count), "outputTokens": draw(Count)}


class Form(NamedTuple):
    """How a provider writes its figures, and models that are priced so."""

    api: Api
    place: str
    figures: st.SearchStrategy[dict[str, Any]]
    read: Callable[[object], Usage | None]
    models: tuple[str, ...]


FORMS = {
    "openai": Form(
        APIS["openai", "chat"], "usage", openai_figures(), openai_usage.read_usage,
        ("gpt-5", "gpt-4o", "o3", "gpt-5.4", "gpt-4.1-mini", "gpt-3.5-turbo"),
    ),
    "openai audio": Form(
        APIS["openai", "chat"], "usage", openai_audio_figures(), openai_usage.read_usage,
        ("gpt-4o-audio-preview", "gpt-audio"),
    ),
    "responses": Form(
        APIS["openai", "responses"], "usage", responses_figures(), openai_usage.read_usage,
        ("gpt-5", "gpt-5.5-pro", "o4-mini"),
    ),
    "anthropic": Form(
        APIS["anthropic", "messages"], "usage", anthropic_figures(), anthropic_usage.read_usage,
        ("claude-sonnet-4-5", "claude-opus-4-1", "claude-haiku-4-5", "claude-haiku-5-5"),
    ),
    "gemini": Form(
        APIS["gemini", "generateContent"], "usageMetadata", gemini_figures(),
        gemini_usage.read_usage, ("gemini-2.5-pro", "gemini-2.5-flash", "gemini-3-pro-preview"),
    ),
    "gemini sound": Form(
        APIS["gemini", "generateContent"], "usageMetadata", gemini_cached_sound(),
        gemini_usage.read_usage,
        ("gemini-2.5-flash", "gemini-2.5-flash-lite", "gemini-3-flash-preview"),
    ),
    "bedrock": Form(
        Api(bedrock_usage, "aws", "default"), "usage", bedrock_figures(),
        bedrock_usage.read_usage, ("amazon.nova-pro-v1:0", "meta.llama3-1-70b-instruct-v1:0"),
    ),
    "deepseek": Form(
        APIS["deepseek", "chat"], "usage", openai_figures(), openai_usage.read_usage,
        ("deepseek-v3.2", "deepseek-v4-pro"),
    ),
    "groq": Form(
        APIS["groq", "chat"], "usage", openai_figures(), openai_usage.read_usage,
        ("llama-3.3-70b-versatile", "openai/gpt-oss-120b"),
    ),
    "mistral": Form(
        APIS["mistral", "chat"], "usage", openai_figures(), openai_usage.read_usage,
        ("mistral-large-4", "mistral-medium-3-5"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", list(FORMS))
@settings(max_examples=60)
@given(data=st.data())
def test_any_figures_cost_what_genai_prices_says(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    model = data.draw(st.sampled_from(form.models))
    figures = data.draw(form.figures)
    answer = {"model": model, "modelVersion": model, form.place: figures}
    usage = form.read(figures)
    assert usage is not None
    expected = theirs(form.api, answer, AT)
    assert expected is not None
    assert ours(form.api, model, usage, AT) == expected


@pytest.mark.parametrize("name", list(FORMS))
@settings(max_examples=60)
@given(data=st.data())
def test_every_token_stands_in_one_bucket(name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    figures = data.draw(form.figures)
    usage = form.read(figures)
    assert usage is not None
    given_, made = totals(figures)
    assert (usage.input_total, usage.output_total) == (given_, made)


def totals(figures: dict[str, Any]) -> tuple[int, int]:
    """What a provider says of all input and all output, by its own documentation."""
    if "promptTokenCount" in figures:
        made = figures["candidatesTokenCount"] + figures["thoughtsTokenCount"]
        return figures["promptTokenCount"], made
    if "cache_read_input_tokens" in figures:
        cached = figures["cache_read_input_tokens"] + figures["cache_creation_input_tokens"]
        return figures["input_tokens"] + cached, figures["output_tokens"]
    if "prompt_tokens" in figures:
        return figures["prompt_tokens"], figures["completion_tokens"]
    if "inputTokens" in figures:
        return figures["inputTokens"], figures["outputTokens"]
    return figures["input_tokens"], figures["output_tokens"]
