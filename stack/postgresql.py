"""One PostgreSQL over a unix socket, with a role for the product that is not its superuser."""

import os
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from stack.home import Home
from stack.passwords import Passwords, write_private
from stack.patience import Patience
from stack.processes import Child, Ledger, is_ours
from stack.programs import PostgreSQLPrograms, postgresql_programs
from stack.troubles import NO_SPACE, Trouble, disk_full, from_log

KEEPER = "keeper"
PRODUCT = "aar"
FAST_THEN_AT_ONCE = ((signal.SIGINT, 15.0), (signal.SIGQUIT, 5.0))
# A crash may have left a long log to replay.
LONGEST_START = 180
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def start_postgresql(
    home: Home, passwords: Passwords, ledger: Ledger, patience: Patience, *, throwaway: bool
) -> str:
    """Start the server, make the product's role and database, and return its DATABASE_URL."""
    programs = postgresql_programs(home)
    refuse_other_version(home, programs)
    if not (home.postgresql / "PG_VERSION").exists():
        _make_cluster(home, programs, passwords, ["--no-sync"] if throwaway else [])
    _drop_stale_pid_file(home)
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(home.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "128MB",
        "logging_collector": "off",
        "timezone": "UTC",
        "jit": "off",
        **(THROWAWAY if throwaway else {}),
    }
    settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    child = ledger.start(
        "postgresql",
        [str(programs.folder / "postgres"), "-D", str(home.postgresql), *settings],
        farewell=FAST_THEN_AT_ONCE,
        environment={"PATH": os.defpath, "LC_ALL": "C"},
        folder=home.postgresql.parent,
        account=home.account,
    )
    _make_product(_connect(home, passwords, child, patience), passwords)
    return (
        f"postgresql://{PRODUCT}:{quote(passwords.database)}"
        f"@{quote(str(home.sockets), safe='')}/{PRODUCT}"
    )


def refuse_other_version(home: Home, programs: PostgreSQLPrograms) -> None:
    """Data of another major version cannot be opened."""
    try:
        made_by = (home.postgresql / "PG_VERSION").read_text("ascii").strip()
    except OSError:
        return
    if made_by != str(programs.major):
        raise Trouble(
            f"The database in {home.data_dir} was made by PostgreSQL {made_by} and PostgreSQL "
            f"{programs.major} is installed, which cannot open it. To keep it for later and begin "
            "with an empty one:",
            f"mv {home.data_dir} {home.data_dir}.postgresql{made_by}",
        )


def _make_cluster(
    home: Home, programs: PostgreSQLPrograms, passwords: Passwords, options: list[str]
) -> None:
    """Make the files of an empty server; they appear under their name only when all is written."""
    draft = home.postgresql.with_name("postgresql.new")
    for unfinished in (draft, home.postgresql):
        if unfinished.exists():
            shutil.rmtree(unfinished)
    home.server_folder(draft)
    password_file = home.sockets / "password"
    write_private(password_file, passwords.keeper)
    home.account.give(password_file)
    locale = ["--locale=C.UTF-8"]
    if programs.major >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    try:
        done = subprocess.run(
            [
                str(programs.folder / "initdb"),
                f"--pgdata={draft}",
                f"--username={KEEPER}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                *locale,
                *options,
            ],
            cwd=home.servers,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            user=home.account.user,
            group=home.account.group,
            extra_groups=home.account.extra_groups,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    finally:
        password_file.unlink(missing_ok=True)
    if done.returncode:
        log = home.logs / "initdb.log"
        log.write_text(done.stdout + done.stderr, "utf-8")
        if NO_SPACE in done.stderr:
            raise disk_full(home.servers)
        raise from_log("PostgreSQL could not make an empty database.", log)
    draft.rename(home.postgresql)


def _drop_stale_pid_file(home: Home) -> None:
    """After a crash the file may name a stranger's process, and PostgreSQL would not start."""
    pid_file = home.postgresql / "postmaster.pid"
    try:
        pid = int(pid_file.read_text("utf-8").split("\n", 1)[0])
    except FileNotFoundError:
        return
    except ValueError:
        pid = 0
    if not (pid and is_ours(pid, home.data_dir)):
        pid_file.unlink()


def _connect(
    home: Home, passwords: Passwords, child: Child, patience: Patience
) -> psycopg.Connection[tuple[object, ...]]:
    """The keeper's connection, once the server takes one."""
    found: list[psycopg.Connection[tuple[object, ...]]] = []

    def answers() -> bool:
        if not child.alive:
            raise from_log("PostgreSQL did not start.", child.log)
        if not Path(home.sockets, ".s.PGSQL.5432").exists():
            return False
        try:
            found.append(
                psycopg.connect(
                    host=str(home.sockets),
                    port=5432,
                    dbname="postgres",
                    user=KEEPER,
                    password=passwords.keeper,
                    autocommit=True,
                    connect_timeout=10,
                )
            )
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise Trouble(
                    f"{home.data_dir / 'passwords.json'} is not the one that the database was made "
                    "with. Put the right one back, or begin with an empty database:",
                    f"mv {home.data_dir} {home.data_dir}.old",
                ) from error
            return False
        return True

    if not patience.until(answers, LONGEST_START):
        raise from_log("PostgreSQL does not answer.", child.log)
    return found[0]


def _make_product(connection: psycopg.Connection[tuple[object, ...]], passwords: Passwords) -> None:
    """The role and database of the product. Row-level security binds it: it bypasses nothing."""
    role = sql.Identifier(PRODUCT)
    with connection:
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [PRODUCT])
        verb = sql.SQL("ALTER" if known.fetchone() else "CREATE")
        connection.execute(
            sql.SQL(
                "{} ROLE {} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION "
                "PASSWORD {}"
            ).format(verb, role, sql.Literal(passwords.database))
        )
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [PRODUCT])
        if not there.fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))
    connection.close()
