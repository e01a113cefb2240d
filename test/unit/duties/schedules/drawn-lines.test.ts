import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { ConsignmentLine } from '../../../../events/landed-cost.ts';
import { amountAt } from '../../../../shared/duties/assess/duty-rate.ts';
import { editionFiles } from '../../../../shared/duties/schedules/index.ts';
import type { ScheduleLine } from '../../../../shared/duties/schedules/schedule.ts';
import { openSchedule } from '../../../../shared/duties/schedules/schedule-file.ts';
import type { Currency } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { rulesWithEditions } from '../../../builders/editions.ts';

/** A line that was drawn, read in the publisher's table, and worked out. */
interface DrawnLine {
  readonly tariff: string;
  /** `chapter`, or the form of its rate. */
  readonly drawn: string;
  readonly code: string;
  /** As its publisher prints the rate that is applied. */
  readonly printed: string;
  readonly date?: string;
  /** Of all units, in minor units. */
  readonly value: number;
  readonly quantity: number;
  /** Of one unit. */
  readonly grams: number;
  readonly measures?: ConsignmentLine['measures'];
  readonly steps: string;
  /** Absent for a line that is refused. */
  readonly duty?: number;
}

type Line = Omit<ScheduleLine, 'goods'>;

const { lines } = JSON.parse(readFileSync('test/fixtures/tariffs/drawn-lines.json', 'utf8')) as {
  readonly lines: readonly DrawnLine[];
};

const currencies: Readonly<Record<string, Currency>> = {
  ...{ us: 'USD', gb: 'GBP', eu: 'EUR', jp: 'JPY', za: 'ZAR', au: 'AUD', ng: 'NGN', vn: 'VND' },
};

/** How many chapters of an edition are drawn. */
const chapters: Readonly<Record<string, number>> = {
  ...{ us: 4, gb: 4, eu: 4, jp: 4, za: 4, au: 3, ng: 3, vn: 4 },
};

/** The forms of rates, by the words that publishers print. Of each form that occurs one line is drawn. */
const forms: Readonly<Record<string, RegExp>> = {
  specific: /^(?!.*%).*\d/,
  compound: /%.*[+＋]|[+＋].*%/,
  bounded: /\b(MIN|MAX)\b|\bor \d|いずれか/,
  alcohol: /vol|pf\.|of alcohol|li aa/,
};

const rank = (...of: string[]) =>
  createHash('sha256')
    .update(['golden', ...of].join(' '))
    .digest('hex');

function leastBy<T>(all: readonly T[], rankOf: (one: T) => string): T | undefined {
  return all.toSorted((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1)).at(0);
}

function drawnFrom(file: string): string[] {
  const schedule = openSchedule(readFileSync(`shared/duties/schedules/editions/${file}`));
  const { tariff } = schedule.header;
  const name = `${tariff} ${schedule.header.edition}`;
  const rankOf = ({ code, season }: Line) => rank(name, code, season?.from ?? '');
  const all = schedule.chapters.flatMap((chapter) => schedule.linesOf(chapter));
  const found: [drawn: string, line: Line | undefined][] = schedule.chapters
    .toSorted((a, b) => (rank(name, a) < rank(name, b) ? -1 : 1))
    .slice(0, chapters[tariff])
    .map((chapter) => ['chapter', leastBy(schedule.linesOf(chapter), rankOf)]);
  for (const [form, words] of Object.entries(forms)) {
    const taken = new Set(found.map(([, line]) => line));
    const own = all.filter((line) => words.test(line.text) && !taken.has(line));
    found.push([form, leastBy(own, rankOf)]);
  }
  const seasonal = all.filter(({ season }) => season !== undefined);
  found.push(['season', leastBy(seasonal, rankOf)]);
  return found.flatMap(([drawn, line]) => (line === undefined ? [] : [`${tariff} ${drawn} ${line.code}`]));
}

const withoutSpaces = (text = '') => text.replace(/\s/g, '');

describe('lines of tariffs that were drawn', () => {
  it('are those that the draw finds', () => {
    const drawn = editionFiles
      .filter(({ tariff }) => tariff in chapters)
      .flatMap(({ name }) => drawnFrom(name));
    const read = new Set(lines.map(({ tariff, drawn: how, code }) => `${tariff} ${how} ${code}`));
    expect([...read].toSorted()).toEqual(drawn.toSorted());
  });

  test.each(lines)('$tariff $code ($drawn): $steps', (line) => {
    const { tariff, code, printed, date = '2026-12-01' } = line;
    const found = rulesWithEditions.rulesOf(tariff, date).scheduleOf(tariff);
    const rule = found?.lineOf(code)?.rule;
    const text = rule?.published?.published ?? found?.unreadFor(code)[0]?.text;
    expect(withoutSpaces(text)).toContain(withoutSpaces(printed));
    const goods = {
      ...{ lineId: '1', sku: 'S', hsCode: code, originCountry: 'TW', quantity: line.quantity },
      ...{ unitWeightGrams: line.grams, measures: line.measures ?? {} },
    } as ConsignmentLine;
    const base = money(line.value, currencies[tariff] ?? 'USD');
    const duty = rule === undefined ? undefined : amountAt(rule.rate, base, goods);
    expect(duty?.amountMinor).toBe(line.duty);
  });
});
