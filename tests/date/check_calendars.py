#!/usr/bin/env python3
"""The shipped calendars and clock changes against independent sources, day by day.

    check_calendars.py      exit 1 with every difference

Holidays of 1995 to 2028: QuantLib (England) and the PyPI package holidays (all three divisions).
Clock changes of 1995 to 2037: Python's time zone database.
"""
import datetime
import json
import sys
import zoneinfo
from pathlib import Path

import holidays
import QuantLib

DATA = Path(__file__).resolve().parents[2] / "src" / "data"
DIVISIONS = {"england-and-wales": ("ENG", "WLS"), "scotland": ("SCT",), "northern-ireland": ("NIR",)}
# Where another source is wrong: division, day, source, why.
EXPECTED = {
    ("scotland", "2006-11-30", "holidays"): "the St Andrew's Day Bank Holiday (Scotland) Act 2007 came into force in 2007",
}


def days(first, last):
    day = datetime.date.fromisoformat(first)
    while day <= datetime.date.fromisoformat(last):
        yield day
        day += datetime.timedelta(1)


def peers(division):
    """Per source, whether it holds a weekday closed."""
    found = {}
    for part in DIVISIONS[division]:
        name = "holidays" if len(DIVISIONS[division]) == 1 else f"holidays {part}"
        table = holidays.country_holidays("GB", subdiv=part, years=range(1995, 2029))
        found[name] = table.__contains__
    if division == "england-and-wales":
        calendar = QuantLib.UnitedKingdom(QuantLib.UnitedKingdom.Settlement)
        found["QuantLib"] = lambda day: calendar.isHoliday(QuantLib.Date(day.day, day.month, day.year))
    return found


def check_division(division):
    document = json.loads((DATA / "calendars" / f"{division}.json").read_text("utf-8"))
    ours = {h["date"] for h in document["holidays"] if not h.get("withdrawn")}
    sources = peers(division)
    seen, problems = set(), []
    for day in days(*document["covers"]):
        if day.weekday() >= 5:
            continue
        for name, closed in sources.items():
            if closed(day) == (str(day) in ours):
                continue
            seen.add((division, str(day), name))
            if (division, str(day), name) not in EXPECTED:
                problems.append(f"{division}: {day} is {'closed' if str(day) in ours else 'open'}, {name} says otherwise")
    problems += [f"{key}: expected to differ and does not" for key in EXPECTED if key[0] == division and key not in seen]
    return problems


def check_clock():
    document = json.loads((DATA / "clock-changes.json").read_text("utf-8"))
    ours = {c["date"]: c["to"] for c in document["changes"]}
    zone = zoneinfo.ZoneInfo(document["clock_changes"])
    theirs = {}
    for day in days(*document["covers"]):
        start = datetime.datetime(day.year, day.month, day.day, tzinfo=zone).utcoffset()
        noon = datetime.datetime(day.year, day.month, day.day, 12, tzinfo=zone).utcoffset()
        if start != noon:
            theirs[str(day)] = "summer" if noon > start else "winter"
            # The change itself: 01:00 to 02:00 skipped or repeated, nothing else.
            for minute, kind in ((59, "before"), (60, "change"), (119, "change"), (120, "after")):
                at = datetime.datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
                changes = at.utcoffset() != at.replace(fold=1).utcoffset()
                if changes != (kind == "change"):
                    return [f"clock changes: {at} does not change as the rule says"]
    return [f"clock changes: {day}: ours {ours.get(day)}, the time zone database {theirs.get(day)}"
            for day in sorted(ours.keys() | theirs.keys()) if ours.get(day) != theirs.get(day)]


def main():
    problems = [line for division in DIVISIONS for line in check_division(division)] + check_clock()
    print("\n".join(problems))
    print(f"{len(DIVISIONS)} calendars and the clock changes: {len(problems)} differences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
