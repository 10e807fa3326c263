#!/usr/bin/env python3
"""Writes an invented census in which everything bends at random, for compare_counts.py.

usage: random_census.py SEED CHILDREN > out.xml
The same seed gives the same file. Reference date 2025-03-31; dates crowd around the limits.
"""

import datetime
import random
import sys

REFERENCE = datetime.date(2025, 3, 31)
ODD_DATES = ["", " ", "2024-02-30", "31/09/2024", "soon", "2024-13-01", "01-05-2024", "2024-06-01T24:00:00"]
TIMES = ["", "", "", "T00:00:00", "T09:30:00Z", "T23:59:59.5+01:00", " 10:15", "Z"]


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []

    def chance(self, share):
        return self.random.random() < share

    def date(self, day):
        if self.chance(0.03):
            return self.random.choice(ODD_DATES)
        if self.chance(0.15):
            return day.strftime("%d/%m/%Y") + self.random.choice(["", " 00:00:00"])
        space = self.random.choice(["", "", "", " ", "\n\t"])
        return space + day.isoformat() + self.random.choice(TIMES) + space

    def element(self, name, text):
        if not text and self.chance(0.5):
            return f"<{name}/>"
        if self.chance(0.03):
            text = f"<![CDATA[{text}]]>"
        return f"<{name}>{text}</{name}>{self.stray()}"

    def stray(self):
        return self.random.choice(["stray", "<!-- 2024-05-05 -->", "&amp;", "\n"]) if self.chance(0.05) else ""

    def flag(self):
        return self.random.choice(["true", "false", "TRUE", "FALSE", "1", "0", "", "perhaps", "false", "false"])

    def day(self, first, last):
        return REFERENCE + datetime.timedelta(days=self.random.randint(first, last))

    def section_47(self, episode):
        start = self.day(-480, 20)
        later = self.random.choice([-3, 0, 7, 14, 15, 20, 21, 22, 23, 24, 28, 29, 35])
        conference = start + datetime.timedelta(days=later)
        parts = []
        if self.chance(0.95):
            parts.append(self.element("S47ActualStartDate", self.date(start)))
        if self.chance(0.6):
            target = start + datetime.timedelta(days=self.random.choice([20, 21, 21, 22, 23, 24]))
            parts.append(self.element("InitialCPCtarget", self.date(target)))
        if self.chance(0.8):
            parts.append(self.element("DateOfInitialCPC", self.date(conference)))
        if self.chance(0.7):
            parts.append(self.element("ICPCnotRequired", self.flag()))
        episode.append("<Section47>" + self.stray() + "".join(parts) + "</Section47>")
        return conference

    def reviews(self, start):
        days, last, months = [], start, 3
        while self.chance(0.8) and last < REFERENCE:
            last = last + datetime.timedelta(days=months * 30 + self.random.choice([-20, 0, 1, 2, 3, 4, 25]))
            days.append(last)
            months = 6
        if self.chance(0.1):
            days.append(start)
        if self.chance(0.1):
            days.append(start + datetime.timedelta(days=self.random.randint(-30, 700)))
        self.random.shuffle(days)
        elements = [self.element("CPPreviewDate", self.date(day)) for day in days + days[:1] * self.chance(0.05)]
        wrap = self.random.choice(["one", "one", "each", "none", "mixed"])
        if wrap == "one":
            return "<Reviews>" + self.stray() + "".join(elements) + "</Reviews>"
        if wrap == "none":
            return "".join(elements)
        return "".join(f"<Reviews>{one}</Reviews>" if wrap == "each" or self.chance(0.5) else one for one in elements)

    def plan(self, episode, start):
        parts = []
        if self.chance(0.97):
            parts.append(self.element("CPPstartDate", self.date(start)))
        if self.chance(0.4):
            end = start + datetime.timedelta(days=self.random.choice([-5, 0, 40, 89, 90, 91, 92, 93, 150, 300, 600]))
            parts.append(self.element("CPPendDate", self.date(end)))
        parts.append(self.element("NumberOfPreviousCPP", str(self.random.randint(0, 2))))
        episode.append("<ChildProtectionPlans>" + "".join(parts) + self.reviews(start) + "</ChildProtectionPlans>")

    def episode(self):
        parts, conferences = [], []
        if self.chance(0.2):
            conferences.append(self.day(-500, 20))
            parts.append(self.element("DateOfInitialCPC", self.date(conferences[0])))
        for _ in range(self.random.choice([0, 1, 1, 2])):
            conferences.append(self.section_47(parts))
        if self.chance(0.05):
            inside = self.random.choice(["", "<ICPCnotRequired>false</ICPCnotRequired>"])
            parts.append(f"<Section47>{inside}</Section47>")
        if self.chance(0.05):
            parts.append("<ChildProtectionPlans><CPPstartDate/><Reviews/></ChildProtectionPlans>")
        for _ in range(self.random.choice([0, 1, 1, 2])):
            known = conferences and self.chance(0.7)
            self.plan(parts, self.random.choice(conferences) if known else self.day(-900, 10))
        return "<CINdetails>" + self.stray() + "".join(parts) + "</CINdetails>\n"

    def child(self, number):
        sex = self.random.choice(["<Sex>F</Sex>", "<GenderCurrent>1</GenderCurrent>", "<Gender>2</Gender>", ""])
        head = f"<ChildIdentifiers><LAchildID>R{number}</LAchildID>{self.stray()}{sex}</ChildIdentifiers>"
        episodes = "".join(self.episode() for _ in range(self.random.choice([0, 1, 1, 1, 2])))
        return "<Child/>" if self.chance(0.01) else f"<Child>{self.stray()}{head}{episodes}</Child>\n"


def random_census(seed, children):
    writer = Writer(seed)
    details = f"<Collection>CIN</Collection><ReferenceDate>{REFERENCE}</ReferenceDate>"
    head = f"<Header><CollectionDetails>{details}</CollectionDetails></Header>"
    body = "".join(writer.child(number) for number in range(children))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Message>{head}<Children>\n{body}</Children></Message>\n'


if __name__ == "__main__":
    sys.stdout.write(random_census(int(sys.argv[1]), int(sys.argv[2])))
