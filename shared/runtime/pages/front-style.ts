/** Style of the front page: one column on a phone, cards side by side on a wide screen, dark where the reader asks. */
export const frontStyle = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #14171c);
  --card: light-dark(#ffffff, #1d2229);
  --line: light-dark(#dde1e7, #323943);
  --text: light-dark(#1b2330, #e6e9ee);
  --quiet: light-dark(#566072, #a2abb8);
  --accent: light-dark(#0b5fae, #7cbcf8);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-width: 62rem;
  padding: 2rem 1.25rem 4rem;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.55 system-ui, sans-serif;
}
header { border-bottom: 1px solid var(--line); padding-bottom: 1.25rem; }
h1 { font-size: 2.2rem; line-height: 1.1; letter-spacing: -0.02em; margin: 0 0 0.5rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.75rem; }
p { margin: 0.5rem 0; max-width: 44rem; }
a { color: var(--accent); }
.state { color: var(--quiet); font-size: 0.9rem; display: flex; align-items: center; gap: 0.5rem; }
.dot { width: 0.65rem; height: 0.65rem; border-radius: 50%; background: var(--quiet); flex: none; }
.dot.up { background: light-dark(#1f8a4c, #4ccf86); }
.dot.down { background: light-dark(#c0362c, #ff7a6e); }
.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.75rem;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 13.5rem), 1fr)); }
.card { display: flex; flex-direction: column; gap: 0.3rem; height: 100%; padding: 0.9rem 1rem;
  background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem;
  color: inherit; text-decoration: none; }
.card:hover, .card:focus-visible { border-color: var(--accent); }
.card strong { color: var(--accent); }
.card span { color: var(--quiet); font-size: 0.92rem; flex: 1; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.85rem; }
code { overflow-wrap: anywhere; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.9rem 1rem;
  overflow-x: auto; }
pre code { overflow-wrap: normal; }
`;

/** A crate, seen from a corner. */
export const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0b5fae" d="M16 2 29 9v14l-13 7L3 23V9z"/><path fill="none" stroke="#fff" stroke-width="2" d="m3 9 13 7 13-7M16 16v14"/></svg>
`;
