"""Why a comment is refused: the codes."""

from django.db import models


class Reason(models.TextChoices):
    """Why a comment was refused: one list for rejections, reports and appeals."""

    SPAM = "spam", "Spam"
    ADVERTISING = "advertising", "Advertising"
    OFF_TOPIC = "off_topic", "Off the topic"
    HARASSMENT = "harassment", "Harassment"
    HATE = "hate", "Hate"
    THREAT = "threat", "Threat"
    SEXUAL = "sexual", "Sexual content"
    PERSONAL_DATA = "personal_data", "Personal data of somebody"
    IMPERSONATION = "impersonation", "Impersonation"
    MISINFORMATION = "misinformation", "Misinformation"
    ILLEGAL = "illegal", "Illegal content"
    DUPLICATE = "duplicate", "Said already"
    LOW_EFFORT = "low_effort", "Adds nothing"
    OTHER = "other", "Another reason (say which)"
