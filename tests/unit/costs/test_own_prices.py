"""What the user pays, to the micro-dollar."""

from hypothesis import given
from hypothesis import strategies as st

from vedette.costs.own_prices import OwnPrices
from vedette.model.settings import OwnPrice
from vedette.model.usage import Usage

USD_PER_MTOK = 10**12
"""In atto-USD per token."""


def row(model: str = "m", provider: str = "a", *, usd: int = 2, from_ns: int = 0) -> OwnPrice:
    return OwnPrice(
        provider=provider, model=model, input_atto_usd=usd * USD_PER_MTOK,
        output_atto_usd=3 * usd * USD_PER_MTOK, from_ns=from_ns,
    )  # fmt: skip


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_costs_are_exact(given_tokens: int, made: int) -> None:
    price = OwnPrices([row()]).price("a", "m", 1)
    assert price is not None
    usage = Usage(input_uncached=given_tokens, output_text=made)
    # 2 and 6 USD for a million tokens are 2,000 and 6,000 nano-USD for one.
    assert price.cost_nano_usd(usage) == given_tokens * 2_000 + made * 6_000


def test_the_latest_price_of_the_day_holds() -> None:
    prices = OwnPrices([row(usd=1), row(usd=9, from_ns=100)])
    one, other = prices.price("a", "m", 99), prices.price("a", "m", 100)
    assert one is not None
    assert other is not None
    usage = Usage(input_uncached=1)
    assert (one.cost_nano_usd(usage), other.cost_nano_usd(usage)) == (1_000, 9_000)


def test_sound_and_searches_cost_what_is_said_of_them() -> None:
    used = Usage(audio_input=1, audio_output=1, cache_read_audio=1, cache_read_image=1,
                 cache_read=1, web_searches=3, file_searches=2)  # fmt: skip
    told = OwnPrice(
        provider="a", model="m", input_atto_usd=10**9, output_atto_usd=2 * 10**9,
        cache_read_atto_usd=10 * 10**9, audio_input_atto_usd=100 * 10**9,
        audio_output_atto_usd=1_000 * 10**9, cache_read_audio_atto_usd=10_000 * 10**9,
        web_search_atto_usd=100_000 * 10**9, file_search_atto_usd=1_000_000 * 10**9,
    )  # fmt: skip
    price, plain = OwnPrices([told]).price("a", "m", 1), OwnPrices([row()]).price("a", "m", 1)
    assert price is not None
    assert plain is not None
    assert price.cost_nano_usd(used) == 100 + 1_000 + 10_000 + 10 + 10 + 300_000 + 2_000_000
    assert price.unpriced_of(used) == ()
    assert plain.cost_nano_usd(used) == 2_000 * 4 + 6_000
    assert plain.unpriced_of(used) == ("web_searches", "file_searches")
    assert plain.unpriced_of(Usage(input_uncached=1)) == ()


def test_only_what_is_named_has_the_price() -> None:
    prices = OwnPrices([row("gpt-*")])
    assert prices.price("a", "gpt-5", 1) is not None
    assert prices.price("b", "gpt-5", 1) is None
    assert prices.price("a", "o3", 1) is None
    assert not OwnPrices([])


def test_the_cache_costs_what_is_said_of_it_else_as_much_as_input() -> None:
    own = OwnPrice(
        provider="a", model="m", input_atto_usd=USD_PER_MTOK, output_atto_usd=0,
        cache_read_atto_usd=USD_PER_MTOK // 10, cache_write_atto_usd=2 * USD_PER_MTOK,
    )  # fmt: skip
    usage = Usage(input_uncached=10, cache_read=10, cache_write=10, cache_write_1h=10)
    price, plain = OwnPrices([own]).price("a", "m", 1), OwnPrices([row(usd=1)]).price("a", "m", 1)
    assert price is not None
    assert plain is not None
    assert price.cost_nano_usd(usage) == 10_000 + 1_000 + 20_000 + 20_000
    assert plain.cost_nano_usd(usage) == 40_000
