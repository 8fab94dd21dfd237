"""`manage.py work`: the background worker. Sends what is due by mail, keeps retention, goes on with long batches."""

import logging
import os
import signal

from django.core.management.base import BaseCommand, CommandParser

from config import orphans, schedule


class Command(BaseCommand):
    help = "Run the background worker until it is stopped (SIGTERM or Ctrl-C). Several may run at once."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--parent", type=int, default=0, help="end when the process with this number has ended")

    def handle(self, *args, **options) -> None:
        # Imported here: it reads its settings and looks at multiprocessing when it is imported.
        from django_q.cluster import Cluster

        schedule.install()
        logging.getLogger("django-q").setLevel(logging.WARNING)  # two lines a minute for nothing otherwise
        orphans.children_end_with_us()
        cluster = Cluster()
        if options["parent"]:
            orphans.end_with(options["parent"], signal.SIGTERM)
        cluster.start()
        self.stdout.write(f"The background worker runs (process {os.getpid()}).")
        cluster.sentinel.join()
