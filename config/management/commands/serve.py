"""`manage.py serve`: the site under waitress, which buffers slow clients instead of giving them a worker each."""

import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils.module_loading import import_string
from waitress.server import create_server

from config import web_workers
from config.heads import served
from config.turns import Turns
from moderation import snapshots

LARGEST_REQUEST = 8 * 1024 * 1024  # bytes; an author's picture is at most 4 MB
WARMED_UP = ("/", "/search/", "/comments/feed/")
PATIENCE = 10  # seconds for the worker to finish what it does


class Command(BaseCommand):
    help = "Serve the site on BIND:PORT with waitress."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--threads", type=int, default=8, help="requests worked on, slow ones included")
        parser.add_argument("--with-worker", action="store_true", help="run the background worker beside it")

    def handle(self, *args, **options) -> None:
        # A demo starts with DEBUG for the sake of its accounts. What it serves are the site's own error pages all the
        # same: Django's show settings and addresses, and would let a stranger tell a hidden post from an absent one.
        settings.DEBUG = False
        self.stdout.write(f"Gatepost listens on http://{settings.BIND}:{settings.PORT}/ (Ctrl-C stops it)")
        application = served(get_wsgi_application())
        _warm_up(application)
        if not options["with_worker"]:
            self._serve(application, options["threads"])
            return
        # SIGTERM ends the process as Ctrl-C does, so that the worker is stopped too.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        with _worker():
            self._serve(application, options["threads"])

    def _serve(self, application: Callable, threads: int) -> None:
        if settings.WEB_WORKERS == 1:
            self._answer(application, threads, listen=f"{settings.BIND}:{settings.PORT}")
            return
        family = socket.AF_INET6 if ":" in settings.BIND else socket.AF_INET
        with socket.create_server((settings.BIND, settings.PORT), family=family, backlog=1024) as shared:
            web_workers.run(settings.WEB_WORKERS, lambda: self._answer(application, threads, sockets=[shared]))

    def _answer(self, application: Callable, threads: int, **where: object) -> None:
        server = create_server(
            application,
            # Waitress calls this parameter a shim for tests. It is the only way to say which thread works when.
            _dispatcher=Turns(threads, settings.WEB_TURNS),
            **where,
            ident=None,
            connection_limit=1000,
            channel_timeout=30,
            max_request_body_size=LARGEST_REQUEST,
            # Which proxies are believed is decided in one place, comments/origin.py.
            clear_untrusted_proxy_headers=False,
        )
        server.run()


def _warm_up(application: Callable) -> None:
    """Ask for the pages that everybody asks for, once, and load the filter: all processes share it then."""
    site = urlsplit(settings.SITE_URL)
    for page in WARMED_UP:
        asked = {
            "PATH_INFO": page,
            "HTTP_HOST": site.netloc,
            "wsgi.url_scheme": site.scheme,
            "REMOTE_ADDR": "127.0.0.1",
        }
        setup_testing_defaults(asked)
        b"".join(application(asked, lambda *_: None))
    import_string(settings.COMMENT_SCREENER)
    snapshots.warm_up()
    connections.close_all()


@contextmanager
def _worker() -> Iterator[None]:
    """A worker beside the server, stopped with it; should the server be killed, it notices and stops itself."""
    pid = web_workers.forked(lambda: call_command("work"))
    try:
        yield
    finally:
        web_workers.end([pid], PATIENCE)
