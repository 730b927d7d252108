"""Audits made together are those made one by one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from claims.auditing.audit import audit
from claims.auditing.batches import Auditor
from claims.cases import open_case
from claims.flow import assess
from tests.bench.generate import Size, write_case

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("as_of", [None, dt.date(2015, 5, 20)])
def test_audits_of_the_shipped_case_made_together_are_those_made_one_by_one(as_of: dt.date | None) -> None:
    assessment = assess(open_case(cache=False), as_of)
    auditor = Auditor(assessment)
    together = [found for ids in auditor.batches() for found in auditor.audits(ids)]
    assert together == [audit(assessment, claim.id) for claim in assessment.case.claims]


def test_audits_of_a_batch_that_is_not_the_whole_case_are_those_made_one_by_one(tmp_path: Path) -> None:
    write_case(tmp_path / "case", Size(40, 400))
    assessment = assess(open_case(tmp_path / "case", cache=False))
    ids = [claim.id for claim in assessment.case.claims][5:25]
    assert list(Auditor(assessment).audits(ids)) == [audit(assessment, one) for one in ids]
