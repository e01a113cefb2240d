import type { PartnerAnswer } from '../partner.ts';

/** A text with the characters of HTML escaped. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A page of a sandbox with one column. It fits a phone, and is light or dark as the browser asks. `body` is HTML. */
export function answerPage(title: string, body: string, status = 200): PartnerAnswer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
${body}
</main></body></html>
`,
  };
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #566171; --paper: #f5f6f8; --card: #fff; --line: #d8dde4; --accent: #3b49b5; --on-accent: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --quiet: #a2acba; --paper: #12151a; --card: #1b2027; --line: #39424e; --accent: #9aa5ff; --on-accent: #12151a } }
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); accent-color: var(--accent) }
main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.5rem; margin: 0 0 .5rem } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
a { color: var(--accent) } p { margin: .5rem 0 } .quiet { color: var(--quiet) }
code, pre, textarea { font: 14px/1.5 ui-monospace, monospace }
pre { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere }
.scroll { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line) } th { color: var(--quiet); font-weight: 500; font-size: .9rem }
td code { overflow-wrap: anywhere } td:first-child code { white-space: nowrap }
label { display: block; font-size: .9rem; color: var(--quiet); margin: .6rem 0 .2rem }
input, select, textarea, button { font: inherit; color: inherit } input, select, textarea { width: 100%; padding: .5rem .6rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem }
:is(input, select, textarea, button, a, summary):focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
button, .button { display: inline-block; cursor: pointer; margin-top: .8rem; padding: .55rem 1.1rem; border: 0; border-radius: .5rem; background: var(--accent); color: var(--on-accent); text-decoration: none; font-weight: 600 }
.button.plain { background: transparent; color: inherit; border: 1px solid var(--line); font-weight: 400 }
main:has(.till) { max-width: 27rem; padding-top: 3rem } main:has(.till) h1 { text-align: center; margin-bottom: 1rem }
.till { background: var(--card); border: 1px solid var(--line); border-radius: .9rem; padding: 1.5rem }
.till .amount { font-size: 2rem; font-weight: 700; text-align: center; margin: 0 0 .5rem; font-variant-numeric: tabular-nums }
.till .said { border: 1px solid var(--accent); border-radius: .5rem; padding: .6rem .8rem; font-weight: 600 }
.till dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem .9rem; margin: 1rem 0; font-size: .9rem } .till dt { color: var(--quiet) } .till dd { margin: 0; text-align: right; overflow-wrap: anywhere }
.choices { display: grid; gap: .6rem } .choices .button { margin: 0; text-align: center } .till .quiet { font-size: .85rem; text-align: center; margin: 1.2rem 0 0 }
`;
