import {
  type CoverageCase,
  type CoverageQuestion,
  coverageOf,
  destinations,
  reasonOf,
  values,
} from '../../../infra/cli/pages/priced-share/coverage-cases.ts';
import { type Column, grouped, textTable } from '../../../infra/cli/terminal/text-table.ts';
import { createRuleBook } from '../../../shared/duties/rule-book.ts';
import { builtinRows } from '../../../shared/duties/rules/builtin.ts';
import { builtinVersion } from '../../../shared/duties/rules/builtin-version.ts';
import type { Country } from '../../../shared/kernel/country.ts';
import { schedulesBeside } from '../../../shared/runtime/tariff-files.ts';

export interface CoverageOptions {
  /** The day of the prices, in each destination. */
  readonly date: string;
  /** The most reasons of refusal that are printed for each destination. */
  readonly reasons: number;
}

const share = (cases: readonly CoverageCase[]) =>
  cases.length === 0
    ? Number.NaN
    : (100 * cases.filter(({ refused }) => refused === undefined).length) / cases.length;

const percent = (cases: readonly CoverageCase[]) => share(cases).toFixed(0);

/**
 * Prices usual consumer goods from four countries at four values to all destinations, and prints the share that is
 * priced and why the others are refused. The last lines are `coverage <name> <per cent>`.
 */
export async function benchCoverage(
  { date, reasons }: CoverageOptions,
  print: (text: string) => void,
): Promise<void> {
  const rules = createRuleBook(builtinRows, builtinVersion, schedulesBeside);
  const editionOf = (tariff: string) => schedulesBeside.editionOn(tariff, date);
  const asked = { rules, editionOf, date } as const;
  const ask = (to: Country, question: Pick<CoverageQuestion, 'codes' | 'policy'>) =>
    coverageOf(to, { ...asked, ...question });
  const found = destinations.map((to) => ({
    to,
    long: ask(to, { codes: 'long', policy: 'median' }),
    six: ask(to, { codes: 'six-digits', policy: 'median' }),
    strict: ask(to, { codes: 'six-digits', policy: 'refuse' }),
  }));
  const columns: Column[] = [
    { title: 'to' },
    { title: 'priced %', align: 'right' },
    ...values.map((value): Column => ({ title: `at ${grouped(value)}`, align: 'right' })),
    { title: 'six digits', align: 'right' },
    { title: 'policy refuse', align: 'right' },
    { title: 'refused, of the cases with long codes' },
  ];
  const rows = found.map(({ to, long, six, strict }) => [
    to,
    percent(long),
    ...values.map((value) => percent(long.filter((each) => each.value === value))),
    percent(six),
    percent(strict),
    mostUsual(long, reasons),
  ]);
  const [long, six, strict] = [
    found.flatMap((each) => each.long),
    found.flatMap((each) => each.six),
    found.flatMap((each) => each.strict),
  ];
  print(
    `${grouped(long.length)} cases on ${date}; a code with several rates has the median unless it says else\n`,
  );
  print(textTable(columns, rows));
  print(`\nreasons, all destinations\n${countedReasons(long).slice(0, 40).join('\n')}`);
  print(`\nkinds refused most\n${refusedKinds(long)}\n`);
  for (const [name, cases] of [
    ['all', long],
    ['all-six-digits', six],
    ['all-six-digits-refuse', strict],
  ] as const)
    print(`coverage ${name} ${share(cases).toFixed(1)}`);
  for (const { to, long: own } of found) print(`coverage ${to.toLowerCase()} ${share(own).toFixed(1)}`);
}

function countedReasons(cases: readonly CoverageCase[]): string[] {
  const refused = cases.filter((each) => each.refused !== undefined);
  return [...Map.groupBy(refused, reasonOf)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([reason, own]) => `${own.length} ${reason}`);
}

const mostUsual = (cases: readonly CoverageCase[], most: number) =>
  countedReasons(cases).slice(0, most).join('; ');

function refusedKinds(cases: readonly CoverageCase[]): string {
  const refused = cases.filter((each) => each.refused !== undefined);
  return [...Map.groupBy(refused, ({ kind }) => kind)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, 40)
    .map(([kind, own]) => `${kind} ${own.length}`)
    .join(', ');
}
