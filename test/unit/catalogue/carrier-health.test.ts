import { describe, expect, it } from 'vitest';
import { type CarrierMark, carrierMarkBodySchema, isDown } from '../../../shared/catalogue/index.ts';
import { lane, rateCard } from '../../builders/network.ts';
import { hub, now, price, priced, regional } from '../../builders/tiers.ts';

const at = (rateCardId: string, priceMinor: number) => [
  rateCard({ rateCardId, zones: [{ zone: 'all', weightBreaks: [{ upToGrams: 30_000, priceMinor }] }] }),
];
const lanes = [
  lane({ carrier: 'first', countries: ['FR'], rateCards: at('first', 400) }),
  lane({ carrier: 'second', countries: ['FR'], rateCards: at('second', 500) }),
  lane({ carrier: 'first', service: 'express', countries: ['FR'], rateCards: at('fast', 900) }),
];
const network = [{ ...regional, lanes }];
const stock = { 'pl-poznan': 5 };

const mark = (over: Partial<CarrierMark> = {}): CarrierMark => ({
  ...{ carrier: 'first', status: 'down', reason: 'strike' },
  ...{ markedBy: 'op-1', markedAt: '2026-11-23T09:00:00.000Z' },
  ...over,
});

/** The carrier and service of the chosen plan while these marks are stored. */
function chosen(carriers: CarrierMark[]): string {
  const [only] = priced(network, stock, { carriers }).chosen.consignments;
  return `${only?.carrier} ${only?.service}`;
}

describe('the carrier of a plan', () => {
  it('is the best carrier; the second best while the best is marked down; and the best again afterwards', () => {
    expect(chosen([])).toBe('first standard');
    expect(chosen([mark()])).toBe('second standard');
    expect(chosen([mark({ status: 'up' })])).toBe('first standard');
  });

  it('appears in no option while it is marked down', () => {
    const { options } = priced(network, stock, { carriers: [mark()] });
    const used = options.flatMap(({ landedCost }) => landedCost.consignments.map(({ carrier }) => carrier));
    expect(new Set(used)).toEqual(new Set(['second']));
  });

  it('offers its other services if only some of its services are marked down', () => {
    const carriers = [mark({ services: ['standard'] })];
    expect(chosen(carriers)).toBe('second standard');
    const { options } = priced(network, stock, { carriers });
    expect(options.map(({ service }) => service).sort()).toEqual(['express', 'standard']);
  });

  it('is available again automatically at the time that the mark gives', () => {
    expect(chosen([mark({ until: now })])).toBe('first standard');
    expect(chosen([mark({ until: '2026-11-23T10:00:00.001Z' })])).toBe('second standard');
  });

  it('is marked down together with the hub that sends its parcels', () => {
    const tiers = [{ ...regional, lanes }, hub];
    const [only] = priced(tiers, { 'de-leipzig': 5 }, { carriers: [mark()] }).chosen.consignments;
    expect(only).toMatchObject({ warehouseId: 'de-leipzig', via: ['pl-poznan'], carrier: 'second' });
  });
});

describe('a basket that only a carrier marked down can serve', () => {
  const carriers = [mark({ until: '2026-11-24T06:00:00.000Z' }), mark({ carrier: 'second' })];

  it('is refused with that reason, and the operator’s note is not shown', () => {
    const result = price(network, stock, { carriers });
    if (result.ok) throw new Error('it was priced');
    expect(result.error).toEqual({
      reason: 'carrier-down',
      problems: [
        {
          ...{ pointer: '/lines', code: 'carrier-down' },
          detail:
            'first standard is out of service until 2026-11-24T06:00:00.000Z, and nothing else serves this basket there',
        },
      ],
    });
    expect(JSON.stringify(result.error)).not.toContain('strike');
  });

  it('is refused for its other problem if the carrier could not have served it anyway', () => {
    const result = price(network, { 'pl-poznan': 0 }, { carriers });
    expect(result.ok ? undefined : result.error.reason).toBe('not-in-stock');
  });
});

describe('a mark that a carrier is down', () => {
  it.each([
    [{ status: 'up', services: ['express'], reason: 'x' }, 'services'],
    [{ status: 'up', until: now, reason: 'x' }, 'until'],
    [{ status: 'down', services: [], reason: 'x' }, 'services'],
    [{ status: 'down', until: 'tomorrow', reason: 'x' }, 'until'],
    [{ status: 'down', reason: ' ' }, 'reason'],
    [{ status: 'sleepy', reason: 'x' }, 'status'],
  ])('%j is refused at %s', (body, field) => {
    const parsed = carrierMarkBodySchema.safeParse(body);
    expect(parsed.error?.issues.map(({ path }) => path[0])).toContain(field);
  });

  it('does not affect other carriers', () => {
    expect(isDown(mark(), { carrier: 'second', service: 'standard' }, now)).toBe(false);
  });
});
