import type { DutyRate } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import type { Currency } from '../../../../shared/kernel/currency.ts';
import type { Origins } from '../../tariff/rates/origins.ts';

/** A file of a schedule, read from disk. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** A statement of a schedule about a code, before it becomes a rule. */
interface Stated {
  /** The first digits of the goods' codes. */
  readonly code: string;
  /** The dates in the schedule. Its rules are in force from the first day of the conversion or later. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly law: string;
}

interface StatedOfOrigin extends Stated {
  /** The schedule's code for the origin, a country or a group. It is part of the rule's id. */
  readonly area?: string | undefined;
  readonly origins?: Origins | undefined;
}

export type ScheduleItem =
  | (StatedOfOrigin & { readonly kind: 'tariff-line'; readonly goods: string; readonly rate: DutyRate })
  | (StatedOfOrigin & { readonly kind: 'preference'; readonly agreement: string; readonly rate: DutyRate })
  | (StatedOfOrigin & {
      readonly kind: 'additional-duty';
      readonly duty: 'anti-dumping' | 'countervailing';
      readonly rate: DutyRate;
    })
  /**
   * A trade defence duty that cannot be a rule. Its goods are refused, because a price without this duty would be too
   * low.
   */
  | (StatedOfOrigin & { readonly kind: 'refusal'; readonly why: string });

/** A row that was not converted, with its place and the reason. */
export interface Unconverted {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  /** The text of the row. */
  readonly text: string;
}

export interface ReadSchedule {
  readonly items: readonly ScheduleItem[];
  /** All codes for which the schedule has a rate, readable or not. */
  readonly codes: readonly string[];
  /** The number of rows in the files. It is the sum of converted, inherited, left out and not converted rows. */
  readonly read: number;
  readonly converted: number;
  readonly inherited: number;
  /** The number of rows that are left out, by reason. */
  readonly leftOut: ReadonlyMap<string, number>;
  readonly unconverted: readonly Unconverted[];
  /** Preferences that could not be converted, of rows whose other rates were converted. */
  readonly unconvertedPreferences: readonly Unconverted[];
}

/** An agreement for the origins of a preference. */
export interface Agreement {
  readonly code: string;
  /** The agreement's countries. Without it: the countries of the file, or the country whose code is the area. */
  readonly origins?: readonly string[] | undefined;
}

export interface ReadOptions {
  /** The name of the release of the schedule, for each rule's law. */
  readonly release: string;
  /** Further agreements by program or area of origin. The schedule's reader knows some already. */
  readonly agreements: ReadonlyMap<string, Agreement>;
}

/** A public schedule that can be converted, and the regime and tariff of its rules. */
export interface ScheduleFormat {
  readonly regime: string;
  readonly tariff: string;
  readonly currency: Currency;
  readonly title: string;
  /** Throws an Error with one line per problem if a file does not have the format. */
  read(files: readonly SourceFile[], options: ReadOptions): ReadSchedule;
}

/** A counter of rows that are left out, by reason. */
export function createCounts(): { add(reason: string): void; readonly counts: ReadonlyMap<string, number> } {
  const counts = new Map<string, number>();
  return { counts, add: (reason) => counts.set(reason, (counts.get(reason) ?? 0) + 1) };
}
