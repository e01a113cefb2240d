import { canonicalJson } from '../kernel/hash.ts';
import { invariant } from '../kernel/invariant.ts';
import type { CalendarDate } from '../kernel/time.ts';
import { conditionsHold, type RuledLine, type Situation, specificity } from './rules/conditions.ts';
import type { RowsOf } from './rules/rows-by-regime.ts';
import type { Rule, RuleKind, RuleOf } from './rules/schema.ts';
import {
  type Preference,
  ScheduledTariff,
  type TariffLine,
  type UnreadLine,
} from './schedules/scheduled-tariff.ts';
import type { TariffSchedules } from './schedules/schedules.ts';

/** All rules, with the version that quotes name. */
export interface RuleBook {
  readonly version: string;
  /** One regime's rules of all dates. */
  readonly rowsOf: RowsOf;
  /** One regime's rules that hold on a date, local to the destination. */
  rulesOf(regime: string, date: CalendarDate): RulesOnDate;
}

/** A book whose rows are all at hand. */
export interface WholeRuleBook extends RuleBook {
  readonly rows: readonly Rule[];
}

/** Whether the row is in force on the date; both of its own dates are included. */
export function holdsOn(
  { validFrom, validTo }: Pick<Rule, 'validFrom' | 'validTo'>,
  date: CalendarDate,
): boolean {
  return validFrom <= date && (validTo === undefined || date <= validTo);
}

/** Whether a person has to confirm the row before it is relied on. */
export function needsReview({ provenance, review }: Pick<Rule, 'provenance' | 'review'>): boolean {
  return review !== undefined || provenance === 'reported' || provenance === 'unverified';
}

/**
 * The subject of a row: everything but its figures, dates and provenance. On any date at most one row of a subject may
 * be in force.
 */
export function subjectOf(row: Rule): string {
  const named = row as Partial<Record<'code' | 'on' | 'tariff' | 'hsPrefix' | 'agreement', string>>;
  const { kind, regime, destinations, when } = row;
  const { code, on, tariff, hsPrefix, agreement } = named;
  return canonicalJson({ kind, regime, destinations, when, code, on, tariff, hsPrefix, agreement });
}

/** One regime's rules on one date, looked up by kind and subject. */
export class RulesOnDate {
  readonly #byKind: ReadonlyMap<RuleKind, readonly Rule[]>;
  readonly #tariffLines: ReadonlyMap<string, readonly RuleOf<'tariff-line'>[]>;
  #ordered: ReadonlyMap<string, readonly RuleOf<'tariff-line'>[]> | undefined;
  #dividedOnTop: ReadonlySet<string> | undefined;
  readonly #scheduled: ((tariff: string) => ScheduledTariff | undefined) | undefined;

  /** `scheduled`: the edition of a tariff on the date, whose lines hold where no row has a code as long. */
  constructor(rows: readonly Rule[], scheduled?: (tariff: string) => ScheduledTariff | undefined) {
    this.#scheduled = scheduled;
    this.#byKind = Map.groupBy(rows, ({ kind }) => kind);
    this.#tariffLines = Map.groupBy(
      this.all('tariff-line'),
      ({ tariff, hsPrefix }) => `${tariff} ${hsPrefix}`,
    );
  }

  /** Every rule of the regime that holds on the date. */
  every(): readonly Rule[] {
    return [...this.#byKind.values()].flat();
  }

  all<Kind extends RuleKind>(kind: Kind): readonly RuleOf<Kind>[] {
    return (this.#byKind.get(kind) ?? []) as readonly RuleOf<Kind>[];
  }

  /** The rows of the kind whose conditions are true, for the line if one is given. */
  matching<Kind extends RuleKind>(kind: Kind, it: Situation, line?: RuledLine): RuleOf<Kind>[] {
    return this.all(kind).filter((row) => conditionsHold(row, it, line));
  }

  /** The most specific row whose conditions are true; undefined when there is none. */
  find<Kind extends RuleKind>(
    kind: Kind,
    it: Situation,
    line?: RuledLine,
    isMeant: (row: RuleOf<Kind>) => boolean = () => true,
  ): RuleOf<Kind> | undefined {
    // The cheap question first: a quote asks this some hundred thousand times.
    const rows = this.all(kind).filter((row) => isMeant(row) && conditionsHold(row, it, line));
    return mostSpecific(rows, line);
  }

  /**
   * The line of the tariff with the longest prefix of the code, the most specific among equal prefixes; of a row and a
   * schedule's line with equal prefixes, the row. Undefined if we have none: a rate is never guessed.
   */
  tariffLine(tariff: string, it: Situation, line: RuledLine): TariffLine | undefined {
    const listed = this.scheduleOf(tariff)?.lineOf(line.hsCode);
    const shortest = listed?.code.length ?? 2;
    for (let digits = line.hsCode.length; digits >= shortest; digits -= 1) {
      const rows = this.#tariffLines.get(`${tariff} ${line.hsCode.slice(0, digits)}`);
      const found = rows?.filter((row) => conditionsHold(row, it, line)) ?? [];
      if (found.length > 0) return mostSpecific(found, line);
    }
    return listed?.rule;
  }

  /** The longer codes of the tariff that begin with this code: the goods may turn out to be any of them. */
  tariffLinesBelow(tariff: string, it: Situation, line: RuledLine): readonly TariffLine[] {
    const { hsCode } = line;
    const rows = this.#inOrder(tariff);
    const below: TariffLine[] = [];
    for (let at = firstAfter(rows, hsCode); rows[at]?.hsPrefix.startsWith(hsCode) === true; at += 1) {
      const row = rows[at];
      if (row !== undefined && conditionsHold(row, it, withCode(line, row.hsPrefix))) below.push(row);
    }
    const listed = this.scheduleOf(tariff)?.below(hsCode).rules ?? [];
    if (below.length === 0) return listed;
    if (listed.length === 0) return below;
    const named = new Set(below.map(({ hsPrefix }) => hsPrefix));
    return [...below, ...listed.filter(({ hsPrefix }) => !named.has(hsPrefix))];
  }

  /** The lines of the schedule whose rate is not read and which the goods may be: that of the code, or those below. */
  unreadLines(tariff: string, hsCode: string): readonly UnreadLine[] {
    return this.scheduleOf(tariff)?.unreadFor(hsCode) ?? [];
  }

  /** The rate of an agreement for the goods: by a row, otherwise by the schedule of the tariff. */
  preference(
    { tariff, agreement }: { readonly tariff: string; readonly agreement: string },
    it: Situation,
    line: RuledLine,
  ): Preference | undefined {
    const isMeant = (row: RuleOf<'preference'>) => row.tariff === tariff && row.agreement === agreement;
    return (
      this.find('preference', it, line, isMeant) ??
      this.scheduleOf(tariff)?.preference(line.hsCode, { agreement, origin: line.originCountry })
    );
  }

  /**
   * Whether a duty in addition, or a refusal, has a row about a longer code that begins with this one: then what goods
   * of the code bear depends on more digits.
   */
  hasRowsBelow(code: string): boolean {
    this.#dividedOnTop ??= new Set(
      [...this.all('additional-duty'), ...this.all('not-computed')].flatMap(({ when }) =>
        [...(when?.goods?.only ?? []), ...(when?.goods?.except ?? [])].flatMap(beginningsOf),
      ),
    );
    return this.#dividedOnTop.has(code);
  }

  /** The schedule of the tariff on the date; undefined where there is none. */
  scheduleOf(tariff: string): ScheduledTariff | undefined {
    return this.#scheduled?.(tariff);
  }

  /** The lines of a tariff by code. They are sorted at the first use. */
  #inOrder(tariff: string): readonly RuleOf<'tariff-line'>[] {
    this.#ordered ??= Map.groupBy(
      this.all('tariff-line').toSorted((a, b) => (a.hsPrefix < b.hsPrefix ? -1 : 1)),
      (row) => row.tariff,
    );
    return this.#ordered.get(tariff) ?? [];
  }
}

/** Its beginnings from four digits on, without itself. */
const beginningsOf = (code: string): string[] =>
  Array.from({ length: Math.max(code.length - 4, 0) }, (_, at) => code.slice(0, at + 4));

/** Place of the first line whose code sorts after this one. Longer codes with this prefix follow it. */
function firstAfter(rows: readonly RuleOf<'tariff-line'>[], hsCode: string): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rows[middle]?.hsPrefix ?? '') <= hsCode) from = middle + 1;
    else to = middle;
  }
  return from;
}

function mostSpecific<R extends Rule>(rows: readonly R[], line: RuledLine | undefined): R | undefined {
  if (rows.length < 2) return rows[0];
  let best: R | undefined;
  let most = -1;
  let rival: R | undefined;
  for (const row of rows) {
    const how = specificity(row, line);
    if (how > most) [best, most, rival] = [row, how, undefined];
    else if (how === most) rival = row;
  }
  invariant(rival === undefined, 'one row says most', { row: best?.id, rival: rival?.id });
  return best;
}

/** Makes the book from checked rows, and from the schedules of tariffs if any are given. */
export function createRuleBook(
  rows: readonly Rule[],
  version: string,
  schedules?: TariffSchedules,
): WholeRuleBook {
  const byRegime = Map.groupBy(rows, ({ regime }) => regime);
  return { ...openRuleBook((regime) => byRegime.get(regime) ?? [], version, schedules), rows };
}

/** Makes the book from the checked rows of each regime, asked for when they are needed. Collects a date's once. */
export function openRuleBook(rowsOf: RowsOf, version: string, schedules?: TariffSchedules): RuleBook {
  const onDates = new Map<string, RulesOnDate>();
  return {
    version,
    rowsOf,
    rulesOf(regime, date) {
      const key = `${regime} ${date}`;
      const known = onDates.get(key);
      if (known !== undefined) return known;
      const held = rowsOf(regime).filter((row) => holdsOn(row, date));
      const scheduled = schedules === undefined ? undefined : tariffsOn(schedules, regime, date);
      const rules = new RulesOnDate(held, scheduled);
      if (onDates.size > 500) onDates.clear();
      onDates.set(key, rules);
      return rules;
    },
  };
}

/** The editions of a date by tariff, each made once. */
function tariffsOn(
  schedules: TariffSchedules,
  regime: string,
  date: CalendarDate,
): (tariff: string) => ScheduledTariff | undefined {
  const known = new Map<string, ScheduledTariff | undefined>();
  return (tariff) => {
    if (known.has(tariff)) return known.get(tariff);
    const edition = schedules.editionOn(tariff, date);
    const { translate } = schedules;
    const made =
      edition === undefined ? undefined : new ScheduledTariff(edition, { regime, date, translate });
    known.set(tariff, made);
    return made;
  };
}

/** The line under another code. Its value is asked for through the line, which may convert it only then. */
function withCode(line: RuledLine, hsCode: string): RuledLine {
  const { originCountry, quantity, unitsAlike } = line;
  return {
    hsCode,
    originCountry,
    quantity,
    unitsAlike,
    get goods() {
      return line.goods;
    },
  };
}
