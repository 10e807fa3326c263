#!/usr/bin/env python3
"""Lays JSON files out as the data in this project is: what fits on a line of 120 columns stands on one.

    format_json.py FILE...    rewrites the files
"""
import json
import sys
from pathlib import Path

WIDTH = 120


def scalar(value):
    return not isinstance(value, (dict, list)) or not value


def inline(value):
    """On one line, with spaces inside braces."""
    if isinstance(value, dict) and value:
        return "{ " + ", ".join(f"{json.dumps(k, ensure_ascii=False)}: {inline(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(inline(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def packed(items, indent):
    """Items on as few lines as they fit; each item is a text, possibly of several lines, and stays whole."""
    lines, line = [], ""
    for i, item in enumerate(items):
        item += "," if i + 1 < len(items) else ""
        if "\n" in item or (line and len(indent) + len(line) + 1 + len(item) > WIDTH):
            if line:
                lines.append(indent + line)
            line = ""
        if "\n" in item:
            lines.append(indent + item)
        else:
            line = f"{line} {item}" if line else item
    if line:
        lines.append(indent + line)
    return "\n".join(lines)


def laid_out(value, depth, used):
    """A value that begins `used` columns into a line of that depth."""
    one = inline(value)
    if scalar(value) or used + len(one) + 1 <= WIDTH:
        return one
    indent = "  " * (depth + 1)
    if isinstance(value, dict):
        items = []
        for key, part in value.items():
            name = json.dumps(key, ensure_ascii=False) + ": "
            items.append(name + laid_out(part, depth + 1, len(indent) + len(name)))
        return "{\n" + packed(items, indent) + "\n" + "  " * depth + "}"
    items = [laid_out(part, depth + 1, len(indent)) for part in value]
    if all(scalar(part) for part in value):
        return "[\n" + packed(items, indent) + "\n" + "  " * depth + "]"
    return "[\n" + ",\n".join(indent + item for item in items) + "\n" + "  " * depth + "]"


def root(value):
    """The outermost object has a line for each key."""
    lines = []
    for key, part in value.items():
        name = json.dumps(key, ensure_ascii=False) + ": "
        lines.append("  " + name + laid_out(part, 1, 2 + len(name)))
    return "{\n" + ",\n".join(lines) + "\n}\n"


for path in map(Path, sys.argv[1:]):
    before = path.read_text("utf-8")
    after = root(json.loads(before))
    if after != before:
        path.write_text(after, "utf-8")
        print(f"format_json: {path}")
