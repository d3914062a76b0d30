"""Names as people show them in a call."""

import re
import unicodedata

_PRONOUNS = re.compile(r"\s*[(\[](?:she|he|they|any|ze|xe|her|him|them)\b[^)\]]*[)\]]", re.IGNORECASE)
# What the tool adds, not the person.
_MARKS = re.compile(
    r"\s*\((?:guest|external|unverified|host|co-host|me|organi[sz]er|gast|extern|invité|externe)\)", re.IGNORECASE
)
_TITLES = frozenset(
    {
        "cllr", "councillor", "cllrs", "councilor", "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor",
        "sir", "dame", "lord", "lady", "rev", "revd", "hon", "rt", "ald", "alderman", "baroness", "baron",
    }
)  # fmt: skip
_HONOURS = frozenset(
    {
        "obe", "mbe", "cbe", "jp", "mp", "phd",
    }
)  # fmt: skip
_DEVICE_WORDS = frozenset(
    {
        "iphone", "ipad", "ipod", "android", "galaxy", "samsung", "pixel", "huawei", "macbook", "laptop", "desktop",
        "pc", "tablet", "phone", "mobile", "user", "zoom", "teams", "guest", "host", "admin", "administrator",
        "unknown", "room", "owner", "participant", "anonymous", "meeting", "attendee", "read", "otter", "ai",
        "notetaker", "notes", "assistant", "fireflies", "recorder", "conference", "polycom", "tel",
    }
)  # fmt: skip
_LONGEST = 150


def tidy(name: str) -> str:
    """One line without control characters, no longer than a name can be."""
    kept = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C" or letter in "\t\n\u200d")
    return " ".join(kept.split())[:_LONGEST].rstrip()


def without_additions(name: str) -> str:
    """Without pronouns and without what the tool adds, unless nothing else would be left."""
    bare = tidy(_MARKS.sub("", _PRONOUNS.sub("", name)))
    return bare or tidy(name)


def new_and_original(shown: str) -> tuple[str, str | None]:
    """“Annie (Ann Smith)” is Annie, who was Ann Smith before. Brackets may stand in both."""
    shown = tidy(_PRONOUNS.sub("", shown)) or tidy(shown)
    if not shown.endswith(")"):
        return without_additions(shown), None
    opening = _opening_of_last(shown)
    if opening < 1 or shown[opening - 1] != " ":
        return without_additions(shown), None
    new, original = shown[:opening], shown[opening + 1 : -1]
    if _MARKS.fullmatch(shown[opening:]) or not original.strip():
        return without_additions(new), None
    return without_additions(new), without_additions(original)


def _opening_of_last(shown: str) -> int:
    depth = 0
    for place in range(len(shown) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(shown[place], 0)
        if depth == 0:
            return place
    return -1


def words_of(name: str) -> tuple[str, ...]:
    """The words that make a name: small letters, no accents, titles, brackets or dots."""
    bare = re.sub(r"[(\[][^)\]]*[)\]]?", " ", without_additions(name))
    flat = unicodedata.normalize("NFKD", bare.casefold())
    letters = "".join(letter for letter in flat if not unicodedata.combining(letter))
    words = re.findall(r"[\w'’-]+", letters.replace("’", "'").replace(".", " ").replace("_", " "))
    return _untitled([cleaned for word in words if (cleaned := word.strip("-'").replace("'", ""))])


def _untitled(words: list[str]) -> tuple[str, ...]:
    """Without titles before and honours after; Jack Lord keeps his surname."""
    first, last = 0, len(words)
    while first < last - 1 and words[first] in _TITLES:
        first += 1
    while last > first + 1 and words[last - 1] in _HONOURS:
        last -= 1
    return tuple(words[first:last])


def keys_of(name: str) -> frozenset[tuple[str, ...]]:
    """Ways of reading the name: as it is, turned round at a comma, and without the council behind a dash or comma."""
    bare = without_additions(name)
    readings = {bare, re.split(r"\s[-–—|/@]\s|\s?[|]\s?|,", bare)[0]}
    before, comma, after = bare.partition(",")
    if comma:
        readings.add(f"{after} {before}")
    return frozenset(words for reading in readings if (words := words_of(reading)))


def is_nobody(name: str) -> bool:
    """Whether it names a device or a role, as “iPhone” does, or no word at all: never enough to know a person by."""
    words = words_of(name)
    named = [word for word in words if word not in _DEVICE_WORDS and not any(letter.isdigit() for letter in word)]
    return not any(len(word) > 1 for word in named)
