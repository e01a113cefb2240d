import type { ColumnKind, ReportCell, ReportColumn, ReportRow } from '../answer/columns.ts';
import type { AnswerTable, ChartOf, ReportAnswer } from '../answer/report-answer.ts';
import { type CellTexts, cellTexts, isRightToLeft } from './cell-text.ts';
import { MAX_BARS } from './chart-room.ts';
import type { chartSvg } from './chart-svg.ts';
import { PAGE_STYLE } from './page-style.ts';

/** Rows beyond these are in the file of comma-separated values only: a browser shows a page of megabytes slowly. */
const MAX_ROWS = 500;

/** The numbers and dates of a stored page are written as in this language. */
export const PAGE_LOCALE = 'en';

interface Reader {
  readonly locale: string;
  readonly texts: CellTexts;
  readonly isRightToLeft: boolean;
  /** The attribute of what is written in the reader's language: the page itself is English. */
  readonly lang: string;
  readonly draw: typeof chartSvg;
}

/**
 * The report as one page that needs nothing else: no script, no font, no picture from elsewhere. Numbers, dates and
 * countries are in the reader's locale, by its BCP 47 tag, and marked with it; the words are English, and so is the
 * language of the page. `draw` makes the pictures: its library is large, so that only who needs a page loads it. Throws
 * a RangeError for a text that is no tag.
 */
export function reportPage(answer: ReportAnswer, locale: string, draw: typeof chartSvg): string {
  const tag = new Intl.Locale(locale);
  const lang = tag.language === 'en' ? '' : ` lang="${escaped(tag.toString())}"`;
  const reader = { locale, texts: cellTexts(locale), isRightToLeft: isRightToLeft(locale), lang, draw };
  return `<!doctype html>
<html lang="en" dir="${reader.isRightToLeft ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(`${answer.title} ${answer.period}`)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${heading(answer, reader)}
${leftOut(answer, reader)}
${answer.tables
  .filter(isOneRow)
  .map((table) => cards(table, reader))
  .join('\n')}
${charts(answer, reader)}
${answer.tables
  .filter((table) => !isOneRow(table))
  .map((table) => tableSection(table, reader))
  .join('\n')}
${meanings(answer)}
</main>
</body>
</html>
`;
}

function heading({ title, says, period, ...answer }: ReportAnswer, { locale, lang }: Reader): string {
  const { timeZone, from, to, status, currency, storefrontId } = answer;
  const at = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const between = `${at.format(Date.parse(from))} – ${at.format(Date.parse(to))}, ${timeZone}`;
  const whose = storefrontId === undefined ? '' : ` Only storefront ${storefrontId}.`;
  const running =
    status === 'running'
      ? '<p class="note"><bdi><strong>The period is not over.</strong> The figures grow until then.</bdi></p>'
      : '';
  return `<h1><bdi>${escaped(title)} <span>${escaped(period)}</span></bdi></h1>
<p><bdi>${escaped(says)}${escaped(whose)}</bdi></p>
<p class="soft"><bdi${lang}>${escaped(between)}</bdi><br><bdi>Converted amounts are in ${currency}.</bdi></p>
${running}`;
}

function leftOut({ notCounted }: ReportAnswer, { texts, lang }: Reader): string {
  if (notCounted.length === 0) return '';
  const items = notCounted.map(
    ({ says, count }) =>
      `<li><bdi${lang}>${escaped(texts.of('count', count))}</bdi> <bdi>${escaped(says)}</bdi></li>`,
  );
  return `<div class="note"><strong>What these figures leave out</strong><ul>${items.join('')}</ul></div>`;
}

const isOneRow = ({ name, rows }: AnswerTable): boolean => name === 'summary' && rows.length === 1;

function cards({ title, columns, rows }: AnswerTable, reader: Reader): string {
  const [row = {}] = rows;
  const items = Object.entries(columns).map(
    ([name, { kind, title: label }]) =>
      `<div><dt>${escaped(label)}</dt><dd>${written(kind, row[name] ?? null, reader)}</dd></div>`,
  );
  return `<h2>${escaped(title)}</h2>\n<dl class="cards">${items.join('')}</dl>`;
}

const WIDE = 560;
const NARROW = 340;

function charts({ tables, charts: asked }: ReportAnswer, reader: Reader): string {
  const figures = asked.flatMap((chart, index) => {
    const table = tables.find(({ name }) => name === chart.table);
    return table === undefined ? [] : figure(table, chart, { ...reader, index });
  });
  return figures.length === 0 ? '' : `<div class="charts">${figures.join('\n')}</div>`;
}

/** Drawn twice: a picture that is shrunk to the width of a telephone has letters too small to read. */
function figure(
  table: AnswerTable,
  chart: ChartOf,
  { index, ...reader }: Reader & { index: number },
): string[] {
  const [wide, narrow] = [WIDE, NARROW].map((width) =>
    reader.draw(table, chart, { ...reader, width, id: `c${index}-${width}` }),
  );
  if (wide === undefined || narrow === undefined) return [];
  const more =
    chart.kind === 'bar' && table.rows.length > MAX_BARS
      ? ` <span class="soft">the first ${MAX_BARS} of ${table.rows.length}</span>`
      : '';
  const label = escaped(`${chart.title}. The figures are in the table ${table.title}.`);
  return [
    `<figure role="img" aria-label="${label}"><figcaption>${escaped(chart.title)}${more}</figcaption>
<div class="wide">${wide}</div><div class="narrow">${narrow}</div></figure>`,
  ];
}

function tableSection({ title, columns, rows }: AnswerTable, reader: Reader): string {
  const all = Object.entries(columns);
  const head = all.map(([, column]) => `<th scope="col"${aligned(column)}>${escaped(column.title)}</th>`);
  const body = rows.slice(0, MAX_ROWS).map((row) => `<tr>${rowCells(all, row, reader)}</tr>`);
  const more =
    rows.length > MAX_ROWS
      ? `<p class="soft"><bdi>${escaped(reader.texts.of('count', rows.length))} rows in all. The others are in the CSV file.</bdi></p>`
      : '';
  const table = `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(title)}"><table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody></table></div>${more}`;
  return `<h2>${escaped(title)}</h2>\n${rows.length === 0 ? '<p class="soft"><bdi>Nothing in this period.</bdi></p>' : table}`;
}

function rowCells(columns: readonly [string, ReportColumn][], row: ReportRow, reader: Reader): string {
  return columns
    .map(([name, column], index) => {
      const cell = written(column.kind, row[name] ?? null, reader);
      return index === 0
        ? `<th scope="row"${aligned(column)}>${cell}</th>`
        : `<td${aligned(column)}>${cell}</td>`;
    })
    .join('');
}

/** A cell of a text has the words of the lake; any other is in the reader's language. */
const written = (kind: ColumnKind, cell: ReportCell, { texts, lang }: Reader): string =>
  `<bdi${kind === 'text' ? '' : lang}>${escaped(texts.of(kind, cell))}</bdi>`;

const aligned = ({ kind }: ReportColumn): string =>
  ['text', 'country', 'day'].includes(kind) ? '' : ' class="figure"';

/** Each definition once: several tables show the same figures. */
function meanings({ tables }: ReportAnswer): string {
  const all = tables.flatMap(({ columns }) => Object.values(columns));
  const items = new Map(
    all.map(({ title, is }) => [`<dt>${escaped(title)}</dt><dd><bdi>${escaped(is)}</bdi></dd>`, true]),
  );
  return `<h2>What the figures mean</h2>\n<dl class="means">${[...items.keys()].join('\n')}</dl>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => ESCAPES[mark] ?? mark);
