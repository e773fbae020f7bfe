"""Reading documents as people have them: the words, who sent them and when, and what was attached.

Nothing here keeps anything: whoever calls keeps the document whole, also where no words could be read.
One module per format; ``read`` finds the right one by content, ``inside`` opens attachments in turn.
"""

from casefile.exchange.readers.inside import Part, read_whole
from casefile.exchange.readers.read import read_document
from casefile.exchange.readers.reading import Attachment, Reading

__all__ = ["Attachment", "Part", "Reading", "read_document", "read_whole"]
