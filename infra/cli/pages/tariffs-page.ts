import { readFileSync } from 'node:fs';
import { regimeFor } from '../../../shared/duties/index.ts';
import { createRuleBook, holdsOn } from '../../../shared/duties/rule-book.ts';
import { builtinRows } from '../../../shared/duties/rules/builtin.ts';
import { builtinVersion } from '../../../shared/duties/rules/builtin-version.ts';
import { editionFiles } from '../../../shared/duties/schedules/index.ts';
import type { Schedule } from '../../../shared/duties/schedules/schedule-file.ts';
import type { Country } from '../../../shared/kernel/country.ts';
import { schedulesBeside } from '../../../shared/runtime/tariff-files.ts';
import { grouped } from '../terminal/text-table.ts';
import { type CoverageCase, coverageOf, destinations } from './priced-share/coverage-cases.ts';

/** The day of the page: the rules, the editions and the prices are those of this day. */
const DATE = '2026-12-01';

/** Reasons of refusal for each destination, and forms of rates for each edition. */
const MOST = 3;

const nameOf = new Intl.DisplayNames('en', { type: 'region' });

/** The existing page docs/tariffs.md with newly written tables. */
export function tariffsPage(): string {
  const page = readFileSync(new URL('../../../docs/tariffs.md', import.meta.url), 'utf8');
  return page.replace(
    /(<!-- tariffs -->\n)[\s\S]*?(\n<!-- \/tariffs -->)/,
    (_all, before: string, after: string) => `${before}${tariffTables()}${after}`,
  );
}

function tariffTables(): string {
  const rules = createRuleBook(builtinRows, builtinVersion, schedulesBeside);
  const editionOf = (tariff: string) => schedulesBeside.editionOn(tariff, DATE);
  const question = { rules, editionOf, date: DATE, codes: 'long', policy: 'median' } as const;
  const found = destinations.map((to) => ({ to, cases: coverageOf(to, question) }));
  const all = found.flatMap(({ cases }) => cases);
  const editions = [...new Set(editionFiles.map(({ tariff }) => tariff))].flatMap(
    (tariff) => editionOf(tariff) ?? [],
  );
  return [
    `${percentOf(priced(all), all)} % of ${grouped(all.length)} cases are priced on ${DATE}.`,
    table(
      [
        'destination',
        'priced %',
        'tariff',
        'in force from',
        'current to',
        'refused most often, % of its cases',
      ],
      found.map(({ to, cases }) => [
        `${nameOf.of(to)} (${to})`,
        percentOf(priced(cases), cases),
        ...tariffOf(to, editionOf(regimeFor(to)?.code ?? '')),
        refusedMost(cases),
      ]),
    ),
    '### Editions',
    table(
      ['edition', 'codes of', 'lines', 'not computed', 'law', 'source', 'to confirm'],
      editions.map(({ header, lineCount, ...schedule }) => [
        `\`${header.tariff} ${header.edition}\``,
        header.hs,
        grouped(lineCount),
        grouped(unreadIn(schedule).length),
        header.law,
        `${header.source} (${header.provenance})`,
        header.review ?? '',
      ]),
    ),
    '### Rates that are not computed',
    'Every line of an edition has a rate or is counted here. `n` stands for a number. A plain percentage is of a line ' +
      'that has two rates on one day, or whose rate is known to have changed.',
    table(
      ['edition', 'lines', 'forms that most lines have'],
      editions
        .map((schedule) => ({ schedule, unread: unreadIn(schedule) }))
        .filter(({ unread }) => unread.length > 0)
        .map(({ schedule: { header }, unread }) => [
          `\`${header.tariff} ${header.edition}\``,
          grouped(unread.length),
          mostFrequent(unread.map(formOf))
            .map(([form, times]) => `${form} (${grouped(times)})`)
            .join('; '),
        ]),
    ),
  ].join('\n\n');
}

/** The edition of a destination, or how many lines its rules have; with the days on which it is current. */
function tariffOf(to: Country, edition: Schedule | undefined): string[] {
  if (edition !== undefined) {
    const { tariff, edition: name, validFrom, knownTo } = edition.header;
    const ended = knownTo < DATE ? `${knownTo}, may be old` : knownTo;
    return [`\`${tariff} ${name}\``, validFrom, ended];
  }
  const code = regimeFor(to)?.code;
  const rows = builtinRows.filter(
    (rule) => rule.regime === code && rule.kind === 'tariff-line' && holdsOn(rule, DATE),
  );
  return [rows.length === 0 ? 'no lines' : `${rows.length} lines in rules`, '', ''];
}

const priced = (cases: readonly CoverageCase[]) => cases.filter(({ refused }) => refused === undefined);

const percentOf = (part: readonly unknown[], whole: readonly unknown[]) =>
  ((100 * part.length) / whole.length).toFixed(1);

function refusedMost(cases: readonly CoverageCase[]): string {
  const reasons = cases.flatMap(({ refused }) =>
    refused === undefined ? [] : [refused.detail.replaceAll(/\d{6,10}/g, 'a code')],
  );
  return mostFrequent(reasons)
    .map(([reason, times]) => `${((100 * times) / cases.length).toFixed(1)}: ${reason}`)
    .join('; ');
}

const unreadIn = ({ chapters, linesOf }: Pick<Schedule, 'chapters' | 'linesOf'>) =>
  chapters.flatMap((chapter) => linesOf(chapter)).filter(({ rate }) => rate === undefined);

const MAX_FORM = 100;

/** A rate as published, without its figures. */
function formOf({ text }: { readonly text: string }): string {
  const form = text.replaceAll(/\d[\d.,]*/g, 'n').replaceAll(/\s+/g, ' ');
  return form.length > MAX_FORM ? `${form.slice(0, MAX_FORM)}…` : form;
}

const mostFrequent = (texts: readonly string[]): [text: string, times: number][] =>
  [...Map.groupBy(texts, (text) => text)]
    .map(([text, own]): [string, number] => [text, own.length])
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST);

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), `|${titles.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}
