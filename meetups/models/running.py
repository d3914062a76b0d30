from django.db import models
from django.db.models import Q

from meetups.models.gathering import Meetup
from meetups.models.planning import AgendaItem, AgendaPhase


class RunState(models.Model):
    """Where a meet-up is while it runs: the same for all its hosts. No row: it has not been started.

    Every change is a conditional update on `version`, so that of two hosts who press at once one does.
    """

    meetup = models.OneToOneField(Meetup, models.CASCADE, related_name="run_state")
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, related_name="+")
    phase = models.ForeignKey(AgendaPhase, models.SET_NULL, null=True, related_name="+")
    # Moved forward by the length of each pause.
    phase_started_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetups_runstate_ended_is_not_paused", condition=Q(ended_at=None) | Q(paused_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meetup_id}: version {self.version}"
