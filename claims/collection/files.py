"""The tables of a collection: those in a folder, or those that a pattern names, with what case.yaml says beside them.

Tables are named as in a case: by their section. A collection needs no case.yaml; where there is one its policy holds.
"""

from __future__ import annotations

import glob
import os
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from claims.model.errors import BadRequest, CaseProblems
from claims.model.header import Header
from claims.read.characters import shown
from claims.read.contents import kind_of
from claims.read.drafts import Draft, Spot
from claims.read.files import CASE_FILE, paths_below, twins
from claims.read.forms import is_near_table, is_read, is_yaml, table_of
from claims.read.header import header_of
from claims.read.policy import DEFAULT, default_policy, laid_over, policy_bytes, policy_from
from claims.read.problems import problems_of
from claims.read.yaml import MOST_VALUES, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims.model.policy import Policy
    from claims.model.problem import Problem
    from claims.read.forms import Form

WILD: Final = frozenset("*?[")
CHUNK: Final = 1 << 20
LIKE_TABLES: Final = "findings.csv, findings-2015.csv, findings/part-1.csv"


class TableFile(NamedTuple):
    """A table of a collection: where it is, how it is called in messages, its section and its form."""

    path: Path
    name: str
    section: str
    form: Form


class Collection:
    """The tables of a collection by name, what it is called and its policy."""

    def __init__(
        self,
        root: Path,
        files: tuple[TableFile, ...],
        header: Header,
        policy: Policy,
        problems: tuple[Problem, ...] = (),
    ) -> None:
        self.root, self.files, self.header, self.policy = root, files, header, policy
        self.problems = problems
        """What is odd about case.yaml and the names of tables, and which of its files are not read."""

    @property
    def title(self) -> str:
        """How it is called."""
        return self.header.title or self.header.case

    @property
    def ground(self) -> str:
        """The folder itself, below which stored texts lie."""
        return os.path.realpath(self.root)

    def of(self, section: str) -> tuple[TableFile, ...]:
        """The tables of one section."""
        return tuple(file for file in self.files if file.section == section)

    @cached_property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of each table, and of case.yaml, by their paths below the folder."""
        head = {CASE_FILE: self.root / CASE_FILE} if (self.root / CASE_FILE).is_file() else {}
        paths = {file.name: file.path for file in self.files} | head
        return {name: _sha256(path) for name, path in paths.items()}


def holds_more_than_a_case(tables: Iterable[Path]) -> bool:
    """Whether tables of Parquet hold more values than a case may, as far as they can be read."""
    values = 0
    for path in tables:
        with suppress(pa.ArrowException, OSError):
            metadata = pq.read_metadata(path)
            values += metadata.num_rows * metadata.num_columns
    return values > MOST_VALUES


def is_pattern(place: str) -> bool:
    """Whether a place is a pattern of files, and not a folder."""
    return bool(WILD & set(place)) and not Path(place).exists()


def collection_at(place: str, policy: Path | None = None) -> Collection:
    """The collection in a folder, or of the tables that a pattern names.

    policy: a file laid over the default policy, instead of what case.yaml changes. Raises `BadRequest` where there are
    no tables, and `CaseProblems` where case.yaml or the policy has errors, or no table can be opened.
    """
    drafts: list[Draft] = []
    if is_pattern(place):
        root = Path(place[: min(place.index(sign) for sign in WILD if sign in place)]).parent
        found = sorted(path for path in glob.glob(place, recursive=True) if not os.path.isdir(path))  # noqa: PTH112, PTH207
        if not found:
            raise BadRequest(f"there is no folder {shown(place)}, and as a pattern it names no file")
        for path in found:
            if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113
                raise BadRequest(f"{shown(path)} is {kind_of(os.stat(path).st_mode)}, not a file")  # noqa: PTH116
        names = [os.path.relpath(path, root) for path in found]
    else:
        root = Path(place)
        if not root.is_dir():
            raise BadRequest(
                f"there is no folder {shown(place)}: name one with tables, or a pattern like 'data/*.parquet'"
            )
        names = sorted(paths_below(os.path.realpath(root), drafts))
    near = next((draft.spot.file for draft in drafts if draft.code == "unread-table"), None)
    if near is not None:
        raise BadRequest(f"{near} is not named like a table: {LIKE_TABLES}")
    files = tuple(_files(root, names))
    unread = problems_of([*drafts, *twins(file.name for file in files)], {})
    if not files and any(problem.severity == "error" for problem in unread):
        raise CaseProblems(unread)
    if not files:
        raise BadRequest(f"{shown(place)} has no tables: they are called by their sections, like findings.parquet")
    header, rules, odd = _head(root, policy)
    return Collection(root, files, header, rules, (*odd, *unread))


def _files(root: Path, names: list[str]) -> Iterator[TableFile]:
    for name in names:
        table = table_of(name)
        if table is not None:
            yield TableFile(root / name, shown(name), table.section, table.form)
        elif is_near_table(name):
            raise BadRequest(f"{shown(name)} is not named like a table: {LIKE_TABLES}")
        elif is_yaml(name) and is_read(name) and name != CASE_FILE and tree_of((root / name).read_bytes(), name).value:
            raise BadRequest(
                f"{shown(name)} is YAML: the entries of a large collection stand in tables alone "
                "(`claims export` makes tables of a case; a case of YAML needs no --engine)"
            )


def _head(root: Path, option: Path | None) -> tuple[Header, Policy, tuple[Problem, ...]]:
    """What the collection is called, as its folder where it has no case.yaml; its policy; and what is odd there."""
    path = root / CASE_FILE
    data = path.read_bytes() if path.is_file() else b""
    tree = tree_of(data, CASE_FILE)
    header, drafts = header_of({CASE_FILE: tree}) if data else (None, [])
    policy: Policy | None = default_policy()
    contents = {CASE_FILE: data}
    if option:
        contents[shown(str(option))] = policy_bytes(option)
        policy, unfit = policy_from(contents[shown(str(option))], option)
        drafts.extend(unfit)
    elif header is not None and header.policy:
        policy, found = laid_over(header.policy, Spot(CASE_FILE, ("policy",)), f"{DEFAULT}+{header.case}")
        drafts.extend(found)
    drafts.extend(tree.drafts if data else ())
    extra = set(tree.value or ()) - {"case", "title", "about", "policy"} if isinstance(tree.value, dict) else ()
    hint = "move its entries to a table"
    drafts.extend(
        Draft("unknown-key", f"'{key}' stands in tables alone", Spot(CASE_FILE, (key,), "key"), hint) for key in extra
    )
    if policy is None or any(draft.severity == "error" for draft in drafts):
        raise CaseProblems(problems_of(drafts, contents))
    known = header or Header(case="collection", title=shown(root.resolve().name) or None)
    return known, policy, problems_of(drafts, contents)


def _sha256(path: Path) -> str:
    made = sha256()
    with path.open("rb") as stream:
        while data := stream.read(CHUNK):
            made.update(data)
    return made.hexdigest()
