import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priceParcel } from '../../../shared/freight/price-parcel.ts';
import { rateCard } from '../../builders/network.ts';

const parcel = (grossWeightGrams: number, [lengthMm, widthMm, heightMm]: [number, number, number]) => ({
  grossWeightGrams,
  dimensions: { lengthMm, widthMm, heightMm },
});
const small = (grams: number) => parcel(grams, [200, 150, 50]);
const berlin = { country: 'DE', postalCode: '10115' };
const day = '2026-11-23';

/** 4.00 up to 1 kg, 6.00 up to 2 kg, 0.75 for each 500 g begun beyond. */
const breaks = {
  weightBreaks: [
    { upToGrams: 1_000, priceMinor: 400 },
    { upToGrams: 2_000, priceMinor: 600 },
  ],
  additionalStep: { stepGrams: 500, priceMinor: 75 },
};

function priced(...args: Parameters<typeof priceParcel>) {
  const answer = priceParcel(...args);
  if ('reason' in answer) throw new Error(answer.detail);
  return answer;
}
const minor = (...args: Parameters<typeof priceParcel>) => priced(...args).freight.amountMinor;
const reason = (...args: Parameters<typeof priceParcel>) => {
  const answer = priceParcel(...args);
  return 'reason' in answer ? answer.reason : undefined;
};

describe('freight by weight', () => {
  const card = rateCard({ zones: [{ zone: 'A', ...breaks }] });

  it.each([
    // On a break and a gram over it.
    [1_000, 400],
    [1_001, 600],
    [2_000, 600],
    // 2,001 g begin the first step beyond: 6.00 + 0.75. 2,500 g end it, 2,501 g begin the second.
    [2_001, 675],
    [2_500, 675],
    [2_501, 750],
  ])('of %i g costs %i', (grams, expected) => {
    expect(minor(card, small(grams), berlin, day)).toBe(expected);
  });

  it('shows how each amount was computed', () => {
    expect(priced(card, small(2_501), berlin, day).parts.map(({ formula }) => formula)).toEqual([
      '7.50 EUR = 6.00 EUR up to 2000 g + 2 x 0.75 EUR for each 500 g begun, rate card card; charged for 2501 g',
    ]);
  });

  it('ends at the last weight break if no price is stated beyond it', () => {
    const { weightBreaks } = breaks;
    const ending = rateCard({ zones: [{ zone: 'A', weightBreaks }] });
    expect(minor(ending, small(2_000), berlin, day)).toBe(600);
    expect(reason(ending, small(2_001), berlin, day)).toBe('too-heavy');
  });

  it('is looked up after rounding the weight up to the step of the rate card', () => {
    const inHalfKilograms = rateCard({ weightStepGrams: 500, zones: [{ zone: 'A', ...breaks }] });
    expect(priced(inHalfKilograms, small(1_001), berlin, day).billableGrams).toBe(1_500);
    expect(priced(inHalfKilograms, small(1_500), berlin, day).billableGrams).toBe(1_500);
  });

  it('never falls when the weight rises', () => {
    const growing = fc
      .array(
        fc.record({ step: fc.integer({ min: 1, max: 3_000 }), rise: fc.integer({ min: 0, max: 900 }) }),
        {
          minLength: 1,
          maxLength: 12,
        },
      )
      .map((rows) => {
        let upToGrams = 0;
        let priceMinor = 300;
        return rows.map(({ step, rise }) => {
          upToGrams += step;
          priceMinor += rise;
          return { upToGrams, priceMinor };
        });
      });
    fc.assert(
      fc.property(
        growing,
        fc.integer({ min: 1, max: 30_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.option(fc.integer({ min: 1_000, max: 8_000 }), { nil: undefined }),
        (weightBreaks, grams, more, dimensionalDivisor) => {
          const monotone = rateCard({
            maxWeightGrams: 40_000,
            zones: [{ zone: 'A', weightBreaks, additionalStep: { stepGrams: 400, priceMinor: 35 } }],
            fuel: [{ from: '2026-01-01', percent: '17.25' }],
            ...(dimensionalDivisor === undefined ? {} : { dimensionalDivisor }),
          });
          expect(minor(monotone, small(Math.min(grams + more, 40_000)), berlin, day)).toBeGreaterThanOrEqual(
            minor(monotone, small(grams), berlin, day),
          );
        },
      ),
    );
  });
});

describe('dimensional weight', () => {
  const card = rateCard({ dimensionalDivisor: 5_000, zones: [{ zone: 'A', ...breaks }] });

  it('is charged if it exceeds the measured weight', () => {
    // 300 x 200 x 100 mm are 6,000 cm3; through 5,000 cm3/kg that is 1,200 g.
    const { billableGrams, freight } = priced(card, parcel(900, [300, 200, 100]), berlin, day);
    expect([billableGrams, freight.amountMinor]).toEqual([1_200, 600]);
    expect(priced(card, parcel(1_300, [300, 200, 100]), berlin, day).billableGrams).toBe(1_300);
  });

  it('rounds up to the next gram', () => {
    // 250 x 200 x 100 mm are exactly 1,000 g; 251 x 200 x 100 mm are 1,004 g; 250 x 200 x 101 mm 1,010 g.
    expect(minor(card, parcel(1, [250, 200, 100]), berlin, day)).toBe(400);
    // 101 x 101 x 491 mm are 5,008,691 mm3: 1,001.7 g, and so 1,002 g.
    expect(priced(card, parcel(1, [101, 101, 491]), berlin, day).billableGrams).toBe(1_002);
    expect(minor(card, parcel(1, [101, 101, 491]), berlin, day)).toBe(600);
  });

  it('is not charged by a rate card without a divisor', () => {
    const none = rateCard({ zones: [{ zone: 'A', ...breaks }] });
    expect(minor(none, parcel(900, [600, 400, 400]), berlin, day)).toBe(400);
  });
});

describe('zones', () => {
  const { weightBreaks } = breaks;
  const flat = (zone: string, priceMinor: number, places?: object[]) => ({
    zone,
    weightBreaks: [{ upToGrams: 30_000, priceMinor }],
    ...(places === undefined ? {} : { places }),
  });
  const card = rateCard({
    zones: [
      flat('city', 300, [{ country: 'DE', postalPrefixes: ['101', 'SW'] }]),
      flat('north', 400, [{ country: 'DE', postalPrefixes: ['1', '2'] }]),
      flat('germany', 500, [{ country: 'DE' }]),
      flat('scotland', 900, [{ country: 'GB', postalPrefixes: ['EH', 'G'] }]),
    ] as never,
  });

  it.each([
    ['DE', '10115', 300],
    ['DE', '10999', 400],
    ['DE', '20095', 400],
    ['DE', '80331', 500],
    ['DE', undefined, 500],
    ['GB', 'eh1 1yz', 900],
  ])(
    '%s %s is charged %i: the longest prefix wins, in any spelling of the code',
    (country, postalCode, expected) => {
      expect(minor(card, small(100), { country, postalCode }, day)).toBe(expected);
    },
  );

  it('a place in no zone is refused, and the reason is named', () => {
    expect(reason(card, small(100), { country: 'GB', postalCode: 'SW1A 1AA' }, day)).toBe('no-zone');
    expect(reason(card, small(100), { country: 'FR' }, day)).toBe('no-zone');
    const elsewhere = rateCard({ zones: [{ zone: 'all', weightBreaks }] });
    expect(minor(elsewhere, small(100), { country: 'FR' }, day)).toBe(400);
  });
});

describe('surcharges', () => {
  const card = rateCard({
    zones: [{ zone: 'A', ...breaks }],
    fuel: [
      { from: '2026-01-01', to: '2026-11-22', percent: '10' },
      { from: '2026-11-23', percent: '18.5' },
    ],
    surcharges: [
      { code: 'residential', description: 'Home address', amountMinor: 120, when: { residential: true } },
      {
        code: 'peak',
        description: 'Peak season',
        percent: '5',
        when: { from: '2026-11-20', to: '2026-12-24' },
      },
      {
        code: 'oversize',
        description: 'Large parcel',
        amountMinor: 1_000,
        when: { oversize: { longestSideOverMm: 600, weightOverGrams: 20_000 } },
        bearsFuel: true,
      },
    ],
    remoteAreas: [
      {
        country: 'DE',
        postalCodes: [
          { from: '25980', to: '25999' },
          { from: '264', to: '265' },
        ],
        amountMinor: 850,
      },
    ],
  });
  const parts = (...args: Parameters<typeof priceParcel>) =>
    Object.fromEntries(priced(...args).parts.map(({ code, amount }) => [code, amount.amountMinor]));

  it('are each computed by their own rule; the fuel surcharge applies to freight and to marked surcharges', () => {
    // 2.4 kg: 6.00 + 0.75 = 6.75. Peak 5 % = 0.3375, so 0.34. Fuel 18.5 % of 6.75 = 1.24875, so 1.25.
    expect(parts(card, small(2_400), berlin, day)).toEqual({
      ...{ freight: 675, residential: 120, peak: 34, fuel: 125 },
    });
    expect(minor(card, small(2_400), berlin, day)).toBe(675 + 120 + 34 + 125);
    // Over 60 cm: fuel on 6.75 + 10.00 = 16.75, 3.09875, so 3.10. Freight of 2.4 kg without a divisor as before.
    expect(parts(card, parcel(2_400, [601, 100, 100]), berlin, day)).toMatchObject({
      oversize: 1_000,
      fuel: 310,
    });
    expect(parts(card, parcel(2_400, [600, 100, 100]), berlin, day)).not.toHaveProperty('oversize');
    expect(parts(card, small(20_001), berlin, day)).toHaveProperty('oversize');
  });

  it('apply from their first day to their last day', () => {
    expect(parts(card, small(1_000), berlin, '2026-11-19')).toMatchObject({ fuel: 40 });
    expect(parts(card, small(1_000), berlin, '2026-11-19')).not.toHaveProperty('peak');
    expect(parts(card, small(1_000), berlin, '2026-11-20')).toMatchObject({ peak: 20 });
    expect(parts(card, small(1_000), berlin, '2026-11-22')).toMatchObject({ fuel: 40 });
    expect(parts(card, small(1_000), berlin, '2026-11-23')).toMatchObject({ fuel: 74 });
    expect(parts(card, small(1_000), berlin, '2026-12-24')).toMatchObject({ peak: 20 });
    expect(parts(card, small(1_000), berlin, '2026-12-25')).not.toHaveProperty('peak');
    expect(parts(card, small(1_000), berlin, '2025-06-01')).not.toHaveProperty('fuel');
  });

  it('for homes are not charged for a business address', () => {
    expect(parts(card, small(500), { ...berlin, residential: false }, day)).not.toHaveProperty('residential');
    expect(parts(card, small(500), { ...berlin, residential: true }, day)).toHaveProperty('residential');
  });

  it.each([
    ['25979', 0],
    ['25980', 850],
    ['25999', 850],
    ['26000', 0],
    ['26399', 0],
    ['26400', 850],
    ['26599', 850],
    ['26600', 0],
    [undefined, 0],
  ])('a remote area is recognised by its postal code: %s', (postalCode, expected) => {
    expect(parts(card, small(500), { country: 'DE', postalCode }, day)['remote-area'] ?? 0).toBe(expected);
  });

  it('have amounts that add up, to the minor unit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30_000 }),
        fc.constantFrom('10115', '25990'),
        (grams, postalCode) => {
          const answer = priced(card, small(grams), { country: 'DE', postalCode }, day);
          const sum = answer.parts.reduce((all, { amount }) => all + amount.amountMinor, 0);
          expect(answer.freight.amountMinor).toBe(sum);
          expect(Number.isSafeInteger(sum)).toBe(true);
        },
      ),
    );
  });
});

describe('a parcel that the carrier does not take', () => {
  const card = rateCard({ maxWeightGrams: 20_000, maxLongestSideMm: 1_000, maxLengthPlusGirthMm: 2_000 });

  it.each([
    ['too-heavy', 20_001, [100, 100, 100]],
    [undefined, 20_000, [100, 100, 100]],
    ['too-long', 500, [100, 1_001, 100]],
    [undefined, 500, [100, 1_000, 100]],
    // 800 + 2 x (400 + 200) = 2,000 mm.
    [undefined, 500, [400, 800, 200]],
    ['too-large', 500, [400, 800, 201]],
  ] as const)('%s: %i g, %j mm', (expected, grams, sides) => {
    expect(reason(card, parcel(grams, [...sides]), berlin, day)).toBe(expected);
  });

  it('is not priced by a rate card before its first day or after its last day', () => {
    const dated = rateCard({ validFrom: '2026-11-01', validTo: '2026-11-30' });
    expect(reason(dated, small(1), berlin, '2026-10-31')).toBe('no-rate-card');
    expect(reason(dated, small(1), berlin, '2026-11-01')).toBeUndefined();
    expect(reason(dated, small(1), berlin, '2026-11-30')).toBeUndefined();
    expect(reason(dated, small(1), berlin, '2026-12-01')).toBe('no-rate-card');
  });
});
