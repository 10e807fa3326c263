"""Runs every snippet of Markdown pages: check_snippets.py --command-folder DIR [--prefix DIR] PAGE.md...

What a block's language asks for:
  console  each line "$ command" is run by one shell, in the project's folder with the command's folder on the path;
           what it prints (errors too) must be the lines below it, exactly
  json     must be well-formed JSON
  json FILE  is written as that file into an empty folder of the page's own, and every console block of the page is run
           there in place of the project's folder: a page that begins from nothing shows that it needs nothing else
  sh       commands that continuous integration runs by itself; only those named in RUN_ELSEWHERE
  c, cpp   is a whole program: compiled strictly against the library installed under --prefix, and run; a `text` block
           straight after it holds what it prints
  cmake    a whole CMakeLists.txt beside the C or C++ block before it: configured, built and run against --prefix
  text     prose to look at, only straight after c or cpp
Any other language, or none, is an error, so that no snippet goes unchecked.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
RUN_ELSEWHERE = {"sh cmake/try.sh", "sh cmake/test.sh"}
FENCE = re.compile(r"^(?P<ticks>```+)(?P<language>[^`]*)$")


class Fault(Exception):
    """What is wrong with a snippet."""


def snippets(text):
    """(line, language, body) of every fenced block."""
    found, open_fence = [], None
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if open_fence is None:
            if fence:
                open_fence = (number, fence["language"].strip(), fence["ticks"], [])
        elif line.rstrip() == open_fence[2]:
            found.append((open_fence[0], open_fence[1], open_fence[3]))
            open_fence = None
        else:
            open_fence[3].append(line)
    if open_fence is not None:
        raise Fault(f"line {open_fence[0]}: the block is never closed")
    return found


def commands_of(body):
    """(command, expected lines) of a console block."""
    pairs = []
    for line in body:
        if line.startswith("$ "):
            pairs.append((line[2:], []))
        elif pairs and line.startswith("> "):
            pairs[-1] = (pairs[-1][0] + "\n" + line[2:], [])
        elif pairs:
            pairs[-1][1].append(line)
        else:
            raise Fault("a console block begins with a line '$ command'")
    if not pairs:
        raise Fault("a console block holds no command")
    return pairs


def environment(command_folder):
    kept = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "PATH": f"{command_folder}:{os.environ['PATH']}"}


def run_console(body, arguments, folder):
    pairs = commands_of(body)
    mark = "-- end of the output of command "
    script = "".join(f"{command}\n(s=$?; printf '\\n{mark}%s\\n' {i}; exit $s)\n" for i, (command, _) in enumerate(pairs))
    done = subprocess.run(["bash", "-c", script], cwd=folder, env=environment(arguments.command_folder), text=True,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    rest = done.stdout
    for i, (command, expected) in enumerate(pairs):
        printed, found, rest = rest.partition(f"\n{mark}{i}\n")
        if not found:
            raise Fault(f"$ {command}\nended the shell")
        wanted = "\n".join(expected)
        if printed.rstrip("\n") != wanted.rstrip("\n"):
            raise Fault(f"$ {command}\n--- printed\n{printed}\n--- the page says\n{wanted}")


def file_of(language):
    """The file that a block of JSON stands for, or none."""
    kind, _, name = language.partition(" ")
    if kind != "json" or not name:
        return None
    path = pathlib.PurePosixPath(name.strip())
    if path.is_absolute() or ".." in path.parts:
        raise Fault(f"'{name}' is no file below the page's own folder")
    return path


def write_file(folder, path, body):
    json.loads("\n".join(body))
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(body) + "\n", encoding="utf-8")


def run_program(argv, expected):
    done = subprocess.run(argv, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        raise Fault(f"exit status {done.returncode}:\n{done.stdout}")
    if expected is not None and done.stdout.rstrip("\n") != "\n".join(expected).rstrip("\n"):
        raise Fault(f"--- printed\n{done.stdout}\n--- the page says\n" + "\n".join(expected))


def pkg_config(prefix, *options):
    places = ":".join(str(path.parent) for path in pathlib.Path(prefix).rglob("cpconf.pc"))
    if not places:
        raise Fault(f"no cpconf.pc under {prefix}")
    return subprocess.run(["pkg-config", *options, "cpconf"], env={**os.environ, "PKG_CONFIG_PATH": places},
                          text=True, stdout=subprocess.PIPE, check=True).stdout.split()


def run_source(language, body, expected, arguments):
    if not arguments.prefix:
        raise Fault("--prefix is needed to compile it")
    compiler, standard = {"c": ("cc", "c11"), "cpp": ("c++", "c++20")}[language]
    flags = pkg_config(arguments.prefix, "--cflags", "--libs")
    folders = [flag[2:] for flag in pkg_config(arguments.prefix, "--libs-only-L")]
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, f"snippet.{language}")
        source.write_text("\n".join(body) + "\n", encoding="utf-8")
        program = pathlib.Path(folder, "snippet")
        run_program([compiler, f"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Werror", str(source), "-o",
                     str(program), *flags, *(f"-Wl,-rpath,{place}" for place in folders)], None)
        run_program([str(program)], expected)


def run_cmake(body, before, arguments):
    if before is None:
        raise Fault("a cmake block stands after the C or C++ block that it builds")
    language, source = before
    listed = re.search(r"add_executable\(\s*(\S+)\s+(\S+?)\s*\)", "\n".join(body))
    if not listed:
        raise Fault("a cmake block holds add_executable(NAME SOURCE)")
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "CMakeLists.txt").write_text("\n".join(body) + "\n", encoding="utf-8")
        if not listed[2].endswith(f".{language}"):
            raise Fault(f"the block before is {language}, but {listed[2]} is built")
        pathlib.Path(folder, listed[2]).write_text("\n".join(source) + "\n", encoding="utf-8")
        run_program(["cmake", "-S", folder, "-B", f"{folder}/build", f"-DCMAKE_PREFIX_PATH={arguments.prefix}"], None)
        run_program(["cmake", "--build", f"{folder}/build"], None)
        run_program([f"{folder}/build/{listed[1]}"], None)


def check_page(page, arguments):
    blocks = snippets(page.read_text(encoding="utf-8"))
    if not any(language.startswith("json ") for _, language, _ in blocks):
        return check_blocks(page, blocks, arguments, ROOT)
    with tempfile.TemporaryDirectory() as folder:
        return check_blocks(page, blocks, arguments, pathlib.Path(folder))


def check_blocks(page, blocks, arguments, folder):
    faults, count = [], 0
    source = None
    for i, (line, language, body) in enumerate(blocks):
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        try:
            if language == "console":
                run_console(body, arguments, folder)
            elif file_of(language):
                write_file(folder, file_of(language), body)
            elif language == "sh":
                commands = [re.sub(r"\s+#.*", "", command) for command in body if command.strip()]
                unknown = [command for command in commands if command not in RUN_ELSEWHERE]
                if unknown:
                    raise Fault(f"'{unknown[0]}' is run by nothing; a console block would be")
            elif language == "json":
                json.loads("\n".join(body))
            elif language in ("c", "cpp"):
                run_source(language, body, after[2] if after and after[1] == "text" else None, arguments)
                source = (language, body)
            elif language == "cmake":
                run_cmake(body, source, arguments)
            elif language == "text" and i > 0 and blocks[i - 1][1] in ("c", "cpp"):
                pass
            else:
                raise Fault(f"no check is known for a block of language '{language}' here")
            count += 1
        except (Fault, ValueError, subprocess.CalledProcessError) as fault:
            faults.append(f"{page.name}, line {line} ({language}): {fault}")
    return count, faults


def main():
    parser = argparse.ArgumentParser(description="Runs every snippet of Markdown pages.")
    parser.add_argument("--command-folder", required=True, type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("--prefix", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    failed = False
    for page in arguments.pages:
        try:
            count, faults = check_page(page, arguments)
        except Fault as fault:
            count, faults = 0, [f"{page.name}, {fault}"]
        print("\n".join(faults + [f"snippets: {page.name}: {count} hold, {len(faults)} do not"]))
        if not faults and not count:
            print(f"snippets: {page.name} has none: nothing was checked")
        failed |= bool(faults) or not count
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
