"""`manage.py demo`: a site to look at. Made only with DEBUG on; run again, it keeps everything that is there."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.demo import loading

LOGINS = ("author", "moderator", "editor")


class Command(BaseCommand):
    help = "Fill an empty site with posts, threads and a queue, and print addresses and log-ins. Needs DEBUG."

    def handle(self, *args, **options) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo's accounts have their names as passwords, so it is made with DEBUG on only.")
        call_command("migrate", verbosity=0, interactive=False)
        made = loading.load()
        if made:
            self.stdout.write(
                f"Loaded {made.posts} posts and pages, {made.published} comments, and {made.pending} for the queue."
            )
        else:
            self.stdout.write("The demo content is there already and was kept.")
        site = settings.SITE_URL
        private = f"  A refused one's own page   {site}{made.status_page}\n" if made and made.status_page else ""
        self.stdout.write(
            f"""
  The blog          {site}/
  A long thread     {site}{loading.address_of("which-bell")}
  Where it started  {site}{loading.address_of("a-treaty-is-a-habit")}
  The queue         {site}/moderation/
  Where to write    {site}/admin/
{private}
  Log in as {", ".join(LOGINS[:-1])} or {LOGINS[-1]}; each has its own name as password.
"""
        )
