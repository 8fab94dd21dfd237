"""How long ago something was, in its largest unit."""

from datetime import datetime

AGES = ((86_400, "d"), (3_600, "h"), (60, "min"))


def span(moment: datetime, now: datetime) -> str:
    """ "4 s", "12 min", "3 d"; "" for less than a second. desk.js counts on in the same words."""
    seconds = int((now - moment).total_seconds())
    for size, unit in AGES:
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s" if seconds > 0 else ""


def ago(moment: datetime, now: datetime) -> str:
    """ "4 s ago", "3 d ago", "just now"."""
    lasted = span(moment, now)
    return f"{lasted} ago" if lasted else "just now"
