"""Where ids stand, looked up by digests: what a dict from each id to its first place would say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")

from claims.collection import register as module  # noqa: E402 - only with pyarrow
from claims.collection.register import register, register_in  # noqa: E402 - as above

if TYPE_CHECKING:
    from pathlib import Path

IDS = st.lists(st.none() | st.text(max_size=2) | st.sampled_from(["sohr", "sana", "مصدر", "id-1"]), max_size=20)


def first_places(ids: list[str | None], texts: list[str | None]) -> list[int]:
    first = {text: len(ids) - 1 - n for n, text in enumerate(reversed(ids))}
    return [-1 if text is None else first.get(text, -1) for text in texts]


@given(IDS, IDS)
def test_each_id_stands_where_it_comes_first(ids: list[str | None], texts: list[str | None]) -> None:
    found = register(pa.array(ids, pa.string())).places(pa.array(texts, pa.string()))
    assert found.tolist() == first_places(ids, texts)


@given(IDS, IDS, st.integers(1, 3))
def test_ids_with_one_digest_are_told_apart(ids: list[str | None], texts: list[str | None], digests: int) -> None:
    """As where very many ids have few digests: chance makes one such pair in billions, so it is made here."""

    def few(some: Any) -> Any:
        return np.array([len(text) % digests for text in some.to_pylist()], dtype=np.uint64)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "digests_of", few)
        found = register(pa.array(ids, pa.string())).places(pa.array(texts, pa.string()))
    assert found.tolist() == first_places(ids, texts)


@pytest.mark.parametrize("ids", [[], ["sohr"], ["sohr", None, "sana", "sohr"]])
def test_what_is_read_back_is_what_was_written(tmp_path: Path, ids: list[str | None]) -> None:
    made = pa.array(ids, pa.string())
    register(made).write(tmp_path, "documents")
    texts = pa.array(["sana", "sohr", "tass", None])
    assert register_in(tmp_path, "documents", made).places(texts).tolist() == first_places(ids, texts.to_pylist())
