"""`cpconf assess --format ics`, read back by another reader of iCalendar files.

    test_due_dates.py COMMAND

Needs the PyPI package icalendar.
"""

import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import zoneinfo

import icalendar

COMMAND = sys.argv.pop(1) if len(sys.argv) > 1 else "cpconf"
EXAMPLE = pathlib.Path(__file__).resolve().parents[1] / "cli" / "samples" / "example-case.json"
LONDON = zoneinfo.ZoneInfo("Europe/London")


def assess(record, as_of, form, rulebook="hertfordshire"):
    done = subprocess.run([COMMAND, "assess", str(record), "--rulebook", rulebook, "--as-of", as_of, "--format", form],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1, 4):
        raise AssertionError(done.stderr.decode())
    return done.stdout


def text(value):
    """The text of a property that the reader does not know: it hands it over as it is written."""
    return re.sub(r"\\(.)", r"\1", str(value))


def events(data):
    """By the key that the document of the assessment gives them too."""
    found = {}
    for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        found[text(event["X-CPCONF-KEY"])] = event
    return found


def timescales(document):
    lists = [child["timescales"] for child in document["children"]]
    lists += [conference["timescales"] for conference in document["conferences"]]
    lists.append(document["whole_case"]["timescales"])
    return [one for each in lists for one in each]


def moment(text):
    if "T" not in text:
        return datetime.date.fromisoformat(text)
    return datetime.datetime.fromisoformat(text).replace(tzinfo=LONDON)


def late_case(case="c", child="ada", conference="k1"):
    """A conference that is to be reviewed, and of which nothing has been sent since."""
    return {"cpconf": 1, "case": case, "children": [{"child": child, "date_of_birth": "2017-05-09"}], "events": [
        {"event": "strategy_discussion_held", "at": "2026-03-19", "section_47": "s1"},
        {"event": "section_47_started", "at": "2026-03-19", "section_47": "s1"},
        {"event": "conference_arranged", "at": "2026-03-20", "conference": conference, "conference_type": "initial",
         "section_47": "s1"},
        {"event": "conference_held", "at": "2026-04-09T10:00", "conference": conference,
         "session_outcome": "completed"},
        {"event": "decision_made", "at": "2026-04-09", "conference": conference, "child": child,
         "decision": "plan_made"}]}


class DueDates(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, record):
        path = pathlib.Path(self.folder.name, "case.json")
        path.write_text(json.dumps(record), encoding="utf-8")
        return path

    def test_it_holds_every_limit_that_is_due_or_overdue_and_no_other(self):
        for as_of in ("2026-05-25", "2026-06-05T08:00", "2026-11-22"):
            with self.subTest(as_of):
                document = json.loads(assess(EXAMPLE, as_of, "json"))
                expected = {}
                findings = {finding["key"] for finding in document["findings"]}
                for one in timescales(document):
                    if one["status"] == "pending" or (one["status"] == "overdue" and one["key"] in findings):
                        if "due" in one:
                            category = "due" if one["status"] == "pending" else "overdue"
                            expected[one["key"]] = (moment(one["due"]), category)
                self.assertGreater(len(expected), 2)
                found = events(assess(EXAMPLE, as_of, "ics"))
                self.assertEqual({key: (event.decoded("DTSTART"), str(event["CATEGORIES"].cats[0]))
                                  for key, event in found.items()}, expected)

    def test_a_limit_with_a_time_is_a_local_time_in_london(self):
        starts = [event["DTSTART"] for event in events(assess(EXAMPLE, "2026-06-05T08:00", "ics")).values()]
        timed = [start for start in starts if isinstance(start.dt, datetime.datetime)]
        self.assertTrue(timed)
        self.assertLess(len(timed), len(starts))
        for start in timed:
            self.assertEqual(start.params["TZID"], "Europe/London")

    def test_its_time_zone_is_that_of_london(self):
        calendar = icalendar.Calendar.from_ical(assess(EXAMPLE, "2026-11-22", "ics"))
        own = calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
        noon = datetime.datetime(1997, 1, 1, 12)
        while noon.year < 2037:
            self.assertEqual(noon.replace(tzinfo=own).utcoffset(), noon.replace(tzinfo=LONDON).utcoffset(), noon)
            noon += datetime.timedelta(days=1)

    def test_its_lines_end_and_fold_as_the_standard_asks(self):
        case = self.file(late_case(child="zoë " * 12))
        for data in (assess(EXAMPLE, "2026-11-22", "ics"), assess(case, "2026-05-22", "ics")):
            self.assertTrue(data.endswith(b"END:VCALENDAR\r\n"))
            self.assertNotIn(b"\n", data.replace(b"\r\n", b""))
            lines = data.split(b"\r\n")
            self.assertTrue(any(line.startswith(b" ") for line in lines))
            for line in lines:
                self.assertLessEqual(len(line), 75)
                line.decode("utf-8")

    def test_what_has_a_meaning_in_the_format_stays_text(self):
        child, conference, case = "a,b;c\\d\"e:f", "k\\n, END:VEVENT", "one;two"
        found = events(assess(self.file(late_case(case, child, conference)), "2026-05-22", "ics"))
        self.assertTrue(any(child in str(event["SUMMARY"]) for event in found.values()))
        self.assertTrue(any(conference in str(event["SUMMARY"]) for event in found.values()))
        self.assertTrue(any(conference in key for key in found))
        data = assess(self.file(late_case(case, child, conference)), "2026-05-22", "ics")
        self.assertEqual(text(icalendar.Calendar.from_ical(data)["NAME"]), "Case one;two: what is due")

    def test_it_names_the_clauses_and_whose_decision_it_is(self):
        for key, event in events(assess(EXAMPLE, "2026-11-22", "ics")).items():
            with self.subTest(key):
                self.assertRegex(str(event["DESCRIPTION"]), r"\[HERT-[0-9].*\]\nAs of 22 November 2026, ")
                self.assertTrue(str(event["DESCRIPTION"]).endswith("the decision is the chair's."))

    def test_a_later_file_takes_the_place_of_an_earlier_one(self):
        case = self.file(late_case())
        earlier, later = (events(assess(case, as_of, "ics")) for as_of in ("2026-05-22", "2026-05-29T10:30"))
        self.assertEqual({key: event["UID"] for key, event in earlier.items()},
                         {key: event["UID"] for key, event in later.items()})
        self.assertEqual(len({event["UID"] for event in earlier.values()}), len(earlier))
        other = events(assess(self.file(late_case(case="another")), "2026-05-22", "ics"))
        self.assertEqual(set(other), set(earlier))
        self.assertFalse({event["UID"] for event in earlier.values()} & {event["UID"] for event in other.values()})
        for found, stamp in ((earlier, (2026, 5, 22)), (later, (2026, 5, 29, 9, 30))):
            for event in found.values():
                self.assertEqual(event.decoded("DTSTAMP"), datetime.datetime(*stamp, tzinfo=datetime.timezone.utc))

    def test_a_case_with_nothing_due_is_a_calendar_without_events(self):
        data = assess(self.file({"cpconf": 1, "case": "new", "children": [], "events": []}), "2026-05-22", "ics")
        self.assertEqual(events(data), {})


if __name__ == "__main__":
    unittest.main()
