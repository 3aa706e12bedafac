"""Programs of the machine: what they say when they fail, and what is never said."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from generator.publish.secret import MASK, masked
from generator.publish.tools import Outcome, attempt, run
from generator.publish.trouble import Trouble

SECRET = "s3cr3t/with+signs=="
ENVIRON = {"PATH": os.environ["PATH"], "NETLIFY_AUTH_TOKEN": SECRET}


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_program_gives_its_output() -> None:
    assert run(["cat"], environ=ENVIRON, data=b"\0abc") == b"\0abc"
    assert run(["cat"], environ=ENVIRON) == b"", "nobody is at its standard input"


def test_it_runs_in_a_folder(tmp_path: Path) -> None:
    assert run(["pwd"], environ=ENVIRON, folder=tmp_path).decode().strip() == str(tmp_path)


def test_a_failure_is_told_in_its_own_last_words() -> None:
    code = "import sys; print('une\\ndeux', file=sys.stderr); sys.exit(7)"
    with pytest.raises(Trouble) as caught:
        run(python(code), environ=ENVIRON)
    (problem,) = caught.value.diagnostics
    assert problem.code == "publish-tool-failed"
    assert problem.facts == {"tool": sys.executable, "status": "7", "said": "une / deux"}


def test_a_killed_program_has_the_code_that_shells_give() -> None:
    assert attempt(["sh", "-c", "kill -9 $$"], environ=ENVIRON).status == 137


def test_a_program_that_is_missing_is_named() -> None:
    with pytest.raises(Trouble, match="publish-tool-missing") as caught:
        run(["marbre-has-no-such-tool", SECRET], environ=ENVIRON)
    assert caught.value.diagnostics[0].facts == {"tool": "marbre-has-no-such-tool"}


def test_a_file_that_is_no_program_cannot_be_run(tmp_path: Path) -> None:
    (tmp_path / "tool").write_text("texte", "utf-8")
    with pytest.raises(Trouble, match="publish-tool-failed"):
        run(["./tool"], environ=ENVIRON, folder=tmp_path)


def test_nobody_is_asked_on_the_terminal() -> None:
    code = "open('/dev/tty')"
    outcome = attempt(python(code), environ=ENVIRON)
    assert outcome.status == 1, "a program without a terminal cannot ask for a password there"
    environ = {**ENVIRON, "SSH_ASKPASS": "/bin/true"}
    code = "import os; print(os.environ.get('SSH_ASKPASS'), os.environ['GIT_TERMINAL_PROMPT'])"
    assert run(python(code), environ=environ) == b"None 0\n"


def test_what_it_says_is_masked() -> None:
    code = "import os, sys; sys.exit('bad: ' + os.environ['NETLIFY_AUTH_TOKEN'])"
    outcome = attempt(python(code), environ=ENVIRON)
    assert outcome.said == f"bad: {MASK}\n"


def test_interrupted_it_ends_with_all_that_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "child"
    script = f"sleep 60 & echo $! > '{mark}.new'; mv '{mark}.new' '{mark}'; wait"

    main = threading.main_thread().ident
    assert main is not None

    def interrupt() -> None:
        end = time.monotonic() + 30
        while not mark.exists() and time.monotonic() < end:
            time.sleep(0.01)
        signal.pthread_kill(main, signal.SIGINT)  # as Ctrl-C: it reaches us, not the program

    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        attempt(["sh", "-c", script], environ=ENVIRON)
    thread.join()
    assert is_gone(int(mark.read_text()))


def is_gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody waits for yet counts."""
    for _ in range(500):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        time.sleep(0.01)
    return False


def test_last_words_are_few_lines() -> None:
    said = "\n".join(f"ligne {n}\n" for n in range(9))
    assert Outcome(1, b"", said).last_words == "ligne 4 / ligne 5 / ligne 6 / ligne 7 / ligne 8"
    assert Outcome(1, b"", " \n").last_words == "—"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"Token {SECRET} refused", f"Token {MASK} refused"),
        ("s3cr3t%2Fwith%2Bsigns%3D%3D", MASK),
        ("https://moi:motdepasse@exemple.fr/x", f"https://{MASK}@exemple.fr/x"),
        ("https://ghp_abcdef@github.com/x.git", f"https://{MASK}@github.com/x.git"),
        ("ssh://moi@exemple.fr:22/x", "ssh://moi@exemple.fr:22/x"),
        ("ftp://moi:motdepasse@exemple.fr/", f"ftp://moi:{MASK}@exemple.fr/"),
        ("AUTHORIZATION: basic eDpzM2NyM3Q0Nw==", f"AUTHORIZATION: basic {MASK}"),
        ("moi@exemple.fr: Permission denied", "moi@exemple.fr: Permission denied"),
    ],
)
def test_secrets_are_masked_in_any_dress(text: str, shown: str) -> None:
    assert masked(text, ENVIRON) == shown


@pytest.mark.parametrize(
    ("name", "value", "hidden"),
    [
        ("AWS_SECRET_ACCESS_KEY", "/abc/defghijkl", True),
        ("SFTP_PASSWORD", "tr0ub4dor", True),
        ("GITHUB_PAT", "ghp_1234", True),
        ("APIKEY", "12345678", True),
        ("DATABASE_URL", "postgres://u:tr0ub4dor@base/x", False),
        ("PATH", "/usr/bin", False),
        ("PWD", "/home/moi/lettre", False),
        ("SSH_AUTH_SOCK", "/tmp/agent.1", False),
        ("CI_TOKEN", "true", False),
        ("LANG", "fr_FR.UTF-8", False),
        ("API_KEY", "abc", False),
    ],
)
def test_which_variables_are_secret(name: str, value: str, hidden: bool) -> None:
    assert (masked(f"<{value}>", {name: value}) == f"<{MASK}>") is hidden


def test_the_password_of_an_address_in_a_variable_is_secret_by_itself() -> None:
    environ = {"DATABASE_URL": "postgres://u:tr0ub4dor@base/x"}
    assert masked("password tr0ub4dor is wrong", environ) == f"password {MASK} is wrong"


def test_each_line_of_a_key_is_secret() -> None:
    environ = {"DEPLOY_KEY": "-----BEGIN-----\nAAAABBBB\nCCCCDDDD\n-----END-----\n"}
    assert masked("line 2: CCCCDDDD", environ) == f"line 2: {MASK}"
