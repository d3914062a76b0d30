"""Every Python process that finds this on its path begins at the moment MOVED_TO, and its clock goes on from there."""

import os
from datetime import datetime

if moved_to := os.environ.get("MOVED_TO"):
    import time_machine

    time_machine.travel(datetime.fromisoformat(moved_to), tick=True).start()
