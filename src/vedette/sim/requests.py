"""What a client may ask of the simulated provider, checked field by field."""

import re
from typing import Final, TypeVar

import msgspec

from vedette.sim.chance import seed_of
from vedette.sim.controls import MAX_TOKENS, Controls, read_controls
from vedette.sim.problems import Problem

DEFAULT_TOKENS: Final = 40
CHAT_MODEL: Final = "chat"
EMBED_MODEL: Final = "embed"
_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<path>[^`]*)`)?$", re.DOTALL)


class Part(msgspec.Struct):
    type: str
    text: str = ""


class Message(msgspec.Struct):
    role: str
    content: str | list[Part] | None = None
    tool_call_id: str | None = None
    tool_calls: list[dict[str, object]] | None = None

    def text(self) -> str:
        """The text of all parts."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class Function(msgspec.Struct):
    name: str
    parameters: dict[str, object] | None = None


class Tool(msgspec.Struct):
    type: str = "function"
    function: Function | None = None


class ResponseFormat(msgspec.Struct):
    type: str
    json_schema: dict[str, object] | None = None


class StreamOptions(msgspec.Struct):
    include_usage: bool | None = None


class Steered(msgspec.Struct, kw_only=True):
    """What every generating request has."""

    model: str
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    max_tokens: int | None = None
    n: int | None = None
    seed: int | None = None
    metadata: dict[str, object] | None = None

    def wanted_tokens(self) -> int:
        return self.max_tokens or DEFAULT_TOKENS

    def wants_usage(self) -> bool:
        return bool(self.stream_options and self.stream_options.include_usage)


class ChatCall(Steered, kw_only=True):
    messages: list[Message]
    max_completion_tokens: int | None = None
    tools: list[Tool] | None = None
    tool_choice: str | dict[str, object] | None = None
    parallel_tool_calls: bool | None = None
    response_format: ResponseFormat | None = None

    def wanted_tokens(self) -> int:
        return self.max_completion_tokens or self.max_tokens or DEFAULT_TOKENS


class CompletionCall(Steered, kw_only=True):
    prompt: str | list[str | int | list[int]] = ""

    def prompts(self) -> list[str | list[int]]:
        return listed(self.prompt)


class EmbeddingCall(msgspec.Struct, kw_only=True):
    model: str
    input: str | list[str | int | list[int]]
    dimensions: int | None = None
    encoding_format: str | None = None
    metadata: dict[str, object] | None = None

    def inputs(self) -> list[str | list[int]]:
        return listed(self.input)


Call = TypeVar("Call", ChatCall, CompletionCall, EmbeddingCall)
ROLES: Final = ("system", "developer", "user", "assistant", "tool", "function")


def read_chat(body: bytes) -> tuple[ChatCall, Controls]:
    """Raises Problem (400, 404) as OpenAI would."""
    call = _decode(body, ChatCall)
    _check_steered(call)
    _check_range("max_completion_tokens", call.max_completion_tokens, 1, MAX_TOKENS)
    _check_length((call.n or 1) * call.wanted_tokens())
    if not call.messages:
        raise _invalid("[] is too short - 'messages'", "messages", "empty_array")
    for index, message in enumerate(call.messages):
        if message.role not in ROLES:
            raise _invalid(
                f"Invalid value: {message.role[:40]!r}. Supported values are: {', '.join(ROLES)}.",
                f"messages[{index}].role",
                "invalid_value",
            )
    return call, read_controls(call.metadata)


def read_completion(body: bytes) -> tuple[CompletionCall, Controls]:
    """Raises Problem (400, 404) as OpenAI would."""
    call = _decode(body, CompletionCall)
    _check_steered(call)
    _check_length(len(call.prompts()) * (call.n or 1) * call.wanted_tokens())
    return call, read_controls(call.metadata)


def read_embedding(body: bytes) -> tuple[EmbeddingCall, Controls]:
    """Raises Problem (400, 404) as OpenAI would."""
    call = _decode(body, EmbeddingCall)
    _check_model(call.model, EMBED_MODEL)
    _check_range("dimensions", call.dimensions, 1, 4096)
    if call.encoding_format not in (None, "float", "base64"):
        raise _invalid(
            f"Invalid value: {call.encoding_format[:40]!r}. Supported values are: float, base64.",
            "encoding_format",
            "invalid_value",
        )
    inputs = call.inputs()
    if not 1 <= len(inputs) <= 2048 or any(one in ("", []) for one in inputs):
        raise _invalid("'input' must hold 1 to 2048 entries, none of them empty.", "input")
    return call, read_controls(call.metadata)


def listed(given: str | list[str | int | list[int]]) -> list[str | list[int]]:
    """One text, several texts, one list of token ids or several of them: always several."""
    if isinstance(given, str):
        return [given]
    tokens = [one for one in given if isinstance(one, int)]
    several = [one for one in given if not isinstance(one, int)]
    return [*([tokens] if tokens else []), *several]


def seed_of_request(body: bytes) -> int:
    """A seed that depends on what was asked, not on how it shall be sent.

    Streamed or not, by whichever name of the model, with or without usage and metadata: the
    answer has the same words.
    """
    fields: dict[str, msgspec.Raw] = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    for name in ("model", "stream", "stream_options", "metadata", "user", "store"):
        fields.pop(name, None)
    return seed_of(*(b"%s=%s" % (name.encode(), bytes(fields[name])) for name in sorted(fields)))


def _decode(body: bytes, kind: type[Call]) -> Call:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        found = _AT.match(str(error))
        what, path = (found["what"], found["path"]) if found else (str(error), None)
        missing = re.search("missing required field `([^`]*)`", what)
        if missing and not path:
            message = f"Missing required parameter: '{missing[1]}'."
            raise _invalid(message, missing[1], "missing_required_parameter") from None
        where = f"Invalid type for '{path}'" if path else "Invalid type of the body"
        raise _invalid(f"{where}: {what}.", path, "invalid_type") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        message = "We could not parse the JSON body of your request."
        raise _invalid(message, None) from None


def _check_steered(call: ChatCall | CompletionCall) -> None:
    _check_model(call.model, CHAT_MODEL)
    _check_range("max_tokens", call.max_tokens, 1, MAX_TOKENS)
    _check_range("n", call.n, 1, 8)
    if call.stream_options is not None and not call.stream:
        message = "The 'stream_options' parameter is only allowed when 'stream' is enabled."
        raise _invalid(message, "stream_options")


def _check_model(model: str, expected: str) -> None:
    if model.removeprefix("sim/") != expected:
        raise Problem(
            f"The model {model[:80]!r} does not exist here. The simulated provider has "
            f"'{CHAT_MODEL}' (chat and completions) and '{EMBED_MODEL}' (embeddings).",
            status=404,
            code="model_not_found",
            param="model",
        )


def _check_length(tokens: int) -> None:
    if tokens > MAX_TOKENS:
        message = f"All choices together may have {MAX_TOKENS} tokens, {tokens} were asked for."
        raise _invalid(message, "n", "integer_above_max_value")


def _check_range(name: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        side = "below_min" if value < least else "above_max"
        raise _invalid(
            f"Invalid '{name}': expected a whole number from {least} to {most}.",
            name,
            f"integer_{side}_value",
        )


def _invalid(message: str, param: str | None, code: str | None = None) -> Problem:
    return Problem(message, code=code, param=param)
