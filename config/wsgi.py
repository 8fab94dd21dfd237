"""The WSGI application that a server runs: `config.wsgi.application`."""

import os

from django.core.wsgi import get_wsgi_application

from config.heads import served

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = served(get_wsgi_application())
