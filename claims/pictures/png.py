"""A picture as PNG, for where SVG is not taken: in light colours, on white."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from claims.model.errors import BadRequest
from claims.pictures.sheet import standalone
from claims.pictures.svg import NAMESPACE

if TYPE_CHECKING:
    from claims.pictures.svg import Picture

FAMILIES: Final = '"DejaVu Sans", "Noto Sans", "Segoe UI", Arial, "Helvetica Neue", sans-serif'
"""Faces with letters of Arabic and Hebrew first: the renderer sets a line in one face where it can."""
SHEET: Final = f".picture text {{ font-family: {FAMILIES} }}"
RIGHT_TO_LEFT, LEFT_TO_RIGHT, END = "\u2067", "\u2066", "\u2069"
PROBE: Final = (
    f'<svg xmlns="{NAMESPACE}" class="picture" width="20" height="20"><text x="2" y="16" font-size="16">'
    "{}</text></svg>"
)
"""A letter, to be set in one of the faces that pictures are set in: the renderer knows no face by a general name."""
MOST_PIXELS: Final = 100_000_000


def png_of(picture: Picture, width: int | None = None) -> bytes:
    """The picture as PNG; width: in pixels, without it twice that of the picture, for screens as they are now.

    The letters are those of the fonts on this machine. Raises `BadRequest` where the renderer or any font is missing,
    or the picture would be too large.
    """
    wide = width or 2 * picture.width
    if wide * wide * picture.height / picture.width > MOST_PIXELS:
        raise BadRequest(f"the picture would have more than {MOST_PIXELS:,} pixels: ask for a smaller --width, or SVG")
    render = _renderer()
    with_letter, without = (render(svg_string=PROBE.format(letter), style_sheet=SHEET) for letter in ("M", ""))
    if with_letter == without:
        raise BadRequest("no font is installed here to write with: install one, as DejaVu Sans, or ask for SVG")
    made: bytes = render(
        svg_string=_with_directions(standalone(picture)), background="#ffffff", width=wide, style_sheet=SHEET
    )
    return made


def _renderer() -> Any:
    try:
        from resvg_py import svg_to_bytes  # noqa: PLC0415 - an extra: only who wants PNG needs it
    except ImportError as error:
        raise BadRequest("PNG needs a renderer: pip install 'claims[pictures]'") from error
    return svg_to_bytes


def _with_directions(svg: str) -> str:
    """The picture with the direction of each text as marks within it, since the renderer knows no attribute for it."""
    root = ET.fromstring(svg)  # noqa: S314 - our own text, made a moment ago
    for line in root.iter(f"{{{NAMESPACE}}}text"):
        mark = RIGHT_TO_LEFT if line.get("direction") == "rtl" else LEFT_TO_RIGHT
        line.text = f"{mark}{line.text or ''}{END}"
        if line.get("direction") == "rtl":
            line.set(
                "text-anchor", {"end": "start", None: "end", "start": "end"}.get(line.get("text-anchor"), "middle")
            )
    return ET.tostring(root, encoding="unicode")
