"""A server that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from claims.serving.states import Current
from tests.serving.serving import Words, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.serving.server import Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One that serves a few words."""
    with serving(Current(Words())) as (running, _):
        yield running
