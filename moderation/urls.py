"""The addresses of the desk."""

from django.urls import path

from moderation import batch_pages, batch_views, campaign_views, decision_views, log_views, views

app_name = "moderation"
urlpatterns = [
    path("", views.queue_page, name="queue"),
    path("comments/<int:comment_id>/", views.item_page, name="item"),
    path("comments/<int:comment_id>/decisions/", views.decide, name="decide"),
    path("comments/<int:comment_id>/erase/", views.erase, name="erase"),
    path("decisions/<int:decision_id>/undo/", views.undo, name="undo"),
    path("batches/", batch_views.batches_page, name="batch"),
    path("batches/<uuid:key>/undo/", batch_pages.undo_batch, name="undo_batch"),
    path("log/", log_views.log_page, name="log"),
    path("log.csv", log_views.log_csv, name="log_csv"),
    path("batches/all/", batch_views.batch_all, name="batch_all"),
    path("batches/<uuid:key>/", batch_pages.batch_page, name="batch_page"),
    path("batches/<uuid:key>/continue/", batch_pages.continue_batch, name="continue_batch"),
    path("batches/<uuid:key>/stop/", batch_pages.stop_batch, name="stop_batch"),
    path("senders/<int:sender_id>/erase/", batch_views.erase_sender, name="erase_sender"),
    path("decisions/<int:decision_id>/", decision_views.decision_page, name="decision"),
    path("campaigns/", campaign_views.campaigns_page, name="campaigns"),
    path("campaigns/<int:campaign_id>/", campaign_views.campaign_page, name="campaign"),
    path("campaigns/<int:campaign_id>/decisions/", campaign_views.decide_campaign, name="decide_campaign"),
    path("campaigns/<int:campaign_id>/dissolve/", campaign_views.dissolve_campaign, name="dissolve_campaign"),
    path("campaigns/orders/<int:order_id>/end/", campaign_views.end_order, name="end_order"),
]
