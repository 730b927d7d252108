"""A collection from its tables to its verdicts: read, checked and cut once, judged part by part, and taken up again.

What is finished is kept in a folder that is called by the digest of all that the verdicts depend on. The same command
goes on where an interrupted one stopped; of another input, policy or date nothing is taken over.
"""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa
from filelock import FileLock, Timeout

from claims.collection.cells import list_column, text_column
from claims.collection.coding import people_of
from claims.collection.cut import Cutter, shared_in
from claims.collection.cutting import DONE, cut_in, write_cut
from claims.collection.documents import documents_in
from claims.collection.faults import problems_in
from claims.collection.halts import FILE as HALT
from claims.collection.halts import back_at_halt, has_halt
from claims.collection.spill import spilled
from claims.collection.texts import digest_with, stored_texts
from claims.collection.verdicts import SCHEMA, judged_part
from claims.collection.whole import deleted, put
from claims.model.errors import BadRequest, CaseProblems
from claims.read.cache import READING, program
from claims.read.characters import shown
from claims.read.problems import by_place
from claims.threads import side_by_side

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from claims.collection.coding import People
    from claims.collection.cutting import Cut
    from claims.collection.documents import Documents
    from claims.collection.files import Collection
    from claims.collection.halts import Halt
    from claims.collection.texts import Stored
    from claims.model.policy import Policy

AT_ONCE: Final = 2
"""Parts that are judged side by side."""
KEPT: Final = ".claims-"
KEY: Final = 24
"""Letters of the key behind it."""
LOCK: Final = ".lock"
JUDGING: Final = (*READING, "tables", "independence", "weigh", "verdict", "collection")
"""The folders of the package that verdicts depend on."""
NOTES: Final = (DONE, HALT)
"""Files that say what of a folder is whole."""


class Advance(NamedTuple):
    """How far the work is: what is done, rows or findings so far and of how many (0: not known)."""

    doing: str
    done: int
    of: int = 0


class Run:
    """The judging of a collection in a folder of its own. `results` gives the verdicts once `judge` has run."""

    def __init__(
        self, collection: Collection, as_of: dt.date | None, beside: Path, say: Callable[[Advance], None]
    ) -> None:
        self.collection, self.as_of, self.say = collection, as_of, say
        self.beside = beside
        self.stored = texts_read(collection, say)
        self.digest = digest_with(collection, self.stored)
        self.folder = beside / f"{KEPT}{self._key()}"
        self.cut: Cut | None = None
        self.went_on = False
        """Whether some of the work had been done before."""

    @property
    def is_kept(self) -> bool:
        """Whether the same run, begun again, goes on with what is done."""
        return self.cut is not None or has_halt(self.folder)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others from the folder meanwhile. Raises `BadRequest` where another process is at the same work."""
        lock = _lock(self.folder)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            where = shown(str(self.beside))
            raise BadRequest(f"another process is judging the same in {where}: wait until it has ended") from error
        try:
            yield
        finally:
            _let_go(lock)

    def judge(self) -> None:
        """Read, check, cut and judge what is not judged yet. Raises `CaseProblems` where the collection has errors."""
        self._clear_others()
        self.cut = cut_in(self.folder)
        halt = back_at_halt(self.folder) if self.cut is None else None
        self.went_on = self.cut is not None or halt is not None
        if self.cut is None:
            copies = self.stored.copies(self.collection.policy.near_duplicate, self.as_of)
            self.cut = cut_into(self.collection, self.folder, self.say, self.stored, copies, halt)
        today = self.as_of or self.cut.today
        people = people_of(shared_in(self.folder), self.collection.policy)
        documents = documents_in(self.folder)
        of = sum(self.cut.findings)
        waiting = [n for n in range(self.cut.parts) if not self._result(n).exists()]
        done = of - sum(self.cut.findings[n] for n in waiting)

        def one(n: int) -> int:
            self._judge_part(n, people, documents, today)
            return n

        self.say(Advance("judging", done, of))
        with closing(side_by_side(one, waiting, AT_ONCE)) as judged:
            for n in judged:
                done += self.cut.findings[n]
                self.say(Advance("judging", done, of))

    def results(self) -> Iterator[pa.Table]:
        """The verdicts, in the order of claim ids, a part at a time."""
        for n in range(self.cut.parts if self.cut else 0):
            with pa.ipc.open_file(str(self._result(n))) as reader:
                yield reader.read_all()

    def finish(self) -> None:
        """Delete what was kept."""
        deleted(self.folder, NOTES)

    def _judge_part(self, n: int, people: People, documents: Documents, today: dt.date | None) -> None:
        part = part_in(self.folder, n, documents)
        verdicts = (
            judged_part(people, part, self.collection.policy, self.as_of, today) if part else SCHEMA.empty_table()
        )
        whole = self._result(n).with_suffix(".part")
        with pa.OSFile(str(whole), "wb") as sink, pa.ipc.new_file(sink, SCHEMA) as writer:
            writer.write_table(verdicts)
        put(whole, self._result(n))

    def _result(self, n: int) -> Path:
        return self.folder / f"verdicts-{n:05}.arrow"

    def _key(self) -> str:
        policy: Policy = self.collection.policy
        parts = (self.digest, policy.model_dump_json(), str(self.as_of), program(JUDGING), SCHEMA.to_string())
        return sha256(repr(parts).encode()).hexdigest()[:KEY]

    def _clear_others(self) -> None:
        """Delete what was kept of another input, which would never be used, unless someone is at it."""
        for folder in self.beside.glob(f"{KEPT}{'?' * KEY}"):
            lock = _lock(folder)
            if folder != self.folder and folder.is_dir() and not _is_held(lock):
                deleted(folder, NOTES)
                _let_go(lock)


def _lock(folder: Path) -> FileLock:
    return FileLock(folder.with_name(f"{folder.name}{LOCK}"))


def _is_held(lock: FileLock) -> bool:
    """Whether another has a lock; who asks has it otherwise."""
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    return False


def _let_go(lock: FileLock) -> None:
    Path(lock.lock_file).unlink(missing_ok=True)
    lock.release()


def texts_read(collection: Collection, say: Callable[[Advance], None]) -> Stored:
    """What there is to see of the stored texts of a collection; it is said how many are read."""
    return stored_texts(collection, lambda read: say(Advance("reading stored texts", read)))


def cut_into(  # noqa: PLR0913, PLR0917 - all that the parts rest on, each once
    collection: Collection,
    folder: Path,
    say: Callable[[Advance], None],
    stored: Stored,
    copies: Mapping[str, str] = MappingProxyType({}),
    halt: Halt | None = None,
) -> Cut:
    """Read and check a collection, and cut it into a folder; its warnings are in `Cut.warnings`.

    Raises `CaseProblems`, with warnings as well, where it has errors; nothing that was cut is kept then.

    copies: documents that are to follow others because of their stored texts, which only judging needs to know. halt:
    from where it goes on in that folder; None: it is emptied.
    """
    if halt is None:
        deleted(folder, NOTES)
        folder.mkdir(parents=True)
    cutter = Cutter(
        collection,
        folder,
        lambda section, rows: say(Advance(f"reading and checking {section}", rows)),
        stored,
        copies,
        halt,
    )
    cutter.suspects.unsound(stored.unsound)
    cut = cutter.cut()
    say(Advance("checking", 0))
    found = problems_in(collection, cutter.suspects, cutter.problems)
    problems = by_place((*collection.problems, *cutter.problems, *found))
    if any(problem.severity == "error" for problem in problems):
        deleted(folder, NOTES)
        raise CaseProblems(problems)
    cut = replace(cut, warnings=problems)
    write_cut(cut, folder)
    return cut


def part_in(folder: Path, n: int, documents: Documents) -> dict[str, pa.Table]:
    """Everything that belongs to a part; nothing where it has no claims."""
    found = {name: spilled(folder, name, n) for name in ("claims", "statements", "findings")}
    part = {name: table for name, table in found.items() if table is not None}
    if "claims" not in part:
        return {}
    names = [text_column(part[name], "document") for name in ("statements", "findings") if name in part]
    if "findings" in part:
        names.append(list_column(part["findings"], "findings", "relies_on")[1])
    part["documents"] = documents.reached(names or [pa.array([], pa.string())])
    return part


def seconds_left(begun: float, done_before: int, advance: Advance) -> float | None:
    """How long the rest takes at the rate so far; None while that is not known."""
    done = advance.done - done_before
    if done <= 0 or not advance.of:
        return None
    return (time.monotonic() - begun) / done * (advance.of - advance.done)
