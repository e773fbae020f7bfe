"""Mail as programs save it (.eml): head, words, and what was attached."""

from __future__ import annotations

from email import policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import Any, cast

from casefile.errors import Damaged
from casefile.exchange.readers.html import words_of
from casefile.exchange.readers.reading import MOST_ATTACHMENTS, Attachment, Reading, bounded, safe_name
from casefile.exchange.readers.txt import decode

MEDIA_TYPE = "message/rfc822"
WRAPPED = (
    "The attachment winmail.dat is Outlook's own wrapping and was not opened. "
    "Ask the sender to send again as plain text or HTML."
)
_HEADS = ("From", "To", "Cc", "Date", "Subject")
_FOUND_IN_MAIL = (
    MessageError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    RecursionError,
    IndexError,
)
"""What the library raises on mail that is not written as mail should be."""


def read_eml(data: bytes) -> Reading:
    """Who wrote to whom and when, the words, and the attachments.

    Raises:
        Damaged: It cannot be taken apart as a mail.
    """
    try:
        mail = BytesParser(policy=policy.default).parsebytes(data)
        heads = {name: value for name in _HEADS if (value := _head(mail, name))}
        said, guessed = _body(mail)
        attached, left = _attachments(mail)
        recipients = tuple(
            str(each) for name in ("To", "Cc") for each in getattr(mail[name], "addresses", ()) or ()
        )
    except _FOUND_IN_MAIL as error:
        raise Damaged("The mail is not written as mail should be; its text cannot be read.") from error
    top = "\n".join(f"{name}: {value}" for name, value in heads.items())
    text, warnings = bounded(f"{top}\n\n{said}")
    return Reading(
        MEDIA_TYPE,
        text,
        title=heads.get("Subject", ""),
        sender=heads.get("From", ""),
        dated=heads.get("Date", ""),
        attachments=attached,
        warnings=guessed + warnings + left,
        recipients=recipients,
    )


def _head(mail: Message[Any, Any], name: str) -> str:
    """A line of the head as a person reads it; as it stands where it is not well formed."""
    try:
        value = str(mail[name] or "")
    except _FOUND_IN_MAIL:
        value = next((str(raw) for key, raw in mail.raw_items() if key.lower() == name.lower()), "")
    return " ".join(value.encode("utf-8", "replace").decode("utf-8").split())


def _body(mail: EmailMessage) -> tuple[str, tuple[str, ...]]:
    """The plain words where there are any, else those of the page."""
    for kind in ("plain", "html"):
        part = cast("EmailMessage | None", mail.get_body((kind,)))
        if part is not None:
            said, guessed = _text(part)
            if said.strip():
                return said, guessed
    return "", ()


def _text(part: EmailMessage) -> tuple[str, tuple[str, ...]]:
    raw = part.get_payload(decode=True)
    data = raw if isinstance(raw, bytes) else b""
    stated = part.get_content_charset() or "ascii"
    if stated.startswith(("utf-16", "utf-32")) and b"\x00" not in data:
        stated = "ascii"  # no Western text is written so without null bytes: the mail says what it is not
    try:
        said, guessed = data.decode(stated), ()
    except (UnicodeDecodeError, LookupError):
        said, guessed = decode(data)
    if part.get_content_subtype() == "html":
        said = words_of(said)
    return said.replace("\r\n", "\n"), guessed


def _attachments(mail: EmailMessage) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """What was attached; pictures that only adorn the page are part of the mail and not taken out."""
    found: list[Attachment] = []
    warnings: list[str] = []
    for part in _attached(mail):
        if len(found) == MOST_ATTACHMENTS:
            warnings.append(f"Only the first {MOST_ATTACHMENTS} attachments were taken out.")
            break
        fallback = f"attachment {len(found) + 1}"
        if part.get_content_type() == "message/rfc822":
            for inner in part.iter_parts() if part.is_multipart() else ():
                name = safe_name(_head(inner, "Subject"), fallback)
                found.append(Attachment(f"{name}.eml", _bytes(cast("EmailMessage", inner))))
            continue
        raw = part.get_payload(decode=True)
        name = safe_name(part.get_filename(), fallback)
        if name.lower() == "winmail.dat":
            warnings.append(WRAPPED)
        found.append(Attachment(name, raw if isinstance(raw, bytes) else b""))
    return tuple(found), tuple(warnings)


def _attached(mail: EmailMessage) -> list[EmailMessage]:
    body = {id(mail.get_body((kind,))) for kind in ("plain", "html")}
    found: list[EmailMessage] = []
    waiting: list[EmailMessage] = [mail]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_type() == "message/rfc822" and part is not mail:
            found.append(part)
        elif part.is_multipart():
            waiting = cast("list[EmailMessage]", list(part.iter_parts())) + waiting
        elif id(part) not in body and _is_document(part):
            found.append(part)
    return found


def _is_document(part: EmailMessage) -> bool:
    if part.get_content_disposition() == "attachment" or part.get_filename():
        return not (part["Content-ID"] and part.get_content_disposition() != "attachment")
    return part.get_content_maintype() not in ("text", "multipart")


def _bytes(mail: EmailMessage) -> bytes:
    try:
        return mail.as_bytes()
    except _FOUND_IN_MAIL:
        return mail.as_bytes(policy=policy.compat32)
