"""The rules of alarms: one function each, under the key it has in ``alarms.toml``.

A rule looks at a file as police knew it by a day and says what is true of it and from when. It knows no
database and no today. What is answered it leaves out: days between what was learnt are put together in
``casefile.alarms.replay``.
"""
