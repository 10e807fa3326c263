"""The page of `cpconf assess --format html`, laid out by a browser and looked at by an accessibility checker.

    test_page.py COMMAND BROWSER

BROWSER is a Chromium that can run without a window. Needs the PyPI package axe-core-python, for the checker's script
alone: the browser runs it in a copy of the page and writes what it says into the copy, so that nothing has to steer
the browser while it runs.
"""

import html
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

BROWSER = sys.argv.pop(2) if len(sys.argv) > 2 else "chromium"
COMMAND = sys.argv.pop(1) if len(sys.argv) > 1 else "cpconf"
ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "cli" / "samples"
EXAMPLE = [str(SAMPLES / "example-case.json"), "--rulebook", "hertfordshire", "--as-of", "2026-11-22"]
ODD = [str(SAMPLES / "page" / "case.json"), "--rulebook", str(SAMPLES / "page" / "rulebook.json"),
       "--as-of", "2026-05-22"]
WIDE, NARROW = 1280, 375
GRAVE = ("serious", "critical")

PROBE = """
axe.run(document, {resultTypes: ["violations"]}).catch(error => ({failed: String(error)})).then(found => {
  const result = {
    failed: found.failed || null,
    passes: (found.passes || []).length,
    violations: (found.violations || []).map(one => ({
      rule: one.id, impact: one.impact, help: one.help, where: one.nodes.map(node => node.target.join(" "))})),
    width: window.innerWidth,
    needed: document.documentElement.scrollWidth,
    title: document.title,
    scripts: document.scripts.length,
    images: document.images.length,
    svg: [...document.querySelectorAll("svg[role=img]")].map(one => one.getBoundingClientRect().height),
  };
  const out = document.createElement("pre");
  out.id = "what-the-probe-found";
  out.textContent = JSON.stringify(result);
  document.body.append(out);
});
"""


def page_of(arguments):
    done = subprocess.run([COMMAND, "assess", *arguments, "--format", "html"], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1, 4):
        raise AssertionError(done.stderr.decode())
    return done.stdout.decode("utf-8")


def checker():
    # Found, not imported: the package would ask for a driver of browsers that is not needed here.
    folder = importlib.util.find_spec("axe_core_python").submodule_search_locations[0]
    return pathlib.Path(folder, "axe.min.js").read_text("utf-8").replace("</script", "<\\/script")


def probed(page, width):
    """What the browser and the checker see of the page at that width."""
    copy, policies = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    if policies != 1:
        raise AssertionError("the page does not forbid scripts exactly once")
    script = f"<script>{checker()}</script><script>{PROBE}</script></body>"
    copy = copy.replace("</body>", script)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "page.html")
        path.write_text(copy, encoding="utf-8")
        done = subprocess.run(
            [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
             f"--user-data-dir={folder}/profile", f"--window-size={width},900", "--virtual-time-budget=60000",
             "--dump-dom", path.as_uri()],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300, check=False)
    found = re.search(r'<pre id="what-the-probe-found">(.*?)</pre>', done.stdout.decode("utf-8"), re.S)
    if not found:
        raise AssertionError(f"the browser ended with {done.returncode} and no answer: {done.stderr.decode()[-2000:]}")
    return json.loads(html.unescape(found.group(1)))


class Page(unittest.TestCase):
    def check(self, page, width):
        found = probed(page, width)
        self.assertIsNone(found["failed"])
        self.assertGreater(found["passes"], 10, "the checker looked at nothing")
        for one in found["violations"]:
            print(f"{one['impact']}: {one['rule']}: {one['help']}: {one['where'][:3]}", file=sys.stderr)
        self.assertEqual([one for one in found["violations"] if one["impact"] in GRAVE], [])
        # A browser that has windows opens none below 500; the narrow layout is shown up to 736.
        self.assertLessEqual(found["width"], max(width, 500))
        self.assertLessEqual(found["needed"], found["width"], "the page is wider than the window")
        self.assertEqual(found["scripts"], 2, "the page has a script of its own")
        self.assertEqual(found["images"], 0)
        return found

    def test_the_example_case_on_a_wide_screen(self):
        found = self.check(page_of(EXAMPLE), WIDE)
        self.assertEqual(found["title"], "Case hertfordshire-example-1, as of 22 November 2026")
        self.assertEqual(len(found["svg"]), 1)
        self.assertGreater(found["svg"][0], 200)

    def test_the_example_case_on_a_narrow_screen(self):
        self.check(page_of(EXAMPLE), NARROW)

    def test_everything_listed(self):
        self.check(page_of([*EXAMPLE, "--all"]), WIDE)

    def test_what_a_record_says_stays_text(self):
        found = self.check(page_of(ODD), NARROW)
        self.assertEqual(found["title"], "Case <script>alert(1)</script>, as of 22 May 2026")

    def test_the_checker_finds_what_is_wrong(self):
        page = page_of(ODD).replace('<html lang="en-GB">', "<html>").replace("--quiet: #4d4d4d", "--quiet: #c0c0c0")
        found = {one["rule"]: one["impact"] for one in probed(page, WIDE)["violations"]}
        for rule in ("html-has-lang", "color-contrast"):
            self.assertIn(found.get(rule), GRAVE, rule)


if __name__ == "__main__":
    unittest.main()
