"""The tries of one exchange, where nobody can be asked."""

from tests.unit.gateway.test_guarding import asking, guardian, rule
from vedette.gateway.aside import Spoken
from vedette.gateway.course import Course
from vedette.gateway.watching import Watch
from vedette.guard.engine import Passage
from vedette.model.policy import Action

SPOKEN = Spoken(200, (), b"{}", b"")


async def test_where_nobody_can_be_asked_the_end_of_the_chain_counts() -> None:
    exchange = asking("Hi.")
    reask = rule(where=("output",), actions=(Action(kind="reask"), Action(kind="redact")))
    watch = Watch(guardian(reask), exchange)
    passage = Passage(text="It is forbidden.", where="output")
    verdict = await watch.judge([passage])
    assert verdict is not None
    assert verdict.action == "reask"
    course = Course(exchange, watch)
    assert await course.another(verdict, [passage.text], SPOKEN) is SPOKEN
    course.heard([passage.text])
    verdict = await watch.judge([passage])
    assert verdict is not None
    assert (verdict.action, verdict.text) == ("redact", "It is [keyword].")
    assert not course.names
