"""Thousands of mutated books, two processes: `python -m tests.intake.mutations 5000`; ends with 1 if any fails.

`python -m tests.intake.mutations --keep 17` writes the book of seed 17 into mutated-17/ and meets it once.
"""

import argparse
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.intake.mutations.making import make
from tests.intake.mutations.outcome import outcome

PROCESSES = 2
CHUNK = 50
MOST_MEMORY = 1_500_000  # kilobytes
_ALARM = 60
_SLOWEST = 5

Met = dict[str, object]


class TooLongError(BaseException):
    """A book takes so long that nobody waits for it; no code of ours catches it on the way."""


def meet(seed: int, folder: Path) -> Met:
    """Make the book of a seed, open and look at it, and say how that went."""
    done: list[str] = []
    try:
        done = make(seed, folder)
        signal.alarm(_ALARM)
        met = outcome(folder, random.Random(seed))  # noqa: S311 - choosing answers, no secret
    except (Exception, TooLongError) as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/kam/" in frame.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        return {
            "seed": seed,
            "kind": "failed",
            "done": done,
            "where": where,
            "said": f"{type(error).__name__}: {str(error)[:600]}",
        }
    finally:
        signal.alarm(0)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if memory > MOST_MEMORY:
        return {"seed": seed, "kind": "failed", "done": done, "where": "", "said": f"{memory // 1000} MB were held"}
    return {
        "seed": seed,
        "kind": met.kind,
        "then": met.then,
        "done": done,
        "said": met.said[:200],
        "seconds": round(met.seconds, 2),
    }


def meet_some(first: int, count: int) -> None:
    """Meet the books of some seeds, and print a line of JSON for each."""
    signal.signal(signal.SIGALRM, _give_up)
    warnings.simplefilter("error")
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory(prefix="kam-mutated-") as work:
            sys.stdout.write(json.dumps(meet(seed, Path(work) / "book")) + "\n")
            sys.stdout.flush()


def _give_up(*_: object) -> None:
    raise TooLongError(f"not done after {_ALARM} s")


def _chunk(first: int, count: int) -> list[Met]:
    """Meet some books in a process of their own; where that dies, the book it died of has failed."""
    met: list[Met] = []
    while len(met) < count:
        start = first + len(met)
        command = [sys.executable, "-m", "tests.intake.mutations", "--first", str(start), str(count - len(met))]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ourselves
        met += [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]
        if len(met) < count:
            said = f"the process ended with {ended.returncode}: {ended.stderr[-600:]}"
            met.append({"seed": first + len(met), "kind": "failed", "done": [], "where": "", "said": said})
    return met


def run(first: int, count: int) -> list[Met]:
    """Meet books by chunks in two processes, show how far it is, and return how each went."""
    starts = [(at, min(CHUNK, first + count - at)) for at in range(first, first + count, CHUNK)]
    met: list[Met] = []
    with ThreadPoolExecutor(PROCESSES) as pool:
        for some in pool.map(lambda chunk: _chunk(*chunk), starts):
            met += some
            failed = [each for each in some if each["kind"] == "failed"]
            sys.stdout.write("".join(_failure(each) for each in failed))
            sys.stdout.write(f"{len(met):,} of {count:,}, {_counted(met)}\n")
            sys.stdout.flush()
    return met


def _counted(met: list[Met]) -> str:
    kinds = Counter(str(each["kind"]) for each in met)
    return ", ".join(f"{kinds[kind]:,} {kind}" for kind in ("opened", "asked", "refused", "failed"))


def _failure(each: Met) -> str:
    again = f"python -m tests.intake.mutations --keep {each['seed']}"
    return f"FAILED seed {each['seed']} at {each['where']}: {each['said']}\n  {each['done']}\n  again: {again}\n"


def _summary(met: list[Met]) -> Iterator[str]:
    yield f"\n{len(met):,} books: {_counted(met)}"
    then = Counter(str(each["then"]) for each in met if each["kind"] == "asked")
    yield f"of those that asked, after the answers: {', '.join(f'{count:,} {kind}' for kind, count in then.items())}"
    slow = sorted(met, key=lambda each: -float(str(each.get("seconds", 0))))[:_SLOWEST]
    yield "slowest: " + ", ".join(f"{each.get('seconds')} s (seed {each['seed']})" for each in slow)
    kinds = Counter(
        (str(each["where"]), str(each["said"]).partition(":")[0]) for each in met if each["kind"] == "failed"
    )
    yield from (f"{count:>6} {error} at {where or 'no line of ours'}" for (where, error), count in kinds.most_common())


def main() -> int:
    """Read the command, do it, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.intake.mutations")
    parser.add_argument("count", type=int, nargs="?", default=5000, help="how many books (default %(default)s)")
    parser.add_argument("--from", dest="start", type=int, default=0, help="the first seed (default %(default)s)")
    parser.add_argument("--keep", type=int, metavar="SEED", help="write one book into mutated-SEED/ and meet it")
    parser.add_argument("--first", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.first is not None:
        meet_some(chosen.first, chosen.count)
        return 0
    if chosen.keep is not None:
        folder = Path(f"mutated-{chosen.keep}")
        sys.stdout.write(f"{make(chosen.keep, folder)}\n")
        sys.stdout.write(f"{outcome(folder, random.Random(chosen.keep))}\n")  # noqa: S311 - choosing answers, no secret
        return 0
    met = run(chosen.start, chosen.count)
    sys.stdout.write("\n".join(_summary(met)) + "\n")
    return 1 if any(each["kind"] == "failed" for each in met) else 0


if __name__ == "__main__":
    sys.exit(main())
