"""Site → Jobs: every output kind names its files, and the whole is held against itself."""

from __future__ import annotations

from collections.abc import Iterable

from generator.assemble.links import broken
from generator.contracts import Toolbox
from generator.model.diagnostic import Diagnostic, Place, error
from generator.model.job import Job
from generator.model.site import Site


def plan(site: Site, toolbox: Toolbox) -> tuple[tuple[Job, ...], tuple[Diagnostic, ...]]:
    """All jobs in the order of writing, and what cannot be: two outputs at one address, links to
    addresses that the site will not have.
    """
    jobs = tuple(job for kind in toolbox.outputs.values() for job in kind.plan(site))
    outputs = frozenset(job.path for job in jobs)
    dead = (broken(promise, outputs) for promise in site.promises)
    return jobs, (*_claimed_twice(jobs), *(problem for problem in dead if problem))


def _claimed_twice(jobs: Iterable[Job]) -> Iterable[Diagnostic]:
    """Compared without case, because many disks do not tell `/Puces/` from `/puces/`; a file where
    another output needs a folder is the same mistake.
    """
    first: dict[str, Job] = {}
    for job in jobs:
        owner = first.setdefault(job.path.casefold(), job)
        if owner is not job:
            yield _collision(job, owner)
    for job in first.values():
        parts = job.path.casefold().split("/")
        for depth in range(1, len(parts)):
            owner_of_folder = first.get("/".join(parts[:depth]))
            if owner_of_folder:
                yield _collision(job, owner_of_folder)


def _collision(job: Job, owner: Job) -> Diagnostic:
    address = "/" + job.path.removesuffix("index.html")
    is_content = owner.origin.startswith("content/")
    place = Place(owner.origin.removesuffix(" (alias)")) if is_content else Place("")
    if job.origin.startswith("content/"):
        place = Place(job.origin.removesuffix(" (alias)"))
    return error("same-address", place, address=address, one=owner.origin, other=job.origin)
