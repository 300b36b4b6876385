export const stylesheet = `
:root {
  color-scheme: light dark;
  --bg: #fafaf9; --surface: #fff; --sunken: #f4f4f2; --line: #e4e3df; --line-strong: #cfcdc6;
  --ink: #1c1b19; --ink-2: #57544d; --ink-3: #6f6b62;
  --accent: #9a4f06; --accent-soft: #fdf3e3; --accent-line: #f0cf98; --shadow: 0 1px 2px rgb(28 27 25 / .05);
}
@media (prefers-color-scheme: dark) { :root {
  --bg: #121211; --surface: #1a1a18; --sunken: #151514; --line: #2c2b28; --line-strong: #403e3a;
  --ink: #ecebe7; --ink-2: #b4b1a8; --ink-3: #949087;
  --accent: #f0a63c; --accent-soft: #2a2011; --accent-line: #5b431b; --shadow: none;
} }
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--bg); color: var(--ink); min-height: 100vh;
  font: 14px/20px ui-sans-serif, system-ui, -apple-system, "Segoe UI", Inter, "Noto Sans", "DejaVu Sans", sans-serif;
}
.top {
  height: 48px; padding: 0 16px; display: flex; align-items: center; gap: 12px;
  background: var(--surface); border-bottom: 1px solid var(--line);
}
.brand { display: inline-flex; align-items: center; gap: 8px; font-weight: 600; }
.brand svg { color: var(--accent); }
.badge, .group {
  display: inline-block; padding: 0 7px; border-radius: 10px; font-size: 12px; line-height: 18px; font-weight: 500;
  border: 1px solid var(--line); background: var(--sunken); color: var(--ink-2); white-space: nowrap;
}
.badge { color: var(--accent); background: var(--accent-soft); border-color: var(--accent-line); }
main { width: 100%; max-width: 656px; margin: 0 auto; padding: 40px 16px 64px; }
h1 { margin: 0 0 4px; font-size: 20px; line-height: 28px; font-weight: 600; letter-spacing: -.01em; }
p { margin: 0; color: var(--ink-2); max-width: 68ch; }
code { font: 12.5px/18px ui-monospace, "SF Mono", "JetBrains Mono", "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
.people {
  list-style: none; margin: 24px 0 16px; padding: 0; background: var(--surface);
  border: 1px solid var(--line); border-radius: 8px; box-shadow: var(--shadow);
}
.people li + li { border-top: 1px solid var(--line); }
.people li:first-child button { border-radius: 7px 7px 0 0; }
.people li:last-child button { border-radius: 0 0 7px 7px; }
.person {
  display: grid; grid-template-columns: 32px 1fr auto; align-items: center; gap: 2px 12px; width: 100%;
  padding: 10px 16px; border: 0; background: none; color: inherit; font: inherit; text-align: left; cursor: pointer;
}
.person:hover { background: var(--sunken); }
.person:hover .name { color: var(--accent); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.initials {
  width: 32px; height: 32px; border-radius: 50%; display: grid; place-items: center;
  background: var(--accent-soft); color: var(--accent); border: 1px solid var(--accent-line); font-size: 12px; font-weight: 600;
}
.name { font-weight: 600; }
.purpose { display: block; color: var(--ink-2); }
.groups { display: flex; flex-wrap: wrap; gap: 4px; justify-content: flex-end; max-width: 264px; }
.none { color: var(--ink-3); font-size: 12.5px; }
.cancel {
  height: 32px; padding: 0 12px; border: 1px solid var(--line-strong); border-radius: 6px; background: var(--surface);
  color: var(--ink); font: inherit; font-weight: 500; cursor: pointer; box-shadow: var(--shadow);
}
.foot { display: flex; align-items: center; justify-content: space-between; gap: 16px; }
.foot p { font-size: 12.5px; line-height: 18px; color: var(--ink-3); }
dl { margin: 24px 0 0; padding: 12px 16px; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; }
dt { color: var(--ink-3); font-size: 12.5px; }
dd { margin: 0 0 8px; }
dd:last-child { margin: 0; }
@media (max-width: 520px) {
  main { padding-top: 24px; }
  .person { grid-template-columns: 32px 1fr; }
  .groups { grid-column: 2; justify-content: flex-start; }
  .foot { flex-direction: column; align-items: flex-start; }
}
`
