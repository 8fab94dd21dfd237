from django.core.management.base import BaseCommand

from blog.search import reindex


class Command(BaseCommand):
    help = "Make the search index anew; needed after SEARCH_LANGUAGE changed or posts were written past the site."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{reindex()} posts and pages are indexed.")
