import { describe, expect, test } from 'vitest';
import { createStrike } from '../../../infra/local/faults/create-strike.ts';
import { countsSince, createMeter } from '../../../infra/local/meter/create-meter.ts';
import { bill } from '../../../shared/usage/bill.ts';
import { provisionedPrices } from '../../../shared/usage/prices.ts';

describe('the meter', () => {
  test('counts by unit, and gives the difference between two times', () => {
    const { meter, counts } = createMeter();
    meter('sqs.requests', 2);
    const before = counts();
    meter('sqs.requests', 3);
    meter('dynamodb.readUnits', 0.5);
    meter('events.put', 0);
    expect(before).toEqual({ 'sqs.requests': 2 });
    expect(countsSince(before, counts())).toEqual({ 'dynamodb.readUnits': 0.5, 'sqs.requests': 3 });
  });
});

describe('a bill', () => {
  test('gives the list price of each unit and the total, highest amount first', () => {
    const counts = { 'lambda.requests': 10_000, 'lambda.mbMs': 10_240_000, 'dynamodb.readUnits': 1000.5 };
    const { lines, totalMicroUsd, totalPerOrderNanoUsd } = bill(counts, 100);
    expect(lines.map(({ unit, amountMicroUsd }) => [unit, amountMicroUsd])).toEqual([
      ['lambda.requests', 2000],
      // 10 GB-seconds at 13.3334 millionths of a dollar.
      ['lambda.mbMs', 133],
      ['dynamodb.readUnits', 125],
    ]);
    expect(totalMicroUsd).toBe(2258);
    expect(totalPerOrderNanoUsd).toBe(22_584);
    expect(lines[0]?.perOrderNanoUsd).toBe(20_000);
  });

  test('of a table with provisioned capacity that is used to 70 percent', () => {
    const { lines } = bill(
      { 'dynamodb.writeUnits': 2_520, 'dynamodb.readUnits': 2_520 },
      1,
      provisionedPrices,
    );
    // One unit a second for an hour is 3,600 units, and 70 percent of them are used: 0.00065 and 0.00013 dollars.
    expect(lines.map(({ unit, amountMicroUsd }) => [unit, amountMicroUsd])).toEqual([
      ['dynamodb.writeUnits', 650],
      ['dynamodb.readUnits', 130],
    ]);
  });

  test('refuses a unit that has no price', () => {
    expect(() => bill({ 'moon.trips': 1 })).toThrow('moon.trips');
  });
});

describe('the generator of faults', () => {
  test('gives the same answers for the same seed, and faults at about the given rate', () => {
    const draw = (seed: number): boolean[] => {
      const strike = createStrike(seed, { drop: 0.25 });
      return Array.from({ length: 4000 }, () => strike('drop'));
    };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    const struck = draw(5).filter(Boolean).length;
    expect(struck).toBeGreaterThan(900);
    expect(struck).toBeLessThan(1100);
  });

  test('gives no fault without a rate', () => {
    const strike = createStrike(1, {});
    expect(Array.from({ length: 100 }, () => strike('kill'))).not.toContain(true);
  });
});
