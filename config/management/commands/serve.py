"""`manage.py serve`: the site under waitress, which buffers slow clients instead of giving them a worker each."""

import waitress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.core.wsgi import get_wsgi_application

from config.shield import shielded

LARGEST_REQUEST = 8 * 1024 * 1024  # bytes; an author's picture is at most 4 MB


class Command(BaseCommand):
    help = "Serve the site on BIND:PORT with waitress."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--threads", type=int, default=8, help="requests worked on at once")

    def handle(self, *args, **options) -> None:
        # A demo starts with DEBUG for the sake of its accounts. What it serves are the site's own error pages all the
        # same: Django's show settings and addresses, and would let a stranger tell a hidden post from an absent one.
        settings.DEBUG = False
        self.stdout.write(f"Gatepost listens on http://{settings.BIND}:{settings.PORT}/ (Ctrl-C stops it)")
        waitress.serve(
            shielded(get_wsgi_application()),
            listen=f"{settings.BIND}:{settings.PORT}",
            threads=options["threads"],
            ident=None,
            connection_limit=1000,
            channel_timeout=30,
            max_request_body_size=LARGEST_REQUEST,
            # Which proxies are believed is decided in one place, comments/origin.py.
            clear_untrusted_proxy_headers=False,
        )
