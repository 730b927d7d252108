"""`python -m tests.bench.site [--claims N]`: how long a site takes, in how much memory, and how soon it is filtered.

A case of N claims with ten findings each, and one twice as large, so that the growth of memory shows. Memory is the
peak of the process that writes; without its helpers, of which none holds more. Filtering is timed in Chromium.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.generate import Size, write_case
from tests.bench.timing import Figure, told

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE: Final = """
import json, resource, sys, time
from pathlib import Path
from claims.cases import open_case
from claims.flow import assess
from claims.pages.site import pages_of
from claims.write.folder import write_folder
case = open_case(Path(sys.argv[1]))
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
start, size = time.perf_counter(), 0
def counted():
    global size
    for path, data in pages_of(assess(case)):
        size += len(data)
        if path == "index.html":
            print(json.dumps(peak()), file=sys.stderr)
        yield path, data
read = peak()
files = write_folder(Path(sys.argv[2]), counted(), apart_from=case.folder)
print(json.dumps({"seconds": time.perf_counter() - start, "read": read, "peak": peak(), "bytes": size, "files": files}))
"""
TARGET: Final = 60.0
"""Seconds for 10,000 claims."""
FILTERED: Final = """() => {
  const field = document.querySelector("form.filter input[name=q]");
  const times = [];
  for (const text of ["b", "br", "bri", "brid", "bridge", "bridge r", "bridge ri", ""]) {
    field.value = text;
    const start = performance.now();
    field.dispatchEvent(new Event("input", {bubbles: true}));
    document.body.getBoundingClientRect();
    times.push(performance.now() - start);
  }
  return Math.max(...times);
}"""
SOON: Final = 100.0
"""Milliseconds from a keystroke to its layout."""


def main() -> int:
    """Print the table; gives 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=10_000, help="claims of the smaller case")
    args = parser.parse_args()
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for figure in measured(Path(folder), args.claims):
            sys.stdout.write(f"{figure}\n")
            sys.stdout.flush()
            figures.append(figure)
    return 0 if all(figure.holds for figure in figures) else 1


def measured(folder: Path, number: int) -> Iterator[Figure]:
    """The figures of a case with that many claims, and of one twice as large."""
    runs = []
    for n, claims in enumerate((number, 2 * number)):
        case, site = folder / f"case-{n}", folder / f"site-{n}"
        write_case(case, Size(claims, 10 * claims))
        run = told(SITE, str(case), str(site), PYTHONPATH=str(Path.cwd()))
        runs.append(run)
        yield Figure(f"{claims:,} claims: seconds / target", run["seconds"], TARGET * claims / 10_000, 1.0)
        sys.stdout.write(f"  {run['files']:,.0f} files, {run['bytes'] / 1e6:,.0f} MB, peak {run['peak']:,.0f} MB\n")
    grown = [run["peak"] - run["read"] for run in runs]
    yield Figure("memory on top of the case: twice the claims / once", grown[1], grown[0], 2.2, "MB")
    yield Figure("longest filtering of a keystroke / target", _filtering(folder / "site-0"), SOON, 1.0, "ms")


def _filtering(site: Path) -> float:
    from tests.browser.chromium import chromium  # noqa: PLC0415 - only here is a browser needed

    with chromium() as (browser, _):
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        page.goto((site / "index.html").as_uri())
        page.wait_for_timeout(1000)
        return float(page.evaluate(FILTERED))


if __name__ == "__main__":
    sys.exit(main())
