import { readFileSync } from 'node:fs';
import { builtinRuleBook, type RuleBook } from '../../shared/duties/index.ts';
import { createRuleBook } from '../../shared/duties/rule-book.ts';
import type { Rule } from '../../shared/duties/rules/schema.ts';
import { createSchedules, type TariffSchedules } from '../../shared/duties/schedules/index.ts';
import type { ScheduleHeader, ScheduleLine } from '../../shared/duties/schedules/schedule.ts';
import { encodeSchedule } from '../../shared/duties/schedules/schedule-file.ts';

const scheduleHeader: ScheduleHeader = {
  tariff: 'us',
  edition: '2026-11',
  validFrom: '2026-11-01',
  knownTo: '2026-12-31',
  hs: 'HS2022',
  law: 'a tariff for this test',
  source: 'a file for this test',
  provenance: 'published',
  confidence: 'high',
};

/** Lines with a percentage, by code. */
export const percentLines = (rates: Readonly<Record<string, string>>): ScheduleLine[] =>
  Object.entries(rates).map(([code, rate]) => ({ code, goods: `Goods of ${code}`, text: `${rate}%`, rate }));

export interface TestEdition {
  /** Others are those of the United States' tariff from 2026-11-01. */
  readonly header?: Partial<ScheduleHeader>;
  readonly lines: readonly ScheduleLine[];
}

/** Schedules of these editions, encoded to files and read from them. */
export function schedulesOf(...editions: readonly TestEdition[]): TariffSchedules {
  const files = editions.map(({ header, lines }, index) => {
    const whole = { ...scheduleHeader, ...header };
    const { tariff, validFrom } = whole;
    return { name: `${index}`, tariff, validFrom, bytes: encodeSchedule(whole, lines) };
  });
  return createSchedules(files, (name) => {
    if (name.endsWith('.json')) return readFileSync(`shared/duties/schedules/editions/${name}`);
    const file = files[Number(name)];
    if (file === undefined) throw new Error(`no file ${name}`);
    return file.bytes;
  });
}

/** The repository's rules with these editions; with other rows if they are given. */
export const rulesWith = (
  schedules: TariffSchedules,
  rows: readonly Rule[] = builtinRuleBook.rows,
): RuleBook => createRuleBook(rows, 'test', schedules);
