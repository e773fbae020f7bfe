# The library's types are wrong or missing where its documents are concerned; what it is handed is tested.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# pyright: reportArgumentType=false, reportUnknownVariableType=false
"""A PDF that goes out page by page.

The printing library keeps a whole document in memory until it is saved. A model case file may
have thousands of pages, so here each finished page is written at once and forgotten; what
belongs to the whole (fonts, bookmarks, the number of pages) follows at the end, as PDF allows.
"""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from casefile.paper import fonts


class _Out(pdfdoc.PDFFile):
    """Where the parts of the document are put down: a stream instead of a list in memory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        super().__init__((1, 7))

    def add(self, s: str | bytes) -> int:
        """Write *s*; gives the place where it begins."""
        data = s.encode("latin-1") if isinstance(s, str) else s
        place: int = self.offset
        self._stream.write(data)
        self.offset = place + len(data)
        return place


class _Stamp:
    """The moment of printing as the library wants it, so that equal prints are equal bytes."""

    def __init__(self, moment: datetime) -> None:
        utc = moment.astimezone(UTC)
        self.t = calendar.timegm(utc.timetuple())
        self.lt = utc.timetuple()
        self.YMDhms = tuple(self.lt)[:6]
        self.dhh = self.dmm = 0
        self.tzname = "UTC"


class StreamedDocument(pdfdoc.PDFDocument):
    """A PDF document whose finished pages are on the stream already."""

    def __init__(self, stream: BinaryIO, moment: datetime) -> None:
        super().__init__(invariant=1, pdfVersion=(1, 7), lang="en-GB", compression=1)
        self._timeStamp = _Stamp(moment)
        self.updateSignature(moment.astimezone(UTC).isoformat())
        self._out = _Out(stream)

    def addPage(self, page: Any) -> None:  # noqa: N802 (the library's name)
        """Take a finished page, write it and let go of it."""
        name = self.thisPageName()
        super().addPage(page)
        for form in page.XObjects.dict if page.XObjects else ():
            self._reserve(form)
        content = pdfdoc.PDFStream(content=page.stream, filters=[pdfdoc.PDFZCompress])
        page.Contents = self.Reference(content)
        page.stream = None
        self._put(page.Contents.name)
        self._put(name)
        self.Pages.pages[-1] = pdfdoc.PDFObjectReference(name)

    def addForm(self, name: str, form: Any) -> None:  # noqa: N802 (the library's name)
        """Take what is drawn once and shown on many pages, also when pages asked for it before."""
        inner = pdfdoc.xObjectName(name)
        if inner in self.idToObjectNumberAndVersion:
            form.__InternalName__ = inner
            self.idToObject[inner] = form
            self.inObject = None
        else:
            super().addForm(name, form)

    def format(self) -> bytes:
        """Write everything that is not out yet, then the table of places; nothing is left in memory."""
        self.Reference(self.Catalog)
        self.Reference(self.info)
        number = 0
        while (number := number + 1) in self.numberToId:  # writing may add objects
            name = self.numberToId[number]
            if name not in self.idToOffset:
                self._put(name)
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, [self.numberToId[one] for one in range(1, number)])
        place = self._out.add(table.format(self))
        trailer = pdfdoc.PDFTrailer(
            startxref=place,
            Size=number,
            Root=self.Reference(self.Catalog),
            Info=self.Reference(self.info),
            ID=self.ID(),
        )
        self._out.add(trailer.format(self))
        return b""

    def _reserve(self, name: str) -> None:
        """Give a form its number before it is drawn, so that a page can point to it."""
        if name not in self.idToObjectNumberAndVersion:
            self.objectcounter += 1
            self.idToObjectNumberAndVersion[name] = (self.objectcounter, 0)
            self.numberToId[self.objectcounter] = name

    def _put(self, name: str) -> None:
        written = pdfdoc.PDFIndirectObject(name, self.idToObject[name]).format(self)
        self.idToOffset[name] = self._out.add(written)
        self.idToObject[name] = None


class StreamedCanvas(Canvas):
    """The library's canvas on a streamed document."""

    def __init__(self, stream: BinaryIO, moment: datetime, pagesize: tuple[float, float]) -> None:
        fonts.register()
        super().__init__(stream, pagesize=pagesize, invariant=1, initialFontName=fonts.REGULAR)
        self._doc = StreamedDocument(stream, moment)

    def show_late(self, name: str, x: float, y: float) -> None:
        """Show at *x*, *y* what :meth:`draw_late` will draw under *name* when it is known."""
        self.saveState()
        self.translate(x, y)
        self.doForm(name)
        self.restoreState()

    def finish(self) -> None:
        """Write what belongs to the whole document; nothing can be drawn after."""
        self._doc.GetPDFData(self)

    def draw_late(self, name: str, text: str, size: float, *, right: bool = False) -> None:
        """Draw the *text* that pages wait for under *name*, from its left or (*right*) its right end."""
        self.beginForm(name, -120, -size, 120, 2 * size)
        self.setFont(fonts.REGULAR, size)
        if right:
            self.drawRightString(0, 0, text)
        else:
            self.drawString(0, 0, text)
        self.endForm()
