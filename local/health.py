"""Ends with 0 when the health page of this machine's web process is content: the health check of the container.

Usage: python -m local.health [PORT]
"""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def ask(port: int) -> str | None:
    """None when all is well, otherwise what the health page says. Asks under the name the site answers to."""
    host = urlsplit(os.environ.get("SITE_URL", "http://localhost:8000")).netloc
    question = urllib.request.Request(f"http://127.0.0.1:{port}/health/", headers={"Host": host})
    try:
        with urllib.request.urlopen(question, timeout=5):
            return None
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read(500).decode(errors='replace')}"
    except OSError as error:
        return str(error)


if __name__ == "__main__":
    said = ask(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
    sys.exit(said)
