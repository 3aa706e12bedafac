"""Forges in a folder: they run the commands of a workflow as written, and carry its cache along.

What is ours to test is real: the commands, their order, their conditions, their environment, what
is kept between runs. What is the forge's is done here with files: checking out, caches, Pages.
Anything that these do not know stops the test, so that no step is passed over in silence.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import yaml

from generator.cli.workflows import PLACES

Event = str
"""`push`, `schedule` or by hand: `workflow_dispatch`, GitLab's `web`."""


class Machine:
    """Somewhere commands are run, with nothing but Python on it."""

    def __init__(self, bin_: Path, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.bin = bin_
        self.environment = environment
        self.said = ""

    def run(self, commands: str, more: dict[str, str]) -> int:
        """Run a step as forges do and give its exit code."""
        path = [*_lines(Path(self.environment["GITHUB_PATH"])), str(self.bin), "/usr/bin", "/bin"]
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", commands],
            cwd=self.folder,
            env={**self.environment, **more, "PATH": ":".join(path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.said += done.stdout
        return done.returncode


class Forge:
    """A repository, what its runs keep, and what is online."""

    def __init__(self, name: str, home: Path, bin_: Path, environment: dict[str, str]) -> None:
        self.name = name
        self.repository = home / "repository"
        self.caches = home / "caches"
        self.online = home / "online"
        self.pages = home / "pages.git"
        """Where `marbre publish` pushes to, on a forge that serves a branch of a repository."""
        self.is_down = False
        """Whether publishing fails."""
        self.said = ""
        """What the last run printed."""
        self._home, self._bin, self._environment = home, bin_, environment
        self._runs = 0

    def run(self, event: Event, clock: int) -> bool:
        """Run the workflow; whether something was published. The clock is in seconds since 1970."""
        self._runs += 1
        home = self._home / f"run-{self._runs}"
        (home / "work").mkdir(parents=True)
        self.publication: Path | None = None
        self.artifact: Path | None = None
        text = (self.repository / PLACES[self.name]).read_text("utf-8")
        workflow = yaml.load(text, yaml.BaseLoader)
        self._clock = str(clock)
        if self.is_down and self.pages.exists():
            self.pages.rename(home / "pages.git")
        (self._gitlab if self.name == "gitlab" else self._actions)(workflow, event, home)
        if (home / "pages.git").exists():
            (home / "pages.git").rename(self.pages)
        if self.publication is None:
            return False
        shutil.rmtree(self.online, ignore_errors=True)
        shutil.copytree(self.publication, self.online)
        return True

    def machine(self, home: Path) -> Machine:
        """A machine that has never seen the newsletter; its clock is SOURCE_DATE_EPOCH."""
        environment = {
            **self._environment,
            "HOME": str(self._home / "machine"),  # it was here before
            "GITHUB_PATH": str(home / "path"),
            "GITHUB_SERVER_URL": "https://forge.example",
            "SOURCE_DATE_EPOCH": self._clock,
            "BASH_FUNC_apt-get%%": "() { :; }",
        }
        return Machine(self._bin, home / "work", environment)

    # GitHub and Forgejo

    def _actions(self, workflow: dict, event: Event, home: Path) -> None:  # type: ignore[type-arg]
        assert event in workflow["on"]
        self.said = ""
        outputs: dict[str, dict[str, str]] = {}
        for name, job in workflow["jobs"].items():
            job_home = home / name
            (job_home / "work").mkdir(parents=True)
            context = {
                "github.event_name": event,
                "github.run_id": str(self._runs),
                "github.run_attempt": "1",
                "github.token": "a token",
                **{
                    f"needs.{n}.outputs.{k}": v
                    for n, all_ in outputs.items()
                    for k, v in all_.items()
                },
            }
            steps = _Steps(self, self.machine(job_home), context)
            if not steps.holds(job.get("if", "true")):
                continue
            succeeded = all(steps.take(step) for step in job["steps"])
            self.said += steps.machine.said
            if not succeeded:
                return
            outputs[name] = {k: steps.filled(v) for k, v in job.get("outputs", {}).items()}

    # GitLab

    def _gitlab(self, workflow: dict, event: Event, home: Path) -> None:  # type: ignore[type-arg]
        (job,) = workflow.values()
        source = {
            "CI_COMMIT_BRANCH": "main",
            "CI_DEFAULT_BRANCH": "main",
            "CI_PIPELINE_SOURCE": event,
            "CI_PAGES_URL": "https://lettre.pages.example",
        }
        rule = next(rule for rule in job["rules"] if _is_met(rule["if"], source))
        variables = {**job["variables"], **rule.get("variables", {})}
        filled = {k: re.sub(r"\$(\w+)", lambda m: source[m[1]], v) for k, v in variables.items()}
        machine = self.machine(home)
        shutil.copytree(self.repository, machine.folder, dirs_exist_ok=True)
        cache = self.caches / job["cache"]["key"]
        (kept,) = job["cache"]["paths"]
        if cache.exists():
            shutil.copytree(cache, machine.folder / kept)
        code = machine.run("\n".join(job["script"]), filled)
        self.said = machine.said
        if code == 0:
            shutil.rmtree(cache, ignore_errors=True)
            shutil.copytree(machine.folder / kept, cache)
            (artifact,) = job["artifacts"]["paths"]
            assert job["pages"] == "true"
            self.publication = machine.folder / artifact
        else:
            assert str(code) == job["allow_failure"]["exit_codes"], machine.said


class _Steps:
    """One job of GitHub's or Forgejo's, step by step."""

    def __init__(self, forge: Forge, machine: Machine, context: dict[str, str]) -> None:
        self.forge = forge
        self.machine = machine
        self.context = context

    def take(self, step: dict) -> bool:  # type: ignore[type-arg]
        """Take a step, if its condition holds; whether the job may go on."""
        if not self.holds(step.get("if", "true")):
            return True
        more = {k: self.filled(v) for k, v in step.get("env", {}).items()}
        if "run" in step:
            succeeded = self.machine.run(self.filled(step["run"]), more) == 0
            if succeeded and "marbre publish" in step["run"]:
                self.forge.publication = _served(self.forge.pages, self.machine.folder.parent)
            return succeeded
        action, _, version = step["uses"].partition("@")
        assert re.fullmatch(r"v\d+", version)
        given = {k: self.filled(v) for k, v in step.get("with", {}).items()}
        outputs = ACTIONS[action](self, given)
        if outputs is None:
            return False
        self.context |= {f"steps.{step.get('id')}.outputs.{k}": v for k, v in outputs.items()}
        return True

    def holds(self, condition: str) -> bool:
        """A condition of the few forms that the workflows use."""
        found = re.fullmatch(r"(\S+) (==|!=) '(.*)'", condition)
        if not found:
            assert condition == "true", condition
            return True
        value, sign, other = found.groups()
        hashed = re.fullmatch(r"hashFiles\('(.*)'\)", value)
        if hashed:
            has = (self.machine.folder / hashed[1]).is_file()
            return (("a digest" if has else "") == other) == (sign == "==")
        return (self.looked_up(value) == other) == (sign == "==")

    def filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: self.looked_up(found[1]), text)

    def looked_up(self, name: str) -> str:
        """A value of a context. What a step that was passed over would have given is empty."""
        if name.startswith(("steps.", "needs.")):
            return self.context.get(name, "")
        return self.context[name]


Outputs = dict[str, str]


def _check_out(steps: _Steps, given: dict[str, str]) -> Outputs:
    shutil.copytree(
        steps.forge.repository,
        steps.machine.folder,
        copy_function=shutil.copyfile,  # new times, as in a clone
        dirs_exist_ok=True,
    )
    return {}


def _restore(steps: _Steps, given: dict[str, str]) -> Outputs:
    """The exact key, else the newest that begins like one of the others."""
    caches = steps.forge.caches
    caches.mkdir(exist_ok=True)
    exact = caches / given["key"]
    begun = [p for p in caches.iterdir() if p.name.startswith(given["restore-keys"])]
    found = (
        exact if exact.exists() else max(begun, key=lambda p: p.stat().st_ctime_ns, default=None)
    )
    if found:
        shutil.copytree(found, steps.machine.folder / given["path"])
    return {}


def _save(steps: _Steps, given: dict[str, str]) -> Outputs:
    place = steps.forge.caches / given["key"]
    assert not place.exists(), "a cache is never written twice"
    shutil.copytree(steps.machine.folder / given["path"], place)
    return {}


def _upload(steps: _Steps, given: dict[str, str]) -> Outputs:
    """As it does since its version 4, hidden files stay behind unless they are asked for."""
    hidden = [] if given.get("include-hidden-files") == "true" else [".*"]
    steps.forge.artifact = steps.machine.folder.parent / "artifact"
    shutil.copytree(
        steps.machine.folder / given["path"],
        steps.forge.artifact,
        ignore=shutil.ignore_patterns(*hidden),
    )
    return {"artifact_id": "1"}


def _deploy(steps: _Steps, given: dict[str, str]) -> Outputs | None:
    if steps.forge.is_down:
        return None
    steps.forge.publication = steps.forge.artifact
    return {"page_url": "https://pages.example/lettre/"}


ACTIONS: dict[str, Callable[[_Steps, dict[str, str]], Outputs | None]] = {
    "actions/checkout": _check_out,
    "actions/setup-python": lambda steps, given: {},
    "actions/cache/restore": _restore,
    "actions/cache/save": _save,
    "actions/configure-pages": lambda steps, given: {"base_url": "https://pages.example/lettre"},
    "actions/upload-pages-artifact": _upload,
    "actions/deploy-pages": _deploy,
}


def _served(pages: Path, home: Path) -> Path:
    """What a host shows of the branch `pages`."""
    served = home / "served"
    words = ("clone", "--quiet", "--branch", "pages", str(pages), str(served))
    subprocess.run(["git", *words], check=True)
    shutil.rmtree(served / ".git")
    return served


def _is_met(rule: str, source: dict[str, str]) -> bool:
    """A rule of GitLab's: comparisons with `&&` between them."""
    sides = (part.split(" == ") for part in rule.split(" && "))
    values = ([source[s[1:]] if s[0] == "$" else s.strip('"') for s in pair] for pair in sides)
    return all(left == right for left, right in values)


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def quiet_environment() -> dict[str, str]:
    """Nothing of the developer's own settings."""
    return {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TMPDIR": os.environ.get("TMPDIR", "/tmp")}
