"""What the gateway must know of an answer of Ollama while the client waits."""

import msgspec

from vedette.dialects.ollama_answer import read_chat, read_usage
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.reading import JSON_ERRORS


class _Answer(msgspec.Struct, gc=False):
    model: str | None = None
    done: bool | None = None
    done_reason: str | None = None
    prompt_eval_count: int | None = None
    eval_count: int | None = None
    error: msgspec.Raw = msgspec.Raw()


_ANSWER = msgspec.json.Decoder(_Answer)


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an unstreamed answer. Raises Unreadable where it is not a JSON object."""
    try:
        answer = _ANSWER.decode(body)
    except JSON_ERRORS:
        return head_of(read_chat(body, ""))
    if answer.error:
        return head_of(read_chat(body, ""))
    reason = answer.done_reason or ("stop" if answer.done else "")
    usage = read_usage(answer.prompt_eval_count, answer.eval_count)
    return AnswerHead("", answer.model or "", reason, usage)
