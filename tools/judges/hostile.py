"""A newsletter of all that feed readers stumble over."""

from __future__ import annotations

from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n"
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
CONFIG = """\
title: "Lettre <b>hostile</b> & Cie"
description: "Tout ce qui fait trébucher : ]]>, &amp;, 👩‍🔬"
id: 3f1c2a34-0000-4000-8000-000000000001
base_url: {base}
language: fr
markdown: {{typography: false}}
authors:
  - {{name: "Anne & Bob"}}
feeds: {{hubs: ["https://hub.example/"], tags: [rss, atom], size: 5000}}
"""

TITLES = {
    "01-balises": "<script>alert(1)</script> & <b>gras</b>",
    "02-esperluette": "AT&T, a < b > c, &amp; et &lt;",
    "03-emoji": "👩‍🔬 Drapeau 🇫🇷 et famille 👨‍👩‍👧‍👦",
    "04-arabe": "مرحبا بالعالم",
    "05-japonais": "日本語の記事",
    "06-cdata": "La fin ]]> n’est pas la fin",
    "07-brut-index": "HTML brut",
    "08-code": "Code, tableaux et notes",
    "09-notes": "D’autres notes",
    "10-film": "Un film et une formule",
    "11-lourd": "Un article d’un mégaoctet",
    "12-index": "Un dossier, un son, une image",
}
"""By the name of the file; as readers should show them."""

BODIES = {
    "01-balises": "Un titre de balises.\n\nPoints clés :\n🌟 `<script>` & **gras**\n🔍 a < b\n",
    "02-esperluette": "AT&amp;T, R&D, a < b, &eacute;, &nbsp;, &#8203;.\n",
    "03-emoji": "👩‍🔬 👨‍👩‍👧‍👦 🇫🇷 ✊🏿 1️⃣\n",
    "04-arabe": "هذا نص عربي مع [رابط](2025-03-01-01-balises.md).\n",
    "05-japonais": "これは日本語の文章です。**太字**。\n",
    "06-cdata": 'Un ]]> au milieu, `]]>` en code, <span title="]]>">]]></span>.\n',
    "07-brut-index": (
        '<div style="background: url(fond.png)" class="x" onclick="x()">\n'
        '<img src="photo.png" srcset="photo.png 1x, carte.png 2x" alt="Une photo">\n'
        f'<img src="{PIXEL}" alt="pixel">\n'
        '<video poster="photo.png" controls><source src="/images/film.mp4"></video>\n'
        '<blockquote cite="../s01/">Une citation</blockquote>\n'
        '<a href="#bas">En bas</a> <a href="?page=2">Suite</a> <a href="javascript:x">Non</a>\n'
        "<style>p { background: url(x.png) }</style><script>alert(1)</script>\n"
        '<form action="/x"><input name="q"><button>Non</button></form>\n'
        '<!-- un commentaire -->\n<p id="bas">En bas.</p>\n</div>\n'
    ),
    "08-code": (
        "```python\nif a < b and c & d:\n    print('<b>')\n```\n\n"
        "| a | b |\n|:--|--:|\n| 1 | `<td>` |\n\n- [x] fait\n- [ ] à faire\n\n"
        "Une note[^1] et une autre[^2].\n\n[^1]: La première.\n[^2]: La seconde.\n\n"
        "## Un intertitre\n\nTexte[^1].\n"
    ),
    "09-notes": "Une note[^1].\n\n## Un intertitre\n\n[^1]: Une autre première.\n",
    "10-film": (
        '<iframe src="https://video.example/embed/1" title="Un film"></iframe>\n\n'
        "<math><mi>E</mi><mo>=</mo><mi>m</mi></math>\n\n"
        "![Une légende](photo.png)\n\n> [!NOTE]\n> Une remarque.\n"
    ),
    "11-lourd": ("Le mot <b>juste</b> & puis un autre. " * 20 + "\n\n") * 1350,
    "12-index": "![Carte](carte.png) et [le son](son.mp3).\n",
}
LANGS = {"04-arabe": "ar", "05-japonais": "ja"}


def lay_out(folder: Path, base: str) -> None:
    """Write the newsletter. Each article ends with a word of its own, `fin-NN`."""
    content = folder / "content"
    (content / "images").mkdir(parents=True)
    for name in ("photo.png", "images/film.mp4", "fond.png"):
        (content / name).write_bytes(PNG)
    (folder / "newsletter.yaml").write_text(CONFIG.format(base=base), "utf-8")
    for day, name in enumerate(TITLES, start=1):
        write(folder, name, TITLES[name], day)


def write(folder: Path, name: str, title: str, day: int, more: str = "") -> Path:
    """Write one article."""
    quoted = title.replace("'", "''")
    matter = f"title: '{quoted}'\ntags: [Essai, 'C++', 'R&D']\nslug: s{name[:2]}\n"
    if name in LANGS:
        matter += f"lang: {LANGS[name]}\n"
    stem = f"2025-03-{day:02}-{name}"
    file = folder / "content" / f"{stem}.md"
    if name.endswith("-index"):
        file = folder / "content" / stem.removesuffix("-index") / "index.md"
        file.parent.mkdir(exist_ok=True)
        for picture in ("carte.png", "photo.png"):
            (file.parent / picture).write_bytes(PNG)
        (file.parent / "son.mp3").write_bytes(b"ID3" + bytes(500))
        matter += "image: carte.png\nimage_alt: 'Une carte & <b>'\nenclosure: son.mp3\n"
    body = f"{BODIES[name]}\n{more}fin-{name[:2]}\n"
    file.write_text(f"---\n{matter}---\n{body}", "utf-8")
    return file
