"""Who is here, on both stores: seen by whoever may see the file, gone with the window or a minute after its program died."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from casefile.desk import Desk
from casefile.errors import Missing
from casefile.files.actions.drafts import start_draft
from casefile.files.actions.files import open_file
from casefile.files.actions.presence import be_here, leave, who_is_here
from casefile.files.actions.restrict import restrict_file
from casefile.record.presence import initials
from casefile.store.engine import Store
from casefile.work.ids import new_id
from tests.conftest import Clock, officer_of


def test_who_has_a_file_open_is_seen_and_where_they_write(sign_in: Callable[[str], Desk]) -> None:
    marsh, rhodes = sign_in("Marsh"), sign_in("Rhodes")
    file_id, mine, theirs = marsh.do(open_file).result, new_id(), new_id()
    draft = marsh.do(start_draft, file_id, "strategy").result
    assert marsh.do(be_here, mine, file_id).result == ()
    (seen,) = rhodes.do(be_here, theirs, file_id).result
    assert (seen.shown, seen.initials, seen.writing, seen.me) == ("DC 102 Marsh", "M", False, False)
    marsh.do(be_here, mine, file_id, draft.id, writing=True)
    (seen,) = rhodes.read(who_is_here, file_id, theirs)
    assert (seen.draft_id, seen.writing) == (draft.id, True)
    other = new_id()
    assert [one.me for one in marsh.do(be_here, other, file_id).result] == [True, False]
    marsh.do(leave, mine)
    marsh.do(leave, other)
    assert rhodes.read(who_is_here, file_id, theirs) == ()


def test_nobody_haunts_a_file_after_a_minute(
    sign_in: Callable[[str], Desk], clock: Clock, store: Store
) -> None:
    marsh, rhodes = sign_in("Marsh"), sign_in("Rhodes")
    file_id, dead, alive = marsh.do(open_file).result, new_id(), new_id()
    marsh.do(be_here, dead, file_id, writing=True)
    clock.forward(seconds=40)
    rhodes.do(be_here, alive, file_id)
    assert len(rhodes.read(who_is_here, file_id, alive)) == 1
    clock.forward(seconds=21)
    assert rhodes.read(who_is_here, file_id, alive) == ()
    assert rhodes.do(be_here, alive, file_id).result == ()
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM presence")).scalar() == 1


def test_a_restricted_file_tells_nobody_who_reads_it(sign_in: Callable[[str], Desk]) -> None:
    okafor, marsh, rhodes = sign_in("Okafor"), sign_in("Marsh"), sign_in("Rhodes")
    file_id, window = marsh.do(open_file).result, new_id()
    rhodes.do(be_here, window, file_id)
    okafor.do(restrict_file, file_id, [officer_of(okafor), officer_of(marsh)], "A colleague’s family")
    marsh.do(be_here, new_id(), file_id)
    assert rhodes.read(who_is_here, file_id, window) == ()
    with pytest.raises(Missing):
        rhodes.do(be_here, new_id(), file_id)
    with pytest.raises(Missing):
        rhodes.do(be_here, window, file_id)


def test_who_is_here_is_no_part_of_the_record(store: Store) -> None:
    if store.kind == "shared":
        with store.engine.connect() as connection:
            kept = connection.execute(text("SELECT relpersistence FROM pg_class WHERE relname = 'presence'"))
            assert kept.scalar() in ("u", b"u")
    assert initials("Anne-Marie van der Berg") == "AB"
    assert initials("Marsh") == "M"
