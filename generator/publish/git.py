"""A branch of a git repository, as GitHub Pages, Codeberg, GitLab, Cloudflare Pages and Netlify
serve one. This file is what a build has to know of it; the work is done in `git_branch.py`.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from generator.contracts import Ground, Target, TargetKind


class Settings(Struct, frozen=True, kw_only=True):
    """`to: git`."""

    remote: Annotated[
        str,
        Meta(
            description="Address or path of the repository, or the name of a remote of the "
            "repository that the newsletter lies in.",
            min_length=1,
        ),
    ] = "origin"
    branch: Annotated[
        str, Meta(description="The branch that is served; made when it is not there.", min_length=1)
    ] = "gh-pages"
    folder: Annotated[
        str, Meta(description="Folder of the branch that the site goes into, `docs` for example.")
    ] = ""
    message: Annotated[
        str,
        Meta(
            description="What the commit says; {url}, {date}, {added}, {changed} and {removed} "
            "are filled in."
        ),
    ] = ""
    author: Annotated[
        str,
        Meta(
            description="Who the commit is from, `Name <address>`; else whom git is set up for.",
            pattern=r"^$|^[^<>\n]+ <[^<>\s]+>$",
        ),
    ] = ""


def _open(settings: Settings, ground: Ground) -> Target:
    from generator.publish.git_branch import GitBranch

    return GitBranch(settings, ground)


def _back(settings: Settings, ground: Ground) -> str:
    from generator.publish.git_past import go_back

    return go_back(settings, ground)


KIND = TargetKind("git", Settings, _open, _back)
