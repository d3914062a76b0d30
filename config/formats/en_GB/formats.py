"""Dates as people in councils write them: Wednesday 24 February 2027, 10am."""

DATE_FORMAT = "l j F Y"
DATETIME_FORMAT = "l j F Y, P"
TIME_FORMAT = "P"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, P"
