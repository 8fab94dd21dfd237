"""Answers that are no pages: robots.txt, whether the site is well, and pictures of authors."""

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers shall leave alone, and where the sitemap is."""
    response = render(request, "robots.txt", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" while the database answers, 503 otherwise. For machines; says nothing about why."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        text, status = "ok", 200
    except DatabaseError:
        text, status = "database does not answer", 503
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def avatar(request: HttpRequest, name: str) -> FileResponse:
    """A picture that `avatars.reencode` wrote. The address's pattern lets no other name come here."""
    try:
        picture = default_storage.open(f"avatars/{name}")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(picture, content_type="image/webp", filename="avatar.webp")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    # The name is random and a changed picture gets a new one.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
