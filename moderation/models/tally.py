"""How much was decided, counted a day at a time, so that no page needs to count decisions."""

from django.db import models


class DayTally(models.Model):
    """One count of one day of the site's time zone. `tallies.py` says what is counted under which name."""

    day = models.DateField()
    name = models.CharField(max_length=60)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "name"], name="moderation_tally_once")]

    def __str__(self) -> str:
        return f"{self.name} on {self.day}: {self.count}"
