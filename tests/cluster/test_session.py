from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from claims.cluster.session import session_of
from claims.model.errors import BadRequest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_without_spark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(BadRequest, match=r"pip install 'claims\[cluster\]'"):
        session_of(None)


def test_without_java_it_says_what_to_install(tmp_path: os.PathLike[str]) -> None:
    pytest.importorskip("pyspark")
    told = "from claims.cluster.session import session_of; session_of('local[1]')"
    there = {"PATH": f"{tmp_path}:/bin-that-is-not", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", told], env=there, capture_output=True, text=True, timeout=120, check=False
    )
    assert "BadRequest: Spark needs Java 17" in done.stderr


def test_workers_here_run_the_python_that_we_run_whatever_the_path_says(spark: SparkSession) -> None:
    """Another python3 may be first on the path, and have neither claims nor pyarrow in it."""
    assert spark.sparkContext.pythonExec == os.environ["PYSPARK_PYTHON"] == sys.executable
