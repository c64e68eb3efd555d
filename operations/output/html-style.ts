/** Colours by meaning, once for light and once for dark; one column on a phone. */
export const style = `
:root { --ink: #1b2330; --quiet: #5a6676; --paper: #f6f7f9; --card: #fff; --line: #dde2e8; --ok: #14703c; --no: #b3261e; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --quiet: #9aa6b5; --paper: #12161c; --card: #1b2129; --line: #303844; --ok: #58c98a; --no: #ff8a80; --warn: #f0b860; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
h1 { margin: .5rem 0; font-size: 1.7rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.25rem; } h3 { margin: 0; font-size: 1rem; }
p { margin: .4rem 0; } ul { margin: .4rem 0; padding-left: 1.2rem; }
.quiet { color: var(--quiet); font-size: .9rem; }
article { margin: .6rem 0; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .5rem 1rem; margin: 1rem 0; }
.facts dt { color: var(--quiet); font-size: .85rem; } .facts dd { margin: 0; }
.steps, .chips { display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; list-style: none; }
.steps li, .chips li { padding: .15rem .7rem; border: 1px solid var(--line); border-radius: 99px; background: var(--card); }
li.ok::marker, .steps li.ok::before, .chips li.ok::before { color: var(--ok); } li.no::marker { color: var(--no); }
.steps li::before, .chips li::before { content: "\\2713\\00a0"; color: var(--ok); } .steps li.no::before, .chips li.no::before { content: "\\2717\\00a0"; color: var(--no); }
section li.no { color: var(--no); } section li.none, .badge.none { color: var(--quiet); }
.badge { display: inline-block; margin-right: .3rem; padding: 0 .5rem; border: 1px solid; border-radius: 99px; font-size: .8rem; font-weight: 600; }
.badge.ok { color: var(--ok); } .badge.no, .badge.critical, .badge.high { color: var(--no); } .badge.critical { color: var(--card); background: var(--no); border-color: var(--no); } .badge.medium { color: var(--warn); }
code { font: .9em ui-monospace, monospace; }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; background: var(--card); }
th, td { padding: .4rem .6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; min-width: 6rem; } th { overflow-wrap: normal; }
footer { margin: 2rem 0 1rem; color: var(--quiet); font-size: .85rem; }
`;
