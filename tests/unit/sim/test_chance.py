from vedette.sim.chance import Draws, seed_of


def test_the_same_seed_draws_the_same_numbers() -> None:
    one, two = Draws(7), Draws(7)
    assert [one.bits() for _ in range(5)] == [two.bits() for _ in range(5)]
    assert Draws(7).bits() != Draws(8).bits()


def test_the_generator_is_splitmix64() -> None:
    # The first output for seed 0, as in the reference implementation.
    assert Draws(0).bits() == 0xE220A8397B1DCDAF


def test_draws_stay_in_their_range() -> None:
    draws = Draws(1)
    assert {draws.below(3) for _ in range(100)} == {0, 1, 2}
    assert all(0 <= draws.fraction() < 1 for _ in range(100))
    assert draws.pick("abc") in "abc"


def test_the_cut_between_pieces_counts() -> None:
    assert seed_of(b"ab", b"c") != seed_of(b"a", b"bc")
    assert seed_of(b"ab") == seed_of(b"ab")
