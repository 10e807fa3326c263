#pragma once
#include <string_view>

namespace cpc {

/// How the page of an assessment looks on a screen of any width and on paper. Colours only repeat what words and shapes
/// say; each has a contrast of at least 4.5 to 1 with what it stands on.
inline constexpr std::string_view page_style = R"css(
:root { color-scheme: light; --ink: #1b1b1b; --quiet: #4d4d4d; --rule: #c9c9c9; --over: #9c1c1c; --due: #174a8c;
  --late: #7a3f00; --met: #1c5c2e; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 66rem; padding: 1rem 1.25rem 3rem; background: #fff; color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.25rem 0 .5rem; padding-top: .5rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1.05rem; line-height: 1.35; margin: 1.25rem 0 .25rem; }
p { margin: .5rem 0; max-width: 48rem; }
a { color: var(--due); }
a:focus-visible, .scroll:focus-visible { outline: 3px solid var(--due); outline-offset: 2px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { color: var(--quiet); }
dd { margin: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 1.25rem 0 0; padding: 0; }
nav a { display: inline-block; padding: .2rem 0; }
ul.lines { margin: .25rem 0 .75rem; padding-left: 1.25rem; max-width: 52rem; }
ul.lines > li { margin: .3rem 0; }
.clauses { color: var(--quiet); font-size: .875em; }
.clauses span { display: inline-block; }
.status { display: inline-block; margin-top: .15rem; padding: 0 .4em; border: 2px solid var(--ink);
  font-size: .875em; font-weight: 700; }
.status.overdue { border-color: var(--over); background: var(--over); color: #fff; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
caption { text-align: left; color: var(--quiet); padding-bottom: .35rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--rule); }
thead th { border-bottom: 2px solid var(--ink); }
tbody th { font-weight: 700; }
table.due .date { width: 15%; }
table.due .standing { width: 36%; }
table.due .whom { width: 19%; }
table.due .clause { width: 14%; }
table.days .day { width: 18%; min-width: 9em; font-weight: 400; white-space: nowrap; }
table.days ul { list-style: none; margin: 0; padding: 0; }
.path, .path ul { list-style: none; margin: .15rem 0 0; padding: 0 0 0 1.1rem; border-left: 2px solid var(--rule); }
.path { margin: .25rem 0 1rem .15rem; }
.path .answer { font-weight: 700; }
.scroll { overflow-x: auto; margin: .75rem 0; }
svg.timeline { display: block; width: 100%; min-width: 54rem; height: auto; font-size: 13px; }
.key { list-style: none; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: .2rem 1.5rem; margin: .5rem 0; padding: 0;
  font-size: .9em; }
.key li { display: flex; align-items: center; gap: .5rem; }
.key svg.timeline { display: inline-block; flex: none; width: 64px; min-width: 0; height: 24px; }
.timeline text { fill: var(--ink); stroke: #fff; stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }
.timeline .lane { stroke: var(--rule); }
.timeline .month { stroke: #dedede; }
.timeline .month-words { fill: var(--quiet); font-size: 12px; }
.timeline .axis { stroke: var(--ink); stroke-width: 1.5; }
.timeline .leader { stroke: #8a8a8a; }
.timeline .event { fill: #fff; stroke: var(--ink); stroke-width: 1.5; }
.timeline .conference { fill: var(--ink); }
.timeline .now { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 6 4; }
.timeline .now-words { font-weight: 700; }
.timeline .due { color: var(--due); }
.timeline .overdue { color: var(--over); }
.timeline .late, .timeline .missed, .timeline .order { color: var(--late); }
.timeline .met { color: var(--met); }
.timeline .span { fill: #fff; stroke: currentColor; stroke-width: 1.5; }
.timeline .full { fill: currentColor; stroke: currentColor; }
.timeline .limit { stroke: currentColor; stroke-width: 3; }
.timeline .dashes { stroke: currentColor; stroke-width: 3; stroke-dasharray: 5 4; }
.timeline .thick { stroke: currentColor; stroke-width: 4; }
.timeline .mark { fill: currentColor; stroke: #fff; }
.timeline .cross { fill: none; stroke: currentColor; stroke-width: 3; }
footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 2px solid var(--ink); }
footer .made { color: var(--quiet); font-size: .875rem; }
@media (max-width: 46rem) {
  body { padding: .75rem .9rem 2rem; }
  h1 { font-size: 1.4rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .4rem; }
  table.due, table.due tbody, table.due tr, table.due th, table.due td { display: block; width: auto; }
  table.due caption { display: block; }
  table.due thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.due tbody th, table.due tbody td { border: 0; padding: .1rem 0; }
  table.due .date, table.due .standing, table.due .whom, table.due .clause { width: auto; }
  table.due tr { border-bottom: 1px solid var(--rule); padding: .6rem 0; }
  table.days .day { width: 6.5em; min-width: 0; white-space: normal; }
}
@media print {
  @page { margin: 15mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav { display: none; }
  h1 { font-size: 16pt; }
  h2 { font-size: 13pt; margin-top: 1.25rem; }
  h3 { font-size: 11pt; }
  h2, h3, caption { break-after: avoid; }
  li, tr, .scroll, .key { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  .status.overdue { background: none; color: var(--over); }
  svg.timeline { min-width: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
}
)css";

}  // namespace cpc
