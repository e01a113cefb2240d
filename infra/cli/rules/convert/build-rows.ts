import { rateText } from '../../../../shared/duties/assess/duty-rate.ts';
import type { DutyRate } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import type { Rule } from '../../../../shared/duties/rules/schema.ts';
import type { Origins } from '../../tariff/rates/origins.ts';
import type { ScheduleFormat, ScheduleItem } from './schedule.ts';

export interface BuiltRows {
  readonly rows: readonly Rule[];
  /** The number of items that had ended before the first day of the rules. */
  readonly ended: number;
  /** Preferences for which one agreement has two rates at the same time. They are in no row. */
  readonly contradictions: readonly string[];
}

type Dated<Item> = Item & { readonly from: string };
type Preference = Extract<ScheduleItem, { kind: 'preference' }>;
type Refusal = Extract<ScheduleItem, { kind: 'refusal' }>;

/**
 * Makes rules from the statements of a schedule. They are in force from the given day or later. An id is made of
 * regime, code and first day, so the same release gives the same rows. Preferences and refused goods are grouped by
 * heading, because there is one for each code and each agreement.
 */
export function buildRows(
  items: readonly ScheduleItem[],
  { regime, tariff }: Pick<ScheduleFormat, 'regime' | 'tariff'>,
  validFrom: string,
): BuiltRows {
  const held = items
    .filter(({ to }) => to === undefined || to >= validFrom)
    .map((item) => ({ ...item, from: later(item.from ?? validFrom, validFrom) }));
  const preferences = held.filter((item): item is Dated<Preference> => item.kind === 'preference');
  const contradicting = contradictingOf(preferences);
  const rows = [
    ...held.flatMap((item) => {
      if (item.kind === 'tariff-line') {
        const { code, area, goods, rate, from } = item;
        const of = item.origins === undefined ? [] : [area];
        return [
          rule(item, {
            kind: 'tariff-line',
            id: idOf([regime, code, ...of, from]),
            regime,
            tariff,
            hsPrefix: code,
            goods,
            rate,
            ...whenOf(item.origins),
          }),
        ];
      }
      if (item.kind !== 'additional-duty') return [];
      const { code, area, duty, rate, from } = item;
      return [
        rule(item, {
          kind: 'additional-duty',
          id: idOf([regime, duty, code, area, from]),
          regime,
          rate,
          code: `${regime}-${duty}`,
          netOfTariff: false,
          ...whenOf(item.origins, [code]),
          description: duty === 'anti-dumping' ? 'Anti-dumping duty' : 'Countervailing duty',
        }),
      ];
    }),
    ...preferencesOf(
      preferences.filter((item) => !contradicting.has(item)),
      regime,
      tariff,
    ),
    ...refusalsOf(held, regime),
  ];
  const contradictions = [...contradicting].map(
    ({ code, agreement, rate, from }) =>
      `${code}: ${agreement} has ${rateText(rate)} from ${from}, and another rate`,
  );
  return { rows: distinct(rows), ended: items.length - held.length, contradictions };
}

/** The preferences of a code for which one agreement has two rates on some day, for goods of one origin. */
function contradictingOf(all: readonly Dated<Preference>[]): ReadonlySet<Dated<Preference>> {
  const alike = Map.groupBy(
    all.flatMap((item) => originsOf(item).map((origin) => ({ item, origin }))),
    ({ item, origin }) => `${item.agreement} ${item.code} ${origin}`,
  );
  return new Set(
    [...alike.values()].flatMap((group) =>
      group.length < 2
        ? []
        : group
            .filter(({ item }) => group.some(({ item: other }) => contradict(item, other)))
            .map(({ item }) => item),
    ),
  );
}

const originsOf = ({ origins }: Preference) =>
  origins !== undefined && 'only' in origins ? origins.only : ['all'];

const contradict = (a: Dated<Preference>, b: Dated<Preference>) =>
  JSON.stringify(a.rate) !== JSON.stringify(b.rate) &&
  a.from <= (b.to ?? NEVER_ENDS) &&
  b.from <= (a.to ?? NEVER_ENDS);

const NEVER_ENDS = '9999-12-31';

function preferencesOf(all: readonly Dated<Preference>[], regime: string, tariff: string): Rule[] {
  const alike = Map.groupBy(all, ({ agreement, area, origins, code, rate, from, to }) =>
    JSON.stringify([agreement, area, origins, code.slice(0, 4), rate, from, to]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { agreement, area, code, rate, from, to } = first;
    const ends = to === undefined ? [] : ['to', to];
    return [
      rule(
        { ...first, law: lawsOf(group) },
        {
          kind: 'preference',
          regime,
          agreement,
          tariff,
          rate,
          id: idOf([regime, 'pref', agreement, area, code.slice(0, 4), slugOf(rate), from, ...ends]),
          ...whenOf(first.origins, codesOf(group)),
        },
      ),
    ];
  });
}

function refusalsOf(held: readonly Dated<ScheduleItem>[], regime: string): Rule[] {
  const all = held.filter((item): item is Dated<Refusal> => item.kind === 'refusal');
  const alike = Map.groupBy(all, ({ area, origins, code, from, to }) =>
    JSON.stringify([area, origins, code.slice(0, 4), from, to]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { area, code, from, to } = first;
    const ends = to === undefined ? [] : ['to', to];
    const why = [...new Set(group.map((item) => item.why))].toSorted().join('; ');
    return [
      rule(
        { ...first, law: lawsOf(group) },
        {
          kind: 'not-computed',
          regime,
          withinTheBorder: false,
          reason: 'trade-defence',
          id: idOf([regime, 'trade-defence', code.slice(0, 4), area, from, ...ends]),
          detail: `the schedule has trade defence on these goods that is not computed: ${why}`,
          ...whenOf(first.origins, codesOf(group)),
        },
      ),
    ];
  });
}

/**
 * A row with the fields that every row has. The schedule is an official text that a program has read, so its
 * provenance is `published`.
 */
function rule(
  { from, to, law }: { readonly from: string; readonly to?: string | undefined; readonly law: string },
  own: object,
): Rule {
  const dates = { validFrom: from, ...(to === undefined ? {} : { validTo: to }) };
  return { ...own, ...dates, law, provenance: 'published', confidence: 'high' } as unknown as Rule;
}

function whenOf(origins: Origins | undefined, codes: readonly string[] = []): object {
  const when = {
    ...(origins === undefined ? {} : { origins }),
    ...(codes.length === 0 ? {} : { goods: { only: codes } }),
  };
  return Object.keys(when).length === 0 ? {} : { when };
}

/** The rows without repeats. A measure of a heading occurs in each of its commodities. */
function distinct(rows: readonly Rule[]): Rule[] {
  const texts = new Set<string>();
  return rows.filter((row) => {
    const text = JSON.stringify(row);
    const isNew = !texts.has(text);
    texts.add(text);
    return isNew;
  });
}

/** At most three laws by name, because a heading can have one regulation for each code. */
function lawsOf(group: readonly { readonly law: string }[]): string {
  const laws = [...new Set(group.map(({ law }) => law))].toSorted();
  const named = laws.slice(0, 3).join('; ');
  return laws.length > 3 ? `${named}; and ${laws.length - 3} more` : named;
}

const codesOf = (group: readonly { readonly code: string }[]) =>
  [...new Set(group.map(({ code }) => code))].toSorted();

/** The rate as part of an id: `free`, `5-5-pc`, `10-pc-1-32-usd-kg`. */
const slugOf = (rate: DutyRate) => (rate === '0' ? 'free' : rateText(rate).replaceAll('%', 'pc'));

const idOf = (parts: readonly (string | undefined)[]) =>
  parts
    .filter((part) => part !== undefined && part !== '')
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');

const later = (a: string, b: string) => (a > b ? a : b);
