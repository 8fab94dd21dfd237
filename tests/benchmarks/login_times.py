"""How long a failed log-in takes, with the site's own hasher: the same for every reason, or it tells which it was.

    python -m tests.benchmarks.login_times [--rounds 30]

Makes a database of its own and drops it.
"""

import argparse
import logging
import os
import random
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import global_settings, settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django_otp.plugins.otp_totp.models import TOTPDevice  # noqa: E402

from tests import cast  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    logging.disable(logging.WARNING)  # every failure is one
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    connection.creation.create_test_db(verbosity=0)
    try:
        cast.person("author", "Authors")
        cast.person("reader")
        cast.person("gone", "Authors", is_active=False)
        TOTPDevice.objects.create(user=cast.person("editor", "Editors"), name="app", confirmed=True)
        tries = {
            "no such account": ("nobody", "wrong"),
            "a wrong password": ("author", "wrong"),
            "a wrong password, with a code": ("editor", "wrong"),
            "no code": ("editor", cast.PASSWORD),
            "a reader's account": ("reader", cast.PASSWORD),
            "a closed account": ("gone", cast.PASSWORD),
        }
        took: dict[str, list[float]] = {name: [] for name in tries}
        for number in range(rounds):
            for at, name in enumerate(random.sample(list(tries), len(tries))):
                username, password = tries[name]
                # Every try from an address of its own, so that no lockout answers in place of the log-in.
                address = f"10.{number // 250}.{number % 250}.{at + 1}"
                began = time.process_time()
                answer = Client(SERVER_NAME="blog.example", HTTP_X_FORWARDED_FOR=address).post(
                    "/admin/login/", {"username": username, "password": password}
                )
                took[name].append((time.process_time() - began) * 1000)
                assert answer.status_code == 200, (name, answer.status_code)
        for name, milliseconds in took.items():
            print(f"{name:34}{statistics.median(milliseconds):8.1f} ms CPU (least {min(milliseconds):.1f})")
    finally:
        connection.close()
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()
