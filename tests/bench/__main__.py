"""`python -m tests.bench [--quick]`: what takes how long, each against a peer in the same run.

Small cases are run as a person runs them, from start to end. Large ones are measured inside the program, without the
time that Python takes to start. Times are the best of several rounds.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from claims.cases import open_case, shipped_case
from claims.write.export import write_export
from tests.bench.generate import Size, write_case
from tests.bench.timing import Figure, best_of, seconds, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.read.forms import Form

ADDED: Final = """
documents:
  - {id: one-more, source: source-3, title: One more, url: https://www.post-3.example/more, published: 2023-09-20}
findings:
  - {claim: claim-77, document: one-more, stance: supports, basis: witnessed}
  - {claim: claim-78, document: one-more, stance: contradicts, basis: own-sources, note: As seen from the road.}
"""
IMPORTS: Final = "import pandas, pydantic, rich, scipy.sparse"
BARE: Final = """
import pydantic, yaml
from pathlib import Path
for path in sorted(Path({folder!r}).rglob("*.yaml")):
    yaml.load(path.read_bytes(), yaml.CSafeLoader)
"""
MEASURED: Final = """
import json, resource, sys, time
from pathlib import Path
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
folder = Path(sys.argv[1])
"""
PEER: Final = (
    MEASURED
    + """
import yaml
files = [path.read_bytes() for path in sorted(folder.rglob("*.yaml"))]
before, start = peak(), time.perf_counter()
kept = [yaml.load(data, yaml.CSafeLoader) for data in files]
print(json.dumps({"parse": time.perf_counter() - start, "memory": peak() - before}))
"""
)
OURS: Final = (
    MEASURED
    + """
import claims.flow, claims.read.case
from claims.read.case import read_case
before, start = peak(), time.perf_counter()
case, problems = read_case(folder)
read = time.perf_counter() - start
assert case is not None, problems[:3]
memory = peak() - before
start = time.perf_counter()
claims.flow.assess(case)
print(json.dumps({"read": read, "assess": time.perf_counter() - start, "memory": memory, "whole": peak() - before}))
"""
)


def main() -> int:
    """Print the table; gives 1 where a target is missed."""
    is_quick = "--quick" in sys.argv[1:]
    tell = sys.stdout.write
    tell(f"{'':<64}{'ours':>9}{'peer':>9}    {'ratio':>7}  target\n")
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for figure in (*shipped(Path(folder), 5 if is_quick else 15), *generated(Path(folder), is_quick=is_quick)):
            tell(f"{figure}\n")
            sys.stdout.flush()
            figures.append(figure)
    return 0 if all(figure.holds for figure in figures) else 1


def shipped(folder: Path, rounds: int) -> Iterator[Figure]:
    """The shipped case, as a person runs it; `cold` is without a cache, `warm` with the one that the last run left."""
    case = str(shipped_case())
    warm = str(folder / "warm")
    cold = (str(folder / f"cold-{n}") for n in range(10_000))
    for command, name, peer, target in (
        ("report", "importing pandas, pydantic, rich, scipy", IMPORTS, 1.5),
        ("check", "importing pydantic, yaml, bare parse", BARE.format(folder=case), 2.0),
    ):
        line = ["-m", "claims", command, "--case", case]
        seconds(line, XDG_CACHE_HOME=warm)
        ours_cold, ours_warm, theirs = best_of(
            rounds,
            lambda line=line: seconds(line, XDG_CACHE_HOME=next(cold)),  # type: ignore[misc]
            lambda line=line: seconds(line, XDG_CACHE_HOME=warm),  # type: ignore[misc]
            lambda peer=peer: seconds(["-c", peer]),  # type: ignore[misc]
        )
        yield Figure(f"claims {command}, cold cache / {name}", ours_cold, theirs, target)
        yield Figure(f"claims {command}, warm cache / {name}", ours_warm, theirs, target)
    yield _audited(case, warm, rounds)


def _audited(case: str, cache: str, rounds: int) -> Figure:
    """The audit of the claim with most findings, against the report of all claims."""
    report = ["-m", "claims", "report", "--case", case]
    audit = ["-m", "claims", "audit", "--case", case, busiest(case)]
    ours, theirs = best_of(
        rounds,
        lambda: seconds(audit, XDG_CACHE_HOME=cache),
        lambda: seconds(report, XDG_CACHE_HOME=cache),
    )
    return Figure("claims audit of the busiest claim, warm cache / claims report", ours, theirs, 1.3)


def busiest(case: str) -> str:
    """The claim with most findings; of several, the first by id."""
    counts = Counter(finding.claim for finding in open_case(case).findings)
    return min(counts, key=lambda claim: (-counts[claim], claim))


def generated(folder: Path, *, is_quick: bool) -> Iterator[Figure]:
    """A large case, and one half as large."""
    whole = Size(1000, 10_000) if is_quick else Size(10_000, 100_000)
    half = Size(whole.claims // 2, whole.findings // 2)
    sizes = {}
    for name, size in (("half", half), ("whole", whole)):
        write_case(folder / name, size)
        sizes[name] = _measured(folder, name, 3 if is_quick else 2)
    cold, warm, peer = sizes["whole"]
    about = f"{whole.claims:,} claims, {whole.findings:,} findings"
    yield Figure(f"{about}: read / CSafeLoader alone", cold["read"], peer["parse"], 1.5)
    yield Figure(f"{about}: read from CSV / from YAML", _tabled(folder, "csv"), cold["read"], 1.0)
    yield Figure(f"{about}: read from JSON Lines / from YAML", _tabled(folder, "jsonl"), cold["read"], 1.0)
    if find_spec("pyarrow"):
        yield Figure(f"{about}: read from Parquet / from YAML", _tabled(folder, "parquet"), cold["read"], 1.0)
    yield Figure(f"{about}: read again / read", warm["read"], cold["read"], 10, is_least=True)
    yield Figure(f"{about}: verdicts / one second", cold["assess"], 1.0, 1.0)
    yield Figure(f"{about}: memory / twice that of half", cold["whole"], 2 * sizes["half"][0]["whole"], 1.1, "MB")
    yield Figure(f"{about}: time to read / twice that of half", cold["read"], 2 * sizes["half"][0]["read"], 1.15)
    yield Figure(f"{about}: claims add, warm cache / two seconds", _added(folder), 2.0, 1.0)


def _tabled(folder: Path, form: Form) -> float:
    """Reading the large case from tables."""
    write_export(open_case(folder / "whole", cache=False), form, folder / form)
    return min(
        told(OURS, str(folder / form), XDG_CACHE_HOME=str(folder / f"cache-{form}-{n}"))["read"] for n in range(2)
    )


def _added(folder: Path) -> float:
    """Bringing one document and what it says into the large case, the whole command; taken back after each time."""
    case, cache, new = str(folder / "whole"), str(folder / "cache-whole-0"), folder / "new.yaml"
    new.write_text(ADDED, "utf-8")
    times = []
    for _ in range(3):
        times.append(seconds(["-m", "claims", "add", str(new), "--case", case, "--yes"], XDG_CACHE_HOME=cache))
        seconds(["-m", "claims", "undo", "--case", case], XDG_CACHE_HOME=cache)
    return min(times)


def _measured(folder: Path, name: str, rounds: int) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Reading it cold, reading it again, and the peer: of each the best of its figures."""
    found: tuple[list[dict[str, float]], ...] = ([], [], [])
    for n in range(rounds):
        cache = str(folder / f"cache-{name}-{n}")
        case = str(folder / name)
        found[0].append(told(OURS, case, XDG_CACHE_HOME=cache))
        found[1].append(told(OURS, case, XDG_CACHE_HOME=cache))
        found[2].append(told(PEER, case))
    cold, warm, peer = ({key: min(run[key] for run in runs) for key in runs[0]} for runs in found)
    return cold, warm, peer


if __name__ == "__main__":
    sys.exit(main())
