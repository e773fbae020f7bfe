from datetime import datetime

from icalendar import Calendar
from icalendar.cal.component import Component

class CalendarQuery:
    def between(self, start: datetime, stop: datetime) -> list[Component]: ...

def of(a_calendar: Calendar, keep_recurrence_attributes: bool = False) -> CalendarQuery: ...
