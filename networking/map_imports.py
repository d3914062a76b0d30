"""A file that was read waits for a yes; only then the map changes, and a version keeps what was there."""

from datetime import datetime

from django.db import transaction

from networking import map_csv, map_files, map_graphml, map_rows, maps
from networking.map_files import Incoming
from networking.map_parts import MapData, Node
from networking.models import MapImport, NetworkMap


def read(name: str, file: bytes) -> Incoming:
    """By what is in it: what begins with “<” is GraphML. Raises NotAMap."""
    looks_like_xml = file.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    if looks_like_xml or name.lower().endswith((".graphml", ".xml")):
        return map_graphml.read(file)
    return map_csv.read(file)


def wait(network_map: NetworkMap, file_name: str, incoming: Incoming, like: Node, *, now: datetime) -> MapImport:
    """Keep what was read until it is confirmed, or for a day. A newer file takes the place of an older one."""
    said = {**incoming.as_json(), "like": {"kind": like.kind, "layers": list(like.layers), "tie": like.tie}}
    kept = {"file_name": file_name[:200], "data": said, "read_at": now}
    return MapImport.objects.update_or_create(network_map=network_map, defaults=kept)[0]


def together(data: MapData, waiting: MapImport, *, instead: bool) -> MapData:
    """The map as it would be. Raises NotPossible when it has no room."""
    said = waiting.data["like"]
    like = Node(0, "", said["kind"], tuple(said["layers"]), said["tie"])
    return map_files.merged(data, map_files.from_json(waiting.data), like=like, instead=instead)


@transaction.atomic
def confirm(waiting: MapImport, *, instead: bool, now: datetime) -> None:
    """Change the map. What was there is kept as a version, and the change can be taken back."""
    network_map = waiting.network_map
    if map_rows.data_of(network_map).nodes:
        maps.keep_version(network_map, f"Before the file {waiting.file_name}"[:200], now=now)
    words = f"File {waiting.file_name} taken in"
    maps.change(network_map, lambda data: together(data, waiting, instead=instead), words, now=now)
    MapImport.objects.filter(pk=waiting.pk).delete()
