import type { Charge } from '../../../events/landed-cost.ts';
import type { Country } from '../../kernel/country.ts';
import type { CalendarDate } from '../../kernel/time.ts';
import type { DutyRate } from '../rules/duty-rate-schema.ts';
import type { RuleOf } from '../rules/schema.ts';
import { firstFrom } from './first-from.ts';
import type { ScheduleHeader, ScheduleLine } from './schedule.ts';
import type { Schedule } from './schedule-file.ts';
import type { TariffSchedules } from './schedules.ts';
import { isInSeason } from './season.ts';

/** The line that a rule of a schedule is from, as a charge names it. */
export type Published = NonNullable<Charge['tariffLine']>;

/** A line of a tariff, from a row or from a schedule. */
export type TariffLine = RuleOf<'tariff-line'> & { readonly published?: Published };
export type Preference = RuleOf<'preference'> & { readonly published?: Published };

type Line = Omit<ScheduleLine, 'goods'>;

interface PlacedLine {
  readonly line: Line;
  /** Its place in the chapter. */
  readonly index: number;
}

interface Chapter {
  /** In the order of their codes. */
  readonly lines: readonly PlacedLine[];
  readonly byCode: ReadonlyMap<string, PlacedLine>;
}

/** A line whose rate is no rate that we compute. */
export interface UnreadLine {
  readonly code: string;
  readonly text: string;
}

interface LinesBelow {
  readonly rules: readonly TariffLine[];
  readonly unread: readonly UnreadLine[];
}

interface NamedRate {
  /** In the header's list of agreements. */
  readonly key: string;
  readonly agreement: string;
  readonly text: string;
  readonly rate: DutyRate;
}

const NOTHING_BELOW: LinesBelow = { rules: [], unread: [] };
const SUBHEADING = 6;

/** The edition of a tariff on a date. Its lines become rules when they are asked for, once for each code. */
export class ScheduledTariff {
  readonly edition: string;
  readonly schedule: Schedule;
  readonly #regime: string;
  readonly #date: CalendarDate;
  readonly #translate: TariffSchedules['translate'];
  readonly #chapters = new Map<string, Chapter>();
  readonly #lines = new Map<string, PlacedLine | undefined>();
  readonly #below = new Map<string, LinesBelow>();
  readonly #rules = new Map<PlacedLine, TariffLine>();
  readonly #codes = new Map<string, readonly string[]>();

  constructor(
    schedule: Schedule,
    {
      regime,
      date,
      translate,
    }: { regime: string; date: CalendarDate; translate: TariffSchedules['translate'] },
  ) {
    this.schedule = schedule;
    this.#regime = regime;
    this.#date = date;
    this.#translate = translate;
    this.edition = `${schedule.header.tariff} ${schedule.header.edition}`;
  }

  /** The line with the longest prefix of the code: a rule, or one that is not read; undefined if there is none. */
  lineOf(code: string): { readonly code: string; readonly rule: TariffLine | undefined } | undefined {
    const placed = this.#lineOf(code);
    if (placed === undefined) return undefined;
    const found = this.#ratedAt(placed);
    const { rate } = found.line;
    return { code: found.line.code, rule: rate === undefined ? undefined : this.#ruleOf(found, rate) };
  }

  /**
   * The lines with longer codes that begin with this one. A line that only counts goods of another apart, at its rate,
   * is left out. Where a tariff of an earlier edition of the Harmonised System does not have the subheading, the lines
   * of those that it came from.
   */
  below(code: string): LinesBelow {
    const known = this.#below.get(code);
    if (known !== undefined) return known;
    const own = this.#linesUnder(code).filter(({ line }) => line.code.length > code.length);
    const found = own.length > 0 || this.#lineOf(code) !== undefined ? own : this.#translated(code);
    const made = found.length === 0 ? NOTHING_BELOW : this.#linesBelow(found);
    this.#below.set(code, made);
    return made;
  }

  /** Whether the tariff has a line for the code, or lines below it. */
  knows(code: string): boolean {
    return this.#lineOf(code) !== undefined || this.below(code) !== NOTHING_BELOW;
  }

  /** The line of the code if its rate is not read, and such lines below it. */
  unreadFor(code: string): readonly UnreadLine[] {
    const own = this.#lineOf(code)?.line;
    const { unread } = this.below(code);
    return own === undefined || own.rate !== undefined
      ? unread
      : [{ code: own.code, text: own.text }, ...unread];
  }

  /** The rate of an agreement for goods of an origin, at the line with the longest prefix of the code. */
  preference(
    code: string,
    { agreement, origin }: { agreement: string; origin: Country },
  ): Preference | undefined {
    const found = this.#lineOf(code);
    if (found === undefined) return undefined;
    const { agreements } = this.schedule.header;
    for (const [key, { text, rate }] of Object.entries(found.line.preferences ?? {})) {
      const named = agreements?.[key];
      const isFor = named === undefined ? key === agreement : named.agreement === agreement;
      if (rate !== undefined && isFor && named?.origins.includes(origin) !== false)
        return this.#preferenceOf(found, { key, agreement, text, rate });
    }
    return undefined;
  }

  /**
   * A code with that many digits for goods of a shorter one: the last line under it, which is the one for other goods.
   * An undivided line is filled up with zeros, as its publishers write it. Undefined if the tariff does not have the
   * code.
   */
  wholeCode(code: string, digits: number): string | undefined {
    const last = this.#linesUnder(code).at(-1)?.line.code;
    if (last !== undefined) return last.padEnd(digits, '0');
    return this.#lineOf(code) === undefined ? undefined : code.padEnd(digits, '0');
  }

  /** The longer codes that begin with this one and that no code divides further, also those that only count goods. */
  codesUnder(code: string): readonly string[] {
    const known = this.#codes.get(code);
    if (known !== undefined) return known;
    const under = this.#linesUnder(code).map(({ line }) => line.code);
    const made = under.filter(
      (each, at) => each.length > code.length && under[at + 1]?.startsWith(each) !== true,
    );
    this.#codes.set(code, made);
    return made;
  }

  #lineOf(code: string): PlacedLine | undefined {
    if (this.#lines.has(code)) return this.#lines.get(code);
    const { byCode } = this.#chapterOf(code);
    let found: PlacedLine | undefined;
    for (let digits = code.length; digits >= 2 && found === undefined; digits -= 1)
      found = byCode.get(code.slice(0, digits));
    this.#lines.set(code, found);
    return found;
  }

  #linesUnder(code: string): readonly PlacedLine[] {
    const { lines } = this.#chapterOf(code);
    const from = firstFrom(lines, code);
    let to = from;
    while (lines[to]?.line.code.startsWith(code) === true) to += 1;
    return lines.slice(from, to);
  }

  #translated(code: string): readonly PlacedLine[] {
    const { hs } = this.schedule.header;
    if (hs === 'HS2022') return [];
    return this.#translate(code.slice(0, SUBHEADING), hs).flatMap((each) => this.#linesUnder(each));
  }

  #linesBelow(found: readonly PlacedLine[]): LinesBelow {
    const own = found.filter((placed) => this.#ratedAt(placed) === placed);
    return {
      rules: own.flatMap((placed) =>
        placed.line.rate === undefined ? [] : [this.#ruleOf(placed, placed.line.rate)],
      ),
      unread: own.flatMap(({ line: { code, rate, text } }) => (rate === undefined ? [{ code, text }] : [])),
    };
  }

  /** The line that a line has its rate from: one with a shorter code, if it only counts goods of that one apart. */
  #ratedAt(placed: PlacedLine): PlacedLine {
    const { byCode } = this.#chapterOf(placed.line.code);
    let rated = placed;
    for (let digits = placed.line.code.length - 1; digits >= 2; digits -= 1) {
      const above = byCode.get(placed.line.code.slice(0, digits));
      if (above === undefined) continue;
      if (!areOneRate(above.line, rated.line)) break;
      rated = above;
    }
    return rated;
  }

  /** The lines of the code's chapter that hold in the season. */
  #chapterOf(code: string): Chapter {
    const chapter = code.slice(0, 2);
    const known = this.#chapters.get(chapter);
    if (known !== undefined) return known;
    const placed = this.schedule.linesOf(chapter).map((line, index) => ({ line, index }));
    const held = placed.filter(({ line }) => isInSeason(line, this.#date));
    // A line of the season comes before one of the same code for the whole year.
    const byCode = new Map<string, PlacedLine>();
    for (const each of held) {
      const { code: own, season } = each.line;
      if (season !== undefined || !byCode.has(own)) byCode.set(own, each);
    }
    const made = { lines: held.filter((each) => byCode.get(each.line.code) === each), byCode };
    this.#chapters.set(chapter, made);
    return made;
  }

  #ruleOf(placed: PlacedLine, rate: DutyRate): TariffLine {
    const known = this.#rules.get(placed);
    if (known !== undefined) return known;
    const { code, text } = placed.line;
    const made: TariffLine = {
      ...this.#named(placed.line),
      kind: 'tariff-line',
      hsPrefix: code,
      rate,
      goods: '',
      published: this.#publishedAs(code, text),
    };
    // Descriptions are in a block of their own, which a price does not need.
    const goodsOf = () => this.schedule.goodsOf(code.slice(0, 2))[placed.index] ?? '';
    Object.defineProperty(made, 'goods', { get: goodsOf, enumerable: true });
    this.#rules.set(placed, made);
    return made;
  }

  #preferenceOf({ line }: PlacedLine, { key, agreement, text, rate }: NamedRate): Preference {
    const { id, ...named } = this.#named(line);
    return {
      ...named,
      id: `${id}-${key}`,
      kind: 'preference',
      agreement,
      rate,
      published: this.#publishedAs(line.code, text),
    };
  }

  /** What a rule of this edition has of its header. */
  #named({ code, season }: Line) {
    const { header } = this.schedule;
    const { tariff, edition, validFrom, law, source, provenance, confidence } = header;
    const review = reviewOf(header, this.#date);
    return {
      id: [tariff, edition.replaceAll('.', '-'), code, ...(season === undefined ? [] : [season.from])].join(
        '-',
      ),
      regime: this.#regime,
      tariff,
      validFrom,
      law: `${law} (edition ${edition}; ${source})`,
      provenance,
      confidence,
      ...(review === undefined ? {} : { review }),
    };
  }

  #publishedAs(code: string, published: string): Published {
    return { code, edition: this.edition, published, isCurrent: this.#date <= this.schedule.header.knownTo };
  }
}

/** Equal rates of a chapter are one object. */
const areOneRate = (a: Line, b: Line) => a.rate === b.rate && (a.rate !== undefined || a.text === b.text);

function reviewOf(header: ScheduleHeader, date: CalendarDate): string | undefined {
  const { tariff, edition, knownTo, averages, review } = header;
  const reasons = [
    ...(date <= knownTo
      ? []
      : [`edition ${edition} of the tariff ${tariff} was last seen in force on ${knownTo}`]),
    ...(averages === true ? ['the rate is an average of the lines under the code'] : []),
    ...(review === undefined ? [] : [review]),
  ];
  return reasons.length === 0 ? undefined : reasons.join('; ');
}
