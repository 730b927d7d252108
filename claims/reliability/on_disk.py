"""The answers of a collection on one machine: read, cut, judged part by part, and put aside on disk by part.

In memory are the blocks of as many parts as are worked on side by side, and what `claims.collection.cut` holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from claims.collection.coding import people_of
from claims.collection.cut import shared_in
from claims.collection.documents import documents_in
from claims.collection.run import AT_ONCE, Advance, cut_into, part_in, texts_read
from claims.collection.texts import digest_with
from claims.reliability.packed import PACKED, answers_in, blocks_in, counts_in
from claims.reliability.parts import added, none_of
from claims.threads import side_by_side

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from claims.collection.cutting import Cut
    from claims.collection.files import Collection
    from claims.model.problem import Problem
    from claims.reliability.evidence import Block
    from claims.tables.columns import Ints


class OnDisk:
    """The answers of a collection, `Parts`, in a folder that is new; once `read` and `gather` have run."""

    def __init__(
        self, collection: Collection, as_of: dt.date | None, folder: Path, say: Callable[[Advance], None]
    ) -> None:
        self.collection, self.as_of, self.folder, self.say = collection, as_of, folder, say
        self.counts = none_of(0)
        self.digest = ""
        self.cut: Cut | None = None
        """How the collection was cut, once it is read."""

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is odd about the collection, once it is read."""
        return self.cut.warnings if self.cut else ()

    def read(self) -> Mapping[str, pa.Table]:
        """Parties, sources and speakers, once all is read, checked and cut. Raises `CaseProblems`."""
        stored = texts_read(self.collection, self.say)
        self.digest = digest_with(self.collection, stored)
        copies = stored.copies(self.collection.policy.near_duplicate, self.as_of)
        self.cut = cut_into(self.collection, self.folder, self.say, stored, copies)
        return shared_in(self.folder)

    def gather(self) -> None:
        """Judge what was read, and put its answers aside."""
        if self.cut is None:
            return
        rules, today = self.collection.policy, self.as_of or self.cut.today
        people, documents = people_of(shared_in(self.folder), rules), documents_in(self.folder)
        self.counts = none_of(len(people.ids))
        done, of = 0, sum(self.cut.findings)

        def one(n: int) -> pa.Table:
            part = part_in(self.folder, n, documents)
            found = answers_in(people, part, rules, self.as_of, today) if part else PACKED.empty_table()
            self._write(n, found)
            return found.filter(found["counts"].is_valid())

        for n, found in enumerate(side_by_side(one, range(self.cut.parts), AT_ONCE)):
            pairs = zip(found["counts"].to_pylist(), found["claims"].to_pylist(), strict=True)
            self.counts = self.counts.plus(counts_in(pairs, self.counts.size))
            done += self.cut.findings[n]
            self.say(Advance("judging", done, of))

    def together(self, of: Callable[[Block], Ints], rows: int) -> Ints:
        """As `Parts.together`."""
        shape = rows, self.counts.size
        parts = self.cut.parts if self.cut else 0

        def one(n: int) -> Ints:
            return added(map(of, blocks_in(self._answers(n))), shape)

        return added(side_by_side(one, range(parts), AT_ONCE), shape)

    def _write(self, n: int, found: pa.Table) -> None:
        with pa.OSFile(str(self._place(n)), "wb") as sink, pa.ipc.new_file(sink, PACKED) as writer:
            writer.write_table(found.filter(found["answers"].is_valid()))

    def _answers(self, n: int) -> list[bytes]:
        with pa.memory_map(str(self._place(n))) as source:
            answers: list[bytes] = pa.ipc.open_file(source).read_all()["answers"].to_pylist()
        return answers

    def _place(self, n: int) -> Path:
        return self.folder / f"answers-{n:05}.arrow"
