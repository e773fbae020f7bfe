"""Opening zip-based documents (.docx, .odt, .xlsx) without letting them fill the memory."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from casefile.errors import Damaged

MOST_PARTS = 10_000
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes that all parts read from one document may unpack to together; far above 2,000 pages of text."""
MOST_TAGS = 2_000_000
"""Tags of one part: what a parser keeps in memory grows with these, not with the bytes."""
CUT_SHORT = "The document is cut short or damaged; its text cannot be read."
LOCKED = "The document is locked with a password; its text cannot be read."
TOO_MUCH = "The document unpacks to far more than any real one; its text is not read."


class Package:
    """A zip-based document; each part is unpacked only when asked for, and never beyond the bound."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, RuntimeError, OSError, EOFError) as error:
            raise Damaged(CUT_SHORT) from error
        self.names = frozenset(self._zip.namelist())
        if len(self._zip.infolist()) > MOST_PARTS:
            raise Damaged("The document has more parts than any real one; its text is not read.")
        self._left = MOST_UNPACKED

    def check_whole(self) -> None:
        """Refuse a document whose parts together say they unpack beyond the bound, or that are locked.

        For libraries that unpack by themselves; the bytes of every part are counted as they come out.

        Raises:
            Damaged: It does, or it is broken.
        """
        if sum(part.file_size for part in self._zip.infolist()) > MOST_UNPACKED:
            raise Damaged(TOO_MUCH)
        for name in sorted(self.names):
            self.part(name)
        self._left = MOST_UNPACKED

    def part(self, name: str) -> bytes:
        """The bytes of one part.

        Raises:
            Damaged: It unpacks to more than any real document, is locked with a password, or is broken.
        """
        try:
            with self._zip.open(name) as part:
                data = part.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError) as error:
            raise Damaged(CUT_SHORT) from error
        except RuntimeError as error:
            raise Damaged(LOCKED if "password" in str(error) else CUT_SHORT) from error
        if len(data) > self._left:
            raise Damaged(TOO_MUCH)
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Element:
        """One part as XML, by a parser that follows no entity and fetches nothing.

        Raises:
            Damaged: It is no XML, holds entities, or has more tags than any real document.
        """
        data = self.part(name)
        if data.count(b"<") > MOST_TAGS:
            raise Damaged(TOO_MUCH)
        try:
            return fromstring(data, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
            raise Damaged("The document's inside is not sound; its text cannot be read.") from error
