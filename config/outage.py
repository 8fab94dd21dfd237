"""The answer when something breaks: 503 and "come back" while the database or the disk fails us, otherwise 500.

Neither page needs the database. What broke is in the log with its traceback, either way.
"""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

from config.media import StoreUnreachable

#: Seconds; a database that is restarted or a deadlock that was broken up is past by then.
RETRY_AFTER = 30
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def broken(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: called while the error is being handled, in a view or in a middleware alike."""
    if not is_outage(sys.exc_info()[1]):
        return server_error(request)
    # Without the request no context processor runs: they may ask the database who is logged in.
    response = render(None, "503.html", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def is_outage(error: BaseException | None) -> bool:
    """Whether an error, or what it came from, says that a server or a disk is missing and not that we are wrong."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError | StoreUnreachable):
            return True
        if isinstance(error, OSError) and error.errno in _FULL:
            return True
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return False
