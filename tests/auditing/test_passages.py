from __future__ import annotations

import pytest

from claims.auditing.passages import passages_of
from tests.cases import case_of

TEXT = "The camp fell on Tuesday. The rebels held the camp. The camp was empty."


def passages(*statements: dict[str, object], text: str | None = TEXT) -> list[tuple[str, str, list[str]]]:
    """Each passage by its claim, status and the words where it stands."""
    claims = [{"id": str(said["claim"]), "text": "It happened."} for said in statements]
    case = case_of(
        {
            "sources": [{"id": "paper", "name": "Paper"}],
            "speakers": [{"id": "man", "name": "Man"}],
            "documents": [{"id": "doc", "source": "paper"}],
            "claims": claims,
            "statements": [{"speaker": "man", "document": "doc", **said} for said in statements],
        },
        texts={} if text is None else {"doc": text},
    )
    return [
        (one.said.claim, one.status, [(text or "")[start:end] for start, end in one.places])
        for one in passages_of(case)["doc"]
    ]


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ({"quote": "fell on Tuesday"}, "exact", ["fell on Tuesday"]),
        ({"quote": "fell on  Tuesday"}, "exact", ["fell on Tuesday"]),
        ({"quote": "rebels hold the camp"}, "changed", ["rebels held the camp"]),
        ({"quote": "camp"}, "ambiguous", ["camp", "camp", "camp"]),
        ({"quote": "camp", "prefix": "held the"}, "exact", ["camp"]),
        ({"quote": "nobody ever said anything like it"}, "missing", []),
        ({"quote": "das Lager fiel", "wording": "translated"}, "not-compared", []),
        ({}, "no-quote", []),
    ],
)
def test_a_quote_is_found_where_it_stands(said: dict[str, object], status: str, words: list[str]) -> None:
    assert passages({"claim": "c", **said}) == [("c", status, words)]


def test_without_a_stored_text_no_quote_is_found() -> None:
    assert passages({"claim": "c", "quote": "fell"}, text=None) == [("c", "no-text", [])]


def test_passages_stand_in_the_order_of_the_text_and_the_lost_ones_last() -> None:
    found = passages(
        {"claim": "a", "quote": "nobody ever said anything like it"},
        {"claim": "b", "quote": "The camp was empty"},
        {"claim": "c", "quote": "fell on Tuesday"},
    )
    assert [claim for claim, _, _ in found] == ["c", "b", "a"]
