# The library has no types for what it hands on to canvas and document.
# pyright: reportUnknownMemberType=false, reportAttributeAccessIssue=false
"""The printing engine: a stream of parts in, a PDF out, with memory that does not grow with its pages.

The pages are laid once. What early pages must know of later ones (the number of pages, the
pages in the index) is drawn into places kept for it when the last page is done.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO, cast

from reportlab.platypus import ActionFlowable, BaseDocTemplate, Flowable, Frame, PageTemplate

from casefile.errors import Unavailable
from casefile.paper import sheet
from casefile.paper.sheet import Imprint
from casefile.paper.streamed import StreamedCanvas
from casefile.work.progress import Progress, Quiet

_ONE_AT_A_TIME = Lock()
"""The library's fonts are shared by all prints of the process and remember joined letters."""
_AHEAD = 4
"""Parts that are read ahead of the page being laid."""


class Section(ActionFlowable):
    """From the next page on, the head of the page says *title*."""

    def __init__(self, title: str) -> None:
        """*title* is short."""
        super().__init__(())
        self._title = title

    def apply(self, doc: Any) -> None:
        """Tell the book."""
        doc.section = self._title


class BookCanvas(StreamedCanvas):
    """The canvas of a book: it remembers where headings fell and what the index waits for."""

    def __init__(self, stream: BinaryIO, imprint: Imprint) -> None:
        super().__init__(stream, imprint.printed_at, (sheet.WIDTH, sheet.HEIGHT))
        self.pages_of: dict[str, int] = {}
        self.waits_for: set[str] = set()


class Book(BaseDocTemplate):
    """Lays parts on pages in the house style and writes each page as it is done."""

    def __init__(self, stream: BinaryIO, imprint: Imprint, title: str, progress: Progress) -> None:
        """*title* stands in the PDF's own data, where everybody sees it: nothing personal."""
        super().__init__(
            stream,
            pagesize=(sheet.WIDTH, sheet.HEIGHT),
            title=title,
            author="Casefile",
            subject="",
            creator="Casefile",
            producer="Casefile",
        )
        self.section = ""
        self.pages = 0
        self._imprint, self._progress, self._stream = imprint, progress, stream
        frame = Frame(
            sheet.LEFT,
            sheet.BOTTOM,
            sheet.TEXT_WIDTH,
            sheet.TEXT_HEIGHT,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates([PageTemplate("page", [frame], onPage=self._text_page)])

    def lay(self, story: Iterable[Flowable]) -> int:
        """Lay every part and finish the document; gives the number of pages."""
        self._startBuild(None, self._canvas)
        canvas = cast("BookCanvas", self.canv)
        canvas._doctemplate = self  # noqa: SLF001
        waiting: list[Any] = []
        parts = iter(story)
        while self._fill(waiting, parts):
            self.clean_hanging()
            self.handle_flowable(waiting)
        self._close(canvas)
        return self.pages

    def _fill(self, waiting: list[Any], parts: Iterator[Flowable]) -> bool:
        while len(waiting) < _AHEAD and (part := next(parts, None)) is not None:
            waiting.append(part)
        return bool(waiting)

    def _close(self, canvas: BookCanvas) -> None:
        self._doSave = 0  # the streamed document is closed here, not by the library
        self._endBuild()
        self.pages = canvas.getPageNumber() - 1
        canvas.draw_late(sheet.TOTAL_PAGES, str(self.pages), 8)
        for key in sorted(canvas.waits_for):
            canvas.draw_late(f"page-{key}", str(canvas.pages_of[key]), 8.5, right=True)
        canvas.showOutline()
        canvas.finish()

    def afterPage(self) -> None:  # noqa: N802 (the library's name)
        """A page is done: say so, and learn whether somebody stopped the print."""
        self._progress.step(self.page, None, "Printing pages")

    def _canvas(self, *_: Any, **__: Any) -> BookCanvas:
        return BookCanvas(self._stream, self._imprint)

    def _text_page(self, canvas: Any, _: Any) -> None:
        sheet.draw_furniture(canvas, self._imprint, self.section)


def lay_book(
    story: Iterable[Flowable],
    stream: BinaryIO,
    imprint: Imprint,
    *,
    title: str = "Case file",
    progress: Progress | None = None,
) -> int:
    """Print *story* to *stream* and give the number of pages.

    Args:
        story: Parts in order; drawn one by one, so an endless file needs no more memory than a short one.
        stream: Where the PDF goes; only written forwards.
        imprint: What every page says about itself.
        title: Title in the PDF's own data; nothing personal.
        progress: Told after every page; may stop the print by Cancelled.
    """
    with _ONE_AT_A_TIME:
        return Book(stream, imprint, title, progress or Quiet()).lay(story)


@contextmanager
def new_file(target: Path) -> Generator[BinaryIO]:
    """A stream to *target* that stands there only when it is whole.

    It is written beside the target, readable to this user alone, and removed when anything
    fails: nothing personal is left behind, in a temporary folder or elsewhere.

    Raises:
        Unavailable: the folder cannot be written to, or the disk is full.
    """
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        raise Unavailable(
            f"The print could not be written to {target.parent}: {error.strerror or error}.",
            kept="No file was left there.",
            remedy="Choose another folder, or make room on the disk.",
        ) from error
    finally:
        part.unlink(missing_ok=True)


def print_to(target: Path, lay: Callable[[BinaryIO], int]) -> int:
    """Print by *lay* into the file *target*, whole or not at all; gives the number of pages."""
    with new_file(target) as stream:
        return lay(stream)
