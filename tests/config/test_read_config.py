"""newsletter.yaml: what it may say, what is refused, and where."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config.read import config_of, read_config
from generator.config.schema import AuthorConfig, Config, PublishConfig, ThemeConfig
from generator.model.diagnostic import Diagnostic

ROOT = Path(__file__).parent.parent.parent


def config(text: str) -> Config:
    value, problems = config_of(text, "newsletter.yaml")
    assert problems == ()
    return value


def problem(text: str) -> Diagnostic:
    (found,) = config_of(text, "newsletter.yaml")[1]
    return found


def test_a_newsletter_needs_no_configuration(tmp_path: Path) -> None:
    assert read_config(tmp_path) == (Config(), (), "")
    assert config("") == config("# Nothing yet\n") == config("---\n") == Config()


def test_our_own_newsletter_is_well_configured() -> None:
    value, problems, _ = read_config(ROOT)
    assert problems == ()
    assert value.title == "Points clés"


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    data = b"title: A\r\n"
    (tmp_path / "newsletter.yaml").write_bytes(data)
    assert read_config(tmp_path)[2] == blake2b(data, digest_size=16).hexdigest()


def test_every_part_of_the_contract() -> None:
    value = config("""
title: Points clés
base_url: https://exemple.fr/lettre
language: fr-CA
timezone: America/Montreal
author: La rédaction
permalink: /{section}/{slug}.html
per_page: 5
navigation: [{label: Archives, address: /archives/}]
key_points: {position: inline, labels: "À savoir, À noter"}
tags: {synonyms: {IA: [AI, intelligence artificielle]}, descriptions: {IA: 12:30}, allowed: IA, }
feeds: {items: 30, content: summary, formats: [rss, atom], hubs: [https://hub.example/]}
markdown: {math: oui}
images: {widths: [480, 960], formats: webp}
theme: {accent: "#b3261e"}
publish: {production: {to: rsync, host: example.org, delete: no, port: 22}}
extra: {twitter: "@x"}
""")
    assert value.base_url == "https://exemple.fr/lettre/"
    assert value.authors == (AuthorConfig(name="La rédaction"),)
    assert value.key_points.labels == ("À savoir", "À noter")
    assert value.tags.synonyms == {"IA": ("AI", "intelligence artificielle")}
    assert value.tags.descriptions == {"IA": "12:30"}
    assert value.markdown.math is True
    assert value.images.formats == ("webp",)
    production = {"to": "rsync", "host": "example.org", "delete": False, "port": 22}
    assert value.publish == PublishConfig(targets={"production": production})


def test_publish_has_a_key_of_ours_among_the_names_of_targets() -> None:
    value = config("""
publish:
  host: netlify
  production: {to: git, branch: pages}
  targets: {to: folder, path: /srv/www}
""")
    assert value.publish.host == ("netlify",)
    assert value.publish.targets == {
        "production": {"to": "git", "branch": "pages"},
        "targets": {"to": "folder", "path": "/srv/www"},
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[nginx, apache]", ("nginx", "apache")),
        ("nginx, Cloudflare", ("nginx", "cloudflare")),
        ("[]", ()),
        ("", ()),
    ],
)
def test_hosts_are_one_word_or_several(written: str, meant: tuple[str, ...]) -> None:
    assert config(f"publish:\n  host: {written}\n").publish == PublishConfig(host=meant)


@pytest.mark.parametrize(
    ("written", "code", "key"),
    [
        ("publish: {host: netlfy, a: {to: git}}", "not-a-choice", "publish.host.1"),
        ("publish: {host: nginx, Host: apache}", "duplicate-key", "publish.Host"),
        ("publish: {a: {to: git}, a: {to: ftp}}", "duplicate-key", "publish.a"),
        ("publish: netlify", "not-a-mapping", "publish"),
    ],
)
def test_what_publish_cannot_be(written: str, code: str, key: str) -> None:
    found = problem(written)
    assert (found.code, found.facts["key"]) == (code, key)


def test_an_empty_publish_is_none() -> None:
    assert config("publish:\n").publish == PublishConfig()


ANNE, BOB = AuthorConfig(name="Anne"), AuthorConfig(name="Bob", url="https://bob.example/")


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("author: Anne", (ANNE,)),
        ("auteur: Anne", (ANNE,)),
        ("author: {name: Anne}", (ANNE,)),
        ("authors: Anne", (ANNE,)),
        ("authors: [Anne, {name: Bob, url: https://bob.example/}]", (ANNE, BOB)),
        ("authors: [{name: Bob, url: https://bob.example/}]\nauthor: Anne", (ANNE, BOB)),
        ("author: Anne, de l'AFP", (AuthorConfig(name="Anne, de l'AFP"),)),
    ],
)
def test_an_author_is_a_name_or_more(text: str, authors: tuple[AuthorConfig, ...]) -> None:
    assert config(text).authors == authors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("titre: A", "title"),
        ("TITLE: A", "title"),
        ("devise: A", "motto"),
        ("license: A", "licence"),
    ],
)
def test_other_names_of_keys(text: str, expected: str) -> None:
    assert getattr(config(text), expected) == "A"


@pytest.mark.parametrize(
    ("text", "code", "place", "values"),
    [
        ("tilte: A", "unknown-key", "1:1", {"nearest": "title"}),
        ("feeds: {item: 3}", "unknown-key", "1:9", {"key": "feeds.item", "nearest": "items"}),
        ("base_url: exemple.fr", "not-a-url", "1:11", {"key": "base_url", "value": "exemple.fr"}),
        ("base_url: ftp://exemple.fr/", "not-a-url", "1:11", {}),
        ("base_url: https://exemple.fr/?a", "not-a-url", "1:11", {}),
        ("base_url: https://[exemple", "not-a-url", "1:11", {}),
        ("base_url: https://exemple.fr:port/", "not-a-url", "1:11", {}),
        ("base_url: https:///lettre/", "not-a-url", "1:11", {}),
        ("language: français", "not-a-language", "1:11", {"value": "français"}),
        ("language: fr_FR", "not-a-language", "1:11", {}),
        ("timezone: Europe/Pari", "not-a-time-zone", "1:11", {"nearest": "Europe/Paris"}),
        ("timezone: Paris", "not-a-time-zone", "1:11", {"nearest": "Europe/Paris"}),
        ("timezone: ../../etc/passwd", "not-a-time-zone", "1:11", {}),
        ("timezone: Europe", "not-a-time-zone", "1:11", {}),
        ("permalink: /{year}/", "permalink-slug", "1:12", {"value": "/{year}/"}),
        (
            "permalink: /{yaer}/{slug}/",
            "permalink-name",
            "1:12",
            {"name": "yaer", "nearest": "year"},
        ),
        ("permalink: /{slug/", "permalink-name", "1:12", {"name": "{"}),
        ("theme:\n  accent: rouge", "not-a-colour", "2:11", {"key": "theme.accent"}),
        ('theme:\n  accent_dark: "#12345"', "not-a-colour", "2:16", {}),
        ("feeds: {hubs: [hub.example]}", "not-a-url", "1:15", {"value": "hub.example"}),
        ("per_page: 0", "number-too-small", "1:11", {}),
        ("authors: [{url: https://a.example/}]", "missing-key", "1:11", {"key": "authors.1.name"}),
        ("author: Anne\nauteur: Bob", "duplicate-key", "2:1", {"key": "auteur"}),
        ("- a", "yaml-no-keys", "1:1", {}),
        ("title: [a", "yaml-bracket", "1:8", {}),
    ],
)
def test_what_cannot_be(text: str, code: str, place: str, values: dict[str, str]) -> None:
    found = problem(text)
    assert (found.code, str(found.place)) == (code, f"newsletter.yaml:{place}")
    assert values.items() <= found.facts.items()
    assert found.line_text == text.split("\n")[found.place.line - 1]


@pytest.mark.parametrize("text", ["base_url: x", "language: '?'", "timezone: X", "permalink: /"])
def test_what_cannot_be_is_not_in_the_result(text: str) -> None:
    assert config_of(text, "newsletter.yaml")[0] == Config()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("theme: {accent: red, serif: Georgia}", "not-a-colour"),
        ('theme: {accent_dark: "#12", serif: Georgia}', "not-a-colour"),
        ("theme: {serif: Georgia}\nfeeds: {hubs: [nope, https://hub.example/]}", "not-a-url"),
    ],
)
def test_only_the_wrong_value_of_a_section_is_left_out(text: str, code: str) -> None:
    value, (found,) = config_of(text, "newsletter.yaml")
    assert found.code == code
    assert value.theme == ThemeConfig(serif="Georgia")
    assert value.feeds.hubs == (("https://hub.example/",) if "hubs" in text else ())


@pytest.mark.parametrize(
    ("text", "contrast", "paper"),
    [
        ('theme: {accent: "#ffff00"}', "1.0", "#fbfaf7"),
        ('theme: {accent: "#777"}', "4.2", "#fbfaf7"),
        ('theme: {accent_dark: "#7a1f19"}', "1.7", "#14151a"),
    ],
)
def test_a_colour_that_cannot_be_read_is_warned_of_and_kept(
    text: str, contrast: str, paper: str
) -> None:
    value, (found,) = config_of(text, "newsletter.yaml")
    assert (found.code, found.severity, found.place.line) == ("low-contrast", "warning", 1)
    assert found.facts["value"] in (value.theme.accent, value.theme.accent_dark)
    assert (found.facts["contrast"], found.facts["paper"]) == (contrast, paper)


def test_our_own_colours_can_be_read() -> None:
    config('theme: {accent: "#b3261e", accent_dark: "#f2857c"}')


def test_everything_wrong_is_said_at_once() -> None:
    text = "title: 'A\nbase_url: x\nlanguage: français\ncolour: y\nper_page: 0\n"
    _, problems = config_of(text, "newsletter.yaml")
    assert [(p.place.line, p.code) for p in problems] == [
        (1, "yaml-quote"),
        (2, "not-a-url"),
        (3, "not-a-language"),
        (4, "unknown-key-unlike"),
        (5, "number-too-small"),
    ]


def test_an_unquoted_colour_or_colon_is_understood_with_one_warning() -> None:
    text = "title: Points clés : la lettre\ntheme:\n  accent: #b3261e\n"
    value, (warning,) = config_of(text, "newsletter.yaml")
    assert (value.title, value.theme.accent) == ("Points clés : la lettre", "#b3261e")
    assert (warning.code, warning.severity) == ("unquoted-text", "warning")
    assert warning.facts["quoted"] == 'title: "Points clés : la lettre"'


@pytest.mark.parametrize(
    "setting",
    [
        "password: x",
        "API-key: x",
        "mot_de_passe: x",
        "options: {secret_access_key: x}",
        "remote: https://me:hunter2@example.org/",
        "accounts: [{token: x}]",
    ],
)
def test_secrets_are_refused_and_never_repeated(setting: str) -> None:
    found = problem(f"publish:\n  production:\n    {setting}\n")
    assert (found.code, found.place.line) == ("config-secret", 3)
    assert found.line_text == ""
    assert "hunter2" not in str(found)


@pytest.mark.parametrize("setting", ["token_env: TOKEN", "secret_file: ~/.s", "password:"])
def test_where_a_secret_is_found_is_no_secret(setting: str) -> None:
    config(f"publish: {{production: {{{setting} }}}}")


def test_bom_and_windows_line_ends_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "newsletter.yaml").write_bytes(b"\xef\xbb\xbftitle: A\r\nmotto: B\r\n")
    value, problems, _ = read_config(tmp_path)
    assert (value.title, value.motto, problems) == ("A", "B", ())


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        ("title: é".encode("utf-16"), "encoding", "newsletter.yaml:1"),
        ("title: é".encode("utf-16-le"), "encoding", "newsletter.yaml:1"),
        ("title: é".encode("utf-16-be"), "encoding", "newsletter.yaml:1"),
        ("title: A\nmotto: é".encode("cp1252"), "encoding", "newsletter.yaml:2"),
        (b"title: A\nmotto: B\0", "nul-byte", "newsletter.yaml:2:9"),
    ],
)
def test_a_file_that_is_no_utf_8_is_named_for_what_it_is(
    tmp_path: Path, data: bytes, code: str, place: str
) -> None:
    (tmp_path / "newsletter.yaml").write_bytes(data)
    value, (found,), _ = read_config(tmp_path)
    assert (value, found.code, str(found.place)) == (Config(), code, place)


def test_a_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    _, (found,), digest = read_config(tmp_path, tmp_path / "other.yaml")
    assert (found.code, str(found.place), digest) == ("config-missing", "other.yaml", "")


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    _, (found,), _ = read_config(tmp_path, tmp_path)
    assert found.code == "unreadable"


def test_the_other_ending_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "newsletter.yml").write_text("title: A\n")
    assert read_config(tmp_path)[0].title == "A"


@settings(deadline=None)
@given(st.text())
def test_any_text_becomes_diagnostics_and_never_an_exception(text: str) -> None:
    config_of(text, "newsletter.yaml")


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_become_diagnostics(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("newsletter")
    (folder / "newsletter.yaml").write_bytes(data)
    read_config(folder)
