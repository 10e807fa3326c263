#!/usr/bin/env python3
"""Adding working days over an array: this library beside numpy's busday_offset, in one run.

    compare_numpy.py LIBRARY      libcpconf-dates-python of a release build

The same dates (every day of 1995 to 2028, in order and shuffled, a million in all), the same holidays, both writing into
an array that is there already. The answers are compared before anything is timed; each figure is the median of 5 runs.
"""
import platform
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "date"))
from dates_library import Library, numpy_calendar, roll  # noqa: E402

RUNS = 5
COUNT = 1_000_000


def seconds(work):
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def main():
    library = Library(sys.argv[1])
    calendar, peer = library.calendar("england-and-wales"), numpy_calendar("england-and-wales")
    every = np.resize(np.arange("1995-01-01", "2029-01-01", dtype="datetime64[D]"), COUNT)
    print(f"{platform.machine()}, numpy {np.__version__}, {COUNT} dates, median of {RUNS}")
    ratios = []
    for order, days in (("in order", every), ("shuffled", np.random.default_rng(7).permutation(every))):
        starts, ours, theirs = days.astype(np.int32), np.empty(COUNT, np.int32), np.empty(COUNT, "datetime64[D]")
        for n in (-60, -15, -1, 1, 15, 60):
            def with_numpy():
                np.busday_offset(days, n, roll=roll(n), busdaycal=peer, out=theirs)

            def with_library():
                library.add(calendar, starts, n, ours)

            with_numpy(), with_library()
            if not np.array_equal(theirs.astype(np.int32), ours):
                print(f"the answers differ at offset {n}")
                return 1
            slow, fast = seconds(with_numpy), seconds(with_library)
            ratios.append(slow / fast)
            print(f"{order}, {n:+d} working days: numpy {slow / COUNT * 1e9:.2f} ns, here {fast / COUNT * 1e9:.2f} ns "
                  f"a date, ratio {slow / fast:.1f}")
    worst = min(ratios)
    print(f"smallest ratio {worst:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
