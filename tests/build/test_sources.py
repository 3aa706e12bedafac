"""What a build was made from, as it knows it, is what reading everything again finds."""

from __future__ import annotations

from pathlib import Path

from newsletters import Newsletter, png

from generator.sources import read_sources


def test_a_build_and_a_reader_agree_after_every_edit(tmp_path: Path) -> None:
    newsletter = Newsletter(tmp_path / "lettre")
    folder = newsletter.folder
    seen = set()

    def agreed() -> str:
        sources = newsletter.build().sources
        assert sources == read_sources(folder, None)
        return sources

    edits = (
        lambda: newsletter.article("2025-01-01-été"),
        lambda: newsletter.config("title: Essai\nbase_url: https://exemple.fr/\n"),
        lambda: newsletter.file(
            "content/2025-01-02-b.md", b"\xef\xbb\xbf---\r\ntitle: B\r\n---\r\nDu texte.\r\n"
        ),
        lambda: newsletter.file("content/e\u0301te\u0301.png", png(2, 2)),
        lambda: newsletter.file("content/2025-01-02-b.md", "---\ntitle: B\n---\nDu texte.\n"),
        lambda: newsletter.file("templates/static/css/own.css", "a { color: red }"),
        lambda: newsletter.file("locales/fr.yaml", "words: {home: Accueil}"),
        lambda: (folder / "content/2025-01-02-b.md").unlink(),
        lambda: newsletter.article("2025-01-03-c", date="2099-01-01"),
    )
    for edit in edits:
        edit()
        seen.add(agreed())
    assert len(seen) == len(edits)
    (folder / "content/2025-01-03-c.md").touch()
    newsletter.file("content/.DS_Store", "left by a system")
    assert agreed() in seen


def test_another_configuration_file_is_another_source(tmp_path: Path) -> None:
    newsletter = Newsletter(tmp_path)
    newsletter.article("2025-01-01-a")
    other = newsletter.file("other.yaml", "title: Autre\nbase_url: https://exemple.fr/\n")
    assert newsletter.build(config_file=str(other)).sources == read_sources(tmp_path, other)
    assert read_sources(tmp_path, other) != read_sources(tmp_path, None)
