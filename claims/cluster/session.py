"""The Spark that a collection is judged on: the one that runs already, or a new one."""

from __future__ import annotations

import os
import re
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.model.errors import BadRequest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

HERE: Final = "local[*]"
TRIES: Final = 4
"""How often a task is tried on one machine too; Spark tries it once there unless it is told."""
ROWS_AT_ONCE: Final = 100_000
"""Rows in which Spark hands columns to Python and takes them back."""
OF_PANDAS: Final = "PySpark does not yet fully support pandas"
"""What Spark warns of, and what does not matter here: rows go to Python as columns of Arrow."""
OWN: Final = {
    "spark.log.level": "ERROR",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS_AT_ONCE),
    "spark.ui.showConsoleProgress": "false",
}
QUIET: Final = Path(__file__).with_name("log4j2.properties")
ON_THIS_MACHINE: Final = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={QUIET.as_uri()}",
}
"""A Spark of one machine needs no page of its own, hears nobody else, and speaks of errors alone."""


def session_of(master: str | None) -> SparkSession:
    """A session of Spark on `master`; None: where spark-submit put this program, else all cores of this machine.

    A session that there is already is taken as it is. Raises `BadRequest`, with what to install, where Spark or Java
    is missing.
    """
    try:
        from pyspark.conf import SparkConf  # noqa: PLC0415 - only who has a cluster needs it
        from pyspark.errors import PySparkException  # noqa: PLC0415 - as above
        from pyspark.sql import SparkSession  # noqa: PLC0415 - as above
    except ImportError as error:
        raise BadRequest("Spark is not installed: pip install 'claims[cluster]'") from error
    builder = SparkSession.builder.appName("claims")
    where = master or SparkConf().get("spark.master") or HERE
    is_here = where.startswith("local")
    if is_here:  # what `python3` is on the path need not have claims in it
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = OWN | (ON_THIS_MACHINE if is_here else {})
    for name, value in settings.items():
        builder = builder.config(name, value)
    warnings.filterwarnings("ignore", OF_PANDAS, FutureWarning)
    try:
        return builder.master(_lasting(where)).getOrCreate()
    except PySparkException as error:
        raise BadRequest(_told(error)) from error


def _lasting(master: str) -> str:
    """A master of one machine that tries a task again whose worker died: `local[2]` is `local[2,4]`.

    >>> _lasting("local"), _lasting("local[*]"), _lasting("yarn")
    ('local[1,4]', 'local[*,4]', 'yarn')
    """
    if master == "local":
        return f"local[1,{TRIES}]"
    return re.sub(r"^local\[([^,\]]+)\]$", rf"local[\1,{TRIES}]", master)


def _told(error: Exception) -> str:
    said = str(error)
    if "JAVA_GATEWAY" in said:
        return "Spark needs Java 17 or later, which is not found: install it (apt install openjdk-17-jre-headless)"
    return f"Spark did not start: {said.splitlines()[0]}"
