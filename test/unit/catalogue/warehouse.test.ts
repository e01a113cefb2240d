import { describe, expect, it } from 'vitest';
import { replayWarehouses } from '../../../infra/cli/replay/network.ts';
import { sampleWarehouses } from '../../../infra/cli/sample-shop/network.ts';
import { parentProblems, warehouseBodySchema, warehouseSchema } from '../../../shared/catalogue/index.ts';
import { shipConsignment } from '../../../shared/freight/index.ts';
import { fieldProblems } from '../../../shared/kernel/issues.ts';
import { knownPartners } from '../../../shared/runtime/known-partners.ts';
import { lane, rateCard, warehouse } from '../../builders/network.ts';

const { warehouseId: _id, ...body } = warehouse({ lanes: [lane()] });

type Json = { [key: string]: unknown } | unknown[];

/** The body with another value at that pointer. Undefined removes it. */
function withField(pointer: string, value: unknown): unknown {
  const copy = structuredClone(body) as Json;
  const parts = pointer.slice(1).split('/');
  const last = parts.pop() ?? '';
  let place: Json = copy;
  for (const part of parts) place = (place as Record<string, unknown>)[part] as Json;
  if (value === undefined) delete (place as Record<string, unknown>)[last];
  else (place as Record<string, unknown>)[last] = value;
  return copy;
}

function problems(sent: unknown): [string, string][] {
  const { error } = warehouseBodySchema(knownPartners).safeParse(sent);
  return error === undefined
    ? []
    : fieldProblems(error).map(({ pointer, detail }): [string, string] => [pointer, detail]);
}

const card = '/lanes/0/rateCards/0';
const zone = { zone: 'A', weightBreaks: [{ upToGrams: 500, priceMinor: 100 }] };

describe('a warehouse that is to be stored', () => {
  it('is accepted if it is valid', () => {
    expect(problems(body)).toEqual([]);
    for (const { warehouseId: _warehouseId, ...sent } of [...sampleWarehouses, ...replayWarehouses])
      expect(problems(sent)).toEqual([]);
  });

  // biome-ignore format: a table reads better in rows
  it.each<[pointer: string, value: unknown, at: string, detail: RegExp]>([
    ['/system', 'warehouse', '/system', /wms/],
    ['/lanes/0/carrier', 'dhl', '/lanes/0/carrier', /easypost/],
    ['/lanes/0/service', 'overnight', '/lanes/0/service', /economy/],
    ['/holidays', ['2026-02-30'], '/holidays/0', /calendar date/],
    ['/holidays', ['Christmas'], '/holidays/0', /calendar date/],
    ['/cutOffTime', '25:00', '/cutOffTime', /HH:MM/],
    ['/cutOffTime', '21:30', '/cutOffTime', /opening hours/],
    ['/openingHours', { opens: '18:00', closes: '08:00' }, '/openingHours/closes', /later than opens/],
    ['/timeZone', 'Europe/Poznan', '/timeZone', /IANA/],
    ['/workingDays', [0], '/workingDays/0', /./],
    ['/kind', 'shed', '/kind', /./],
    ['/services', ['levitation'], '/services/0', /./],
    ['/capacity', { ordersPerDay: 0 }, '/capacity/ordersPerDay', /./],
    ['/address/country', 'QX', '/address/country', /no country/],
    ['/coordinates', { latitudeMicrodegrees: 1.5, longitudeMicrodegrees: 0 }, '/coordinates/latitudeMicrodegrees', /./],
    ['/boxes', [{ ...aBox('a'), tareGrams: -1 }], '/boxes/0/tareGrams', /./],
    ['/boxes', [{ ...aBox('a'), innerHeightMm: 4 }], '/boxes/0/innerHeightMm', /millimetres/],
    ['/boxes', [aBox('a'), aBox('a')], '/boxes/1/boxId', /two boxes/],
    ['/lanes/0/countries', ['DE', 'QX'], '/lanes/0/countries/1', /no country/],
    ['/lanes/0/mode', 'camel', '/lanes/0/mode', /./],
    ['/lanes/0/distanceKm', 0, '/lanes/0/distanceKm', /at least 1 km/],
    ['/lanes/0/collections', ['17:00', '09:00'], '/lanes/0/collections/1', /later/],
    ['/lanes/0/rateCards', [], '/lanes/0/rateCards', /at least one/],
    ['/lanes/0/rateCards', [rateCard(), rateCard({ validFrom: '2026-01-01' })], '/lanes/0/rateCards/1/validFrom', /overlaps/],
    ['/lanes/0/transit/days', [], '/lanes/0/transit/days', /./],
    ['/lanes/0/transit/days', [{ days: 2, share: 9_999 }], '/lanes/0/transit/days/0/share', /10000/],
    ['/lanes/0/transit/days', [{ days: 2, share: 9_000 }, { days: 3, share: 9_000 }, { days: 4, share: 10_000 }], '/lanes/0/transit/days/1/share', /cumulative/],
    ['/lanes/0/transit/days', [{ days: 3, share: 9_000 }, { days: 3, share: 10_000 }], '/lanes/0/transit/days/1/days', /more days/],
    ['/lanes/0/transit/customs', [{ hours: 24, share: 5_000 }], '/lanes/0/transit/customs/0/share', /10000/],
    ['/lanes/0/transit/percentile', 100, '/lanes/0/transit/percentile', /./],
    ['/lanes/0/transit/holidays', [{ country: 'DE', dates: [] }, { country: 'DE', dates: [] }], '/lanes/0/transit/holidays/1/country', /already/],
    [`${card}/maxWeightGrams`, 0, `${card}/maxWeightGrams`, /at least 1 gram/],
    [`${card}/dimensionalDivisor`, 5, `${card}/dimensionalDivisor`, /./],
    [`${card}/currency`, 'EURO', `${card}/currency`, /./],
    [`${card}/validTo`, '2024-01-01', `${card}/validTo`, /before validFrom/],
    [`${card}/zones/0/weightBreaks/0/upToGrams`, 0, `${card}/zones/0/weightBreaks/0/upToGrams`, /at least 1 gram/],
    [`${card}/zones/0/weightBreaks/0/priceMinor`, 1.5, `${card}/zones/0/weightBreaks/0/priceMinor`, /./],
    [`${card}/zones/0/weightBreaks`, [{ upToGrams: 500, priceMinor: 1 }, { upToGrams: 500, priceMinor: 2 }], `${card}/zones/0/weightBreaks/1/upToGrams`, /overlap/],
    [`${card}/zones`, [zone, zone], `${card}/zones/1/zone`, /two zones/],
    [`${card}/zones`, [{ ...zone, places: [{ country: 'DE' }] }, { ...zone, zone: 'B', places: [{ country: 'DE' }] }], `${card}/zones/1/places/0/country`, /zone A already/],
    [`${card}/zones`, [{ ...zone, places: [{ country: 'FR' }] }], `${card}/zones`, /no zone has DE/],
    [`${card}/fuel`, [{ from: '2026-01-01', percent: '12,5' }], `${card}/fuel/0/percent`, /plain decimal/],
    [`${card}/fuel`, [{ from: '2026-01-01', percent: '12.5' }, { from: '2026-06-01', percent: '13' }], `${card}/fuel/1/from`, /overlaps/],
    [`${card}/surcharges`, [{ code: 'peak', description: 'Peak' }], `${card}/surcharges/0/amountMinor`, /either/],
    [`${card}/surcharges`, [{ code: 'fuel', description: 'Fuel', amountMinor: 1 }], `${card}/surcharges/0/code`, /another part/],
    [`${card}/surcharges`, [{ code: 'peak', description: 'Peak', percent: '3', when: { from: '2026-12-24', to: '2026-11-20' } }], `${card}/surcharges/0/when/to`, /before from/],
    [`${card}/remoteAreas`, [{ country: 'GB', postalCodes: [{ from: 'IV', to: 'KW17' }], amountMinor: 900 }], `${card}/remoteAreas/0/postalCodes/0/to`, /as long as/],
    [`${card}/perKilo`, 3, `${card}/perKilo`, /not part of the contract/],
  ])('with %s as %j is refused at %s', (pointer, value, at, detail) => {
    const found = problems(withField(pointer, value));
    expect(found.map(([where]) => where)).toContain(at);
    expect(found.find(([where]) => where === at)?.[1]).toMatch(detail);
  });

  it('is refused if it is larger than one item of the table can be', () => {
    const many = { ...body, lanes: Array.from({ length: 100 }, () => largeLane()) };
    expect(problems(many).map(([where]) => where)).toEqual(['/lanes']);
  });

  it('is refused if its parent does not exist, or if it is its own ancestor', () => {
    const to = (warehouseId: string) => ({ warehouseId, transferHours: 24 });
    const network = [{ warehouseId: 'hub' }, { warehouseId: 'middle', parent: to('hub') }] as never;
    expect(parentProblems('leaf', to('middle'), network)).toEqual([]);
    expect(parentProblems('leaf', undefined, network)).toEqual([]);
    expect(parentProblems('leaf', to('gone'), network)).toMatchObject([{ path: ['parent', 'warehouseId'] }]);
    expect(parentProblems('hub', to('middle'), network)[0]?.message).toMatch(/circle.*hub, middle, hub/);
    expect(parentProblems('hub', to('hub'), network)).toHaveLength(1);
  });
});

describe('a warehouse that was stored in the old format', () => {
  const {
    openingHours: _hours,
    holidays: _holidays,
    boxes: _boxes,
    services: _services,
    kind: _kind,
    ...old
  } = body;
  const stored = {
    ...old,
    warehouseId: 'cn-shenzhen',
    lanes: [
      {
        service: 'standard',
        carrier: 'easypost',
        channel: 'courier',
        countries: ['DE'],
        basePrice: { amount: 420, currency: 'EUR' },
        perStartedHalfKilogram: { amount: 230, currency: 'EUR' },
        maxWeightGrams: 30_000,
        transitDays: { min: 2, max: 4 },
      },
    ],
  };

  it('is read in today’s format and gives the same costs', () => {
    const read = warehouseSchema.parse(stored);
    expect(read).toMatchObject({ kind: 'own', holidays: [], boxes: [], services: [] });
    const [only] = read.lanes;
    if (only === undefined) throw new Error('the lane was read');
    const ship = (unitWeightGrams: number, percentile = 90) =>
      shipConsignment({
        ...{
          warehouse: read,
          lane: only,
          destination: { country: 'DE' },
          now: '2026-11-23T10:00:00.000Z',
          percentile,
        },
        items: [
          {
            lineId: 'line-1',
            quantity: 1,
            unitWeightGrams,
            dimensions: { lengthMm: 900, widthMm: 50, heightMm: 50 },
          },
        ],
      });
    // It is sent in its own packaging, so no carton adds weight: 4.20, and 2.30 for each half kilogram begun.
    expect(ship(500)).toMatchObject({ freight: { amountMinor: 650, currency: 'EUR' } });
    expect(ship(501)).toMatchObject({ freight: { amountMinor: 880 } });
    expect(ship(30_000)).toMatchObject({ freight: { amountMinor: 420 + 60 * 230 } });
    expect(ship(30_001)).toMatchObject({ reason: 'too-heavy', lineId: 'line-1' });
    // Handed over on Monday; promised for the last of its days.
    expect(ship(500)).toMatchObject({ promise: { latest: '2026-11-27T19:00:00.000Z' } });
  });

  it('is refused if it is sent in the old format today', () => {
    const { warehouseId: _warehouseId, ...sent } = stored;
    expect(problems(sent).map(([where]) => where)).toEqual(
      expect.arrayContaining(['/lanes/0/rateCards', '/lanes/0/transit', '/lanes/0/basePrice']),
    );
  });
});

function aBox(boxId: string) {
  return {
    ...{ boxId, innerLengthMm: 300, innerWidthMm: 200, innerHeightMm: 100, tareGrams: 100, maxGrams: 5_000 },
  };
}

function largeLane() {
  const postalCodes = Array.from({ length: 200 }, (_, at) => ({
    from: String(10_000 + at),
    to: String(10_000 + at),
  }));
  return lane({ rateCards: [rateCard({ remoteAreas: [{ country: 'DE', postalCodes, amountMinor: 100 }] })] });
}
