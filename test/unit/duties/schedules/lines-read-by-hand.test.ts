import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { amountAt } from '../../../../shared/duties/assess/duty-rate.ts';
import { dutyRateSchema } from '../../../../shared/duties/rules/duty-rate-schema.ts';
import type { Currency } from '../../../../shared/kernel/currency.ts';
import { money } from '../../../../shared/kernel/money.ts';
import { schedulesBeside } from '../../../../shared/runtime/tariff-files.ts';
import { rulesWithEditions } from '../../../builders/editions.ts';

/** A line that a person read in the publisher's table, with the duty of goods worked out from its printed cells. */
interface LineReadByHand {
  readonly tariff: string;
  readonly code: string;
  /** The cells: in Japan general, temporary and WTO. For the Emirates, what the tariff of Oman prints on its page. */
  readonly printed: readonly string[];
  /** Of all units, in minor units of the destination's currency. */
  readonly value: number;
  readonly quantity: number;
  /** Of one unit. */
  readonly grams: number;
  readonly duty: number;
  readonly steps: string;
}

const lines = JSON.parse(
  readFileSync(new URL('../../../fixtures/tariffs/lines-read-by-hand.json', import.meta.url), 'utf8'),
) as readonly LineReadByHand[];

const currencies: Readonly<Record<string, Currency>> = {
  jp: 'JPY',
  za: 'ZAR',
  au: 'AUD',
  ng: 'NGN',
  sa: 'SAR',
  ae: 'AED',
};
const date = '2026-12-01';

describe('lines of tariffs that were read by hand', () => {
  it.each(lines)('$tariff $code: $steps', ({ tariff, code, printed, value, quantity, grams, duty }) => {
    const rule = rulesWithEditions.rulesOf(tariff, date).scheduleOf(tariff)?.lineOf(code)?.rule;
    expect(rule?.hsPrefix).toBe(code);
    expect(
      printed.some(
        (cell) => cell !== '' && withoutSpaces(rule?.published?.published).includes(withoutSpaces(cell)),
      ),
    ).toBe(true);
    const line = {
      lineId: '1',
      sku: 'S',
      hsCode: code,
      quantity,
      unitWeightGrams: grams,
      originCountry: 'US',
    };
    const base = money(value, currencies[tariff] ?? 'USD');
    const amount = amountAt(rule?.rate ?? '100', base, line as Parameters<typeof amountAt>[2]);
    expect(amount?.amountMinor).toBe(duty);
  });
});

const withoutSpaces = (text = '') => text.replace(/\s/g, '');

describe('editions', () => {
  // The numbers of lines of the publishers' files, and of those whose rate we do not compute.
  it.each([
    ['jp', 9_489, 167],
    ['za', 8_588, 5],
    ['au', 5_000, 36],
    ['ng', 6_129, 0],
    ['sa', 8_511, 170],
    ['ae', 8_085, 186],
  ])('%s has %i lines, of which %i have no computed rate', (tariff, count, unread) => {
    const schedule = schedulesBeside.editionOn(tariff, date);
    const all = (schedule?.chapters ?? []).flatMap((chapter) => schedule?.linesOf(chapter) ?? []);
    expect([all.length, all.filter(({ rate }) => rate === undefined).length]).toEqual([count, unread]);
    expect(all.filter(({ code }) => !/^\d{6,10}$/.test(code))).toEqual([]);
    const rates = all.flatMap(({ rate, preferences = {} }) => [
      ...(rate === undefined ? [] : [rate]),
      ...Object.values(preferences).flatMap((own) => (own.rate === undefined ? [] : [own.rate])),
    ]);
    const distinct = [...new Map(rates.map((rate) => [JSON.stringify(rate), rate])).values()];
    expect(distinct.filter((rate) => !dutyRateSchema.safeParse(rate).success)).toEqual([]);
  });
});
