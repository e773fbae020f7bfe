"""Files taken away for a time: an encrypted copy that can only be read, for a conference without a network.

What goes into it is chosen here (:mod:`casefile.exchange.copies.rows`), and who has what stands in the log, which is the
register (:mod:`casefile.exchange.copies.register`). The copy itself is made and opened by :mod:`casefile.copies`.
"""
