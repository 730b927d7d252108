"""The site: where its pages lead, what each says of itself, and what becomes of the folder that it is written to."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import posixpath
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from claims.cases import open_case, shipped_case
from claims.cli import exits
from claims.cli.main import main
from claims.flow import assess
from claims.model.errors import BadRequest
from claims.pages.routes import Route, file_name, path_of
from claims.pages.site import KINDS, pages_of
from claims.present.view import Entry
from claims.write.folder import MARKER, write_folder
from claims.write.init import write_example
from tests.hostile_case import hostile_case
from tests.pages.markup import Element, read

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
STARTED = """
import sys
from pathlib import Path
from claims.write.folder import write_folder
def files():
    for n in range(100000):
        print(n, flush=True)
        yield f"part/{n}.html", b"new"
write_folder(Path(sys.argv[1]), files(), apart_from=Path("/nowhere/at/all"))
"""


@cache
def shipped() -> dict[str, bytes]:
    return dict(pages_of(assess(open_case(cache=False))))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return dict(pages_of(assess(open_case(hostile_case(tmp_path_factory.mktemp("case") / "case"), cache=False))))


def pages(site: dict[str, bytes]) -> dict[str, Element]:
    return {path: read(data.decode()) for path, data in site.items() if path.endswith(".html")}


def lost(site: dict[str, bytes]) -> list[str]:
    """Addresses within a site that lead to no file of it, or to an anchor that is not there."""
    found = pages(site)
    anchors = {
        path: {one.attributes["id"] for one in page.all() if "id" in one.attributes} for path, page in found.items()
    }
    missing = []
    for path, page in found.items():
        for link in page.all():
            address = link.attributes.get("href", "")
            if urlsplit(address).scheme or not address:
                continue
            file, _, anchor = address.partition("#")
            to = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path
            if to not in site or (anchor and unquote(anchor) not in anchors.get(to, set())):
                missing.append(f"{path}: {address}")
    return missing


def test_every_link_within_the_shipped_site_leads_somewhere() -> None:
    assert lost(shipped()) == []


def test_every_link_within_a_hostile_site_leads_somewhere(hostile: dict[str, bytes]) -> None:
    assert lost(hostile) == []


def test_a_link_that_leads_nowhere_is_found() -> None:
    site = {"a.html": b"<html><a href='b.html'>x</a><a href='#y'>x</a><a href='a.html#z' id='z'>x</a></html>"}
    assert lost(site) == ["a.html: b.html", "a.html: #y"]


def test_every_page_says_of_which_case_digest_policy_and_date_it_is() -> None:
    case = open_case(cache=False)
    for path, page in pages(shipped()).items():
        told = page.one("footer").text
        for part in (case.title, case.id, case.digest, case.policy.policy, "as the case stands", "Cite this"):
            assert part in told, f"{path} does not say {part}"


def test_no_id_stands_twice_on_a_page(hostile: dict[str, bytes]) -> None:
    for path, page in {**pages(shipped()), **pages(hostile)}.items():
        ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
        assert len(set(ids)) == len(ids), path


def test_every_claim_source_and_speaker_has_a_page_with_its_name() -> None:
    case, found = open_case(cache=False), pages(shipped())
    for section in ("claims", "sources", "speakers"):
        for one in getattr(case, section):
            assert found[path_of(Entry(section, one.id)) or ""].one("h1").text == getattr(one, "text", None) or one.name


def test_the_navigation_marks_the_page_that_is_open_and_no_other() -> None:
    for path, page in pages(shipped()).items():
        (nav,) = [one for one in page.all("nav") if one.attributes.get("aria-label") == "Pages"]
        current = [one for one in nav.all("a") if "aria-current" in one.attributes]
        assert len(current) == 1, path
        assert len(nav.all("a")) == len(KINDS)


def test_rows_beside_a_page_are_those_that_it_links_to() -> None:
    site = shipped()
    for path, page in pages(site).items():
        for link in page.all("a"):
            name = link.attributes.get("download", "")
            if name.endswith(".json") and not link.attributes["href"].startswith("data:"):
                beside = posixpath.join(posixpath.dirname(path), link.attributes["href"])
                data = json.loads(site[beside])
                assert all(len(row) == len(data["columns"]) for row in data["rows"])
                assert len(site[beside.removesuffix("json") + "csv"].splitlines()) >= len(data["rows"]) + 1


SITE_IN_HASHES = """
import hashlib, locale, os, sys
if sys.argv[2] == "alone" and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
locale.setlocale(locale.LC_ALL, "")
from claims.cases import open_case, shipped_case
from claims.flow import assess
from claims.pages import site
site.FEWEST = 2
for path, data in site.pages_of(assess(open_case(sys.argv[1], cache=False))):
    print(ascii(path), hashlib.sha256(data).hexdigest())
"""
"""Writes the path and the hash of every file of a site, one a line, in order, under the locale that is set."""
AROUND: dict[str, dict[str, str]] = {
    "in an order of sets, far in the east": {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
    "in another, far in the west": {"PYTHONHASHSEED": "2", "TZ": "Etc/GMT+12", "LC_ALL": "C.UTF-8"},
    "where nothing but ASCII is known": {
        "PYTHONHASHSEED": "3",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    },
    "where numbers have commas": {"PYTHONHASHSEED": "4", "LC_ALL": "de_DE.UTF-8"},
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_the_same_case_gives_the_same_bytes_wherever_it_is_shown(tmp_path: Path, around: dict[str, str]) -> None:
    """Also from another folder, with files of another age, and by one process alone."""
    case = shutil.copytree(shipped_case(), tmp_path / "eine Kopie", copy_function=shutil.copyfile)
    environment = {**os.environ, **around}
    if around.get("LC_ALL", "").startswith("de_DE"):
        environment["LOCPATH"] = str(with_commas(tmp_path))
    alone = "alone" if around["PYTHONHASHSEED"] == "2" else "together"
    done = subprocess.run(
        [sys.executable, "-c", SITE_IN_HASHES, str(case), alone], env=environment, cwd=ROOT, capture_output=True,
        text=True, check=True, timeout=200,
    )  # fmt: skip
    found = [line.rsplit(" ", 1) for line in done.stdout.splitlines()]
    assert found == [[ascii(path), hashlib.sha256(data).hexdigest()] for path, data in shipped().items()]


def with_commas(folder: Path) -> Path:
    """A folder of locales with one that writes 0,5; without the means to make one the test is skipped."""
    made = ["localedef", "-i", "de_DE", "-f", "UTF-8", str(folder / "locales" / "de_DE.UTF-8")]
    (folder / "locales").mkdir()
    try:
        subprocess.run(made, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no locale can be made here: Debian has them in the package locales")
    return folder / "locales"


@pytest.mark.parametrize("id_", ["con", "nul", "aux", "com1", "lpt9", "con.x", "index", "نصرالله", "é"])
def test_an_id_that_a_system_would_not_take_for_a_file_gets_another_name(id_: str) -> None:
    assert file_name(id_).startswith("_")
    assert file_name(id_).isascii()


@pytest.mark.parametrize("id_", ["console", "a.b", "qalamoun-300km", "com10"])
def test_any_other_id_is_the_name_of_its_file(id_: str) -> None:
    assert file_name(id_) == id_


def test_addresses_are_relative_to_the_page_that_they_stand_on() -> None:
    assert Route("index.html").to("claims/a.html") == "claims/a.html"
    assert Route("claims/a.html").to("claims/b.html#x y") == "../claims/b.html#x%20y"
    assert Route("claims/a.html").to("claims/a.html#x") == "#x"


def test_a_site_is_written_and_replaced(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for text in (b"one", b"two"):
        assert (
            write_folder(site, iter([("a/b.html", text), (f"{text.decode()}.html", text)]), apart_from=tmp_path / "c")
            == 2
        )
        assert (site / "a" / "b.html").read_bytes() == text
    assert sorted(path.name for path in site.iterdir()) == ["a", MARKER, "two.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("foreign", ["note.txt", "a/note.txt", "deep/er/note.txt"])
def test_a_folder_with_what_somebody_else_put_there_is_left_alone(tmp_path: Path, foreign: str) -> None:
    site = tmp_path / "site"
    write_folder(site, [("a/b.html", b"old")], apart_from=tmp_path / "c")
    (site / foreign).parent.mkdir(parents=True, exist_ok=True)
    (site / foreign).write_bytes(b"mine")
    with pytest.raises(BadRequest, match="--force replaces it all"):
        write_folder(site, [("a/b.html", b"new")], apart_from=tmp_path / "c")
    assert (site / foreign).read_bytes() == b"mine"
    assert (site / "a/b.html").read_bytes() == b"old"
    write_folder(site, [("a/b.html", b"new")], apart_from=tmp_path / "c", force=True)
    assert not (site / foreign).exists()


def test_a_site_is_not_written_into_the_case_nor_over_it_nor_through_a_link(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    for folder, told in ((case / "site", "in the folder of the case"), (tmp_path, "has the case in it")):
        with pytest.raises(BadRequest, match=told):
            write_folder(folder, [("a.html", b"")], apart_from=case, force=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadRequest, match="is a link"):
        write_folder(tmp_path / "link", [("a.html", b"")], apart_from=case)


def test_a_source_page_lists_what_others_have_from_it() -> None:
    page = pages(shipped())["sources/afp.html"]
    assert "Known through others (27)" in page.text
    rows = list(csv.DictReader(io.StringIO(shipped()["sources/afp.csv"].decode("utf-8-sig"))))
    assert len(rows) == 27
    assert all("afp" in row["origins"].split("; ") and row["source"] != "afp" for row in rows)
    linked = {link.attributes["href"] for link in page.all("a") if "claims/" in link.attributes["href"]}
    assert {row["claim"] for row in rows} == {link.rpartition("/")[2].removesuffix(".html") for link in linked}


def test_a_foot_speaks_of_addresses_only_where_there_are_some() -> None:
    for path, page in pages(shipped()).items():
        told = "Each entry has an address of its own" in page.text
        assert told == bool(page.one("main").all("a", class_="anchor")), path


def test_without_graphviz_pages_tell_chains_in_words_and_say_what_to_install(tmp_path: Path) -> None:
    write_example(tmp_path / "case")
    for name, before in (("with", ""), ("without", "import sys; sys.modules['pygraphviz'] = None; ")):
        run = [sys.executable, "-c", f"{before}import sys; from claims.cli.main import main; sys.exit(main())", "site"]
        more = ["--case", str(tmp_path / "case"), "-o", str(tmp_path / name), "--no-cache"]
        done = subprocess.run([*run, *more], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
        assert done.returncode == exits.FINE
        told = [line for line in done.stderr.splitlines() if "Graphviz" in line]
        assert len(told) == bool(before)
        assert all(line.endswith("pip install 'claims[pictures]'") for line in told)
    drawn, plain = _html(tmp_path / "with"), _html(tmp_path / "without")
    assert drawn.keys() == plain.keys()
    for path, file in drawn.items():
        with_, without = read(file.read_text("utf-8")), read(plain[path].read_text("utf-8"))
        pictures = [one for one in with_.all("svg", class_="picture") if "chain-" in one.attributes["aria-labelledby"]]
        assert len(pictures) == len(without.all("section", class_="undrawn")) == (path.parts[0] == "claims")
        for picture in pictures:
            told = picture.one("desc").text.split("\n")
            said = without.one("section", class_="undrawn")
            assert [one.text for one in said.all("li")] == told
            assert "pip install 'claims[pictures]'" in said.text


def test_quiet_says_nothing_of_graphviz_and_a_picture_alone_is_refused(tmp_path: Path) -> None:
    write_example(tmp_path / "case")
    started = "import sys; sys.modules['pygraphviz'] = None; from claims.cli.main import main; sys.exit(main())"
    for command, code in ((["site", "--quiet", "-o"], exits.FINE), (["plot", "crane-fell", "-o"], exits.WRONG_USE)):
        run = [sys.executable, "-c", started, *command, str(tmp_path / "new.svg"), "--case", str(tmp_path / "case")]
        done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
        assert done.returncode == code
        assert ("pip install 'claims[pictures]'" in done.stderr) == (code != exits.FINE)
        assert (tmp_path / "new.svg").exists() == (code == exits.FINE)
        shutil.rmtree(tmp_path / "new.svg", ignore_errors=True)


def _html(folder: Path) -> dict[Path, Path]:
    """The pages of a site, by their paths within it."""
    return {path.relative_to(folder): path for path in folder.rglob("*.html")}


@pytest.mark.parametrize("place", ["/", "home", "home/", "home/here", "home/here/../..", "home/link"])
def test_a_folder_that_nobody_means_to_lose_is_not_replaced_even_by_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    home = tmp_path / "home"
    (home / "here").mkdir(parents=True)
    (home / "mine.txt").write_text("dear", "utf-8")
    (home / "link").symlink_to(home)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(home / "here" if "here" in place else tmp_path.parent)
    with pytest.raises(BadRequest, match=r"is the root|home folder|that you are in"):
        write_folder(tmp_path / place, [("a.html", b"")], apart_from=tmp_path / "case", force=True)
    assert sorted(path.name for path in home.iterdir()) == ["here", "link", "mine.txt"]
    write_folder(home / "here" / "site", [("a.html", b"")], apart_from=tmp_path / "case", force=True)


def test_what_fails_midway_leaves_the_old_site_and_nothing_beside_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_folder(site, [("a.html", b"old")], apart_from=tmp_path / "c")

    def files() -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"new"
        raise KeyError("a page that cannot be made")

    with pytest.raises(KeyError):
        write_folder(site, files(), apart_from=tmp_path / "c")
    assert (site / "a.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("after", [1, 50, 400])
def test_a_run_that_is_killed_leaves_the_old_site(tmp_path: Path, after: int) -> None:
    site = tmp_path / "site"
    write_folder(site, [("a.html", b"old")], apart_from=tmp_path / "c")
    with subprocess.Popen([sys.executable, "-c", STARTED, str(site)], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(after):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
    assert sorted(path.name for path in site.iterdir()) == ["a.html", MARKER]
    write_folder(site, [("a.html", b"next")], apart_from=tmp_path / "c")
    assert (site / "a.html").read_bytes() == b"next"


def test_the_command_writes_a_site_and_says_where_it_begins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = hostile_case(tmp_path / "case")
    assert main(["site", "--case", str(case), "-o", str(tmp_path / "site"), "--no-cache"]) == exits.FINE
    assert "index.html" in capsys.readouterr().out
    assert (tmp_path / "site" / "index.html").is_file()
    assert main(["site", "--case", str(case), "-o", str(case / "site"), "--no-cache"]) == exits.WRONG_USE
