import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Utf8Request(WSGIRequest):
    """Takes everything for UTF-8, which is what browsers send.

    Django believes the charset a stranger names: “hex” ends in an error before any middleware, “unicode_escape” brings
    NUL bytes and half characters past every check.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        plain = {"CONTENT_TYPE": _without_charset(meta.get("CONTENT_TYPE", ""))}
        super()._set_content_type_params(plain)  # type: ignore[misc]


def _without_charset(content_type: str) -> str:
    parts = content_type.split(";")
    return ";".join(part for part in parts if not part.strip().lower().startswith("charset"))


class Handler(WSGIHandler):
    request_class = Utf8Request


django.setup(set_prefix=False)
application = Handler()
