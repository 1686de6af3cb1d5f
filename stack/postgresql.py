"""One PostgreSQL over a unix socket.

Three roles sign in to it, none of them its superuser: the owner of the tables, who migrates; the
product, whom row-level security binds and who may change no table's form; and, for test runs only,
one that sees past row-level security to look at what was stored.
"""

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
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

Connection = psycopg.Connection[tuple[object, ...]]

KEEPER = "keeper"
PRODUCT = "aar"
OWNER = "aar_owner"
TESTS = "aar_tests"
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
) -> dict[str, str]:
    """Start the server, make the roles and the database, and return the addresses by name."""
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
    keys = {OWNER: passwords.owner, PRODUCT: passwords.database}
    with _connect(home, passwords, child, patience) as keeper:
        _make_roles(keeper, keys)
        if throwaway:
            keys[TESTS] = passwords.owner
            _make_tests_role(keeper, keys[TESTS])
        is_new = _make_database(keeper)
    if not is_new:
        _hand_over(home, passwords)
    names = {PRODUCT: "DATABASE_URL", OWNER: "DATABASE_OWNER_URL", TESTS: "DATABASE_TESTS_URL"}
    return {names[role]: _address(home, role, key) for role, key in keys.items()}


def _address(home: Home, role: str, password: str) -> str:
    return f"postgresql://{role}:{quote(password)}@{quote(str(home.sockets), safe='')}/{PRODUCT}"


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


def _connect(home: Home, passwords: Passwords, child: Child, patience: Patience) -> Connection:
    """The keeper's connection, once the server takes one."""
    found: list[Connection] = []

    def answers() -> bool:
        if not child.alive:
            raise from_log("PostgreSQL did not start.", child.log)
        if not Path(home.sockets, ".s.PGSQL.5432").exists():
            return False
        try:
            found.append(_sign_in(home, passwords, "postgres"))
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


def _sign_in(home: Home, passwords: Passwords, database: str) -> Connection:
    return psycopg.connect(
        host=str(home.sockets),
        port=5432,
        dbname=database,
        user=KEEPER,
        password=passwords.keeper,
        autocommit=True,
        connect_timeout=10,
    )


def _make_roles(keeper: Connection, keys: Mapping[str, str]) -> None:
    """The owner may make databases; the product may make nothing, and bypasses nothing."""
    for name, password in keys.items():
        makes = sql.SQL("CREATEDB" if name == OWNER else "NOCREATEDB")
        keeper.execute(
            sql.SQL(
                "{} ROLE {} LOGIN {} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION PASSWORD {}"
            ).format(_verb(keeper, name), sql.Identifier(name), makes, sql.Literal(password))
        )


def _make_tests_role(keeper: Connection, password: str) -> None:
    """Test code looks at what is stored; what it does, it does as the product."""
    tests = sql.Identifier(TESTS)
    keeper.execute(
        sql.SQL("{} ROLE {} LOGIN CREATEDB BYPASSRLS PASSWORD {}").format(
            _verb(keeper, TESTS), tests, sql.Literal(password)
        )
    )
    for role in (OWNER, PRODUCT):
        keeper.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(role), tests))
    keeper.execute(sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(tests))


def _verb(keeper: Connection, role: str) -> sql.SQL:
    known = keeper.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    return sql.SQL("ALTER" if known else "CREATE")


def _make_database(keeper: Connection) -> bool:
    """Whether it had to be made."""
    owner = keeper.execute(
        "SELECT datdba::regrole::text FROM pg_database WHERE datname = %s", [PRODUCT]
    ).fetchone()
    names = sql.Identifier(PRODUCT), sql.Identifier(OWNER)
    if owner is None:
        keeper.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))
    elif owner[0] != OWNER:
        keeper.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(*names))
    return owner is None


def _hand_over(home: Home, passwords: Passwords) -> None:
    """Tables that an older version made for the product belong to the owner from now on."""
    with _sign_in(home, passwords, PRODUCT) as keeper:
        theirs = keeper.execute(
            "SELECT 1 FROM pg_class WHERE relowner = %s::regrole LIMIT 1", [PRODUCT]
        ).fetchone()
        if theirs:
            keeper.execute(
                sql.SQL("REASSIGN OWNED BY {} TO {}").format(
                    sql.Identifier(PRODUCT), sql.Identifier(OWNER)
                )
            )
