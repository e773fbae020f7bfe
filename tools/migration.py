"""Write the next migration from what the models say: `make migration MESSAGE="what changes"`.

It compares the models with a store that has had every migration so far. The result is frozen text: it names
the types of the columns as they are now, not as the models may say later. Read it, add what moves data, and set
`HEAD` in casefile/store/schema.py; the tests hold both against the models.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from pathlib import Path
from typing import Any, Literal

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.operations.ops import CreateTableOp
from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, create_engine

import casefile
from casefile.store import guard, schema
from casefile.store.base import Base, Moment
from casefile.store.words import SHADOWS

VERSIONS = Path(__file__).resolve().parents[1] / "casefile" / "store" / "migrations" / "versions"
PLAIN = "sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')"
PAGE = '''"""{message}"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
{imports}
revision = "{revision}"
down_revision = {down}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    {upgrade}
{guards}'''


def import_models() -> None:
    """Tables are known once their modules are imported."""
    for found in pkgutil.walk_packages(casefile.__path__, "casefile."):
        layer = found.name.split(".")[1]
        tables = layer in {"access", "audit", "record", "sections", "store"} or found.name.endswith(".model")
        if tables and ".migrations" not in found.name:
            importlib.import_module(found.name)


def frozen(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A column's type as it is now; False leaves it to Alembic."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, JSON):
        return PLAIN
    return False


def page(message: str) -> tuple[str, str]:
    """The next revision's number and the text of its migration."""
    import_models()
    with create_engine("sqlite://").connect() as connection:
        schema.bring_up(connection, Base.metadata)
        before = schema.version(connection)
        options = {"compare_type": True, "render_item": frozen, "target_metadata": Base.metadata}
        options["include_name"] = lambda name, *_: name not in SHADOWS
        changes = produce_migrations(
            MigrationContext.configure(connection, opts=options), Base.metadata
        ).upgrade_ops
    if changes is None or changes.is_empty():
        return "", ""
    revision = f"{int(before or 0) + 1:04}"
    made = {change.table_name for change in changes.ops if isinstance(change, CreateTableOp)}
    guarded = [name for name in guard.guarded_tables(Base.metadata) if name in made]
    text = render_python_code(changes, render_item=frozen, render_as_batch=True)
    imports = ["from sqlalchemy.dialects import postgresql\n"] if "postgresql." in text else []
    imports += ["from casefile.store import guard\n"] if guarded else []
    names = "".join(f'\n        "{name}",' for name in guarded)
    return revision, PAGE.format(
        message=message,
        imports="".join(imports),
        revision=revision,
        down=f'"{before}"' if before else None,
        upgrade=text.strip(),
        guards=f"    guard.put_up(\n        op.get_bind(), ({names}\n        ),\n    )\n" if guarded else "",
    )


def main() -> int:
    """Write the migration; 1 when the models say nothing new."""
    message = " ".join(sys.argv[1:]).strip()
    if not message:
        print('Say what changes: make migration MESSAGE="what changes"')
        return 2
    revision, text = page(message)
    if not revision:
        print("The models say nothing that the migrations do not.")
        return 1
    slug = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")[:40]
    target = VERSIONS / f"{revision}_{slug}.py"
    target.write_text(text, "utf-8")
    print(f'Wrote {target.name}. Read it, then set HEAD = "{revision}" in casefile/store/schema.py.')
    return 0


if __name__ == "__main__":
    sys.exit(main())
