"""The templates of all pages: what stands in them is ours, what is put into them is escaped.

No template takes a string for markup, wherever it comes from: only what another template made is. Whatever would turn
the direction of a line or cannot be seen is spelled out, in attributes too. A name that is missing is an error.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from claims.model.share import share_text
from claims.pages.addresses import web_address
from claims.pages.spans import apart, cells, is_turning, item, line, node, said
from claims.present.escape import for_terminal
from claims.present.wording import MEANINGS, SYMBOLS

if TYPE_CHECKING:
    from jinja2 import Template


def rendered(name: str, **context: object) -> Markup:
    """What a template makes of its context, as markup that other templates may take in."""
    return Markup(_template(name).render(**context).strip("\n"))  # noqa: S704 - every template escapes what it is given


def macro(template: str, name: str) -> Any:
    """One macro of a template, to be called with its arguments; it gives markup."""
    return getattr(_template(template).module, name)


def asset(name: str) -> str:
    """A file that pages carry: `style.css`, `page.js`."""
    return files("claims.pages").joinpath(name).read_text("utf-8")


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("claims.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {"meanings": MEANINGS, "symbols": SYMBOLS, "share": share_text}
    environment.globals |= {"apart": apart, "cells": cells, "item": item, "line": line, "node": node, "said": said}
    environment.globals |= {"is_turning": is_turning}
    environment.filters["address"] = web_address
    return environment


def _seen(value: Any) -> Any:
    """A text with nothing in it that is not seen; markup of ours as it is."""
    return for_terminal(value) if isinstance(value, str) and not isinstance(value, Markup) else value
