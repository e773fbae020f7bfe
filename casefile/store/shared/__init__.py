"""The shared store: a PostgreSQL server on which every officer is a role of their own.

The database itself says who may see and change what, and keeps the log.
"""

from casefile.store.shared.put_up import choose, keep_rights, put_up

__all__ = ["choose", "keep_rights", "put_up"]
