"""Addresses of network maps, below a cohort."""

from django.urls import URLPattern, URLResolver, include, path

from networking.views import map_comments, map_files, map_insights, map_nodes, map_together, map_versions, maps

a_map: list[URLPattern | URLResolver] = [
    path("", maps.network_map, name="map"),
    path("comment/", map_comments.comment_on_map, name="comment_on_map"),
    path("comments/read/", map_comments.read_map_comments, name="read_map_comments"),
    path("settings/", maps.map_settings, name="map_settings"),
    path("delete/", maps.delete_map, name="delete_map"),
    path("take-back/", maps.take_back, name="map_take_back"),
    path("versions/", map_versions.map_versions, name="map_versions"),
    path("versions/<int:version_pk>/delete/", map_versions.delete_map_version, name="delete_map_version"),
    path("compare/", map_insights.map_compare, name="map_compare"),
    path("tells/", map_insights.tells, name="map_tells"),
    path("reach/", map_insights.explore_reach, name="map_reach"),
    path("map.<slug:file_kind>", map_files.map_export, name="map_export"),
    path("import/", map_files.map_import, name="map_import"),
    path("import/confirm/", map_files.map_confirm_import, name="map_confirm_import"),
    path("add/", map_nodes.new_node, name="map_new_node"),
    path("nodes/<int:node_pk>/", map_nodes.map_node, name="map_node"),
    path("nodes/<int:node_pk>/remove/", map_nodes.remove_node, name="map_remove_node"),
    path("nodes/<int:node_pk>/link/", map_nodes.link_node, name="map_link_node"),
    path("nodes/<int:node_pk>/unlink/", map_nodes.unlink_node, name="map_unlink_node"),
    path("nodes/<int:node_pk>/move/", map_nodes.move_node, name="map_move_node"),
]

network_maps: list[URLPattern | URLResolver] = [
    path("maps/", maps.map_list, name="maps"),
    path("maps/new/<slug:way_key>/", maps.new_map, name="new_map"),
    path("maps/overlay/", map_together.overlay, name="map_overlay"),
    path("maps/<int:map_pk>/", include(a_map)),
    path(
        "maps/comments/<int:said_on_map_pk>/take-back/",
        map_comments.take_map_comment_back,
        name="take_map_comment_back",
    ),
    path("shared-maps/", map_together.shared_map_list, name="shared_maps"),
    path("shared-maps/<int:shared_pk>/", map_together.shared_map, name="shared_map"),
    path("shared-maps/<int:shared_pk>/choose/", map_together.choose_shared, name="choose_shared"),
    path("shared-maps/<int:shared_pk>/delete/", map_together.delete_shared, name="delete_shared"),
]
