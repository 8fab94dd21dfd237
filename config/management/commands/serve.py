"""`manage.py serve`: the site under waitress, which buffers slow clients instead of giving them a worker each."""

import waitress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config.wsgi import application

LARGEST_REQUEST = 8 * 1024 * 1024  # bytes; an author's picture is at most 4 MB


class Command(BaseCommand):
    help = "Serve the site on BIND:PORT with waitress."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--threads", type=int, default=8, help="requests worked on at once")

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"Gatepost listens on http://{settings.BIND}:{settings.PORT}/ (Ctrl-C stops it)")
        waitress.serve(
            application,
            listen=f"{settings.BIND}:{settings.PORT}",
            threads=options["threads"],
            ident=None,
            connection_limit=1000,
            channel_timeout=30,
            max_request_body_size=LARGEST_REQUEST,
            # Which proxies are believed is decided in one place, comments/origin.py.
            clear_untrusted_proxy_headers=False,
        )
