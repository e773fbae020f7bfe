from tests.casefile.ask.asked import *
from tests.casefile.ask.test_views import desk  # noqa
from casefile.ask.statement import asked as made_ready
from casefile.ask.said import read_said
from casefile.work.unit import Work
from casefile.access.visibility import limit, reader_of
from sqlalchemy import text
import pytest
from tests.conftest import *

def test_plan(desk):
    store = desk.store
    for key in ("children_not_seen", "long_plans", "adults_in_several_files"):
        with store.reading() as session:
            work = desk.with_()._work(session)
            v = VIEWS.called(key)
            said = read_said(work, v, {})
            a = made_ready(v, said, work.today, today=True)
            stmt = a.page("", 0, 200)
            from casefile.access.visibility import LIMITS
            conn = session.connection()
            from sqlalchemy import event
            seen = []
            def grab(c, cursor, statement, parameters, context, many):
                seen.append((statement, parameters))
            event.listen(conn, "before_cursor_execute", grab)
            session.execute(stmt).all()
            st, pa = seen[-1]
            pre = "EXPLAIN QUERY PLAN " if conn.dialect.name == "sqlite" else "EXPLAIN "
            print("=====", key)
            for r in conn.exec_driver_sql(pre + st, pa):
                print(r[-1] if conn.dialect.name == "sqlite" else r[0])
