"""Takes a web address apart and writes it in one way (RFC 3986, section 6.2; hosts as browsers do)."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

LONGEST = 8_192  # characters of an address that is looked into; longer ones are kept as they are

# Control characters, marks that change the direction of writing, spaces without width, halves of surrogate pairs.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_WRAPPING = " \t\u00a0<>\"'“”‘’«»"
_WEB = re.compile(r"https?:[/\\]{2}", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]{1,63}\.){1,20}[^\W\d_]{2,63}\.?(?::\d{1,5})?(?:[/?#]|$)")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}|.", re.DOTALL)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC_HOST = re.compile(r"\[[0-9a-f:.]{2,45}\]")

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IN_PATH = _UNRESERVED | frozenset(":@,()!'*$")  # the same, escaped or not
_KEPT_IN_PATH = _IN_PATH | frozenset("/&=+;")  # left as written, escaped or not
_IN_NAME = _UNRESERVED | frozenset(":@,()!'*$/?[]")
_IN_VALUE = _IN_NAME | frozenset("=")


def names(text: str) -> frozenset[str]:
    """Parameter names, separated by spaces, as they are compared: in lower case."""
    return frozenset(text.lower().split())


# Parameters that say how somebody came to a page and never which page it is.
TRACKING = names(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid twclid ttclid yclid li_fat_id igsh igshid mc_cid mc_eid mkt_tok "
    "_ga _gl _hsenc _hsmi __hstc __hssc __hsfp hsctatracking vero_id vero_conv oly_anon_id oly_enc_id wickedid srsltid "
    "s_cid ml_subscriber ml_subscriber_hash rb_clickid epik _openstat pk_campaign pk_kwd pk_source pk_medium "
    "mtm_campaign mtm_keyword mtm_source mtm_medium mibextid"
)
TRACKING_PREFIXES = ("utm_",)


def clean(text: str) -> str:
    """Without what cannot be seen, and without spaces, quotation marks and angle brackets around it."""
    return _UNSEEN.sub("", text).strip().strip(_WRAPPING).strip()


@dataclass(frozen=True, slots=True)
class Address:
    """Parts in their one way of writing; `query` in the order given, a value of None for a name without `=`."""

    scheme: str
    host: str
    port: str
    path: str
    query: tuple[tuple[str, str | None], ...] = ()
    fragment: str = ""

    def text(self) -> str:
        return f"{self.scheme}://{self.host}{self.port}{self.path}{written(self.query)}{self._hash()}"

    def _hash(self) -> str:
        return f"#{self.fragment}" if self.fragment else ""

    def value(self, name: str) -> str:
        return next((value or "" for each, value in self.query if each == name), "")

    def without(self, noise: Collection[str]) -> "Address":
        """Without tracking parameters, those of this platform included."""
        return replace(self, query=tuple((name, value) for name, value in self.query if not _tracks(name, noise)))


def _tracks(name: str, noise: Collection[str]) -> bool:
    low = name.lower()
    return low in TRACKING or low.startswith(TRACKING_PREFIXES) or any(_same(low, each) for each in noise)


def _same(name: str, pattern: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def written(query: Collection[tuple[str, str | None]]) -> str:
    parts = [name if value is None else f"{name}={value}" for name, value in query]
    return "?" + "&".join(parts) if parts else ""


def parse(text: str) -> Address | None:
    """None for what is not a web address. Takes `www.example.org/page` and `//example.org` too."""
    rest = _after_scheme(text)
    if rest is None:
        return None
    scheme = "http" if text[:5].lower() == "http:" else "https"
    # A browser reads a backslash as a slash, before the query.
    before, mark, fragment = rest.partition("#")
    before, _, query = before.partition("?")
    authority, slash, path = before.replace("\\", "/").partition("/")
    host, port = _host_and_port(authority)
    if not host:
        return None
    return Address(
        scheme=scheme,
        host=host,
        port=port,
        path=_path(slash + path),
        query=_query(query),
        fragment=_tidy(fragment, _IN_VALUE, _IN_VALUE | {"&", "+", ";"}) if mark else "",
    )


def _after_scheme(text: str) -> str | None:
    if found := _WEB.match(text):
        return text[found.end() :]
    if text.startswith("//"):
        return text[2:]
    return text if _BARE.match(text) else None


def _host_and_port(authority: str) -> tuple[str, str]:
    """Empty strings for a host that cannot be. Ports 80 and 443 go without saying."""
    name, colon, port = authority.rpartition("@")[2].rpartition(":")
    if not colon or "]" in port:
        name, port = f"{name}{colon}{port}", ""
    if port and not (port.isascii() and port.isdigit() and len(port) <= 5):
        return "", ""
    return _host(name), f":{int(port)}" if port and int(port) not in (80, 443) else ""


def _host(name: str) -> str:
    """Lower case, in the letters of the wire: xn-- for anything but ASCII (RFC 3492)."""
    low = unicodedata.normalize("NFKC", unquote(name, errors="replace").lower()).replace("。", ".").lower()
    if _NUMERIC_HOST.fullmatch(low):
        return low
    labels = [_label(each) for each in low.removesuffix(".").split(".")] if len(low) <= 253 else []
    return ".".join(labels) if labels and all(_LABEL.fullmatch(each) for each in labels) else ""


def _label(label: str) -> str:
    if label.isascii():
        return label
    # Letters and marks of any script, but no punctuation: ß stays itself, as in IDNA 2008.
    sound = all(unicodedata.category(each)[0] in "LMN" or each == "-" for each in label)
    return "xn--" + label.encode("punycode").decode("ascii") if sound else ""


def _path(path: str) -> str:
    """Dots resolved (RFC 3986, section 5.2.4); at least a slash."""
    kept: list[str] = []
    segments = _tidy(path, _IN_PATH, _KEPT_IN_PATH).split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _query(query: str) -> tuple[tuple[str, str | None], ...]:
    return tuple(_parameter(part) for part in query.split("&") if part)


def _parameter(part: str) -> tuple[str, str | None]:
    name, equals, value = part.replace("+", "%20").partition("=")
    return _tidy(name, _IN_NAME, _IN_NAME), _tidy(value, _IN_VALUE, _IN_VALUE) if equals else None


def _tidy(text: str, plain: Collection[str], kept: Collection[str]) -> str:
    """Escapes in capitals; characters in `plain` never escaped; the rest escaped but for those in `kept`."""

    def tidied(found: re.Match[str]) -> str:
        piece = found.group()
        if len(piece) == 3:
            return chr(int(piece[1:], 16)) if chr(int(piece[1:], 16)) in plain else piece.upper()
        return piece if piece in kept else quote(piece, safe="")

    return _ESCAPE.sub(tidied, text)
