"""compare_counts.py and independent_census.py: that they agree with counts made by hand, and that each check can fail."""

import copy
import datetime
import pathlib
import tempfile
import unittest
from unittest import mock

import compare_counts
import independent_census

FILES = pathlib.Path(__file__).resolve().parent / "files"
CHANGED = ("children", "section_47_groups", "plans", "reviews_due_in_year")


def says(document, status=0, complaint=""):
    """A command that answers every call with this."""
    return mock.patch.object(compare_counts, "command_says", lambda *_: (status, document, complaint))


class Comparison(unittest.TestCase):
    def setUp(self):
        self.path = FILES / "reviews.xml"
        self.document = compare_counts.script_says(self.path, None)

    def compare(self, document, status=0, complaint="", name="reviews.xml"):
        with says(document, status, complaint):
            return compare_counts.compare("cpconf", FILES / name, None)

    def test_the_same_counts_are_no_difference(self):
        self.assertEqual(self.compare(copy.deepcopy(self.document)), [])

    def test_every_count_that_is_changed_is_a_difference(self):
        for name in CHANGED:
            changed = copy.deepcopy(self.document)
            changed["figures"][name] += 1
            self.assertEqual(len(self.compare(changed)), 1, name)

    def test_a_count_that_is_missing_or_not_known_is_a_difference(self):
        missing, more = copy.deepcopy(self.document), copy.deepcopy(self.document)
        del missing["figures"]["first_reviews"]["late"]
        more["figures"]["first_reviews"]["early"] = 0
        self.assertEqual(len(self.compare(missing)), 1)
        self.assertEqual(len(self.compare(more)), 1)

    def test_another_year_or_completeness_is_a_difference(self):
        self.assertEqual(len(self.compare({**self.document, "year": ["2024-04-02", "2025-03-31"]})), 1)
        self.assertEqual(len(self.compare({**self.document, "complete": 1})), 1)

    def test_the_wrong_exit_status_is_a_difference(self):
        self.assertEqual(len(self.compare(self.document, 2)), 1)
        cut = compare_counts.script_says(FILES / "truncated.xml", None)
        self.assertEqual(self.compare(cut, 2, name="truncated.xml"), [])
        self.assertEqual(len(self.compare(cut, 0, name="truncated.xml")), 1)

    def test_no_document_is_a_difference(self):
        self.assertEqual(self.compare(None), ["the command wrote no document"])

    def test_a_refused_file_needs_status_2_and_a_message(self):
        self.assertEqual(self.compare(None, 2, "empty", "empty.xml"), [])
        self.assertEqual(len(self.compare(None, 0, "empty", "empty.xml")), 1)
        self.assertEqual(len(self.compare(None, 2, "", "empty.xml")), 1)
        self.assertEqual(len(self.compare({"complete": True}, 2, "empty", "empty.xml")), 1)


class Script(unittest.TestCase):
    def test_it_agrees_with_the_counts_made_by_hand(self):
        self.assertEqual(compare_counts.check_pinned(), [])

    def test_no_counts_by_hand_is_a_failure(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(compare_counts, "HERE", pathlib.Path(folder)):
            self.assertEqual(len(compare_counts.check_pinned()), 1)

    def test_every_file_has_the_outcome_that_its_page_says(self):
        rows = [line.split("|") for line in (FILES / "README.md").read_text(encoding="utf-8").splitlines()]
        outcomes = {}
        for row in rows:
            if len(row) > 3 and ".xml`" in row[1]:
                outcomes.update({name.strip(" `"): row[3].strip() for name in row[1].split(",")})
        self.assertEqual(set(outcomes), {path.name for path in FILES.glob("*.xml")})
        for name, outcome in outcomes.items():
            document = compare_counts.script_says(FILES / name, None)
            found = "refused" if not document else "read" if document["complete"] else "cut off"
            self.assertTrue(outcome.startswith(found), name)
            if found == "cut off":
                self.assertIn(f"{document['figures']['children']} child", outcome, name)

    def test_a_number_of_days_across_holidays_is_as_counted_by_hand(self):
        def day(text):
            return datetime.date.fromisoformat(text)

        by_hand = [("2024-12-16", "2025-01-09"), ("2026-03-19", "2026-04-13"), ("2022-06-02", "2022-06-24")]
        for start, end in by_hand:
            self.assertEqual(independent_census.working_days(day(start), day(end)), 15)
            self.assertEqual(independent_census.fifteen_after(day(start)), day(end))
        self.assertEqual(independent_census.add_months(day("2024-11-30"), 3), day("2025-02-28"))
        self.assertIsNone(independent_census.fifteen_after(day("2028-12-20")))


if __name__ == "__main__":
    unittest.main()
