from django.contrib.sitemaps.views import sitemap
from django.urls import path, re_path

from blog import feeds, files, post_pages, preview, sitemaps, views
from blog.freshness import same_for_all

app_name = "blog"
YEAR = r"(?P<year>[1-9][0-9]{3})"
MONTH = r"(?P<month>0[1-9]|1[0-2])"
urlpatterns = [
    path("", views.front, name="front"),
    path("feed/", feeds.PostsFeed(), name="feed"),
    path("search/", views.search, name="search"),
    path("sitemap.xml", same_for_all(sitemap), {"sitemaps": sitemaps.SECTIONS}, name="sitemap"),
    path("robots.txt", files.robots, name="robots"),
    path("healthz", files.healthz, name="healthz"),
    re_path(r"^media/avatars/(?P<name>[A-Za-z0-9_-]{22,40}\.webp)$", files.avatar, name="avatar"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("tag/<slug:slug>/", views.tag, name="tag"),
    path("author/<slug:slug>/", views.author, name="author"),
    re_path(rf"^{YEAR}/$", views.year, name="year"),
    re_path(rf"^{YEAR}/{MONTH}/$", views.month, name="month"),
    re_path(rf"^{YEAR}/{MONTH}/(?P<slug>[-a-zA-Z0-9_]+)/$", post_pages.post, name="post"),
    # Last: any one-word address that is left may be a standing page's.
    path("<slug:slug>/", post_pages.page, name="page"),
]
