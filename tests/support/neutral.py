"""Strategies for hypothesis: streams of deltas, odd ones too."""

from hypothesis import strategies as st

from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
    RawDelta,
    ReasoningDelta,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage

TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
_CHOICE = st.sampled_from([0, 0, 0, 0, 1])
_INDEX = st.integers(0, 2)
_SOURCE = st.sampled_from(["", "anthropic", "gemini", "openai_responses"])

any_delta: st.SearchStrategy[Delta] = st.one_of(
    st.builds(Start, TEXT, TEXT),
    st.builds(TextDelta, TEXT, _CHOICE),
    st.builds(ReasoningDelta, TEXT, _CHOICE, TEXT, st.booleans(), _SOURCE, TEXT),
    st.builds(RefusalDelta, TEXT, _CHOICE),
    st.builds(ToolStart, _INDEX, TEXT, TEXT, _CHOICE, TEXT, _SOURCE),
    st.builds(ToolArguments, _INDEX, TEXT, _CHOICE),
    st.builds(ToolEnd, _INDEX, _CHOICE),
    st.builds(
        MediaDelta,
        st.sampled_from(["image", "audio", "video"]),
        st.just(3),
        _CHOICE,
        st.just(""),
        st.sampled_from(["", "image/png", "image/tiff"]),
        st.sampled_from(["", "QUJD"]),
    ),
    st.builds(UsageDelta, st.builds(Usage, input_uncached=st.integers(0, 9))),
    st.builds(
        Stop,
        st.sampled_from(
            ["stop", "length", "tool_call", "content_filter", "stop_sequence", "refusal", "pause"]
        ),
        _CHOICE,
    ),
    st.just(End()),
    st.just(RawDelta(b"x")),
)
any_error: st.SearchStrategy[Delta] = st.builds(ErrorDelta, TEXT, TEXT, TEXT)
"""Deltas of any kind but errors, which end a stream; and those."""
