#!/usr/bin/env python3
"""Compares the counts of `cpconf census --format json` with those of independent_census.py.

usage: compare_counts.py --command PATH --data FOLDER [FILE.xml ...]
FOLDER is the reference data (with data/cin below it); "" where there is none: then the sample
files are left out, which is said, and the files here and random ones are still compared.
Every file is compared as of its reference date, and as of three other days.
Exit status 1 on any difference, which is printed.
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import independent_census
import random_census

HERE = pathlib.Path(__file__).resolve().parent
OTHER_DAYS = (-200, -45, 400)


def command_says(command, path, as_of):
    """(exit status, document or None, what it wrote on standard error)"""
    call = [command, "census", str(path), "--format", "json"]
    if as_of:
        call += ["--as-of", str(as_of)]
    done = subprocess.run(call, capture_output=True, timeout=600)
    try:
        document = json.loads(done.stdout) if done.stdout.strip() else None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        document = {"not JSON": str(error)}
    return done.returncode, document, done.stderr.decode("utf-8", "replace").strip()


def script_says(path, as_of):
    """The document, or None for a file that is refused."""
    try:
        return independent_census.census(pathlib.Path(path).read_bytes(), as_of)
    except independent_census.NotACensus:
        return None


def flat(value, name=""):
    """Every number with its path: bands.0-10, quartiles.1, …"""
    if isinstance(value, dict):
        return {path: one for key, inner in value.items() for path, one in flat(inner, f"{name}.{key}").items()}
    if isinstance(value, list):
        return {path: one for key, inner in enumerate(value) for path, one in flat(inner, f"{name}.{key}").items()}
    return {name.lstrip("."): value}


def differences(ours, theirs, names=("script", "command")):
    """Lines that say what differs between two documents."""
    lines = []
    for key in ("as_of", "reference_date", "year", "complete", "figures"):
        left, right = flat(ours[key], key), flat(theirs.get(key), key)
        for name in sorted(set(left) | set(right)):
            one, other = left.get(name, "nothing"), right.get(name, "nothing")
            if one != other or isinstance(one, bool) != isinstance(other, bool):
                lines.append(f"{name}: {names[0]} {one!r}, {names[1]} {other!r}")
    return lines


def compare(command, path, as_of):
    status, theirs, complaint = command_says(command, path, as_of)
    ours = script_says(path, as_of)
    if ours is None:
        lines = [] if status == 2 else [f"refused by the script, exit status of the command {status}, not 2"]
        if theirs is not None and theirs.get("complete") is not False:
            lines.append("refused by the script, yet the command's document does not say that it is incomplete")
        if not complaint:
            lines.append("refused without a message on standard error")
        return lines
    expected = (0, 1, 4) if ours["complete"] else (2,)
    lines = [] if status in expected else [f"exit status {status}, expected one of {expected}: {complaint[:200]}"]
    if theirs is None:
        return lines + ["the command wrote no document"]
    return lines + differences(ours, theirs)


def as_of_days(path):
    """None (the reference date) and days before and after it."""
    document = script_says(path, None)
    reference = document and document["reference_date"]
    base = datetime.date.fromisoformat(reference) if reference else datetime.date(2025, 3, 31)
    return [None] + [base + datetime.timedelta(days=days) for days in OTHER_DAYS]


def check_pinned():
    """The script itself against the counts made by hand."""
    lines, found = [], sorted((HERE / "files").glob("*.counts.json"))
    for pinned in found:
        source = pinned.with_name(pinned.name.replace(".counts.json", ".xml"))
        for line in differences(script_says(source, None), json.loads(pinned.read_text()), ("script", "by hand")):
            lines.append(f"{source.name}: {line}")
    return lines if found else ["no counts made by hand were found"]


def gather(arguments, folder):
    """The files to compare."""
    paths = [pathlib.Path(one) for one in arguments.files] or sorted((HERE / "files").glob("*.xml"))
    if arguments.files:
        return paths
    for seed in range(arguments.seeds):
        path = folder / f"random-{seed}.xml"
        path.write_text(random_census.random_census(seed, 300), encoding="utf-8")
        paths.append(path)
    if not arguments.data:
        print("no reference data: its four sample files and its generated one are not compared")
        return paths
    sample = pathlib.Path(arguments.data) / "data" / "cin"
    generated = folder / "generated-2000-7.xml"
    with open(generated, "wb") as file:
        subprocess.run([sys.executable, str(sample / "generate_census.py"), "2000", "7"], stdout=file, check=True)
    return paths + sorted(sample.glob("*.xml")) + [generated]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--seeds", type=int, default=5, help="how many random files")
    parser.add_argument("files", nargs="*", help="only these files")
    arguments = parser.parse_args()
    lines, compared = check_pinned(), 0
    with tempfile.TemporaryDirectory() as folder:
        for path in gather(arguments, pathlib.Path(folder)):
            for as_of in as_of_days(path):
                compared += 1
                where = f"{path.name} as of {as_of or 'its reference date'}"
                lines += [f"{where}: {line}" for line in compare(arguments.command, path, as_of)]
    print(*lines, sep="\n", end="\n" if lines else "")
    print(f"{compared} comparisons, {len(lines)} differences")
    return 1 if lines or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
