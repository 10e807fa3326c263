#!/usr/bin/env python3
"""Computes the counts of COUNTS.md from the raw XML of a children-in-need census.

It is the second opinion on `cpconf census --format json`: its own XML reader, its own date rules,
numpy's working days, and the holiday list of the PyPI package `holidays` (England). It reads
nothing of the library and must stay so.

usage: independent_census.py FILE.xml [--as-of YYYY-MM-DD]
Prints one JSON object. Exit status 0: the whole file was read; 2: it was not, or is no census.
"""

import argparse
import codecs
import collections
import datetime
import html.entities
import json
import re
import sys

import holidays
import numpy

FIRST_COVERED = datetime.date(1995, 1, 1)
LAST_COVERED = datetime.date(2028, 12, 31)
HOLIDAYS = {
    day
    for day in holidays.country_holidays("GB", subdiv="ENG", years=range(1995, 2029))
    if FIRST_COVERED <= day <= LAST_COVERED
}
CALENDAR = numpy.busdaycalendar(holidays=[numpy.datetime64(day) for day in sorted(HOLIDAYS)])
STATUSES = ("met", "late", "overdue", "missed", "pending", "not_applicable", "undetermined")


class NotACensus(Exception):
    """The file is refused: there is no figure to give."""


# ---- XML ----------------------------------------------------------------------------------------

SPACE = " \t\r\n"
NAME = r"[^\s<>/&=\"'!?]+"
TOKEN = re.compile(
    r"(?P<comment><!--(?:(?!--).)*-->)"
    r"|(?P<cdata><!\[CDATA\[.*?\]\]>)"
    r"|(?P<instruction><\?.*?\?>)"
    r"|(?P<end></(?P<end_name>" + NAME + r")\s*>)"
    r"|(?P<start><(?P<name>" + NAME + r")(?:\s+" + NAME + r"\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*(?P<empty>/?)>)"
    r"|(?P<text>[^<]+)",
    re.DOTALL,
)
REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")


class Broken(Exception):
    """The XML cannot be read on from here."""


class Element:
    def __init__(self, name):
        self.name = name
        self.text = []
        self.children = []

    def value(self):
        return "".join(self.text).strip(SPACE)

    def named(self, name):
        return [child for child in self.children if child.name == name]

    def below(self, name):
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.below(name)


def decode(data):
    """The text of the file and whether all of it could be decoded."""
    marks = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]
    marked = next(((mark, name) for mark, name in marks if data.startswith(mark)), None)
    encoding = marked[1] if marked else "utf-8"
    data = data[len(marked[0]):] if marked else data
    declared = re.match(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""", data)
    if declared and not marked:
        try:
            encoding = codecs.lookup(declared.group(1).decode()).name
        except LookupError:
            raise NotACensus("the encoding declared is not known") from None
        if encoding.startswith(("utf-16", "utf-32")):
            raise NotACensus("the file declares an encoding that it is not written in")
    try:
        return data.decode(encoding), True
    except UnicodeDecodeError as error:
        return data[: error.start].decode(encoding), False


def resolve(text):
    """Character data with its references replaced."""

    def one(match):
        if match.group(1):
            return chr(int(match.group(1), 16))
        if match.group(2):
            return chr(int(match.group(2)))
        return chr(html.entities.name2codepoint.get(match.group(3), ord("'")))

    if "&" not in text:
        return text
    if "&" in REFERENCE.sub("", text):
        raise Broken("a reference that is not known")
    return REFERENCE.sub(one, text)


def local(name):
    return name.rsplit(":", 1)[-1]


def events(text):
    """Start, end and text of the file in order. Raises Broken where it stops being XML."""
    position, open_names, closed = 0, [], False
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            if text.startswith("<!DOCTYPE", position):
                raise NotACensus("a census has no document type")
            raise Broken(f"cannot read on at character {position}")
        if match.group("name"):
            if closed:
                raise Broken("a second root")
            open_names.append(match.group("name"))
            yield "start", local(match.group("name"))
        if match.group("end_name") or match.group("empty"):
            name = match.group("end_name") or match.group("name")
            if not open_names or open_names.pop() != name:
                raise Broken("an end tag without its start")
            closed = not open_names
            yield "end", local(name)
        elif match.group("cdata"):
            yield "text", match.group("cdata")[9:-3]
        elif match.group("text"):
            if open_names:
                yield "text", resolve(match.group("text"))
            elif match.group("text").strip(SPACE):
                raise Broken("text outside the root")
        position = match.end()
    if open_names or not closed:
        raise Broken("the file ends before its root does")


def read(data):
    """(the header's elements, the children read, whether the whole file was read)"""
    text, complete = decode(data)
    root, stack, children, seen_children = None, [], [], False
    try:
        for kind, what in events(text.replace("\r\n", "\n")):
            if kind == "text":
                stack[-1].text.append(what)
            elif kind == "start":
                element = Element(what)
                if stack:
                    stack[-1].children.append(element)
                else:
                    root = element
                stack.append(element)
                if root.name != "Message":
                    raise NotACensus("the root is not Message")
                seen_children = seen_children or [one.name for one in stack] == ["Message", "Children"]
            else:
                element = stack.pop()
                if element.name == "Child" and [one.name for one in stack] == ["Message", "Children"]:
                    stack[-1].children.clear()
                    if element.children:
                        children.append(element)
    except Broken:
        complete = False
    if not root or (complete and not seen_children):
        raise NotACensus("there is no Message with Children in it")
    return root, children, complete


# ---- Values -------------------------------------------------------------------------------------

TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?"
ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
BIG_END = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})(?:[T ]{TIME})?{ZONE}?")
LITTLE_END = re.compile(rf"([0-9]{{2}})/([0-9]{{2}})/([0-9]{{4}})(?: {TIME})?")


def date_of(text):
    big, little = BIG_END.fullmatch(text), LITTLE_END.fullmatch(text)
    if not big and not little:
        return None
    year, month, day = map(int, big.groups() if big else reversed(little.groups()))
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def flag_of(text):
    return {"true": True, "1": True, "false": False, "0": False}.get(text.lower())


class Value:
    """What the elements of one name in a group say: the first readable one, and whether any text is there."""

    def __init__(self, elements, reader):
        texts = [element.value() for element in elements]
        readable = [reader(text) for text in texts if text and reader(text) is not None]
        self.given = any(texts)
        self.read = readable[0] if readable else None
        self.unreadable = self.given and self.read is None
        self.some_unreadable = any(text and reader(text) is None for text in texts)


# ---- Dates --------------------------------------------------------------------------------------


def covered(day):
    return FIRST_COVERED <= day <= LAST_COVERED


def working_days(start, end):
    """Working days after start, up to and including end."""
    one = numpy.timedelta64(1, "D")
    return int(numpy.busday_count(numpy.datetime64(start) + one, numpy.datetime64(end) + one, busdaycal=CALENDAR))


def fifteen_after(start):
    """Start plus 15 working days, or None where that is not covered."""
    if not covered(start):
        return None
    limit = numpy.busday_offset(numpy.datetime64(start), 15, roll="backward", busdaycal=CALENDAR).item()
    return limit if covered(limit) else None


def closed(day):
    return day.weekday() >= 5 or day in HOLIDAYS


def add_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        try:
            return datetime.date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


# ---- Plans --------------------------------------------------------------------------------------

Cycle = collections.namedtuple("Cycle", "status limit")


class Plan:
    def __init__(self, group):
        self.start = Value(group.named("CPPstartDate"), date_of)
        self.end = Value(group.named("CPPendDate"), date_of)
        self.reviews = Value(list(group.below("CPPreviewDate")), date_of)
        read = [date_of(element.value()) for element in group.below("CPPreviewDate")]
        self.review_days = sorted({day for day in read if day})
        self.empty = not (self.start.given or self.end.given or self.reviews.given)

    def begun(self, at):
        return self.start.read is not None and self.start.read <= at

    def open(self, at):
        return self.begun(at) and not self.end.unreadable and (self.end.read is None or self.end.read > at)

    def judged(self, at):
        backwards = self.begun(at) and self.end.read is not None and self.end.read < self.start.read
        return self.begun(at) and not self.end.unreadable and not backwards

    def end_by(self, at):
        return self.end.read if self.end.read is not None and self.end.read <= at else None

    def held(self, at):
        last = self.end_by(at) or at
        return [day for day in self.review_days if self.start.read < day <= last]

    def cycles(self, at, year):
        """The cycles in order, as COUNTS.md defines them."""
        result, begin, months = [], self.start.read, 3
        for review in self.held(at) + [None]:
            limit = add_months(begin, months)
            status = self.status(limit, review, at, year)
            if self.reviews.some_unreadable and status in ("late", "missed", "overdue"):
                status = "undetermined"
            result.append(Cycle(status, limit))
            begin, months = review, 6
        return result

    def status(self, limit, review, at, year):
        if review:
            if limit < year[0] <= review:
                return "undetermined"
            return "met" if review <= limit else "late"
        end = self.end_by(at)
        if end and end <= limit:
            return "not_applicable"
        if limit < year[0]:
            return "undetermined"
        if end:
            return "missed"
        return "pending" if limit >= at else "overdue"

    def lacks_review(self, at):
        if not self.judged(at) or self.held(at) or self.reviews.some_unreadable:
            return False
        return add_months(self.start.read, 3) < (self.end_by(at) or at)


# ---- Counting -----------------------------------------------------------------------------------


class Section47:
    def __init__(self, group):
        self.started = Value(group.named("S47ActualStartDate"), date_of)
        self.target = Value(group.named("InitialCPCtarget"), date_of)
        self.conference = Value(group.named("DateOfInitialCPC"), date_of)
        self.not_required = Value(group.named("ICPCnotRequired"), flag_of)
        self.empty = not (self.started.given or self.target.given or self.conference.given)

    def limit(self):
        return fifteen_after(self.started.read) if self.started.read else None

    def duration(self):
        start, end = self.started.read, self.conference.read
        if not start or start > end or not covered(start) or not covered(end):
            return None
        return working_days(start, end)

    def waits(self, at):
        """A conference is required and none was held by then."""
        if not self.started.read or self.started.read > at or not self.limit():
            return False
        if self.conference.unreadable or (self.conference.read and self.conference.read <= at):
            return False
        return not self.not_required.unreadable and not self.not_required.read


class Child:
    def __init__(self, element):
        episodes = element.named("CINdetails")
        groups = [Section47(group) for episode in episodes for group in episode.named("Section47")]
        plans = [Plan(group) for episode in episodes for group in episode.named("ChildProtectionPlans")]
        direct = [date_of(one.value()) for episode in episodes for one in episode.named("DateOfInitialCPC")]
        self.groups = [group for group in groups if not group.empty]
        self.plans = [plan for plan in plans if not plan.empty]
        self.transfers = [day for day in direct if day]

    def conference_days(self):
        return [group.conference.read for group in self.groups if group.conference.read] + self.transfers


def conference_figures(children, year, as_of):
    groups = [group for child in children for group in child.groups]
    held = [group for group in groups if group.conference.read]
    inside = [group for group in held if year[0] <= group.conference.read <= min(year[1], as_of)]
    durations = sorted(group.duration() for group in inside if group.duration() is not None)
    bands = {"0-10": 0, "11-15": 0, "16-20": 0, "21+": 0}
    for days in durations:
        bands["0-10" if days <= 10 else "11-15" if days <= 15 else "16-20" if days <= 20 else "21+"] += 1
    total, timely = len(durations), bands["0-10"] + bands["11-15"]
    on_day = collections.Counter(group.conference.read for group in inside)
    compared = [group for group in groups if group.target.read and group.limit()]
    waiting = [group for group in groups if group.waits(as_of)]
    return {
        "section_47_groups": len(groups),
        "initial_conferences_in_year": len(inside),
        "initial_conferences_outside_year": len(held) - len(inside),
        "without_duration": len(inside) - total,
        "bands": bands,
        "in_time_percent": (2000 * timely + total) // (2 * total) / 10 if total else None,
        "quartiles": [durations[-(-total * quarter // 4) - 1] for quarter in (1, 2, 3)] if total else None,
        "sharing_a_date": sum(number for number in on_day.values() if number > 1),
        "transfer_in_conferences": sum(len(child.transfers) for child in children),
        "target_agrees": sum(group.target.read == group.limit() for group in compared),
        "target_differs": sum(group.target.read != group.limit() for group in compared),
        "not_required_beside_conference": sum(group.not_required.read is True for group in held),
        "conference_on_closed_day": sum(closed(day) for child in children for day in child.conference_days()),
        "no_conference_pending": sum(group.limit() >= as_of for group in waiting),
        "no_conference_overdue": sum(group.limit() < as_of for group in waiting),
    }



def review_figures(children, year, as_of):
    first, later = collections.Counter(), collections.Counter()
    runs_from = {"conference": 0, "plan_start": 0}
    plans = [(child, plan) for child in children for plan in child.plans]
    decided = []
    for child, plan in plans:
        if plan.begun(as_of):
            runs_from["conference" if plan.start.read in child.conference_days() else "plan_start"] += 1
        if plan.judged(as_of):
            cycles = plan.cycles(as_of, year)
            first[cycles[0].status] += 1
            later.update(cycle.status for cycle in cycles[1:])
            decided += [cycle for cycle in cycles if cycle.status in ("met", "late", "overdue", "missed")]
        elif plan.start.read is None or plan.begun(as_of):
            first["undetermined"] += 1
    due = [cycle for cycle in decided if year[0] <= cycle.limit <= year[1]]
    return {
        "plans": len(plans),
        "plans_open": sum(plan.open(as_of) for _, plan in plans),
        "first_review_runs_from": runs_from,
        "plans_without_review": sum(plan.lacks_review(as_of) for _, plan in plans),
        "first_reviews": {status: first[status] for status in STATUSES},
        "later_reviews": {status: later[status] for status in STATUSES},
        "reviews_due_in_year": len(due),
        "reviews_due_in_year_in_time": sum(cycle.status == "met" for cycle in due),
    }


def child_figures(children, year, day):
    on_plan = in_time = undetermined = 0
    for child in children:
        plans = [plan for plan in child.plans if plan.open(day) and add_months(plan.start.read, 3) <= day]
        statuses = {cycle.status for plan in plans for cycle in plan.cycles(day, year)}
        failed = statuses & {"late", "overdue", "missed"}
        on_plan += bool(plans)
        undetermined += bool(plans) and not failed and "undetermined" in statuses
        in_time += bool(plans) and not failed and "undetermined" not in statuses
    return {
        "children_on_plan_three_months": on_plan,
        "children_on_plan_all_reviews_in_time": in_time,
        "children_on_plan_reviews_undetermined": undetermined,
    }


def census(data, as_of=None):
    root, elements, complete = read(data)
    path = [root]
    for name in ("Header", "CollectionDetails"):
        path = [inner for outer in path for inner in outer.named(name)]
    collection = next((one.value() for outer in path for one in outer.named("Collection") if one.value()), "CIN")
    if collection.upper() != "CIN":
        raise NotACensus("the collection is not CIN")
    given = Value([one for outer in path for one in outer.named("ReferenceDate")], date_of).read
    reference = given or as_of
    if not reference:
        raise NotACensus("there is no reference date")
    as_of = as_of or reference
    year = (add_months(reference, -12) + datetime.timedelta(days=1), reference)
    children = [Child(element) for element in elements]
    figures = {"children": len(children)}
    figures.update(conference_figures(children, year, as_of))
    figures.update(review_figures(children, year, as_of))
    figures.update(child_figures(children, year, min(reference, as_of)))
    return {
        "as_of": str(as_of),
        "reference_date": str(given) if given else None,
        "year": [str(day) for day in year],
        "figures": figures,
        "complete": complete,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--as-of", type=datetime.date.fromisoformat)
    arguments = parser.parse_args()
    with open(arguments.file, "rb") as file:
        data = file.read()
    try:
        answer = census(data, arguments.as_of)
    except NotACensus as error:
        print(f"{arguments.file}: {error}", file=sys.stderr)
        return 2
    print(json.dumps(answer, indent=2))
    return 0 if answer["complete"] else 2


if __name__ == "__main__":
    sys.exit(main())
