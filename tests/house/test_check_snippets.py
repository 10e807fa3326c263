"""cmake/check_snippets.py: what it accepts, and that each of its checks can fail."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "cmake" / "check_snippets.py"


def check(text):
    """(exit status, output) of the script on a page."""
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder, "page.md")
        page.write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, str(SCRIPT), "--command-folder", folder, str(page)], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout


def block(language, *lines):
    return "\n".join([f"```{language}", *lines, "```", ""])


class Snippets(unittest.TestCase):
    def test_a_page_whose_snippets_hold_passes(self):
        status, output = check("Text.\n" + block("console", "$ echo a; false", "a", "$ echo $?", "1") +
                               block("console", "$ cat <<X", "> two", "> lines", "> X", "two", "lines") +
                               block("sh", "sh cmake/try.sh   # builds") + block("json", '{"a": [1]}'))
        self.assertEqual((status, output), (0, "snippets: page.md: 4 hold, 0 do not\n"))

    def test_a_page_with_files_runs_in_a_folder_of_its_own(self):
        status, output = check(block("json a/one.json", '{"a": 1}') +
                               block("console", "$ ls", "a", "$ cat a/one.json", '{"a": 1}') +
                               block("console", "$ echo more > b; ls", "a", "b") +
                               block("json a/one.json", '{"a": 2}') + block("console", "$ cat a/one.json", '{"a": 2}'))
        self.assertEqual((status, output), (0, "snippets: page.md: 5 hold, 0 do not\n"))

    def test_each_kind_of_fault_is_found_with_its_line(self):
        faulty = {
            "other output": block("console", "$ echo a", "b"),
            "missing output": block("console", "$ echo a", "$ echo b", "b"),
            "output of nothing": block("console", "$ true", "a"),
            "no command": block("console", "echo a"),
            "the shell ends": block("console", "$ exit 3"),
            "a command nobody runs": block("sh", "rm -r build"),
            "broken JSON": block("json", '{"a": }'),
            "broken JSON of a file": block("json a.json", '{"a": }'),
            "a file elsewhere": block("json ../a.json", "{}"),
            "an unknown language": block("python", "print(1)"),
            "no language": block("", "a"),
            "C without a prefix": block("c", "int main(void) { return 0; }"),
            "text of its own": block("text", "a"),
            "cmake without a program": block("cmake", "project(a)"),
            "never closed": "```console\n$ echo a\na\n",
        }
        for name, text in faulty.items():
            with self.subTest(name):
                status, output = check("Line one.\n" + text)
                self.assertEqual(status, 1, output)
                self.assertIn("line 2", output)

    def test_a_page_without_snippets_fails(self):
        status, output = check("Only prose.\n")
        self.assertEqual(status, 1)
        self.assertIn("nothing was checked", output)


if __name__ == "__main__":
    unittest.main()
