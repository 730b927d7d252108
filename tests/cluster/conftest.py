"""One session of Spark for all tests, on two cores of this machine."""

from __future__ import annotations

import importlib.util
import os
import shutil
import warnings
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

QUICK_TO_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java makes what it runs faster as it goes, which takes longer than these tests do."""
IS_CI = os.environ.get("CI") == "true"


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """Where Spark or Java is missing tests are passed over, but never in CI."""
    if not IS_CI and (importlib.util.find_spec("pyspark") is None or shutil.which("java") is None):
        pytest.skip("needs pyspark and Java")
    from claims.cluster.session import session_of  # noqa: PLC0415 - it may not be there

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", QUICK_TO_START)
        session = session_of("local[2]")
    yield session
    session.stop()


@pytest.fixture(autouse=True)
def quiet_about_pandas() -> Iterator[None]:
    """Spark warns of pandas 3 and leaves files of its own to be closed; neither is ours."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        warnings.simplefilter("ignore", ResourceWarning)
        yield
