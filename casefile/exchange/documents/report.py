"""What became of documents that were brought in, in words and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """One document of those that came as one.

    Attributes:
        document_id: The document in the file.
        new: False when the same bytes stood in the file already; then nothing was done.
        words: How many words were read from it.
        warnings: What could not be read, in sentences.
        found: What meeting it is the record of, in a sentence; "" when none.
        doubts: What a person should look at before confirming.
        draft_id: The prefilled minutes form; None where there is none.
    """

    document_id: UUID
    name: str
    media_type: str
    size: int
    inside: bool
    new: bool
    words: int
    warnings: tuple[str, ...] = ()
    found: str = ""
    doubts: tuple[str, ...] = ()
    draft_id: UUID | None = None

    def lines(self) -> tuple[str, ...]:
        """What became of it, in words."""
        head = f"  {self.name}" if self.inside else self.name
        if not self.new:
            return (f"{head}: stands in the file already; nothing was done.",)
        read = f"{self.words:,} words read" if self.words else "no words read"
        drafted = " A minutes form is prefilled and waits to be confirmed." if self.draft_id else ""
        said = [f"{head}: filed whole, {read}.{drafted}"]
        said += [f"    {one}" for one in (self.found, *self.doubts, *self.warnings) if one]
        return tuple(said)


@dataclass(frozen=True, slots=True)
class DocumentsReport:
    """What became of a document and everything that came inside it, the document itself first."""

    reference: str
    documents: tuple[FiledDocument, ...]

    @property
    def sentence(self) -> str:
        """The whole in a sentence."""
        new = sum(one.new for one in self.documents)
        drafts = sum(one.draft_id is not None for one in self.documents)
        if not new:
            return f"{self.documents[0].name} stands in {self.reference} already; nothing was done."
        count = "1 document" if new == 1 else f"{new} documents"
        asked = {0: "", 1: " One minutes form waits to be confirmed."}.get(
            drafts, f" {drafts} minutes forms wait to be confirmed."
        )
        return f"{count} filed in {self.reference}.{asked}"

    def lines(self) -> tuple[str, ...]:
        """What became of each, in words."""
        return (self.sentence, *(line for one in self.documents for line in one.lines()))

    def as_json(self) -> str:
        """The same for programs."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, default=str)
