from django.urls import path, re_path

from comments import feeds, mail_views, unsubscribe, views

app_name = "comments"
urlpatterns = [
    path("comments/feed/", feeds.CommentsFeed(), name="feed"),
    re_path(
        r"^(?P<year>[1-9][0-9]{3})/(?P<month>0[1-9]|1[0-2])/(?P<slug>[-a-zA-Z0-9_]+)/feed/$",
        feeds.PostCommentsFeed(),
        name="post_feed",
    ),
    path("comments/rules/", views.rules, name="rules"),
    path("comments/on/<int:post_id>/", views.submit, name="submit"),
    path("comments/<int:comment_id>/", views.permalink, name="permalink"),
    path("comments/status/<str:capability>/", views.status, name="status"),
    path("comments/status/<str:capability>/edit/", views.edit, name="edit"),
    path("comments/status/<str:capability>/withdraw/", views.withdraw, name="withdraw"),
    path("comments/mail/confirm/<str:token>/", mail_views.confirm, name="mail_confirm"),
    path("comments/mail/stop/<str:token>/", unsubscribe.stop, name="mail_stop"),
    path("comments/mail/<str:key>/", mail_views.manage, name="mail"),
]
