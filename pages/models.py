from django.db import models


class Heartbeat(models.Model):
    """When a kind of background process was last seen at work."""

    name = models.CharField(max_length=30, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"
