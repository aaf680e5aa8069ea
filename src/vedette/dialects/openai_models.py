"""What models behind the chat format take, by their names.

OpenAI's own models are strict and differ from each other; everybody else's take what the format
has. https://developers.openai.com/api/docs/guides/reasoning
"""

import re

_OWN = re.compile(r"(?:ft:)?(?:gpt-\d|o\d(?:-|$|:)|chatgpt-|codex-)")
_NEW = re.compile(r"(?:ft:)?(?:gpt-(?:[5-9]|\d\d)|o\d(?:-|$|:)|codex-)")
_CHATTY = re.compile(r"-chat(?:-|$)")
_MORE_EFFORTS = re.compile(r"gpt-(?:5\.[2-9]|5\.1-codex-max|[6-9]|\d\d)")
_NO_EFFORT = re.compile(r"gpt-(?:5\.[1-9]|[6-9]|\d\d)")
_MINIMAL_EFFORT = re.compile(r"gpt-5(?:-|$)(?!pro|codex)")


def bare_name(model: str) -> str:
    """The name without the vendors and routes before it."""
    return model.rpartition("/")[2].lower()


def is_openai(model: str) -> bool:
    """Whether it is one of OpenAI's own, which refuse every field they do not know."""
    return _OWN.match(bare_name(model)) is not None


def limit_field(model: str) -> str:
    """The name of the limit of output: models since o1 refuse the old one, servers that copy the
    format often know no other."""
    return "max_completion_tokens" if _NEW.match(bare_name(model)) else "max_tokens"


def max_output_tokens(model: str) -> int | None:
    """What an answer may have at most; None where it is not known."""
    name = bare_name(model).removeprefix("ft:")
    return next((limit for pattern, limit in _LIMITS if pattern.match(name)), None)


_LIMITS = tuple(
    (re.compile(pattern), limit)
    for pattern, limit in (
        (r"gpt-3\.5", 4_096),
        (r"gpt-4(?:$|-0|-32k)", 8_192),
        (r"gpt-4-", 4_096),
        (r"gpt-4o|chatgpt-4o|gpt-5[.0-9]*-chat", 16_384),
        (r"gpt-4\.1", 32_768),
        (r"o1-preview", 32_768),
        (r"o1-mini", 65_536),
        (r"o\d", 100_000),
        (r"gpt-[5-9]|gpt-\d\d", 128_000),
    )
)
"""https://developers.openai.com/api/docs/models, the first pattern counts."""


def reasons(model: str) -> bool:
    """Whether `reasoning_effort` may be sent: OpenAI's models that do not reason refuse it."""
    name = bare_name(model)
    return _OWN.match(name) is None or (_NEW.match(name) is not None and not _CHATTY.search(name))


def takes_sampling(model: str) -> bool:
    """Whether `temperature`, `top_p` and penalties may be sent: OpenAI's reasoning models refuse
    them."""
    return not (is_openai(model) and reasons(model))


def fit_effort(model: str, effort: str) -> str:
    """The effort nearest to `effort` that the model takes; "" where it can only be left out.

    What copies of the format have in common are low, medium and high.
    """
    if not is_openai(model):
        return _COMMON.get(effort, effort)
    name = bare_name(model)
    if effort in ("xhigh", "max"):
        return "xhigh" if _MORE_EFFORTS.match(name) else "high"
    if effort == "none":
        return "none" if _NO_EFFORT.match(name) else _least(name)
    return _least(name) if effort == "minimal" else effort


_COMMON = {"none": "", "minimal": "low", "xhigh": "high", "max": "high"}


def _least(name: str) -> str:
    return "minimal" if _MINIMAL_EFFORT.match(name) else "low"
