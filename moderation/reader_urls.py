"""What readers ask of moderation: report a comment, give notice of illegal content. No account is needed."""

from django.urls import path

from moderation import notice_views, report_views

app_name = "reports"
urlpatterns = [
    path("comments/<int:comment_id>/report/", report_views.report, name="report"),
    path("comments/reported/", report_views.thanks, name="thanks"),
    path("notice/", notice_views.notice, name="notice"),
    path("notice/<str:capability>/", notice_views.notice_status, name="notice_status"),
]
