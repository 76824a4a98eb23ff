"""The commands of the package: `python -m kam sample FOLDER` writes a sample book."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kam.errors import KamError
from kam.sample import write_sample


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 with the reason on standard error."""
    parser = argparse.ArgumentParser(prog="python -m kam", description="Key account management: commands.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    sample = commands.add_parser("sample", help="write a sample book into a folder")
    sample.add_argument("folder", type=Path, metavar="FOLDER")
    sample.add_argument("--accounts", type=int, default=120, help="customers (default %(default)s)")
    sample.add_argument("--lines", type=int, default=60_000, help="sales lines (default %(default)s)")
    sample.add_argument("--seed", type=int, default=7, help="another seed, another book (default %(default)s)")
    sample.set_defaults(run=_sample)
    chosen = parser.parse_args(arguments)
    try:
        chosen.run(chosen)
    except KamError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _sample(chosen: argparse.Namespace) -> None:
    write_sample(chosen.folder, accounts=chosen.accounts, lines=chosen.lines, seed=chosen.seed, progress=_progress)


def _progress(what: str, share: float) -> None:
    sys.stdout.write(f"{share:4.0%}  {what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
