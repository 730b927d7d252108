"""That a document was withdrawn, written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.model.document import SHORT_RETRACTION, Document
from claims.model.errors import BadRequest
from claims.model.plan import Effect, Field
from claims.model.when import WhenError, parse_when
from claims.read.additions import as_text, is_same
from claims.write.layout import Put
from claims.write.plan import Bench, text_of
from claims.write.targets import target

if TYPE_CHECKING:
    from claims.read.case import Reading
    from claims.write.plan import Prepared


def retraction(reading: Reading, name: str, *, date: str, reason: str, cache: bool = True) -> Prepared:
    """The change that marks a document as withdrawn on a day, and why.

    Raises `BadRequest` where the date is none or the document is marked already.
    """
    bench = Bench(reading, cache=cache)
    chosen = target(bench.case, name, "documents")
    document: Document = chosen.entry
    try:
        parse_when(date)
    except WhenError as error:
        raise BadRequest(f"--date: {error}") from error
    if not reason.strip():
        raise BadRequest("say why it was withdrawn: --reason '…'")
    said = {"date": date.strip(), "reason": reason.strip()}
    marked = Document.model_validate({"id": document.id, "source": document.source, "retracted": said}).retracted
    if document.retracted is not None and not is_same(document.retracted, marked):
        place = bench.case.places["documents", document.id]
        raise BadRequest(f"{document.id!r} is retracted already, at {place}: {as_text(document.retracted)}")
    file, index = bench.position("documents", document.id)
    there = bench.case.places["documents", document.id]
    if document.retracted is not None:
        return bench.prepared(
            "retract nothing", [Effect("documents", document.id, "there", file, text_of(document), (), there)]
        )
    short = f"{said['date']} {said['reason']}"
    match = SHORT_RETRACTION.fullmatch(short)
    is_short = match is not None and (match[1], match[2]) == (said["date"], said["reason"])
    bench.edit(file, Put("documents", index, "retracted", short if is_short else said))
    field = Field("retracted", None, as_text(marked))
    effect = Effect("documents", document.id, "changed", file, text_of(document), (field,), there)
    return bench.prepared(f"retract the document {document.id}", [effect])
