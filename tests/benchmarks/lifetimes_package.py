"""Fits customers with the package `lifetimes`, in the environment made for it: `python lifetimes_package.py FILE`.

Prints one line of JSON as `tests.benchmarks.lifetime` does. It imports nothing of ours: it runs where that is not.
"""

import json
import sys
import time
import warnings

import numpy as np
import pandas as pd

REPEATS = 5


def main() -> None:
    """Fit and value the customers of a file."""
    warnings.simplefilter("ignore")
    import lifetimes  # noqa: PLC0415 # ty: ignore[import-not-found] - not installed beside our own code

    rows = pd.read_csv(sys.argv[1])
    valued = rows[(rows["frequency"] > 0) & (rows["mean_value"] > 0)]
    timed: dict[str, list[float]] = {"fit": [], "worth": [], "clv": []}
    for _ in range(REPEATS):
        start = time.perf_counter()
        buying = lifetimes.BetaGeoFitter().fit(rows["frequency"], rows["recency"], rows["T"])
        timed["fit"].append(time.perf_counter() - start)
        start = time.perf_counter()
        worth = lifetimes.GammaGammaFitter().fit(valued["frequency"], valued["mean_value"])
        timed["worth"].append(time.perf_counter() - start)
        start = time.perf_counter()
        clv = worth.customer_lifetime_value(
            buying,
            rows["frequency"],
            rows["recency"],
            rows["T"],
            rows["mean_value"].fillna(0.0),
            time=12,
            discount_rate=0.01,
            freq="W",
        )
        timed["clv"].append(time.perf_counter() - start)
    per_customer = buying._negative_log_likelihood(  # noqa: SLF001 - the package tells it no other way
        np.log(buying.params_.to_numpy()),
        rows["frequency"].to_numpy(dtype=float),
        rows["recency"].to_numpy(),
        rows["T"].to_numpy(),
        np.ones(len(rows)),
        0.0,
    )
    told = {**timed, "log_likelihood": -float(per_customer) * len(rows), "sum": float(np.nansum(clv))}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
