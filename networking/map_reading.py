"""Maps as pages show them: the table beside the picture, who may see it, what can be taken back."""

from collections.abc import Iterable
from dataclasses import dataclass

from networking import map_picture, map_svg
from networking.map_parts import TIES, MapData, Node
from networking.models import NetworkMap

NAMES = 5  # of linked nodes in one cell


@dataclass(frozen=True)
class Row:
    """One node in the table."""

    node: Node
    layers: str
    tie: str
    links: str

    @property
    def about(self) -> str:
        return ", ".join(self.node.topics)


def rows(data: MapData) -> list[Row]:
    """In the order of names, with the names of what each is linked with."""
    neighbours = data.neighbours()
    return [
        Row(
            node,
            ", ".join(node.layers),
            TIES[node.tie],
            named([data.nodes[pk].name for pk in neighbours[node.id]]),
        )
        for node in data.by_name()
    ]


def named(names: Iterable[str], most: int = NAMES) -> str:
    """Names in a sentence's end: “Ann, Ben and 4 more”."""
    some = list(names)
    if len(some) > most:
        return f"{', '.join(some[:most])} and {len(some) - most} more"
    return " and ".join([", ".join(some[:-1]), some[-1]]) if len(some) > 1 else "".join(some)


def svg(network_map: NetworkMap, data: MapData, *, how: str, is_mine: bool) -> str:
    """The picture for the page: nodes are links to where they are edited; for others to their row in the table."""
    made = map_picture.picture(data, title=f"Network map “{network_map.name}”", how=how)
    own = network_map.get_absolute_url()
    return map_svg.draw(made, address=lambda pk: f"{own}nodes/{pk}/" if is_mine else f"#node-{pk}")


def file_name(network_map: NetworkMap, kind: str) -> str:
    letters = "".join(one if one.isascii() and one.isalnum() else "-" for one in network_map.name.lower())
    return f"{'-'.join(filter(None, letters.split('-'))) or 'network-map'}.{kind}"
