"""However a collection is cut into blocks, it comes to the same."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from claims.read.policy import default_policy
from claims.tables.blocks import MULTIPLE, blocks, by_claim, cut
from claims.tables.columns import DOCUMENT_LINKS, Table, codes, ints, table
from claims.tables.stacked import NAMES
from claims.verdict import judgement
from claims.verdict.joined import SAME, Joined
from tests.bench.collection import collection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.tables.columns import Tables
    from claims.verdict.judgement import Judged

FINDINGS = 6000
NUMBERED = {"chains.visits.finding", "chains.visits.document", "chains.visits.letter", "chains.visits.previous"}
"""Visits are numbered block by block: which of them a path passes is compared, not their numbers."""


@dataclass(frozen=True)
class Part:
    """What a block comes to, as short as it can be."""

    verdict: np.ndarray


def tangled(seed: int) -> Tables:
    """A collection whose documents rely on some near them, before or after: with circles."""
    tables, chance = collection(FINDINGS, seed), np.random.default_rng(seed)
    document = ints(tables.document_links, "document")
    near = np.clip(document + chance.integers(-5, 6, len(document)), 0, len(tables.documents) - 1)
    target = np.where(
        chance.random(len(document)) < 0.6, near + len(tables.origins), ints(tables.document_links, "target")
    )
    return replace(tables, document_links=table(DOCUMENT_LINKS, {"document": document, "target": target}))


def shuffled(tables: Tables, seed: int) -> Tables:
    """The same, with links, speakers and interests in no order."""
    chance = np.random.default_rng(seed)
    mixed: dict[str, Any] = {}
    for name in ("speakers", "interests"):
        rows = getattr(tables, name)
        mixed[name] = rows.take(chance.permutation(len(rows)))
    return replace(tables, **mixed)


def columns(value: Any, name: str = "") -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(value, np.ndarray):
        yield name, value
    elif isinstance(value, Table):
        yield from ((f"{name}.{column}", value[column]) for column in value.columns)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "tables":
                yield from columns(getattr(value, field.name), f"{name}.{field.name}".lstrip("."))


def compared(judged: Judged) -> dict[str, Any]:
    found = {name: column.tolist() for name, column in columns(judged) if name not in NUMBERED}
    found["chains.origins.visit"] = [judged.chains.path(int(visit)) for visit in found["chains.origins.visit"]]
    return found


@pytest.mark.parametrize("size", [1, 100, 700, FINDINGS - 1])
@pytest.mark.parametrize("tables", [collection(FINDINGS, 2), tangled(3), shuffled(tangled(4), 4)])
def test_a_collection_in_blocks_comes_to_what_it_comes_to_whole(
    tables: Tables, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = compared(judgement.judge(tables, default_policy()))
    monkeypatch.setattr(judgement, "BLOCK", size)
    assert compared(judgement.judge(tables, default_policy())) == whole


def test_a_collection_without_claims_comes_to_nothing() -> None:
    tables = collection(FINDINGS)
    empty = replace(tables, **{name: getattr(tables, name).take(slice(0)) for name in NAMES})
    judged = judgement.judge(empty, default_policy())
    assert {column.shape[-1] for name, column in columns(judged) if name not in SAME} == {0}
    assert judged.sides.total.shape == judged.sides.other_rank.shape == (3, 2, 0)


def test_blocks_are_joined_in_their_order_in_whatever_order_they_come() -> None:
    together: Joined[Part] = Joined(3)
    for place in (2, 0):
        together.add(place, Part(np.array([place, place + 10])))
    with pytest.raises(ValueError, match="1 of 3 blocks"):
        together.whole()
    together.add(1, Part(np.array([1, 11])))
    assert together.whole().verdict.tolist() == [0, 10, 1, 11, 2, 12]


def test_a_weight_is_what_its_place_in_the_scale_stands_for() -> None:
    weights = judgement.judge(collection(FINDINGS), default_policy()).weights
    assert weights.scale[0] == 0
    assert (np.diff(weights.scale) > 0).all()
    group, member = weights.group, weights.member
    assert [weights.of_member(row) for row in range(50)] == member[:50].tolist()
    for shift in range(3):
        assert [weights.of_group(shift, 1, row) for row in range(50)] == group[shift, 1, :50].tolist()


def test_every_claim_and_finding_is_in_one_block() -> None:
    tables = collection(FINDINGS)
    found = blocks(tables, 100)
    assert len(found) > FINDINGS // 200
    assert len(found) % MULTIPLE == 0
    for name, number in (("claims", len(tables.claims)), ("findings", FINDINGS)):
        parts = [getattr(block, name) for block in found]
        assert [part.start for part in parts] == [0, *(part.stop for part in parts[:-1])]
        assert parts[-1].stop == number


def test_findings_that_are_not_by_claim_are_judged_as_one_block() -> None:
    tables = collection(FINDINGS)
    order = np.random.default_rng(1).permutation(FINDINGS)
    assert len(blocks(replace(tables, findings=tables.findings.take(order)), 100)) == 1


def test_a_block_holds_what_is_said_of_its_claims() -> None:
    tables = collection(FINDINGS)
    block = blocks(tables, 500)[3]
    part = cut(by_claim(tables), block)
    claim = ints(tables.interests, "claim")
    inside = (claim >= block.claims.start) & (claim < block.claims.stop)
    assert (codes(part.interests, "claim") + block.claims.start).tolist() == claim[inside].tolist()
    assert len(part.claims) == block.claims.stop - block.claims.start
    assert codes(part.findings, "document").tolist() == ints(tables.findings, "document")[block.findings].tolist()
