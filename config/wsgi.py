"""The WSGI application that a server runs: `config.wsgi.application`."""

import os

from django.core.wsgi import get_wsgi_application

from config.shield import shielded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = shielded(get_wsgi_application())
