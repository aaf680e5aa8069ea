"""Signatures, with botocore as the judge."""

from collections.abc import Iterable

from botocore.auth import SigV4Auth  # type: ignore[import-untyped]
from botocore.awsrequest import AWSRequest  # type: ignore[import-untyped]
from botocore.credentials import (  # type: ignore[import-untyped]
    Credentials as JudgesCredentials,
)
from hypothesis import given
from hypothesis import strategies as st

from vedette.ports.provider import HttpCall
from vedette.providers.sigv4 import Credentials, Scope, sign

KEYS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
TEMPORARY = Credentials("ASIAEXAMPLE", "secret", "FwoGZXIvYXdzE///token==")
SCOPE = Scope("eu-west-1", "bedrock")
HOST = (b"host", b"bedrock-runtime.eu-west-1.amazonaws.com")
JSON = (b"content-type", b"application/json")
NOW_S = 1_440_938_160.0


def judged(
    call: HttpCall, body: bytes, keys: Credentials, *, stamp: str, signed: Iterable[str]
) -> str:
    """The `authorization` that botocore gives the same request."""
    headers = dict(call.headers)
    request = AWSRequest(
        method=call.method,
        url=f"https://{headers[b'host'].decode()}{call.target.decode()}",
        data=body,
        headers={},
    )
    for name, value in call.headers:
        if name.decode() in signed:
            request.headers.add_header(name.decode(), value.decode())
    request.context["timestamp"] = stamp
    judge = SigV4Auth(
        JudgesCredentials(keys.access_key_id, keys.secret_access_key, keys.session_token or None),
        SCOPE.service,
        SCOPE.region,
    )
    judge._modify_request_before_signing(request)
    told = judge.string_to_sign(request, judge.canonical_request(request))
    judge._inject_signature_to_request(request, judge.signature(told, request))
    authorization: str = request.headers["Authorization"]
    return authorization


def authorization(call: HttpCall, body: bytes, keys: Credentials = KEYS) -> str:
    return dict(sign(call, body, keys, SCOPE, now_s=NOW_S))[b"authorization"].decode()


def call(target: str, *headers: tuple[bytes, bytes], method: str = "POST") -> HttpCall:
    return HttpCall(method, target.encode(), [HOST, *headers])


def test_the_example_of_the_documentation() -> None:
    """`get-vanilla` of AWS's own test suite."""
    vanilla = HttpCall("GET", b"/", [(b"host", b"example.amazonaws.com")])
    signed = sign(vanilla, b"", KEYS, Scope("us-east-1", "service"), now_s=1_440_938_160)
    assert dict(signed) == {
        b"x-amz-date": b"20150830T123600Z",
        b"authorization": b"AWS4-HMAC-SHA256 "
        b"Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        b"SignedHeaders=host;x-amz-date, "
        b"Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    }


def test_a_colon_in_the_path_is_signed_encoded_twice() -> None:
    once = call("/model/anthropic.claude-v2%3A1/converse", JSON)
    judge = judged(once, b"{}", KEYS, stamp="20150830T123600Z", signed=("host", "content-type"))
    assert authorization(once, b"{}") == judge
    assert authorization(call("/model/anthropic.claude-v2:1/converse", JSON), b"{}") != judge


def test_a_session_token_is_sent_and_signed() -> None:
    fields = dict(sign(call("/", JSON), b"", TEMPORARY, SCOPE, now_s=NOW_S))
    assert fields[b"x-amz-security-token"] == b"FwoGZXIvYXdzE///token=="
    assert (
        b"SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,"
        in (fields[b"authorization"])
    )


def test_fields_that_a_proxy_may_change_are_not_signed() -> None:
    bare = call("/", JSON)
    more = call("/", JSON, (b"user-agent", b"x"), (b"accept", b"*/*"), (b"x-amzn-trace-id", b"1"),
                (b"x-amz-date", b"old"), (b"x-amz-security-token", b"old"))  # fmt: skip
    assert authorization(more, b"") == authorization(bare, b"")


SEGMENTS = st.text("aZ09-._~%3A/:@+ é", max_size=20).map(lambda path: path.replace("é", "%C3%A9"))
QUERIES = st.lists(st.tuples(st.text("abZ-%2", max_size=4), st.text("xyZ9%=", max_size=4)))
VALUES = st.text("abc 1\t,;=", min_size=1, max_size=12)
AMZ = st.lists(
    st.tuples(
        st.sampled_from((b"x-amz-meta", b"x-amzn-bedrock-trace", b"x-amz-a")),
        VALUES.map(str.encode),
    ),
    max_size=4,
)


@given(SEGMENTS, QUERIES, AMZ, st.binary(max_size=64), st.sampled_from((KEYS, TEMPORARY)))
def test_signatures_are_those_of_botocore(
    path: str,
    query: list[tuple[str, str]],
    headers: list[tuple[bytes, bytes]],
    body: bytes,
    keys: Credentials,
) -> None:
    target = "/model/" + path.replace(" ", "%20")
    if query:
        target += "?" + "&".join(f"{name}={value}" for name, value in query)
    signed = call(target, JSON, *headers, method="post")
    names = {"host", "content-type"} | {name.decode() for name, _ in headers}
    judge = judged(signed, body, keys, stamp="20150830T123600Z", signed=names)
    assert authorization(signed, body, keys) == judge
