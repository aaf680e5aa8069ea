from vedette.costs.accounts import Account
from vedette.costs.windows import Window


def test_an_account_is_known_by_its_name_alone() -> None:
    one, same = Account("a", 1, Window("1h")), Account("a", 2, Window("1h"), strict=False)
    assert one.key == same.key != Account("b", 1, Window("1h")).key
    assert 0 < one.key < 2**63
