"""The commands of the package: `sample` writes a sample book, `check` says what a book folder holds."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kam.base.errors import KamError
from kam.check import check
from kam.sample import write_sample


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an error we know is told on standard error, and is 1."""
    parser = argparse.ArgumentParser(prog="python -m kam", description="Key account management: commands.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    sample = commands.add_parser("sample", help="write a sample book into a folder")
    sample.add_argument("folder", type=Path, metavar="FOLDER")
    sample.add_argument("--accounts", type=int, default=120, help="customers (default %(default)s)")
    sample.add_argument("--lines", type=int, default=60_000, help="sales lines (default %(default)s)")
    sample.add_argument("--seed", type=int, default=7, help="another seed, another book (default %(default)s)")
    sample.set_defaults(run=_sample)
    checked = commands.add_parser(
        "check", help="report what a book folder holds; exit 0 clean, 1 rows refused, 2 cannot be opened"
    )
    checked.add_argument("folder", type=Path, metavar="FOLDER")
    checked.set_defaults(run=lambda chosen: check(chosen.folder))
    chosen = parser.parse_args(arguments)
    try:
        return chosen.run(chosen)
    except KamError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _sample(chosen: argparse.Namespace) -> int:
    write_sample(chosen.folder, accounts=chosen.accounts, lines=chosen.lines, seed=chosen.seed, progress=_progress)
    return 0


def _progress(what: str, share: float) -> None:
    sys.stdout.write(f"{share:4.0%}  {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
