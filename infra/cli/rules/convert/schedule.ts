import type { DutyRate } from '../../../../shared/duties/rules/schema.ts';
import type { Currency } from '../../../../shared/kernel/currency.ts';

/** A file of a schedule as it was read from disk. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** Which countries of origin: all where absent. */
export type Origins = { readonly only: readonly string[] } | { readonly except: readonly string[] };

/** A schedule's statement about a code, before it becomes a rule. */
interface Stated {
  /** The first digits of the goods' codes. */
  readonly code: string;
  /** The schedule's own dates; its rules hold from the conversion's day at the earliest. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly law: string;
}

interface StatedOfOrigin extends Stated {
  /** The schedule's code of the origin, country or group, for the rule's id. */
  readonly area?: string | undefined;
  readonly origins?: Origins | undefined;
}

export type ScheduleItem =
  | (StatedOfOrigin & { readonly kind: 'tariff-line'; readonly goods: string; readonly rate: DutyRate })
  | (StatedOfOrigin & { readonly kind: 'preference'; readonly agreement: string; readonly rate: DutyRate })
  | (StatedOfOrigin & {
      readonly kind: 'additional-duty';
      readonly duty: 'anti-dumping' | 'countervailing';
      readonly rate: string;
    })
  /** A trade defence duty that can't be a rule: its goods are refused, for without it they would be too cheap. */
  | (StatedOfOrigin & { readonly kind: 'refusal'; readonly why: string });

/** A row that was not converted: where it is, and why. */
export interface Unconverted {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly reason: string;
  /** The row's own words. */
  readonly text: string;
}

export interface ReadSchedule {
  readonly items: readonly ScheduleItem[];
  /** Codes that the schedule has a rate for, whether it was readable or not. */
  readonly codes: readonly string[];
  /** Rows of the files: read = converted + inherited + left out + not converted. */
  readonly read: number;
  readonly converted: number;
  readonly inherited: number;
  /** The number of rows that are not converted, by reason. */
  readonly leftOut: ReadonlyMap<string, number>;
  readonly unconverted: readonly Unconverted[];
  /** Preferences of rows that were converted otherwise. */
  readonly unconvertedPreferences: readonly Unconverted[];
}

/** An agreement that the origins of a preference stand for. */
export interface Agreement {
  readonly code: string;
  /** Countries of its origin; those of the file, or the one whose code the area is, where absent. */
  readonly origins?: readonly string[] | undefined;
}

export interface ReadOptions {
  /** Names the state of the schedule in each rule's law. */
  readonly release: string;
  /** Agreements by program or area of origin, besides those that the schedule's reader knows. */
  readonly agreements: ReadonlyMap<string, Agreement>;
}

/** A public schedule that can be converted, and where its rules belong. */
export interface ScheduleFormat {
  readonly regime: string;
  readonly tariff: string;
  readonly currency: Currency;
  readonly title: string;
  /** Throws an Error with one line per problem if a file does not have the format. */
  read(files: readonly SourceFile[], options: ReadOptions): ReadSchedule;
}

/** Counts rows that are left out, by reason. */
export function createCounts(): { add(reason: string): void; readonly counts: ReadonlyMap<string, number> } {
  const counts = new Map<string, number>();
  return { counts, add: (reason) => counts.set(reason, (counts.get(reason) ?? 0) + 1) };
}
