"""The house itself: what the README and `.env.example` say is true."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from knowledge_base.commands import main
from knowledge_base.settings import _KNOWN, SettingError, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"^\.venv/bin/aura (.+?)(?:\s+#.*)?$", README, re.M)))
TARGETS = sorted({"browser", "check", "documents", *re.findall(r"^make (\w+)", README, re.M)})
FLOORS = "knowledge_base|assistant|channels|evals|docs|\\.ci|\\.github"
PATHS = sorted(set(re.findall(rf"`((?:{FLOORS})/[\w./-]*)`", README)))


def test_every_setting_has_a_line_in_the_example_and_every_line_is_a_setting() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))

    assert _KNOWN | {"OPENAI_API_KEY", "OPENAI_BASE_URL"} == named


def test_the_example_loads_as_it_stands() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    values = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE))

    assert Settings(model="gpt-4o-mini") == Settings.from_values(values)


def test_a_misspelt_setting_is_named_with_the_right_one() -> None:
    with pytest.raises(SettingError, match=r"AURA_HOEM.*AURA_HOME"):
        Settings.from_values({"AURA_HOEM": "x"})


def test_the_readme_is_short_enough_to_be_read() -> None:
    assert 150 > len(README.splitlines())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_the_readme_is_understood(command: str) -> None:
    words = re.findall(r'"[^"]*"|\S+', command)
    known = [word for word in words if not word.startswith(('"', "-"))]
    group: object = main
    path: list[str] = []
    for word in known:
        commands = getattr(group, "get_command", None)
        found = commands(None, word) if commands else None
        if found is None:
            break
        group, path = found, [*path, word]

    result = CliRunner().invoke(main, [*path, "--help"])

    assert path
    assert 0 == result.exit_code
    for option in (word for word in words if word.startswith("--")):
        assert option in result.output


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_in_the_readme_exists(target: str) -> None:
    result = subprocess.run(
        ["make", "--dry-run", target],  # noqa: S607 - make is what the README asks for
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == result.returncode, result.stderr


@pytest.mark.parametrize("path", PATHS)
def test_every_path_in_the_readme_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_picture_in_the_readme_exists() -> None:
    (picture,) = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)

    assert (ROOT / picture).stat().st_size > 10_000


def test_the_lock_names_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    assert "--hash=sha256:" in lock
    assert "://" not in lock
