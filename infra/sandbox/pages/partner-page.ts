import type { PartnerAnswer } from '../partner.ts';
import { faultForm } from './fault-form.ts';
import type { HelpTable } from './help.ts';
import { answerPage, escapeHtml } from './layout.ts';
import type { PartnerPage } from './page-content.ts';

/** The page at the root of a sandbox. It shows operations, objects and faults even if the partner has no help. */
export function partnerPage(page: PartnerPage): PartnerAnswer {
  const { code, url, help, operations, held } = page;
  const tables = help?.tables ?? [];
  return answerPage(
    `${help?.title ?? code}, sandbox`,
    [
      `<p>${withCode(help?.about ?? '')}</p>`,
      `<p class="quiet">This sandbox replaces the partner on your own machine: no money moves and no goods travel. <code>${escapeHtml(url)}</code></p>`,
      ...tables.map(tableSection),
      help?.example === undefined
        ? ''
        : `<h2>${escapeHtml(help.example.title)}</h2><pre>${escapeHtml(help.example.command.replaceAll('{url}', url))}</pre>`,
      heldSection(held),
      faultForm(page),
      tableSection({
        title: 'Operations',
        text: 'A fault rule names an operation in `on`.',
        columns: ['operation', 'request'],
        rows: operations.map(({ name, method, path }) => [`\`${name}\``, `\`${method} ${path}\``]),
      }),
    ].join('\n'),
  );
}

function tableSection({ title, text, columns, rows }: HelpTable): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${withCode(cell)}</td>`).join('')}</tr>`);
  return `<h2>${escapeHtml(title)}</h2>${text === undefined ? '' : `<p>${withCode(text)}</p>`}
<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`;
}

function heldSection(held: Readonly<Record<string, number>>): string {
  const kinds = Object.entries(held);
  const items = kinds.map(
    ([kind, count]) =>
      `<li><a href="/_sandbox/objects/${encodeURIComponent(kind)}">${escapeHtml(kind)}</a>: ${count}</li>`,
  );
  const list = items.length === 0 ? '<p>Nothing yet.</p>' : `<ul>${items.join('')}</ul>`;
  return `<h2>Objects</h2>${list}
<p><a href="/_sandbox/state">The waiting work and the results of the latest webhooks</a></p>`;
}

/** A text whose parts between backticks are shown as code. */
function withCode(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
