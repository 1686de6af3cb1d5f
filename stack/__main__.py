"""`python -m stack`: see `--help`."""

import argparse
import os
import sys
import time
from pathlib import Path

import psycopg

from stack import catalogues, launch, npm, signins, throwaway
from stack.checks import check_libraries
from stack.home import PROJECT
from stack.patience import Patience, Stopped
from stack.troubles import Trouble, from_os_error


def arguments(words: list[str]) -> argparse.Namespace:
    """The command line, read."""
    parser = argparse.ArgumentParser(prog="python -m stack", description="Runs the product.")
    deeds = parser.add_subparsers(dest="deed", required=True)
    place = argparse.ArgumentParser(add_help=False)
    usual = Path(os.environ.get("DATA_DIR") or PROJECT / ".aar")
    place.add_argument("--data-dir", type=Path, default=usual, help="where everything is kept")
    run = deeds.add_parser("run", parents=[place], help="run everything until Ctrl-C")
    run.add_argument("--port", default="8000", help="where the web server answers")
    deeds.add_parser("servers", parents=[place], help="run PostgreSQL and Valkey alone")
    digits = deeds.add_parser("code", parents=[place], help="the six digits of an example person")
    digits.add_argument("email", nargs="?", default="", help="whose, such as is printed at start")
    brief = deeds.add_parser("throwaway", help="servers for a test run, until standard input ends")
    brief.add_argument("--database", action="store_true")
    brief.add_argument("--broker", action="store_true")
    deeds.add_parser("libraries", help="say which system libraries are missing")
    deeds.add_parser("npm", help="fetch the fonts that come from npm")
    words_of = deeds.add_parser("catalogues", help="compile the translations")
    words_of.add_argument("--check", action="store_true", help="fail if a sentence is missing")
    return parser.parse_args(words)


def carry_out(given: argparse.Namespace, patience: Patience) -> None:
    """Do what the command line asks."""
    match given.deed:
        case "run":
            launch.run(given.data_dir, _port(given.port), patience)
        case "servers":
            launch.run_servers(given.data_dir, patience)
        case "code":
            print(signins.code(given.data_dir / "signins.json", given.email, at=time.time()))
        case "throwaway":
            throwaway.serve(patience, database=given.database, broker=given.broker)
        case "libraries":
            check_libraries()
        case "npm":
            npm.fetch(patience)
        case "catalogues":
            _compile(check=given.check)


def _compile(*, check: bool) -> None:
    catalogues.compile_all(PROJECT / "locale")
    if check:
        catalogues.check_complete()


def main(words: list[str]) -> int:
    """Run a command; whatever stops it is told in a sentence, never as a traceback."""
    patience = Patience()
    patience.listen()
    given = arguments(words)
    try:
        carry_out(given, patience)
    except Stopped:
        return 0
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except OSError as error:
        print(from_os_error(error, getattr(given, "data_dir", PROJECT)), file=sys.stderr)
        return 1
    except psycopg.Error as error:
        print(f"PostgreSQL refused: {str(error).strip()}", file=sys.stderr)
        return 1
    return 0


def _port(word: str) -> int:
    try:
        return int(word)
    except ValueError as error:
        raise Trouble(f"{word!r} is not a port; write a number:", "make run PORT=8000") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
