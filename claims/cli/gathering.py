"""What is learned of the sources of a collection that is too large to be read as a case, by either engine."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cli.collection import beside, collection_of, shown_by, without_master
from claims.cli.opened import tell_of_warnings, tell_problems

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Iterator

    from claims.cli.progress import Progress
    from claims.collection.files import Collection
    from claims.model.case import Case
    from claims.model.reliability import Reliabilities
    from claims.reliability.collected import Gathering
    from claims.reliability.sources import Asked

KEPT: Final = ".learning-"
"""How folders of unfinished work begin here: those of verdicts begin in another way, and are cleared away."""


def learned(
    args: argparse.Namespace, as_of: dt.date | None, asked: Asked, say: Progress
) -> tuple[Case, Reliabilities] | None:
    """The people of a collection, and what is learned of its sources; None once its errors were told."""
    from claims.model.errors import CaseProblems

    collection = collection_of(args)
    say("reading what it is made of")
    try:
        with _gathering(args, collection, as_of, say) as parts:
            from claims.reliability.collected import collected

            case, found = collected(collection, as_of, parts, asked, say)
            tell_of_warnings(case.warnings, "collection", args)
            return case, found
    except CaseProblems as error:
        tell_problems(error.problems)
        return None


@contextmanager
def _gathering(
    args: argparse.Namespace, collection: Collection, as_of: dt.date | None, say: Progress
) -> Iterator[Gathering]:
    """Who brings together what the claims of a collection say, by the engine that was chosen."""
    if args.engine == "spark":
        from claims.cluster.run import interruptible
        from claims.cluster.session import session_of

        say("starting Spark")
        with interruptible():
            session = session_of(args.master)
        from claims.reliability.on_cluster import OnCluster

        with interruptible():
            cluster = OnCluster(session, collection, as_of, shown_by(say))
            try:
                yield cluster
            finally:
                cluster.close()
        return
    without_master(args)
    from claims.reliability.on_disk import OnDisk

    with tempfile.TemporaryDirectory(prefix=KEPT, dir=beside(args)) as folder:
        yield OnDisk(collection, as_of, Path(folder, "cut"), shown_by(say))
