"""Merkle trees, against the vectors of Certificate Transparency and against each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.model.merkle import (
    EMPTY_ROOT,
    Frontier,
    extends,
    includes,
    leaf_hash,
    prove_consistency,
    prove_inclusion,
    root_of,
)

CONTENTS = (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = [leaf_hash(number.to_bytes(4, "big")) for number in range(80)]


def test_roots_are_those_of_certificate_transparency() -> None:
    frontier = Frontier()
    assert frontier.root() == EMPTY_ROOT
    for content, root in zip(CONTENTS, ROOTS, strict=True):
        frontier.add(leaf_hash(bytes.fromhex(content)))
        assert frontier.root().hex() == root


@given(st.integers(1, 80), st.data())
def test_every_entry_can_be_proven_and_no_other(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = LEAVES[:size]
    root, proof = root_of(leaves), prove_inclusion(leaves, index)
    assert includes(root, size, leaves[index], index, proof)
    assert not includes(root, size, leaf_hash(b"other"), index, proof)
    assert not includes(root, size, leaves[index], size, proof)
    assert not includes(root, size, leaves[index], index, (*proof, root))
    if proof:
        assert not includes(root, size, leaves[index], index, proof[:-1])
        assert not includes(root, size, leaves[index], index, (leaf_hash(b"x"), *proof[1:]))


@given(st.integers(0, 80), st.data())
def test_growth_can_be_proven_and_nothing_else(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size))
    old, root = root_of(LEAVES[:first]), root_of(LEAVES[:size])
    proof = prove_consistency(LEAVES[:size], first)
    assert extends(old, first, root, size, proof)
    if 0 < first:
        other = root_of([leaf_hash(b"x"), *LEAVES[1:first]])
        assert not extends(other, first, root, size, proof)
        assert not extends(old, first, other, size + 1, proof)
    if first < size and proof:
        assert not extends(old, first, root, size, proof[:-1])
        assert not extends(old, first, root, size, (*proof, root))


def test_places_that_are_not_there_are_refused() -> None:
    with pytest.raises(IndexError):
        prove_inclusion(LEAVES[:3], 3)
    with pytest.raises(IndexError):
        prove_consistency(LEAVES[:3], 4)
    assert not extends(ROOTS[0].encode(), 5, EMPTY_ROOT, 3, ())
