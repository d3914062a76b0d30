"""How the web process runs, everywhere: gunicorn -c python:config.gunicorn config.wsgi:application"""

import os
from pathlib import Path

workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
graceful_timeout = 10  # seconds for the requests of the moment when told to stop
# What a bookmark selects on a page comes in the address, and once more, escaped, through signing in.
limit_request_line = 8190
keepalive = 5  # seconds: a reverse proxy keeps its connections
max_requests, max_requests_jitter = 5000, 500
control_socket_disable = True
accesslog = "-"
# Without the address that was asked for: links in e-mails carry a right in theirs.
access_log_format = "%(t)s %(m)s %(s)s %(B)s bytes %(M)s ms"
# Heartbeats of workers go to memory where there is such a thing: a slow disk must not look like a stuck worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 -- a directory of the system
# Pages that are the same for every stranger are kept this long, in seconds (pages/kept.py). Only web processes do it.
os.environ.setdefault("PAGES_KEPT_SECONDS", "5")
