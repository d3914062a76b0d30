"""Moving the clock of a whole site: all its processes, whenever they start, agree on it."""

import time
from datetime import datetime
from pathlib import Path

from tests.services.site import Site

CLOCK = Path(__file__).parent / "clock"


def moved_to(moment: str) -> dict[str, str]:
    """What makes every process of a site, whenever it starts, agree that it is this moment now."""
    return {"PYTHONPATH": str(CLOCK), "MOVED_TO": moment, "MOVED_AT": str(time.time())}


def move(site: Site, moment: str, *processes: str) -> None:
    """Stop everything, and start it again at this moment."""
    site.stop()
    site.children.clear()
    site.more = {**site.more, **moved_to(moment)}
    if processes:
        site.start(*processes)


def time_at(site: Site) -> float:
    """What the site's own `time.time()` says now."""
    moved = datetime.fromisoformat(site.more["MOVED_TO"]).timestamp()
    return moved + time.time() - float(site.more["MOVED_AT"])
