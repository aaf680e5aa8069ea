from vedette.costs.own_prices import OwnPrices
from vedette.costs.prices import PriceIndex
from vedette.ingest.costing import Cost, Costing
from vedette.model.settings import OwnPrice
from vedette.model.usage import Usage

AT_NS = 1_700_000_000_000_000_000
PRICES = PriceIndex.load()
USAGE = Usage(1000, output_text=100)


def test_what_answered_is_priced_before_what_was_asked_for() -> None:
    costing = Costing(PRICES, OwnPrices(()))
    cost = costing.cost("openai", ("gpt-4o-mini-2024-07-18", "gpt-4o"), USAGE, AT_NS)
    assert cost == Cost(210_000, "priced", PRICES.version)
    assert costing.cost("openai", ("", "gpt-4o-mini"), USAGE, AT_NS) == cost


def test_our_names_of_providers_have_prices() -> None:
    costing = Costing(PRICES, OwnPrices(()))
    gemini = costing.cost("gemini", ("", "gemini-2.5-flash"), USAGE, AT_NS)
    assert gemini.source == "priced"
    assert costing.cost("vertex", ("", "gemini-2.5-flash"), USAGE, AT_NS) == gemini


def test_the_users_own_price_wins_over_the_list() -> None:
    own = OwnPrice(provider="openai", model="gpt-*", input_atto_usd=10**9, output_atto_usd=0)
    costing = Costing(PRICES, OwnPrices((own,)))
    assert costing.cost("openai", ("", "gpt-4o"), USAGE, AT_NS) == Cost(
        1000, "priced", "configured"
    )


def test_what_is_reported_wins_over_all() -> None:
    costing = Costing(PRICES, OwnPrices(()))
    assert costing.cost("openai", ("", "gpt-4o"), USAGE, AT_NS, reported_nano_usd=5) == (
        5, "reported", "",
    )  # fmt: skip


def test_what_is_used_beside_tokens_and_has_no_price_is_told() -> None:
    costing, used = Costing(PRICES, OwnPrices(())), Usage(1000, output_text=100, web_searches=1)
    cost = costing.cost("openai", ("", "gpt-4o-mini"), used, AT_NS)
    assert cost == Cost(10_210_000, "priced", PRICES.version)
    own = OwnPrice(provider="openai", model="*", input_atto_usd=10**9, output_atto_usd=0)
    costing = Costing(PRICES, OwnPrices((own,)))
    cost = costing.cost("openai", ("", "gpt-4o-mini"), used, AT_NS)
    assert cost == Cost(1000, "partial", "configured")


def test_what_has_no_price_or_no_usage_is_unknown() -> None:
    costing = Costing(PRICES, OwnPrices(()))
    assert costing.cost("nobody", ("", "x"), USAGE, AT_NS) == Cost(source="unknown")
    assert costing.cost("openai", ("", "gpt-4o"), Usage(), AT_NS) == Cost(source="unknown")
    assert costing.cost("", ("", ""), Usage(), AT_NS) == Cost()
    assert costing.cost("ollama", ("", "llama3"), USAGE, AT_NS).nano_usd == 0
