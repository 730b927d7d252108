"""A claim of a collection, taken out as a case, is told of as in the case that holds all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

from claims.collection.extract import case_about
from claims.collection.files import collection_at
from claims.flow import assess
from claims.read.case import read_case
from tests.bench.tables import write_collection
from tests.cli.running import claims
from tests.collection.tabled import tabled
from tests.collection.test_verdicts import DAYS, figured
from tests.read.folders import laid_out

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from claims.read.forms import Form
    from tests.cases import Sections


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=figured(), as_of=st.sampled_from(DAYS), form=st.sampled_from(["csv", "jsonl", "parquet"]))
def test_its_account_is_the_same_to_every_step_and_it_stands_where_it_stood(
    data: Sections, as_of: dt.date | None, form: Form, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("law")
    case = tabled(data, form, root)
    if case is None:
        return
    whole, _ = read_case(root / "tables", cache=False)
    assert whole is not None
    for claim in whole.claims:
        alone = case_about(collection_at(str(root / "tables")), claim.id).case
        assert assess(alone, as_of).claims == (assess(whole, as_of).claim(claim.id),)
        assert alone.digest == whole.digest
        assert all(whole.places[section, entry.id] == alone.places[section, entry.id]
                   for section in ("claims", "documents") for entry in getattr(alone, section))  # fmt: skip


def test_the_command_line_audits_a_claim_of_a_pattern(tmp_path: Path) -> None:
    write_collection(tmp_path / "lake", 200)
    said = claims("audit", "c000000003", "--case", "lake/*.parquet", cwd=tmp_path)
    assert said.returncode == 0
    assert "claims.parquet:4" in said.stdout
    assert claims("audit", "--case", "lake/*.parquet", cwd=tmp_path).returncode == 2


def test_a_character_that_is_only_warned_of_keeps_nobody_from_an_audit(tmp_path: Path) -> None:
    tables = {
        "sources.csv": "id,name\na,A\n",
        "claims.csv": "id,text\nc,It is\u202e so.\n",
        "documents.csv": "id,source\nd,a\n",
        "findings.csv": "claim,document,stance\nc,d,supports\n",
    }
    laid_out(tmp_path, dict(tables), sound=False)
    [claim] = case_about(collection_at(str(tmp_path)), "c").case.claims
    assert claim.text == "It is\u202e so."
    said = claims("audit", "c", "--engine", "local", "--case", str(tmp_path), cwd=tmp_path)
    assert said.returncode == 0
    assert "\u202e" not in said.stdout
