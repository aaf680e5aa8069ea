"""Vedette's SDK: traces, guards and drift of LLM calls, without sending a prompt.

import vedette_sdk as vedette

vedette.init()
"""

from vedette_sdk.context import context
from vedette_sdk.errors import (
    Blocked,
    GuardUnavailable,
    PromptUnavailable,
    SettingsError,
    VedetteError,
)
from vedette_sdk.guarding.asgi import GuardMiddleware
from vedette_sdk.guarding.guard import Guard, guard, guarded
from vedette_sdk.observing import observe
from vedette_sdk.prompting import prompt, prompt_async
from vedette_sdk.prompts import Prompt
from vedette_sdk.running import (
    configure,
    disable,
    enable,
    flush,
    flush_async,
    init,
    shutdown,
    span_processor,
    status,
    wrap,
)
from vedette_sdk.scores import score
from vedette_sdk.settings import Settings
from vedette_sdk.version import __version__

__all__ = [
    "Blocked", "Guard", "GuardMiddleware", "GuardUnavailable", "Prompt", "PromptUnavailable",
    "Settings", "SettingsError", "VedetteError", "__version__", "configure", "context", "disable",
    "enable", "flush", "flush_async", "guard", "guarded", "init", "observe", "prompt",
    "prompt_async", "score", "shutdown", "span_processor", "status", "wrap",
]  # fmt: skip
