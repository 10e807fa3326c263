"""The library's working days over numpy arrays, and the same calendar as numpy knows it."""
import ctypes
import json
from pathlib import Path

import numpy as np

CALENDARS = Path(__file__).resolve().parents[2] / "src" / "data" / "calendars"
NAMES = ("england-and-wales", "northern-ireland", "scotland")


def pointer(array):
    assert array.dtype == np.int32 and array.flags.c_contiguous
    return ctypes.c_void_p(array.ctypes.data)


class Library:
    """libcpconf-dates-python, built from tests/date/python."""

    def __init__(self, path):
        self.lib = ctypes.CDLL(str(path))
        self.lib.calendar_new.restype = ctypes.c_void_p
        self.lib.calendar_new.argtypes = [ctypes.c_char_p]
        self.lib.calendar_add.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_void_p]
        self.lib.calendar_between.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_size_t, ctypes.c_void_p]

    def calendar(self, name):
        handle = self.lib.calendar_new(name.encode())
        if not handle:
            raise SystemExit(f"no calendar {name}")
        return handle

    def add(self, calendar, starts, n, out):
        self.lib.calendar_add(calendar, pointer(starts), len(starts), n, pointer(out))

    def between(self, calendar, first, last, out):
        self.lib.calendar_between(calendar, pointer(first), pointer(last), len(out), pointer(out))


def numpy_calendar(name):
    holidays = json.loads((CALENDARS / f"{name}.json").read_text("utf-8"))["holidays"]
    return np.busdaycalendar(holidays=[h["date"] for h in holidays if not h.get("withdrawn")])


def roll(n):
    """numpy moves a closed day to an open one before it counts; back for n > 0 and on for n < 0 is counting strictly
    after and strictly before the day itself."""
    return "backward" if n > 0 else "forward"
