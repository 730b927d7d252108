"""How reliable sources are, learned on a real Spark: the figures of one machine, to the last digit."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest

from claims.cli import exits
from claims.cli.main import main
from claims.collection.files import collection_at
from claims.model.errors import CaseProblems
from claims.reliability import learning
from claims.reliability.collected import collected
from claims.reliability.on_disk import OnDisk
from claims.reliability.sources import Asked
from tests.bench.tables import write_collection
from tests.cluster.test_engine import FINDINGS, laid_out

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession

    from claims.model.reliability import Reliabilities

pyspark = pytest.importorskip("pyspark") if os.environ.get("CI") != "true" else None


def on_spark(spark: SparkSession, folder: Path, **how: Any) -> Reliabilities:
    from claims.reliability.on_cluster import OnCluster  # noqa: PLC0415 - Spark may be missing

    read = collection_at(str(folder))
    cluster = OnCluster(spark, read, None, lambda _: None, **how)
    try:
        return collected(read, None, cluster, Asked(), lambda _: None)[1]
    finally:
        cluster.close()


def on_one_machine(folder: Path, work: Path) -> Reliabilities:
    read = collection_at(str(folder))
    return collected(read, None, OnDisk(read, None, work, lambda _: None), Asked(), lambda _: None)[1]


def test_figures_are_those_of_one_machine_to_the_last_digit(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a few rounds, with sums that workers add up before this machine does."""
    monkeypatch.setattr(learning, "SETTLED", 0.003)
    write_collection(tmp_path / "tables", 1000)
    here = on_one_machine(tmp_path / "tables", tmp_path / "work")
    assert here.claims > 50
    assert here.rounds > 1
    assert on_spark(spark, tmp_path / "tables", partitions=4, few=1) == here


def test_errors_of_tables_are_told_and_nothing_is_learned(spark: SparkSession, tmp_path: Path) -> None:
    folder = laid_out(tmp_path / "tables", [*FINDINGS, "c77,d1,supports,,"])
    with pytest.raises(CaseProblems) as told:
        on_spark(spark, folder)
    assert {problem.file for problem in told.value.problems} == {"findings.csv"}


def test_the_command_writes_the_same_bytes_by_either_engine(spark: SparkSession, tmp_path: Path) -> None:
    assert spark.sparkContext.master == "local[2,4]"
    folder = laid_out(tmp_path / "tables", FINDINGS)
    for engine in ("spark", "local"):
        asked = ["reliability", "--case", str(folder), "--engine", engine, "-q", "--format", "json"]
        assert main([*asked, "-o", str(tmp_path / f"{engine}.json")]) == 0
    assert (tmp_path / "spark.json").read_bytes() == (tmp_path / "local.json").read_bytes()
    assert json.loads((tmp_path / "spark.json").read_text())["claims"] > 0
    assert not list(tmp_path.glob(".learning-*"))


@pytest.mark.parametrize("command", ["report", "reliability"])
def test_without_spark_a_command_says_what_to_install(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = laid_out(tmp_path / "tables", FINDINGS)
    for loaded in ("claims.cluster.engine", "claims.reliability.on_cluster"):
        monkeypatch.delitem(sys.modules, loaded, raising=False)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert main([command, "--case", str(folder), "--engine", "spark"]) == exits.WRONG_USE
    assert "pip install 'claims[cluster]'" in capsys.readouterr().err
