"""The line icons of the public site, written into the page: seven small drawings are not worth a request.

Source: Lucide, licence in static/img/ISC-lucide.txt.
"""

#: The drawing of each icon on a grid of 24 by 24.
SHAPES = {
    "search": '<circle cx="11" cy="11" r="8"/><path d="m21 21-4.3-4.3"/>',
    "arrow": '<path d="M5 12h14M12 5l7 7-7 7"/>',
    "download": '<path d="M12 15V3M7 10l5 5 5-5M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4"/>',
    "print": (
        '<path d="M6 18H4a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-2M6 '
        '9V3h12v6"/><path d="M6 14h12v8H6z"/>'
    ),
    "copy": (
        '<rect x="8" y="8" width="14" height="14" rx="2"/><path d="M4 16a2 2 0 0 1-2-2V4a2 2 0 0 '
        '1 2-2h10a2 2 0 0 1 2 2"/>'
    ),
    "link": (
        '<path d="M10 13a5 5 0 0 0 7.5.5l3-3a5 5 0 0 0-7-7l-1.7 1.7M14 11a5 5 0 0 0-7.5-.5l-3 '
        '3a5 5 0 0 0 7 7l1.7-1.7"/>'
    ),
    "filter": '<path d="M3 6h18M7 12h10M10 18h4"/>',
}
