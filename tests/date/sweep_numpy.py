#!/usr/bin/env python3
"""Working days against numpy: every day of 1995 to 2028, every offset from -60 to -1 and 1 to 60, three divisions.

    sweep_numpy.py LIBRARY      libcpconf-dates-python; exit 1 with the first differences
"""
import sys

import numpy as np

from dates_library import NAMES, Library, numpy_calendar, roll

OFFSETS = [n for n in range(-60, 61) if n != 0]


def differences(library, name, days):
    calendar, peer = library.calendar(name), numpy_calendar(name)
    starts, out = days.astype(np.int32), np.empty(len(days), np.int32)
    found = []
    for n in OFFSETS:
        library.add(calendar, starts, n, out)
        theirs = np.busday_offset(days, n, roll=roll(n), busdaycal=peer).astype(np.int64)
        found += [f"{name}: {days[i]} {n:+d}: {np.datetime64(int(out[i]), 'D')}, numpy says "
                  f"{np.datetime64(int(theirs[i]), 'D')}" for i in np.nonzero(theirs != out)[0]]
    for shift in (1, 7, 40, 400):
        first, last = starts[:-shift].copy(), starts[shift:].copy()
        counted, back = np.empty(len(first), np.int32), np.empty(len(first), np.int32)
        library.between(calendar, first, last, counted)
        library.between(calendar, last, first, back)
        theirs = np.busday_count(days[:-shift] + 1, days[shift:] + 1, busdaycal=peer)
        found += [f"{name}: between {days[i]} and {days[i + shift]}: {counted[i]} and {back[i]}, numpy says {theirs[i]}"
                  for i in np.nonzero((theirs != counted) | (theirs != -back))[0]]
    return found


def main():
    library = Library(sys.argv[1])
    days = np.arange("1995-01-01", "2029-01-01", dtype="datetime64[D]")
    found = [line for name in NAMES for line in differences(library, name, days)]
    print("\n".join(found[:20]))
    print(f"{len(days)} days, {len(OFFSETS)} offsets, {len(NAMES)} calendars: {len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
