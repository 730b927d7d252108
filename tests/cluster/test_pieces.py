from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from claims.cluster.pieces import KEY, pieces_of


def key_of(claim: str) -> int:
    """A number that two claims share."""
    return ord(claim) // 2


CLAIMS = st.lists(st.sampled_from("abcdefg"), max_size=40).map(lambda claims: sorted(claims, key=key_of))


def batches(claims: list[str], cuts: list[int]) -> list[pa.RecordBatch]:
    """The claims in batches that end at these places."""
    columns = {"claim": pa.array(claims, pa.string()), KEY: pa.array(map(key_of, claims)), "n": range(len(claims))}
    whole = pa.record_batch(columns)
    edges = [0, *sorted(cut % (len(claims) + 1) for cut in cuts), len(claims)]
    return [whole.slice(low, high - low) for low, high in pairwise(edges)]


@given(CLAIMS, st.lists(st.integers(0, 100), max_size=8), st.integers(1, 12))
def test_no_claim_is_in_two_pieces_and_no_row_is_lost(claims: list[str], cuts: list[int], most: int) -> None:
    pieces = list(pieces_of(batches(claims, cuts), most))
    of_each = [set(piece["claim"].to_pylist()) for piece in pieces]
    assert sum(len(names) for names in of_each) == len(set(claims))
    assert [n for piece in pieces for n in piece["n"].to_pylist()] == list(range(len(claims)))


@given(CLAIMS, st.lists(st.integers(0, 100), max_size=8), st.integers(1, 12))
def test_a_piece_is_no_larger_than_it_has_to_be(claims: list[str], cuts: list[int], most: int) -> None:
    longest_batch = max((batch.num_rows for batch in batches(claims, cuts)), default=0)
    keys = list(map(key_of, claims))
    longest_claim = max(map(keys.count, keys), default=0)
    for piece in pieces_of(batches(claims, cuts), most):
        assert 0 < piece.num_rows <= most + longest_batch + longest_claim
