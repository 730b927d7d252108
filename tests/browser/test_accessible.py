"""Every kind of page of the shipped case, as axe-core sees it: in light and dark, on a phone and on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import pytest

from claims.cases import open_case
from claims.flow import assess
from claims.pages.site import KINDS, pages_of
from tests.browser.pages import axe

if TYPE_CHECKING:
    from pathlib import Path

    from claims.pages.site import Kind
    from tests.browser.conftest import Opened

WIDTHS: Final = (360, 1440)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped case."""
    folder = tmp_path_factory.mktemp("site")
    for path, data in pages_of(assess(open_case(cache=False))):
        if path.endswith(".html"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    return folder


def pages_of_kind(kind: Kind, site: Path) -> list[Path]:
    """The first page of a kind and, of those below it, the one with the most on it."""
    first = site / kind.way.path.partition("#")[0]
    below = (site / kind.way.folder).glob("*.html") if kind.way.folder else iter(())
    others = sorted((page for page in below if page != first), key=lambda page: (-page.stat().st_size, page.name))
    return [first, *others[:1]]


@pytest.mark.parametrize("kind", KINDS, ids=[kind.way.title for kind in KINDS])
def test_a_page_of_every_kind_is_accessible(opened: Opened, site: Path, kind: Kind) -> None:
    found = pages_of_kind(kind, site)
    assert len(found) == (1 if kind.way.folder is None else 2)
    for path in found:
        page = opened(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert axe(page) == (), (path.name, width, scheme)
