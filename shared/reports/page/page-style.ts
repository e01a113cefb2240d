/** The style of a report's page. Logical properties serve both directions of writing; print is always light. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1c2430; --soft: #5b6675; --rule: #dde2e8; --card: #f6f8fa;
  --first: #2f6fb3; --second: #c2611f; --third: #3d8b5f; --fourth: #8a5fb0; --note: #fff6dd; }
@media (prefers-color-scheme: dark) { :root { --paper: #14181e; --ink: #e6eaef; --soft: #9aa6b4; --rule: #333b46;
  --card: #1c222a; --first: #6ea8e6; --second: #e8955a; --third: #74c596; --fourth: #b794d8; --note: #3a3115; } }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --rule: #bbb; --card: #fff;
  --first: #2f6fb3; --second: #c2611f; --third: #3d8b5f; --fourth: #8a5fb0; --note: #fff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-inline-size: 1240px; margin-inline: auto; padding: 24px 16px 48px; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 4px; }
h1 span { white-space: nowrap; }
h2 { font-size: 1.15rem; margin: 32px 0 8px; }
p { margin: 4px 0; }
.soft { color: var(--soft); }
.note { background: var(--note); border: 1px solid var(--rule); border-radius: 6px; padding: 8px 12px; margin-block: 12px; }
.note ul { margin: 4px 0 0; padding-inline-start: 20px; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 8px; margin: 8px 0; }
.cards div { background: var(--card); border: 1px solid var(--rule); border-radius: 6px; padding: 8px 12px; }
.cards dt { color: var(--soft); font-size: .85rem; }
.cards dd { margin: 0; font-size: 1.15rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 460px), 1fr)); gap: 16px; }
figure { margin: 8px 0; min-inline-size: 0; }
figcaption { font-weight: 600; }
figure svg { direction: ltr; display: block; inline-size: 100%; block-size: auto; }
.narrow { display: none; }
@media screen and (max-width: 560px) { .wide { display: none; } .narrow { display: block; } }
.scroll { overflow-x: auto; border: 1px solid var(--rule); border-radius: 6px; }
table { border-collapse: collapse; inline-size: 100%; }
th, td { padding: 6px 8px; text-align: start; border-block-end: 1px solid var(--rule); white-space: nowrap; }
tbody tr:last-child > * { border-block-end: 0; }
thead th { font-size: .85rem; color: var(--soft); background: var(--card); vertical-align: bottom; }
.figure { text-align: right; font-variant-numeric: tabular-nums; }
tbody th { font-weight: 500; position: sticky; inset-inline-start: 0; background: var(--paper); }
.means dt { font-weight: 600; margin-block-start: 8px; }
.means dd { margin: 0; color: var(--soft); }
@media print { main { padding: 0; max-inline-size: none; } body { font-size: 10px; } .scroll { overflow: visible; border: 0; }
  th, td { padding: 3px 5px; white-space: normal; } thead { display: table-header-group; }
  tr, figure, .cards div { break-inside: avoid; } h2 { break-after: avoid; } tbody th { position: static; } }
@page { margin: 14mm; }
`;
