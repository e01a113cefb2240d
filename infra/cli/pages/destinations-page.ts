import type { Regime } from '../../../shared/duties/index.ts';
import { regimes } from '../../../shared/duties/regimes/index.ts';
import { holdsOn, needsReview } from '../../../shared/duties/rule-book.ts';
import { builtinRows } from '../../../shared/duties/rules/builtin.ts';
import type { Rule } from '../../../shared/duties/rules/schema.ts';
import { formatMoney, fromJson } from '../../../shared/kernel/money.ts';

/** The day of the page: it shows the rules that are in force on this day. */
const DATE = '2026-12-01';

/** The page of all destinations, with reliefs, taxes and refusals from the rule files. */
export function destinationsPage(): string {
  const countries = regimes.reduce((all, { countries: own }) => all + own.length, 0);
  return [
    '# Destinations',
    '',
    `This page lists ${countries} countries under ${regimes.length} regimes, with the rules of the repository that are in`,
    `force on ${DATE}. For each regime it gives the values up to which duty and tax are relieved, the taxes, and the goods`,
    'that are refused because a figure is uncertain. "To confirm" counts the rules whose source a person should check',
    'first; every charge from such a rule says so in the quote. `npm run pages` writes this page, and a test compares it',
    'with the rule files. [Trade rules](trade-rules.md) says how a rule is read and imported.',
    '',
    '| regime | duty relieved up to | tax relieved up to | tax | refused | rules, to confirm |',
    '|---|---|---|---|---|---|',
    ...regimes.map(row),
    '',
  ].join('\n');
}

function row({ code, countries }: Regime): string {
  const rules = builtinRows.filter((rule) => rule.regime === code && holdsOn(rule, DATE));
  const named = countries.length > 3 ? `${code.toUpperCase()} (${countries.length})` : countries.join(', ');
  const cells = [
    reliefs(rules, 'duty'),
    reliefs(rules, 'tax'),
    taxes(rules, countries.length > 3),
    refusals(rules),
    `${rules.length}, ${rules.filter(needsReview).length}`,
  ];
  return `| ${named} | ${cells.join(' | ')} |`;
}

function reliefs(rules: readonly Rule[], on: 'duty' | 'tax'): string {
  const own = rules.flatMap((rule) =>
    rule.kind === 'relief' && rule.on === on
      ? [`${formatMoney(fromJson(rule.threshold))} ${rule.basis}${conditionOf(rule)}`]
      : [],
  );
  return own.length === 0 ? 'none' : own.join('; ');
}

function conditionOf({ when }: Rule): string {
  const { seller, shipFrom, channel } = when ?? {};
  const places = shipFrom === undefined ? [] : 'only' in shipFrom ? shipFrom.only : [];
  const said = [
    ...(seller === undefined ? [] : [`${seller} seller`]),
    ...(places.length === 0 ? [] : [`from ${places.join(', ')}`]),
    ...(channel === undefined ? [] : [`by ${channel}`]),
  ];
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}

function taxes(rules: readonly Rule[], isBloc: boolean): string {
  const rates = rules.flatMap((rule) =>
    rule.kind === 'tax-rate' && rule.when?.goods === undefined ? [rule] : [],
  );
  if (rates.length === 0) return 'none';
  const distinct = [...new Set(rates.map(({ rate }) => Number(rate)))].toSorted((a, b) => a - b);
  const [code = ''] = rates.map((rate) => rate.code.toUpperCase());
  return isBloc || distinct.length > 2
    ? `${code} ${distinct.at(0)} to ${distinct.at(-1)} %`
    : `${code} ${distinct.join(' or ')} %`;
}

function refusals(rules: readonly Rule[]): string {
  const own = rules.flatMap((rule) =>
    (rule.kind === 'not-computed' && !rule.id.endsWith('-excise')) || rule.kind === 'importer-number'
      ? [rule.detail]
      : [],
  );
  return own.length === 0 ? 'goods under excise' : `goods under excise; ${own.join('; ')}`;
}
