from vedette.model.settings import Timeouts


def test_an_answer_that_comes_whole_may_have_longer_to_begin() -> None:
    timeouts = Timeouts(first_byte_s=30, whole_s=600)
    assert timeouts.head_s(stream=True, may_follow=False) == 30
    assert timeouts.head_s(stream=False, may_follow=False) == 600
    assert timeouts.head_s(stream=False, may_follow=True) == 90


def test_a_deadline_that_was_set_is_that_of_all_answers() -> None:
    assert Timeouts(first_byte_s=5).head_s(stream=False, may_follow=False) == 5
