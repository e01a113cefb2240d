import { invariant } from '../../kernel/invariant.ts';
import type { Instant } from '../../kernel/time.ts';
import { calendarDateIn } from '../../kernel/zoned-time.ts';
import { regimes } from '../regimes/index.ts';
import type { ScheduleHeader } from '../schedules/schedule.ts';
import { type EditionFile, latestOf, type TariffSchedules } from '../schedules/schedules.ts';
import { isTariffOf } from './is-tariff-of.ts';
import type { TariffStore } from './tariff-store.ts';

/** An edition that prices may use, and whether they do today. */
export interface EditionInUse {
  readonly header: ScheduleHeader;
  readonly lines: number;
  /** Undefined if it came with the code. */
  readonly importedAt?: Instant | undefined;
  /** Whether its rates are used today in the destination. */
  readonly isUsed: boolean;
  /** Whether it is known to be in force today. */
  readonly isCurrent: boolean;
}

/** Every edition, by tariff and first day: those that came with the code, and those that the deployment imported. */
export async function editionsInUse(
  {
    store,
    beside,
    files,
  }: {
    readonly store: TariffStore;
    readonly beside: TariffSchedules;
    readonly files: readonly EditionFile[];
  },
  now: Instant,
): Promise<EditionInUse[]> {
  const imported = (await store.current())?.editions ?? [];
  const all = [...files, ...imported];
  const editions = all.map(async (file): Promise<EditionInUse> => {
    const { tariff, validFrom, name } = file;
    const today = todayAt(tariff, now);
    const isUsed = latestOf(all, tariff, today) === file;
    if (!imported.includes(file)) {
      const schedule = beside.editionOn(tariff, validFrom);
      invariant(schedule !== undefined, 'an edition that comes with the code is found by its first day', {
        name,
      });
      const { header, lineCount: lines } = schedule;
      return { header, lines, isUsed, isCurrent: today <= header.knownTo };
    }
    const stored = await store.edition(name);
    invariant(stored !== undefined, 'an imported edition is stored', { name });
    return { ...stored, isUsed, isCurrent: today <= stored.header.knownTo };
  });
  const keyOf = ({ header: { tariff, validFrom } }: EditionInUse) => `${tariff} ${validFrom}`;
  return (await Promise.all(editions)).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** The date at the destination of the tariff. */
function todayAt(tariff: string, now: Instant): string {
  const regime = regimes.find(({ code }) => isTariffOf(tariff, code));
  return calendarDateIn(regime?.timeZone ?? 'UTC', now);
}
