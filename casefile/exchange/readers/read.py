"""Which reader reads a document: decided by its content, its name only where content cannot tell."""

from __future__ import annotations

import io
import mimetypes
import re
from pathlib import PurePath
from typing import Any, cast

import olefile

from casefile.errors import Damaged
from casefile.exchange.readers import docx, eml, msg, odt, pdf, rtf
from casefile.exchange.readers.package import CUT_SHORT, LOCKED, Package
from casefile.exchange.readers.reading import Reading, tidy
from casefile.exchange.readers.txt import is_text, read_txt
from casefile.work.progress import Progress, Quiet

LARGEST_READ = 512 * 1024 * 1024
"""Bytes above which a document is kept but its text is not read."""
LARGEST_MAIL = 128 * 1024 * 1024
"""Bytes of mail or plain text above which it is kept but not read: these must stand in memory several times."""
UNKNOWN = "application/octet-stream"
MEDIA_TYPES = {
    ".docx": docx.MEDIA_TYPE,
    ".odt": odt.MEDIA_TYPE,
    ".pdf": pdf.MEDIA_TYPE,
    ".rtf": rtf.MEDIA_TYPE,
    ".eml": eml.MEDIA_TYPE,
    ".msg": msg.MEDIA_TYPE,
    ".txt": "text/plain",
}
"""What is read, by the usual ending of its name."""
NOT_READ = "Casefile keeps this kind of document whole, but cannot read its text."
TOO_LARGE = "The document is too large for its text to be read; it is kept whole."
OLD_WORD = (
    "This is an old Word document (.doc); its text cannot be read. Save it as .docx to make it searchable."
)

_HEAD = re.compile(rb"(?:From |[!-9;-~]+:[ \t])")
_MAIL = re.compile(
    rb"^(?:From|Received|Subject|Message-ID|Date|MIME-Version|Return-Path|To):", re.IGNORECASE | re.MULTILINE
)


def read_document(name: str, data: bytes, progress: Progress | None = None) -> Reading:
    """Read a document's words, whatever it is.

    A document whose text cannot be read gives an empty text and a warning that says why, so that it can
    be kept whole. Raises :class:`casefile.errors.Cancelled` when the person stops the work.
    """
    watched = progress or Quiet()
    watched.step(0, 1, "Reading the document")
    guessed = _by_name(name)
    if not data:
        return Reading(guessed, warnings=("The document is empty.",))
    if len(data) > LARGEST_READ:
        return Reading(guessed, warnings=(TOO_LARGE,))
    try:
        reading = tidy(_read(name, data, guessed, watched))
    except Damaged as error:
        return Reading(guessed, warnings=(error.sentence,))
    except (RecursionError, MemoryError):
        return Reading(
            guessed, warnings=("The document is nested deeper than any real one; its text is not read.",)
        )
    if not reading.text and not reading.warnings:
        return Reading(
            reading.media_type, warnings=("The document holds no words.",), attachments=reading.attachments
        )
    return reading


def _by_name(name: str) -> str:
    ending = PurePath(name).suffix.lower()
    return MEDIA_TYPES.get(ending) or mimetypes.guess_type(f"x{ending}")[0] or UNKNOWN


def _read(name: str, data: bytes, guessed: str, progress: Progress) -> Reading:
    start = data[:1024].lstrip()
    if data.startswith(b"PK"):
        return _packed(data, guessed)
    if b"%PDF-" in data[:1024]:
        return pdf.read_pdf(data, progress)
    if start.startswith(b"{\\rtf"):
        return rtf.read_rtf(data)
    if data.startswith(olefile.MAGIC):
        return _compound(data, guessed)
    if not is_text(data):
        return Reading(guessed, warnings=(NOT_READ,))
    if len(data) > LARGEST_MAIL:
        return Reading(guessed, warnings=(TOO_LARGE,))
    if guessed == eml.MEDIA_TYPE or (_HEAD.match(start) and len(_MAIL.findall(data[:20_000])) > 2):
        return eml.read_eml(data)
    return read_txt(data)


def _packed(data: bytes, guessed: str) -> Reading:
    package = Package(data)
    if "word/document.xml" in package.names:
        return docx.read_docx(package)
    if "content.xml" in package.names and "mimetype" in package.names:
        kind = package.part("mimetype").strip().decode("ascii", "replace")
        return (
            odt.read_odt(package) if kind.startswith(odt.MEDIA_TYPE) else Reading(kind, warnings=(NOT_READ,))
        )
    return Reading(guessed, warnings=(NOT_READ,))


def _compound(data: bytes, guessed: str) -> Reading:
    """Outlook mails, old Word documents and new ones under a password all come in the same wrapping."""
    try:
        held = cast("Any", olefile.OleFileIO(io.BytesIO(data)))
        names = {str(entry[0]).lower() for entry in held.listdir()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(CUT_SHORT) from error
    if "__properties_version1.0" in names:
        return msg.read_msg(data)
    if "encryptedpackage" in names:
        return Reading(guessed, warnings=(LOCKED,))
    if "worddocument" in names:
        return Reading("application/msword", warnings=(OLD_WORD,))
    return Reading(guessed, warnings=(NOT_READ,))
