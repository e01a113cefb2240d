import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isUnreadable, type Unreadable } from '../../../../infra/cli/tariff/rates/express-rate.ts';
import { splitSeasons } from '../../../../infra/cli/tariff/rates/seasons.ts';
import { readDutyExpression } from '../../../../infra/cli/tariff/rates/taric-duty.ts';
import { readUsitcRate } from '../../../../infra/cli/tariff/rates/usitc-rate.ts';
import { type DutyRate, dutyRateSchema } from '../../../../shared/duties/rules/duty-rate-schema.ts';

interface Reading {
  readonly rate?: unknown;
  readonly reason?: string;
}

interface Seasonal extends Reading {
  readonly days?: readonly string[];
}

const { us, gb, eu } = JSON.parse(readFileSync('test/fixtures/tariffs/rate-texts.json', 'utf8')) as {
  readonly us: readonly (Reading & { readonly text: string })[];
  readonly gb: readonly { readonly text: string; readonly rates: readonly Seasonal[] }[];
  readonly eu: readonly { readonly text: string; readonly rates: readonly Seasonal[] }[];
};

const outcomeOf = (read: DutyRate | Unreadable): Reading =>
  isUnreadable(read) ? { reason: read.unreadable } : { rate: dutyRateSchema.parse(read) };

describe('every form of rate that occurs', () => {
  test.each(us)('in the United States: $text', ({ text, ...reading }) => {
    expect(outcomeOf(readUsitcRate(text))).toEqual(reading);
  });

  test.each([
    ...gb.map((each) => ({ ...each, currency: 'GBP' as const })),
    ...eu.map((each) => ({ ...each, currency: 'EUR' as const })),
  ])('in $currency: $text', ({ text, rates, currency }) => {
    const read = splitSeasons(text)?.map((part) => ({
      ...(part.seasons.length === 0 ? {} : { days: part.seasons.map(({ from, to }) => `${from}..${to}`) }),
      ...outcomeOf(readDutyExpression(part.text, currency, { bare: true })),
    }));
    expect(read).toEqual(rates);
  });
});
