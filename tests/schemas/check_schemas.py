#!/usr/bin/env python3
"""Every shipped file obeys its schema, and every name that a rulebook uses is in the vocabulary.

    check_schemas.py [--clauses FILE.tsv] [--command CPCONF]    check; exit 1 with the place of everything wrong
    check_schemas.py --write                                    write record.schema.json anew from the vocabulary

Needs the PyPI package jsonschema. --clauses names a list whose first column holds the clause ids of the source texts;
without it the ids are checked by form and source alone, and the last line says so. --command names the built command:
every example is assessed with it, and what it writes has to obey the schema of an assessment.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "src" / "data"
SCHEMAS = DATA / "schemas"
FORMAT = ROOT / "tests" / "format"
KINDS = ("timescale", "requirement", "quorum", "process", "threshold", "definition")
OPERATORS = ("all", "any", "not", "fact", "occurs", "of", "every", "count", "state", "status")
STATUSES = {
    "timescale": "not_applicable waiting undetermined pending met late overdue missed out_of_order".split(),
    "other": "not_applicable satisfied broken undetermined".split(),
}
# Facts of an instance or a child that are the engine's, and those of a row beside its own attributes.
INSTANCE_FACTS = {
    "conference": {"conference_date", "deciding_session", "review_number", "prebirth_conference"},
    "section_47": {"section_47_start", "last_strategy_discussion"},
    "plan": {"plan_start"},
    "child": {"date_of_birth", "expected_delivery_date", "date_of_death", "hospital_discharge_date",
              "eighteenth_birthday", "subject", "in_household", "family_name"},
}

problems = []


def problem(where, says):
    problems.append(f"{where}: {says}")


def load(path):
    def once(pairs):
        seen = dict(pairs)
        if len(seen) != len(pairs):
            keys = [k for k, _ in pairs]
            problem(path.relative_to(ROOT), f"the key {next(k for k in keys if keys.count(k) > 1)} stands twice")
        return seen
    try:
        return json.loads(path.read_text("utf-8"), object_pairs_hook=once)
    except (OSError, ValueError) as error:
        problem(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path, f"cannot be read: {error}")
        return None


# ---- the record schema, made from the vocabulary -----------------------------------------------------------------------

def attribute_schema(attribute, enums):
    kind = attribute["type"]
    meaning = {"description": attribute["meaning"]}
    if kind == "enum":
        return {**meaning, "enum": [*enums[attribute["enum"]], None]}
    if kind == "enum_set":
        return {**meaning, "type": ["array", "null"], "uniqueItems": True, "items": {"enum": list(enums[attribute["enum"]])}}
    simple = {"yes_no": {"type": ["boolean", "null"]}, "id": {"$ref": "#/definitions/reference"},
              "date": {"$ref": "#/definitions/day"}, "datetime": {"$ref": "#/definitions/moment"},
              "present": {"type": ["boolean", "string", "null"]}}
    if kind in simple:
        return {**simple[kind], **({} if "$ref" in simple[kind] else meaning)}
    assert kind == "count", kind
    limit = {"maximum": attribute["max"]} if "max" in attribute else {}
    return {**meaning, "type": ["integer", "null"], "minimum": 0, **limit}


def record_schema(vocabulary, enums):
    """Attributes once for all events, since a name means the same everywhere; then which event has which."""
    row_columns = {
        "event": {"description": "event type", "enum": list(vocabulary["events"])},
        "id": {"$ref": "#/definitions/id"}, "at": {"$ref": "#/definitions/moment"},
        "recorded_at": {"$ref": "#/definitions/moment"}, "withdrawn_at": {"$ref": "#/definitions/moment"},
        "child": {"oneOf": [{"$ref": "#/definitions/id"}, {"type": "array", "minItems": 1, "uniqueItems": True,
                                                           "items": {"$ref": "#/definitions/id"}}]},
        "conference": {"$ref": "#/definitions/id"}, "note": {"type": "string"}}
    attributes = {}
    events = []
    for name, event in vocabulary["events"].items():
        allowed = [*row_columns, *event["attributes"]]
        if event["instance"] and event["instance"] not in allowed:
            allowed.append(event["instance"])
            attributes.setdefault(event["instance"], {"$ref": "#/definitions/reference"})
        if event["conference"] == "none":
            allowed.remove("conference")
        then = {"propertyNames": {"enum": allowed}}
        checklist = {}
        for attribute, spec in event["attributes"].items():
            if attribute in ("covered", "not_covered"):
                checklist[attribute] = {"type": ["array", "null"], "uniqueItems": True,
                                        "items": {"enum": list(enums[spec["enum"]])}}
            else:
                attributes[attribute] = attribute_schema(spec, enums)
        if checklist:
            then["properties"] = checklist
        if event["conference"] == "required":
            then["required"] = ["conference"]
        events.append({"if": {"properties": {"event": {"const": name}}}, "then": then})
    listed = {"type": ["array", "null"], "uniqueItems": True, "items": {"type": "string"}}
    child = {name: attribute_schema(spec, enums) for name, spec in vocabulary["entities"]["child"]["attributes"].items()
             if name != "child"}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "https://cpconf.invalid/schemas/record.schema.json",
        "title": "cpconf record",
        "description": "One case: its children and its events. Made from the vocabulary by tests/schemas/check_schemas.py.",
        "type": "object", "required": ["cpconf", "case", "children", "events"], "additionalProperties": False,
        "properties": {
            "$schema": {"type": "string"}, "note": {"type": "string"}, "cpconf": {"const": 1},
            "case": {"$ref": "#/definitions/id"},
            "not_recorded": {"type": "array", "items": {"oneOf": [
                {"enum": list(vocabulary["events"])},
                {"type": "string", "pattern": "^[a-z0-9_]+\\.[a-z0-9_]+$"},
                {"type": "object", "required": ["event", "where"], "additionalProperties": False, "properties": {
                    "event": {"enum": list(vocabulary["events"])}, "note": {"type": "string"},
                    "where": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "array", "minItems": 1}}}}]}},
            "children": {"type": "array", "items": {"type": "object", "required": ["child"], "additionalProperties": False,
                                                    "properties": {"child": {"$ref": "#/definitions/id"}, **child,
                                                                   "note": {"type": "string"}}}},
            "events": {"type": "array", "items": {"$ref": "#/definitions/row"}}},
        "definitions": {
            "id": {"type": "string", "minLength": 1, "maxLength": 64},
            "reference": {"type": ["string", "null"], "minLength": 1, "maxLength": 64},
            "day": {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "moment": {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$"},
            "row": {"type": "object", "required": ["event"], "additionalProperties": False,
                    "properties": {**row_columns, **dict(sorted(attributes.items())), "covered": listed, "not_covered": listed},
                    "allOf": events}}}


def one_line_each(value, depth, indent=""):
    """JSON with a line for each member down to a depth, so that a change of the vocabulary is a change of few lines."""
    if depth == 0 or not isinstance(value, (dict, list)) or not value:
        return json.dumps(value, ensure_ascii=False)
    inner = indent + " "
    if isinstance(value, dict):
        lines = [f"{inner}{json.dumps(k)}: {one_line_each(v, depth - 1, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + one_line_each(v, depth - 1, inner) for v in value) + f"\n{indent}]"


# ---- schemas ---------------------------------------------------------------------------------------------------------

def validator(name):
    schema = load(SCHEMAS / name)
    if schema is None:
        return None
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def deepest(error):
    """Of the ways in which no alternative fits, the one that came furthest."""
    while error.context:
        error = max(error.context, key=lambda e: (len(e.absolute_path), -len(e.context or [])))
    return error


def obeys(check, document, where):
    if check is None or document is None:
        return
    for error in check.iter_errors(document):
        leaf = deepest(error)
        place = "/" + "/".join(str(part) for part in leaf.absolute_path)
        problem(f"{where}{place}", leaf.message[:300])


# ---- names ---------------------------------------------------------------------------------------------------------

class Names:
    """What the vocabulary knows."""

    def __init__(self, vocabulary, duties):
        self.events = vocabulary["events"]
        self.duties = duties["duties"]
        self.enums = {**vocabulary["enums"], "duty": self.duties}
        self.instances = vocabulary["instances"]
        self.derived = vocabulary["derived"]["facts"]
        self.attributes = {a: spec for e in self.events.values() for a, spec in e["attributes"].items()}

    def spec(self, fact, event):
        """The fact's specification: of the event's row, or of an instance; None where there is none."""
        if "." in fact:
            kind, rest = fact.split(".", 1)
            if rest in INSTANCE_FACTS.get(kind, ()):
                return self.derived.get(rest) or self.events["child_recorded"]["attributes"].get(rest) or {"type": "date"}
            owners = [e for e in self.events.values() if e["instance"] == kind]
            return next((e["attributes"][rest] for e in owners if rest in e["attributes"]), None)
        if fact == "at":
            return {"type": "datetime"}
        if event and fact in self.events[event]["attributes"]:
            return self.events[event]["attributes"][fact]
        if event and fact in ("child", "conference", self.events[event]["instance"]):
            return {"type": "id"}
        if fact == "circumstance_present":
            return {"type": "enum_set", "enum": "circumstance"}
        return self.derived.get(fact)


class Walk:
    """Goes through one rulebook and says what it names wrongly."""

    def __init__(self, names, where, clauses, sources, rules):
        self.names, self.where, self.clauses, self.sources, self.rules = names, where, clauses, sources, rules

    def cite(self, clause, place):
        if clause.split("-")[0] not in self.sources:
            problem(place, f"the clause {clause} belongs to none of the sources {', '.join(sorted(self.sources))}")
        elif self.clauses and clause not in self.clauses and clause.split("-")[0] in {c.split("-")[0] for c in self.clauses}:
            problem(place, f"the clause {clause} is not in the list of clauses")

    def values(self, spec, values, place):
        if spec["type"] in ("enum", "enum_set"):
            known = spec.get("values") or self.names.enums[spec["enum"]]
            for value in values:
                if value not in known:
                    problem(place, f"{value} is not one of {', '.join(list(known)[:6])} ...")
        elif spec["type"] in ("yes_no", "present"):
            for value in values:
                if not isinstance(value, bool):
                    problem(place, f"{value} is not true or false")
        else:
            problem(place, f"a {spec['type']} cannot be compared with words")

    def fact(self, fact, event, place):
        spec = self.names.spec(fact, event)
        if spec is None:
            problem(place, f"{fact} is no fact of {event or 'this rule'}")
        return spec

    def date(self, date, event, place):
        if isinstance(date, str):
            return
        if "event" in date:
            self.selector(date, event, place)
        elif "date" in date:
            self.date(date["date"], event, place + "/date")
        else:
            spec = self.fact(date["fact"], event, place + "/fact")
            if spec and spec["type"] not in ("date", "datetime"):
                problem(place + "/fact", f"{date['fact']} is no date")

    def selector(self, selector, outer, place):
        event = selector["event"]
        if event not in self.names.events:
            problem(place + "/event", f"{event} is no event")
            return
        if "where" in selector:
            where = selector["where"]
            if any(key in OPERATORS for key in where):
                self.condition(where, event, place + "/where")
            else:
                for fact, values in where.items():
                    if fact == "note":
                        continue
                    spec = self.fact(fact, event, f"{place}/where/{fact}")
                    if spec and spec["type"] == "enum_set":
                        problem(f"{place}/where/{fact}", "the short form is not for sets: use has")
                    elif spec:
                        self.values(spec, values, f"{place}/where/{fact}")
        if "attribute" in selector:
            spec = self.fact(selector["attribute"], event, place + "/attribute")
            if spec and spec["type"] not in ("date", "datetime"):
                problem(place + "/attribute", f"{selector['attribute']} is no date")
        for key in ("not_after", "not_before", "after", "before"):
            if key in selector:
                self.date(selector[key], outer, f"{place}/{key}")
        same = selector.get("same", [])
        for mine, theirs in same.items() if isinstance(same, dict) else ((name, name) for name in same):
            self.fact(mine, event, place + "/same")
            self.fact(theirs, outer, place + "/same")

    def condition(self, c, event, place):
        for key in ("all", "any"):
            for i, part in enumerate(c.get(key, [])):
                self.condition(part, event, f"{place}/{key}/{i}")
        if "not" in c:
            self.condition(c["not"], event, place + "/not")
        for key in ("occurs", "of", "every", "count"):
            if key in c:
                self.selector(c[key], event, f"{place}/{key}")
                inner = c[key]["event"]
                if inner in self.names.events:
                    if "expect" in c:
                        self.condition(c["expect"], inner, place + "/expect")
                    if "distinct" in c:
                        self.fact(c["distinct"], inner, place + "/distinct")
        if "state" in c:
            rule = self.rules.get(("process", c["state"]))
            if rule is None:
                problem(place, f"{c['state']} is no process of this rulebook")
            else:
                for state in c["is"]:
                    if state not in rule["states"]:
                        problem(place, f"{state} is no state of {c['state']}")
        if "status" in c:
            kind = next((k for k in KINDS if (k, c["status"]) in self.rules), None)
            if kind not in ("timescale", "requirement", "quorum"):
                problem(place, f"{c['status']} is no rule with a status")
            else:
                for status in c["is"]:
                    if status not in STATUSES["timescale" if kind == "timescale" else "other"]:
                        problem(place, f"{status} is no status of a {kind}")
        if "fact" in c:
            self.leaf(c, event, place)

    def leaf(self, c, event, place):
        spec = self.fact(c["fact"], event, place + "/fact")
        if spec is None:
            return
        if "is" in c:
            self.values(spec, [c["is"]], place + "/is")
        if "in" in c:
            self.values(spec, c["in"], place + "/in")
        if "has" in c:
            if spec["type"] != "enum_set":
                problem(place + "/has", f"{c['fact']} is no set")
            else:
                self.values(spec, [c["has"]], place + "/has")
        for key in ("before", "after"):
            if key in c:
                self.date(c[key], event, f"{place}/{key}")
        for key in ("same_as", "differs_from"):
            if key in c:
                self.fact(c[key], event, f"{place}/{key}")
        if not any(k in c for k in ("is", "in", "has", "before", "after", "same_as", "differs_from", "given", "known", "at_least",
                                    "at_most")) and spec["type"] not in ("yes_no", "present"):
            problem(place, f"{c['fact']} alone means nothing: it is no yes or no")

    def rule(self, kind, rule, place):
        if rule["duty"] not in self.names.duties:
            problem(place + "/duty", f"{rule['duty']} is no duty")
        elif kind not in self.names.duties[rule["duty"]]["rule_kinds"]:
            problem(place + "/duty", f"{rule['duty']} takes no {kind}")
        for clause in rule["cites"]:
            self.cite(clause, place + "/cites")
        for scope in rule.get("per", []):
            if scope not in ("case", "child") and scope not in self.names.instances:
                problem(place + "/per", f"{scope} is no child, case or kind of instance")
        at = rule.get("at", {}).get("event")
        for key in ("from",):
            if key in rule:
                self.date(rule[key], None, f"{place}/{key}")
        for key in ("until", "authorised_by", "at"):
            if key in rule:
                self.selector(rule[key], None, f"{place}/{key}")
        for key in ("when", "while", "expect", "core", "others", "may_proceed", "means"):
            if key in rule:
                self.condition(rule[key], at, f"{place}/{key}")
        for i, limit in enumerate(rule.get("limits", [])):
            if "from" in limit:
                self.date(limit["from"], None, f"{place}/limits/{i}/from")
            if "when" in limit:
                self.condition(limit["when"], None, f"{place}/limits/{i}/when")
        if kind == "process":
            self.process(rule, place)
        if kind == "threshold":
            self.tree(rule, at, place)

    def process(self, rule, place):
        for state in [rule["initial"], *rule["final"]]:
            if state not in rule["states"]:
                problem(place, f"{state} is no state of it")
        ids = [t["id"] for t in rule["transitions"]]
        for twice in sorted({i for i in ids if ids.count(i) > 1}):
            problem(place, f"the transition {twice} stands twice")
        reached = {rule["initial"]}
        for i, t in enumerate(rule["transitions"]):
            at = f"{place}/transitions/{i}"
            for state in [*t["from"], *([] if t["to"] == "same" else [t["to"]])]:
                if state not in rule["states"]:
                    problem(at, f"{state} is no state of it")
            for clause in t["cites"]:
                self.cite(clause, at + "/cites")
            self.selector(t["on"], None, at + "/on")
            if "guard" in t:
                self.condition(t["guard"], t["on"]["event"], at + "/guard")
            reached.add(t["to"])
        for state in rule["states"]:
            if state not in reached:
                problem(place, f"no transition leads to {state}")

    def tree(self, rule, event, place):
        names = {n["node"] for n in rule["nodes"]}
        if rule["root"] not in names:
            problem(place + "/root", f"{rule['root']} is no node")
        for i, node in enumerate(rule["nodes"]):
            self.leaf(node, event, f"{place}/nodes/{i}")
            for clause in node["cites"]:
                self.cite(clause, f"{place}/nodes/{i}/cites")
            for answer in ("yes", "no"):
                if node[answer] not in names and node[answer] not in rule["outcomes"]:
                    problem(f"{place}/nodes/{i}/{answer}", f"{node[answer]} is no node and no outcome")
        for outcome, cites in rule["outcomes"].items():
            for clause in cites if outcome != "note" else []:
                self.cite(clause, f"{place}/outcomes/{outcome}")


def rules_of(sections):
    for where, section in sections:
        for i, rule in enumerate((section or {}).get("rules", [])):
            kind = next((k for k in KINDS if k in rule), "context")
            yield f"{where}/rules/{i}", kind, rule


def check_rulebook(names, where, heading, sections, clauses):
    rules = list(rules_of(sections))
    by_name = {(kind, rule[kind]): rule for _, kind, rule in rules}
    walk = Walk(names, where, clauses, {s["id"] for s in heading["sources"]}, by_name)
    spans = {}
    for place, kind, rule in rules:
        if kind == "context":
            walk.cite(rule["context"], place)
            continue
        walk.rule(kind, rule, f"{place} ({rule[kind]})")
        span = rule.get("in_force", {})
        spans.setdefault(rule[kind], []).append((span.get("from", "0000"), span.get("to", "9999"), place))
    for name, editions in spans.items():
        editions.sort()
        for one, other in zip(editions, editions[1:]):
            if other[0] <= one[1]:
                problem(other[2], f"two rules {name} hold on one day")
    return {rule[kind] for _, kind, rule in rules if kind != "context"}


# ---- examples --------------------------------------------------------------------------------------------------------

def check_examples(where, document, ids, record_check, clauses_of):
    for rule, examples in (document or {}).get("examples", {}).items():
        if rule not in ids:
            problem(f"{where}/examples/{rule}", "no such rule stands beside it")
        for i, example in enumerate(examples):
            place = f"{where}/examples/{rule}/{i}"
            record = {"cpconf": 1, "case": "example", **example.get("record", {})}
            obeys(record_check, record, place + "/record")
            for clause in example.get("shows", []):
                if clause not in clauses_of.get(rule, set()):
                    problem(place + "/shows", f"{rule} does not cite {clause}")
        kinds = {example.get("passes") for example in examples}
        if examples and kinds != {True, False}:
            problem(f"{where}/examples/{rule}", "one example that passes and one that fails are wanted")


def check_assessments(command, book, check):
    """What the command writes for the examples beside a rulebook; returns how many it was."""
    heading = load(book)
    by_day = {}
    for path in sorted(book.parent.glob("*.examples.json") if book.name == "rulebook.json"
                       else [book.parent / (book.name[:-len(".json")] + ".examples.json")]):
        for rule, examples in (load(path) or {}).get("examples", {}).items():
            for i, example in enumerate(examples):
                record = {"cpconf": 1, "case": f"{rule}-{i}"[:64], **example["record"]}
                by_day.setdefault(example["as_of"], []).append((f"{path.relative_to(ROOT)}/examples/{rule}/{i}", record))
    count = 0
    for day, cases in sorted(by_day.items()):
        name = heading["rulebook"] if book.name == "rulebook.json" else str(book)
        run = subprocess.run([command, "assess", "-", "--rulebook", name, "--as-of", day, "--format", "json"],
                             input="".join(json.dumps(record) + "\n" for _, record in cases), capture_output=True, text=True)
        lines = run.stdout.splitlines()
        if len(lines) != len(cases):
            problem(book.relative_to(ROOT), f"{len(cases)} records as of {day} gave {len(lines)} lines: {run.stderr[:200]}")
            continue
        for (place, _), line in zip(cases, lines):
            obeys(check, json.loads(line), place + " assessed")
            count += 1
    return count


def check_rulebook_documents(command, books):
    """What the command writes about rulebooks obeys its schema: each rulebook alone, and the first beside the rest."""
    first = str(books[0])
    calls = [("comparison", ["compare", *map(str, books)])]
    for book in map(str, books):
        calls += [("lint", ["lint", book]), ("facts", ["facts", book]), ("diff", ["diff", book, first])]
    calls.append(("lint", ["lint", "hertfordshire", "--over", "england"]))
    checks = {name: validator(f"{name}.schema.json") for name in ("lint", "facts", "diff", "comparison")}
    for name, arguments in calls:
        shown = " ".join(["rulebook", *arguments])
        run = subprocess.run([command, "rulebook", *arguments, "--format", "json"], capture_output=True, text=True)
        try:
            document = json.loads(run.stdout)
        except ValueError:
            problem(shown, f"gave no JSON: {run.stderr[:200]}")
            continue
        obeys(checks[name], document, shown)
        if name == "lint":
            known = set(checks[name].schema["properties"]["diagnostics"]["items"]["properties"]["check"]["enum"])
            sarif = json.loads(subprocess.run([command, "rulebook", *arguments, "--format", "sarif"],
                                              capture_output=True, text=True).stdout)
            ids = {rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]}
            if ids != known:
                problem("lint.schema.json", f"lists other checks than the command has: {sorted(ids ^ known)}")
    return len(calls)


def all_cites(rule):
    found = set(rule.get("cites", []))
    for t in rule.get("transitions", []):
        found |= set(t["cites"])
    for n in rule.get("nodes", []):
        found |= set(n["cites"])
    for outcome, cites in rule.get("outcomes", {}).items():
        found |= set(cites) if outcome != "note" else set()
    return found


def check_book(names, heading_path, checks, clauses):
    """One rulebook with the examples beside it; in sections or in one text."""
    heading = load(heading_path)
    if heading is None:
        return
    shown = str(heading_path.relative_to(ROOT))
    obeys(checks["rulebook"], heading, shown)
    if not isinstance(heading.get("sections"), list) or not isinstance(heading.get("sources"), list):
        return
    sections, example_files = [], []
    for i, section in enumerate(heading["sections"]):
        if isinstance(section, str):
            path = heading_path.parent / section
            sections.append((str(path.relative_to(ROOT)), load(path)))
            obeys(checks["rulebook"], sections[-1][1], sections[-1][0])
            example_files.append(path.parent / (path.name[:-len(".json")] + ".examples.json"))
        else:
            sections.append((f"{shown}/sections/{i}", section))
    if not example_files:
        example_files.append(heading_path.parent / (heading_path.name[:-len(".json")] + ".examples.json"))
    if problems and any(str(p).startswith(s) for p in problems for s, _ in sections):
        return  # Names are looked at in files that have the right shape.
    ids = check_rulebook(names, shown, heading, sections, clauses)
    cites = {}
    for _, kind, rule in rules_of(sections):
        if kind != "context":
            cites.setdefault(rule[kind], set()).update(all_cites(rule))
    with_examples = set()
    for path in example_files:
        if not path.exists():
            problem(path.relative_to(ROOT), "is missing")
            continue
        document = load(path)
        obeys(checks["examples"], document, str(path.relative_to(ROOT)))
        check_examples(str(path.relative_to(ROOT)), document, ids, checks["record"], cites)
        with_examples |= set((document or {}).get("examples", {}))
    for rule in sorted(ids - with_examples):
        problem(shown, f"the rule {rule} has no examples")


def check_documents(command, checks):
    """What the other commands write of the sample case."""
    case = ROOT / "tests" / "samples" / "case.json"
    line = json.dumps(load(case)) + "\n"
    basis = ["--rulebook", "hertfordshire", "--as-of", "2026-10-12"]
    for name, arguments in (("plan-list", ["plans", "-"]), ("timetable", ["timetable", str(case), "--format", "json"]),
                            ("timetable", ["timetable", str(case), "--format", "json", "--conference", "2026-10-20"])):
        run = subprocess.run([command, *arguments, *basis], input=line, capture_output=True, text=True)
        if not run.stdout:
            problem(" ".join(arguments[:1]), f"wrote nothing: {run.stderr[:200]}")
            continue
        obeys(checks[name], json.loads(run.stdout), "what cpconf " + " ".join(arguments) + " writes")


def check_clause_lists(books, clauses):
    """A source that lists its clauses lists all of them, in their order."""
    for book in books:
        for source in (load(book) or {}).get("sources", []):
            wanted = [c for c in clauses if c.startswith(source["id"] + "-")]
            if "clauses" in source and wanted and source["clauses"] != wanted:
                problem(book.relative_to(ROOT), f"source {source['id']} lists other clauses than the list that was given")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--clauses", type=Path)
    parser.add_argument("--command")
    options = parser.parse_args()
    vocabulary = load(DATA / "vocabulary" / "vocabulary.json")
    duties = load(DATA / "vocabulary" / "duties.json")
    names = Names(vocabulary, duties)
    made = record_schema(vocabulary, names.enums)
    target = SCHEMAS / "record.schema.json"
    if options.write:
        target.write_text(one_line_each(made, 4) + "\n", "utf-8")
        return 0
    if load(target) != made:
        problem(target.relative_to(ROOT), "differs from the vocabulary: run tests/schemas/check_schemas.py --write")
    checks = {n: validator(f"{n}.schema.json") for n in ("record", "rulebook", "examples", "assessment", "calendar",
                                                             "plan-list", "timetable")}
    clauses = []
    if options.clauses:
        clauses = [line.split("\t")[0] for line in options.clauses.read_text("utf-8").splitlines()[1:]]
    books = sorted((DATA / "rulebooks").glob("*/rulebook.json")) + sorted(
        p for p in FORMAT.glob("*.json") if not p.name.endswith(".examples.json"))
    if not books:
        problem("src/data/rulebooks", "holds no rulebook")
    listed = set()
    for book in books:
        check_book(names, book, checks, set(clauses))
        heading = load(book)
        if heading and book.name == "rulebook.json":
            listed |= {book, *(book.parent / s for s in heading.get("sections", []))}
    for path in (DATA / "rulebooks").glob("*/*.json"):
        if path not in listed and not path.name.endswith(".examples.json"):
            problem(path.relative_to(ROOT), "belongs to no rulebook.json beside it")
    calendars = sorted((DATA / "calendars").glob("*.json"))
    for path in calendars:
        obeys(checks["calendar"], load(path), str(path.relative_to(ROOT)))
    assessed = sum(check_assessments(options.command, book, checks["assessment"]) for book in books) if options.command else 0
    check_clause_lists(books, clauses)
    if options.command:
        check_documents(options.command, checks)
    written = check_rulebook_documents(options.command, books) if options.command and books else 0
    for line in problems:
        print(line, file=sys.stderr)
    print(f"{len(books)} rulebooks, {len(calendars)} calendars, {len(checks)} schemas, {assessed} assessments, "
          f"{written} documents about rulebooks: "
          f"{len(problems)} problems"
          + ("" if clauses else "; clause ids checked by source only, as no list was given")
          + ("" if options.command else "; no assessment checked, as no command was given"))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
