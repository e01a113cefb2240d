import type { CalendarDate } from '../../kernel/time.ts';
import { hsCodesOf } from './hs-codes.ts';
import type { ScheduleHeader } from './schedule.ts';
import { openSchedule, type Schedule } from './schedule-file.ts';

/** The editions of tariffs that a rule book takes lines from. Synchronous: a price is computed without waiting. */
export interface TariffSchedules {
  /** The edition of the tariff whose rates are used on the date; undefined where there is none. */
  editionOn(tariff: string, date: CalendarDate): Schedule | undefined;
  /** The subheadings of that edition of the Harmonised System which a subheading of HS 2022 became or came from. */
  translate(subheading: string, to: ScheduleHeader['hs']): readonly string[];
}

/** An edition in a file: what is known of it before the file is opened. */
export interface EditionFile {
  /** `us-2025-11.schedule`. */
  readonly name: string;
  /** As the header of the edition has them. */
  readonly tariff: string;
  readonly validFrom: CalendarDate;
}

/**
 * Editions that are opened when they are first asked for. Of a tariff's editions the one with the latest first day up
 * to the date is used; of two with one first day, the later in the list. `read` gives the bytes of a file, those with
 * the correlations of the Harmonised System too.
 */
export function createSchedules(
  files: readonly EditionFile[],
  read: (name: string) => Uint8Array,
): TariffSchedules {
  const byTariff = Map.groupBy(files, ({ tariff }) => tariff);
  const opened = new Map<string, Schedule>();
  return {
    editionOn(tariff, date) {
      const used = latestOf(byTariff.get(tariff) ?? [], tariff, date);
      if (used === undefined) return undefined;
      const known = opened.get(used.name) ?? openSchedule(read(used.name));
      opened.set(used.name, known);
      return known;
    },
    translate: hsCodesOf(read),
  };
}

/**
 * The edition of the tariff with the latest first day up to the date; of two with one first day, the later in the list.
 */
export function latestOf(
  files: readonly EditionFile[],
  tariff: string,
  date: CalendarDate,
): EditionFile | undefined {
  return files.reduce<EditionFile | undefined>((best, file) => {
    if (file.tariff !== tariff || file.validFrom > date) return best;
    return best === undefined || file.validFrom >= best.validFrom ? file : best;
  }, undefined);
}

/** The schedules with further editions. Of two with one first day, the further one is used. */
export function withEditions(
  base: TariffSchedules | undefined,
  files: readonly EditionFile[],
  opened: (name: string) => Schedule,
): TariffSchedules {
  return {
    editionOn(tariff, date) {
      const own = latestOf(files, tariff, date);
      const other = base?.editionOn(tariff, date);
      if (own === undefined || (other !== undefined && other.header.validFrom > own.validFrom)) return other;
      return opened(own.name);
    },
    translate: base?.translate ?? (() => []),
  };
}
