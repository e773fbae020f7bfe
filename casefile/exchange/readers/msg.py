"""Outlook's own mail files (.msg): head, words, attachments, and mails within the mail."""

from __future__ import annotations

import io
import struct
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, cast

from compressed_rtf import decompress
from oxmsg import Message
from oxmsg.attachment import Attachment as OutlookAttachment
from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError
from oxmsg.properties import Properties

from casefile.errors import Damaged
from casefile.exchange.readers.html import words_of
from casefile.exchange.readers.package import CUT_SHORT
from casefile.exchange.readers.reading import (
    DEEPEST,
    MOST_ATTACHMENTS,
    Attachment,
    Reading,
    bounded,
    safe_name,
)
from casefile.exchange.readers.rtf import read_rtf
from casefile.exchange.readers.txt import decode

MEDIA_TYPE = "application/vnd.ms-outlook"
_PAGE = 0x1013
_RICH_TEXT = 0x1009
_SHORT_NAME = 0x3704
_SHOWN_NAME = 0x3001
_WITHIN = "__substg1.0_3701000D"
_NEVER = 1601
"""The year that Outlook writes for a mail that was never sent."""
_HEAD_WITHIN = 24
"""Bytes before the properties of a mail that lies within another (MS-OXMSG 2.4.1.2)."""
_UNKNOWN_LETTERS = (UnrecognizedCodePageError, UnsupportedEncodingError)
_FOUND_IN_MSG = (
    *_UNKNOWN_LETTERS,
    ValueError, LookupError, TypeError, AttributeError, AssertionError, OSError, EOFError, OverflowError,
    RecursionError, struct.error,
)  # fmt: skip
"""What the libraries raise on files that are not what Outlook writes."""


class _Within(Message):
    """A mail that lies within another: the same, but for a shorter head."""

    @property
    def properties(self) -> Properties:
        """Its properties."""
        return Properties(self._storage, properties_header_offset=_HEAD_WITHIN)


def read_msg(data: bytes) -> Reading:
    """Who wrote to whom and when, the words, and the attachments of an Outlook mail.

    Raises:
        Damaged: It is cut short, or no mail at all.
    """
    try:
        mail = Message.load(io.BytesIO(data))
        recipients = _recipients(mail)
        heads = _heads(mail, recipients)
        attached, warnings = _attachments(mail)
        said = _body(mail)
    except _FOUND_IN_MSG as error:
        raise Damaged(CUT_SHORT) from error
    top = "\n".join(f"{name}: {value}" for name, value in heads.items() if value)
    text, left = bounded(f"{top}\n\n{said}")
    return Reading(
        MEDIA_TYPE,
        text,
        title=heads["Subject"],
        sender=heads["From"],
        dated=heads["Date"],
        attachments=attached,
        warnings=warnings + left,
        recipients=recipients,
    )


def _heads(mail: Message, recipients: tuple[str, ...]) -> dict[str, str]:
    sent = mail.sent_date
    heads = {
        "From": mail.sender or "",
        "To": ", ".join(recipients),
        "Date": format_datetime(sent)
        if sent and sent.year > _NEVER
        else str(mail.message_headers.get("Date", "")),
        "Subject": mail.subject,
    }
    return {name: " ".join(value.replace("\x00", "").split()) for name, value in heads.items()}


def _recipients(mail: Message) -> tuple[str, ...]:
    found: list[str] = []
    for each in mail.recipients:
        name, address = each.name.strip(" '\x00"), each.email_address.strip("\x00")
        found.append(f"{name} <{address}>" if name and address and name != address else name or address)
    return tuple(one for one in found if one)


def _body(mail: Message) -> str:
    """The plain words; else those of the page; else those of the rich text."""
    plain = mail.body
    if plain and plain.strip():
        return plain.replace("\r\n", "\n").replace("\r", "\n")
    try:
        page = mail.html_body
    except (UnicodeDecodeError, LookupError, *_UNKNOWN_LETTERS):
        page = decode(mail.properties.binary_prop_value(_PAGE) or b"")[0]
    if page and page.strip():
        return words_of(page)
    rich = mail.properties.binary_prop_value(_RICH_TEXT)
    return read_rtf(decompress(rich)).text if rich else ""


def _attachments(mail: Message, depth: int = 0) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    found: list[Attachment] = []
    warnings: list[str] = []
    for each in mail.attachments:
        if len(found) == MOST_ATTACHMENTS:
            warnings.append(f"Only the first {MOST_ATTACHMENTS} attachments were taken out.")
            break
        name = safe_name(_name(each), f"attachment {len(found) + 1}")
        within = next((one for one in _storages(each) if one.name == _WITHIN), None)
        data = each.file_bytes
        if data is not None:
            found.append(Attachment(name, data))
        elif within is not None and _is_mail(within) and depth == DEEPEST:
            warnings.append(f"{name} lies too deep inside other mails and was not taken out.")
        elif within is not None and _is_mail(within):
            found.append(Attachment(f"{name.removesuffix('.msg')}.eml", _as_mail(_Within(within), depth + 1)))
        else:
            warnings.append(f"{name} is only pointed to by the mail, not held in it.")
    return tuple(found), tuple(warnings)


def _storages(attached: OutlookAttachment) -> tuple[Any, ...]:
    # The library gives no other way to a mail that lies within.
    return cast("Any", attached)._storage.storages  # noqa: SLF001


def _is_mail(storage: Any) -> bool:
    return any(stream.name == "__properties_version1.0" for stream in storage.streams)


def _name(attached: OutlookAttachment) -> str | None:
    said = attached.properties
    return attached.file_name or said.str_prop_value(_SHORT_NAME) or said.str_prop_value(_SHOWN_NAME)


def _as_mail(mail: Message, depth: int) -> bytes:
    """A mail within, written as mail of its own so that it can be kept and read like any other."""
    written = EmailMessage(policy=policy.SMTP)
    for name, value in _heads(mail, _recipients(mail)).items():
        if value:
            written[name] = value
    written.set_content(_body(mail).encode("utf-8", "replace").decode("utf-8"))
    for each in _attachments(mail, depth)[0]:
        written.add_attachment(each.data, maintype="application", subtype="octet-stream", filename=each.name)
    return written.as_bytes()
