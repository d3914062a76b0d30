"""Dates as people in councils write them: Wednesday 24 February 2027, 10:00am. See also meetups.dates."""

DATE_FORMAT = "l j F Y"
DATETIME_FORMAT = "l j F Y, g:ia"
TIME_FORMAT = "g:ia"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, g:ia"
