from tests.casefile.ask.asked import *


def test_all(sign_in):
    s, c = sign_in("Okafor"), sign_in("Marsh")
    f = open_files(s, c)
    bo = put(s, f["F-1"], "Bo Nowak", "subject", "2026-03-01")
    seen(c, f["F-1"], "2026-09-01", bo)
    for v in VIEWS.ready:
        for p in ({}, {"officer": "me", "team": "north", "closed": "yes"}):
            try:
                a = s.read(ask, v, p)
                from casefile.ask.views import undated

                if not undated(v):
                    s.read(ask, v, p, as_of=date(2026, 10, 1))
                for col in a.columns:
                    if col.sorts:
                        s.read(ask, v, p, sort="-" + col.key)
            except Exception as e:
                print("XX", v.key, p, type(e), str(e)[:3000])
                raise
        print(v.key, a.total, [r.cells for r in a.rows][:3])
