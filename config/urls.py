"""The addresses of the whole site. Blog comes last: its standing pages take any one-word address that is left."""

from django.contrib import admin
from django.urls import include, path

handler500 = "config.outage.broken"
urlpatterns = [
    path("admin/", admin.site.urls),
    path("moderation/", include("moderation.urls")),
    path("", include("moderation.reader_urls")),
    path("", include("moderation.public_urls")),
    path("", include("moderation.answer_urls")),
    path("", include("comments.urls")),
    path("", include("blog.urls")),
]
