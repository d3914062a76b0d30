"""Every Python process that finds this on its path lives on one moved clock: MOVED_AT, in real seconds, was MOVED_TO.

One clock for all of them, whenever each was started. If each began at MOVED_TO by itself, a scheduler that comes up
half a minute after its worker would send tasks that are out of date (`expires`) the moment they arrive.
"""

import os
import time
from datetime import datetime, timedelta

if moved_to := os.environ.get("MOVED_TO"):
    import time_machine

    since = timedelta(seconds=time.time() - float(os.environ["MOVED_AT"]))
    time_machine.travel(datetime.fromisoformat(moved_to) + since, tick=True).start()
