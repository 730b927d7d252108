"""Commands on a collection that is too large to be read as a case: its tables are gone through on disk."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cli import exits
from claims.cli.command import Option
from claims.cli.opened import policy_of, tell_of_warnings, tell_problems
from claims.cli.place import here, place_of
from claims.cli.progress import progress
from claims.cli.streams import out, tell

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from claims.cli.progress import Progress
    from claims.cluster.run import ClusterRun
    from claims.collection.cutting import Cut
    from claims.collection.extract import Extract
    from claims.collection.files import Collection
    from claims.collection.run import Advance, Run
    from claims.model.problem import Problem
    from claims.read.forms import Form

ENGINE: Final = Option(
    ("--engine",),
    "local: go through the tables of the case on disk, however large they are; without it where they are more than a "
    "case may hold; spark: the same on a cluster",
    choices=("local", "spark"),
)
MASTER: Final = Option(
    ("--master",),
    "where --engine spark runs: spark://…, yarn, local[4]; without it: where spark-submit says, else on this machine",
    metavar="URL",
)
LOOKED_INTO: Final = 4 * 2**20
"""Bytes of Parquet from which it is asked how many values it holds; of smaller tables the reader of cases tells it."""
NOT_FOR_IT: Final = ("speaker", "topic", "party", "source", "verdict")
"""Filters of a report that ask for more than one row a claim."""
SECTIONS: Final = ("claims", "statements", "findings", "documents", "sources", "speakers", "parties")


def is_asked_for(args: argparse.Namespace) -> bool:
    """Whether a command is about a collection: by --engine, a pattern, or tables larger than a case may be."""
    if getattr(args, "engine", None):
        return True
    place = _place(args)
    if set("*?[") & set(place) and not Path(place).exists():
        return True
    return _is_large(place)


def _is_large(place: str) -> bool:
    """Whether the tables in a folder are more than a case may hold; small ones are not looked into."""
    from claims.read.files import LARGEST_FILE

    sizes = dict(_table_sizes(place))
    if any(size > LARGEST_FILE for size in sizes.values()):
        return True
    parquet = [path for path in sizes if path.suffix.lower() == ".parquet"]
    if sum(sizes[path] for path in parquet) < LOOKED_INTO:
        return False
    try:
        from claims.collection.files import holds_more_than_a_case
    except ImportError:
        return False
    return holds_more_than_a_case(parquet)


def _table_sizes(place: str) -> Iterator[tuple[Path, int]]:
    from claims.read.forms import table_of

    for folder, below, names in os.walk(place):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            path = Path(folder, name)
            if table_of(path.relative_to(place).as_posix()) is not None:
                with suppress(OSError):
                    yield path, path.stat().st_size


def _place(args: argparse.Namespace) -> str:
    given = getattr(args, "case", None)
    if given and set("*?[") & set(given):
        return str(given)
    return str(place_of(given, os.environ, here()).folder)


def collection_of(args: argparse.Namespace) -> Collection:
    """The collection that the arguments name. Raises `BadRequest` where there is none, or what it needs is missing."""
    from claims.model.errors import BadRequest

    try:
        from claims.collection.files import collection_at
    except ImportError as error:
        from claims.read.parquet import INSTALL

        raise BadRequest(f"a collection needs pyarrow, which is not installed: {INSTALL}") from error
    return collection_at(_place(args), policy_of(args))


def report(args: argparse.Namespace, wanted: tuple[str, ...]) -> int:
    """Judge a collection, write a row a claim, and say what it came to. wanted: verdicts that --fail-on names."""
    from claims.cli.filters import day_of
    from claims.model.errors import BadRequest, CaseProblems

    for name in NOT_FOR_IT:
        if getattr(args, name):
            raise BadRequest(f"--{name} is not for a collection: choose from the table that is written")
    form, as_of, begun = _form(args), day_of(args.as_of, "--as-of"), time.monotonic()
    collection = collection_of(args)
    with progress(is_quiet=args.quiet) as say:
        say("reading what it is made of")
        run = _run(args, collection, as_of, say)
        try:
            counts = _written(run, args, form, say)
        except CaseProblems as error:
            tell_problems(error.problems)
            return exits.FOUND
        except KeyboardInterrupt:
            say.end()
            tell(f"claims: interrupted: {_what_is_kept(run)}")
            raise
    if run.cut:
        tell_of_warnings(run.cut.warnings, "collection", args)
    if not counts:
        tell("claims: the collection has no claims")
        return exits.NOTHING
    if not args.quiet:
        (tell if _is_stdout(args) else _out_line)(_summary(run, counts, time.monotonic() - begun))
    return exits.FOUND if any(counts[verdict] for verdict in wanted) else exits.FINE


def _written(run: Run | ClusterRun, args: argparse.Namespace, form: Form, say: Progress) -> dict[str, int]:
    """Judge, and write the verdicts; how many of each there are."""
    from claims.collection.results import write_results

    with run.held():
        run.judge()
        say("writing")
        with _output(args, run.collection) as stream:
            counts = write_results(run.results(), stream, form)
        run.finish()
    return counts


def _what_is_kept(run: Run | ClusterRun) -> str:
    if run.is_kept:
        return f"what is {'judged' if run.cut else 'read'} is kept, and the same command goes on there"
    return "nothing is kept, and the same command begins anew"


def _run(args: argparse.Namespace, collection: Collection, as_of: dt.date | None, say: Progress) -> Run | ClusterRun:
    """The judging, by the engine that was chosen."""
    if args.engine == "spark":
        from claims.cluster.run import ClusterRun

        return ClusterRun(collection, as_of, args.master, shown_by(say))
    from claims.collection.run import Run

    without_master(args)
    return Run(collection, as_of, beside(args), shown_by(say))


def check(args: argparse.Namespace, drawn: Callable[[tuple[Problem, ...], argparse.Namespace], str]) -> int:
    """Tell all problems of a collection at once, drawn in the format asked for."""
    from claims.model.errors import CaseProblems

    with progress(is_quiet=args.quiet) as say, tempfile.TemporaryDirectory(prefix="claims-") as folder:
        try:
            cut = _checked(args, collection_of(args), Path(folder, "cut"), say)
        except CaseProblems as error:
            out(drawn(error.problems, args))
            return exits.FOUND
    if cut.warnings or args.format == "json":
        out(drawn(cut.warnings, args))
    if cut.warnings and args.strict:
        return exits.FOUND
    if args.format == "text":
        out(f"{'no errors' if cut.warnings else 'fine'}: {_counts(cut.rows) or 'nothing is in it'}\n")
    return exits.FINE if cut.rows.get("claims") else exits.NOTHING


def _checked(args: argparse.Namespace, collection: Collection, folder: Path, say: Progress) -> Cut:
    """What a collection without errors holds; on a cluster it takes its verdicts to know. Raises `CaseProblems`."""
    if args.engine == "spark":
        from claims.cluster.run import ClusterRun

        run = ClusterRun(collection, None, args.master, shown_by(say))
        run.judge()
        return run.cut
    from claims.collection.run import cut_into, texts_read

    tell_advance = shown_by(say)
    return cut_into(collection, folder, tell_advance, texts_read(collection, tell_advance))


def without_master(args: argparse.Namespace) -> None:
    """Raises `BadRequest` where --master is given, and Spark is not asked for."""
    from claims.model.errors import BadRequest

    if args.master:
        raise BadRequest("--master is for --engine spark")


def taken_out(args: argparse.Namespace) -> Extract | None:
    """The claim that is to be audited, as a case of its own, or None once its errors were told.

    Raises `BadRequest` where none is named.
    """
    from claims.model.errors import BadRequest, CaseProblems

    if args.claim is None:
        raise BadRequest("a collection has too many claims to list: name one, as `claims report` writes them")
    read = collection_of(args)
    from claims.auditing.on_disk import taken_out as extracted

    try:
        return extracted(read, args.claim)
    except CaseProblems as error:
        tell_problems(error.problems)
        return None


def shown_by(say: Progress) -> Callable[[Advance], None]:
    """Says how far the work is, at what rate, and how long the rest takes once that is known."""
    from claims.collection.run import seconds_left

    begun: dict[str, tuple[float, int]] = {}

    def tell_advance(advance: Advance) -> None:
        since, before = begun.setdefault(advance.doing, (time.monotonic(), advance.done))
        passed, speed = time.monotonic() - since, []
        if advance.done > before and passed > 0:
            speed.append(f"{(advance.done - before) / passed:,.0f} a second")
        left = seconds_left(since, before, advance)
        if left is not None:
            speed.append(f"about {_duration(left)} left")
        if advance.of:
            say.counted(advance.doing, advance.done, advance.of, ", ".join(speed))
            how_far = f"{advance.doing}: {advance.done:,} of {advance.of:,} findings"
        else:
            how_far = f"{advance.doing}: {advance.done:,} rows" if advance.done else advance.doing
            say(", ".join([how_far, *speed]))
        say.line(", ".join([how_far, *speed]))

    return tell_advance


def _duration(seconds: float) -> str:
    if seconds < 90:  # noqa: PLR2004 - as people say it
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min"


def _form(args: argparse.Namespace) -> Form:
    from claims.model.errors import BadRequest

    endings: dict[str, Form] = {".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet"}
    if args.format not in (None, "csv"):
        raise BadRequest(
            f"a collection has no report in {args.format}: name a file in .csv, .jsonl or .parquet with -o"
        )
    if _is_stdout(args):
        return "csv"
    form = endings.get(Path(args.output).suffix.lower())
    if form is None:
        raise BadRequest("the verdicts on a collection are a table: name a file that ends in .csv, .jsonl or .parquet")
    return form


def _is_stdout(args: argparse.Namespace) -> bool:
    return args.output in (None, "-")


def beside(args: argparse.Namespace) -> Path:
    """Where unfinished work is kept: beside the output, or where this system keeps the caches of its user."""
    from claims.model.errors import BadRequest

    if not _is_stdout(args):
        folder = Path(args.output).absolute().parent
        if not folder.is_dir():
            raise BadRequest(f"there is no folder to write {Path(args.output).name} into")
        return folder
    from claims.read.cache import cache_folder

    folder = cache_folder().parent / "collections"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def _output(args: argparse.Namespace, collection: Collection) -> Iterator[BinaryIO]:
    """Where the table goes: the standard output, or a file, which appears whole or not at all."""
    if _is_stdout(args):
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    from claims.model.errors import BadRequest
    from claims.read.forms import is_read

    target = Path(args.output)
    inside = target.resolve().is_relative_to(collection.root.resolve()) and is_read(target.absolute().as_posix())
    if not args.force and (inside or target.is_symlink()):
        raise BadRequest(f"{target.name} would belong to the collection, or is a link: --force writes it all the same")
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _summary(run: Run | ClusterRun, counts: dict[str, int], seconds: float) -> str:
    """What was judged, by which policy, and what it came to."""
    from claims.read.characters import shown
    from claims.selection import READING_ORDER

    rows = run.cut.rows if run.cut else {}
    widest = max((len(f"{number:,}") for number in counts.values()), default=1)
    lines = [f"  {counts[word]:>{widest},}  {word}" for word in READING_ORDER if counts[word]]
    went_on = ", going on where it was interrupted" if run.went_on else ""
    return "\n".join(
        [
            f"{shown(run.collection.title)}: {_counts(rows)}",
            *lines,
            f"policy {shown(run.collection.policy.policy)}, digest {run.digest}",
            f"{seconds:.1f} s{went_on}",
        ]
    )


def _counts(rows: dict[str, int]) -> str:
    from claims.read.ledger import SINGULAR

    return ", ".join(
        f"{rows[name]:,} {SINGULAR[name] if rows[name] == 1 else name}" for name in SECTIONS if rows.get(name)
    )


def _out_line(text: str) -> None:
    out(f"{text}\n")
