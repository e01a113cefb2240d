import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LandedCost } from '../../../events/landed-cost.ts';
import { guaranteeCodeOf } from '../../../shared/quote/guarantee-code.ts';
import { optionOf, type Quote, quoteSchema, signQuote, verifyQuote } from '../../../shared/quote/quote.ts';
import { optionsToKeep, type PricedOption } from '../../../shared/quote/quote-options.ts';
import { consignment, landedCost } from '../../builders/landed-cost.ts';

/** A plan with that total that arrives on that day of December. */
function plan(total: number, day: number, service = 'standard'): LandedCost {
  const latest = `2026-12-${day.toString().padStart(2, '0')}T10:00:00.000Z`;
  const cost = landedCost({
    consignments: [consignment({ service, promise: { earliest: '2026-12-01T10:00:00.000Z', latest } })],
  });
  return { ...cost, totals: { ...cost.totals, total: { amount: total, currency: 'EUR' } } };
}
const option = (landed: LandedCost, more: Partial<PricedOption> = {}): PricedOption => ({
  landedCost: landed,
  service: landed.consignments[0]?.service ?? '',
  ...more,
});
const shown = (options: ReturnType<typeof optionsToKeep>) =>
  options.map(({ optionId, labels, landedCost: cost }) => [optionId, cost.totals.total.amount, ...labels]);

describe('the options of a quote', () => {
  const cheap = plan(1000, 12);
  const fast = plan(3000, 3, 'express');

  it('are the chosen plan and then the best plan for each objective, with their names', () => {
    expect(shown(optionsToKeep(cheap, [option(cheap), option(fast)]))).toEqual([
      ['opt-1', 1000, 'cheapest', 'standard'],
      ['opt-2', 3000, 'fastest', 'express'],
    ]);
    expect(shown(optionsToKeep(fast, [option(cheap), option(fast)]))).toEqual([
      ['opt-1', 3000, 'fastest', 'express'],
      ['opt-2', 1000, 'cheapest', 'standard'],
    ]);
  });

  it('include the lowest carbon if the carbon of all plans is known, and keep the names from the search', () => {
    const green = option(plan(2000, 20, 'economy'), { carbonGrams: 10, labels: ['one-parcel'] });
    expect(
      shown(
        optionsToKeep(cheap, [option(cheap, { carbonGrams: 40 }), option(fast, { carbonGrams: 90 }), green]),
      ),
    ).toEqual([
      ['opt-1', 1000, 'cheapest', 'standard'],
      ['opt-2', 2000, 'greenest', 'economy', 'one-parcel'],
      ['opt-3', 3000, 'fastest', 'express'],
    ]);
    expect(shown(optionsToKeep(cheap, [option(cheap), green])).flat()).not.toContain('greenest');
  });

  it('have the names from the search, each objective once', () => {
    const twin = option(plan(1000, 12, 'economy'), { labels: ['cheapest'] });
    const kept = optionsToKeep(twin.landedCost, [option(cheap, { labels: ['fastest'] }), twin, option(fast)]);
    expect(kept.map(({ labels }) => labels)).toEqual([
      ['cheapest', 'economy'],
      ['fastest', 'standard'],
      ['express'],
    ]);
  });

  it('of a single plan are that plan, even if the search did not list it', () => {
    expect(shown(optionsToKeep(cheap, []))).toEqual([['opt-1', 1000, 'cheapest', 'fastest', 'standard']]);
  });

  it('are at most four with the best for each objective, and fit into one item of the table', () => {
    const plans = fc.array(fc.tuple(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 1, max: 28 })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(plans, fc.nat(), (all, pick) => {
        const options = all.map(([total, day]) => option(plan(total, day)));
        const chosen = options[pick % options.length]?.landedCost ?? cheap;
        const kept = optionsToKeep(chosen, options);
        expect(kept.length).toBe(Math.min(4, options.length));
        expect(kept[0]?.landedCost).toBe(chosen);
        expect(new Set(kept.map(({ optionId }) => optionId)).size).toBe(kept.length);
        const totals = kept.map(
          ({
            landedCost: {
              totals: { total },
            },
          }) => total.amount,
        );
        expect(Math.min(...totals)).toBe(Math.min(...all.map(([total]) => total)));
        expect(kept.flatMap(({ labels }) => labels).filter((label) => label === 'fastest')).toHaveLength(1);
        const oneFits = Buffer.byteLength(JSON.stringify(chosen)) + 1;
        expect(optionsToKeep(chosen, options, oneFits)).toHaveLength(1);
        expect(optionsToKeep(chosen, options, 1)).toHaveLength(1);
      }),
    );
  });

  it('leave out the most expensive option first if they do not fit', () => {
    const middle = plan(2000, 8);
    const options = [option(fast), option(middle), option(cheap)];
    const bytes = Buffer.byteLength(JSON.stringify(fast)) * 2 + 10;
    expect(shown(optionsToKeep(cheap, options, bytes)).map(([, total]) => total)).toEqual([1000, 2000]);
    // The chosen option stays, although it is expensive.
    expect(shown(optionsToKeep(fast, options, bytes)).map(([, total]) => total)).toEqual([3000, 1000]);
  });
});

describe('a signed quote', () => {
  const now = '2026-11-23T10:00:00.000Z';
  const options = optionsToKeep(plan(1000, 12), [option(plan(3000, 3, 'express'))]);
  const quote: Quote = signQuote(
    {
      quoteId: 'quo_01KAXB3J5K0000000000000000',
      storefrontId: 'shop',
      createdAt: now,
      expiresAt: now,
      request: {
        destination: { country: 'DE', postalCode: '10115' },
        currency: 'EUR',
        incoterm: 'DDP',
        lines: [{ sku: 'TEA-TOWEL', quantity: 2 }],
      },
      options,
      sellerVersion: 'v1',
    },
    'key',
  );

  it('is recognised after it was stored, and is known to be altered if any part was changed', () => {
    const stored: Quote = JSON.parse(JSON.stringify(quote));
    expect(quoteSchema.parse(stored)).toEqual(stored);
    expect(verifyQuote(stored, 'key')).toBe(true);
    expect(verifyQuote(quote, 'other')).toBe(false);
    expect(verifyQuote({ ...quote, storefrontId: 'other' }, 'key')).toBe(false);
    expect(verifyQuote({ ...quote, options: options.toReversed() }, 'key')).toBe(false);
    expect(
      verifyQuote({ ...quote, options: [{ optionId: 'opt-1', labels: [], landedCost: plan(1, 12) }] }, 'key'),
    ).toBe(false);
    expect(
      verifyQuote(
        { ...quote, request: { ...quote.request, lines: [{ sku: 'TEA-TOWEL', quantity: 3 }] } },
        'key',
      ),
    ).toBe(false);
  });

  it('has its own short code, which is always the same', () => {
    expect(guaranteeCodeOf(quote)).toMatch(/^GC-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(guaranteeCodeOf(quote)).toBe(guaranteeCodeOf({ ...quote }));
    expect(guaranteeCodeOf(signQuote({ ...quote, storefrontId: 'other' }, 'key'))).not.toBe(
      guaranteeCodeOf(quote),
    );
    expect(guaranteeCodeOf({ signature: Buffer.alloc(32, 0xff).toString('base64url') })).toBe(
      'GC-ZZZZZ-ZZZZZ',
    );
    expect(guaranteeCodeOf({ signature: Buffer.alloc(32).toString('base64url') })).toBe('GC-00000-00000');
  });

  it('gives the requested option, the first option if none is requested, and no option that it does not have', () => {
    expect(optionOf(quote)?.optionId).toBe('opt-1');
    expect(optionOf(quote, 'opt-2')?.landedCost.totals.total.amount).toBe(3000);
    expect(optionOf(quote, 'opt-3')).toBeUndefined();
  });
});
