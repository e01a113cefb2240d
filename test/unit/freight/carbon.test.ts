import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carbonOf, factorFor, recomputeCarbon, storedCarbon } from '../../../shared/freight/carbon.ts';
import { currentFactors, emissionFactorSets } from '../../../shared/freight/emission-factors.ts';
import { greatCircleKm } from '../../../shared/freight/great-circle.ts';
import { lane, warehouse } from '../../builders/network.ts';

const site = warehouse();

describe('carbon of a parcel', () => {
  it('is weight times distance times factor, rounded half up to the gram', () => {
    // 2.5 kg x 1,000 km are 2.5 tkm; at 107 g/tkm 267.5 g, so 268 g.
    expect(carbonOf({ site, lane: lane({ distanceKm: 1_000 }), country: 'DE' }, 2_500)).toEqual({
      grams: 268,
      factorsVersion: currentFactors.version,
      packaging: expect.objectContaining({ weightGrams: 0, grams: 0 }),
      legs: [
        {
          ...{
            mode: 'road',
            distanceKm: 1_000,
            distanceBasis: 'lane',
            factorId: 'road-articulated',
            grams: 268,
          },
          formula: expect.stringMatching(
            /^268 g CO2e = 2500 g x 1000 km x 107 g\/tkm \(road; GLEC Framework v3\.2/,
          ),
        },
      ],
    });
  });

  it('is the sum of its legs if there are several', () => {
    const legs = [
      { mode: 'road' as const, distanceKm: 150 },
      { mode: 'sea' as const, distanceKm: 19_800 },
      { mode: 'rail' as const, distanceKm: 640 },
    ];
    // 3 kg: 0.45 tkm x 107 = 48.15; 59.4 tkm x 8 = 475.2; 1.92 tkm x 31 = 59.52.
    const footprint = carbonOf({ site, lane: lane({ legs }), country: 'DE' }, 3_000);
    expect(footprint.legs.map(({ grams }) => grams)).toEqual([48, 475, 60]);
    expect(footprint.grams).toBe(583);
  });

  it('uses the great circle if the lane has no distance, and adds a surcharge for air', () => {
    const far = warehouse({
      address: { ...site.address, country: 'CN' },
      coordinates: { latitudeMicrodegrees: 22_680_000, longitudeMicrodegrees: 113_810_000 },
    });
    const direct = greatCircleKm(
      { latitude: 22.68, longitude: 113.81 },
      { latitude: 52.5, longitude: 13.37 },
    );
    expect(direct).toBeGreaterThan(8_650);
    expect(direct).toBeLessThan(8_750);
    const [leg] = carbonOf({ site: far, lane: lane({ mode: 'air' }), country: 'DE' }, 1_000).legs;
    expect(leg).toMatchObject({
      distanceKm: direct + 95,
      distanceBasis: 'great-circle',
      factorId: 'air-long-haul',
    });
    expect(
      carbonOf({ site, lane: lane({ countries: ['PL'] }), country: 'PL' }, 1_000).legs[0]?.distanceKm,
    ).toBe(50);
  });

  it('uses the factor for short flights on short flights', () => {
    expect(factorFor('air', 1_499).factorId).toBe('air-short-haul');
    expect(factorFor('air', 1_500).factorId).toBe('air-long-haul');
  });

  it('names the source of each factor, and says that it is a default', () => {
    const { transport, packaging } = currentFactors;
    for (const { source, isDefault, milligramsPerTonneKm } of transport) {
      expect(source).toMatch(/GLEC Framework v3/);
      expect(isDefault).toBe(true);
      expect(Number.isSafeInteger(milligramsPerTonneKm)).toBe(true);
    }
    expect(packaging.source).toMatch(/FEFCO/);
    expect(packaging.needsReview).toBe(true);
  });
});

describe('carbon of the cartons', () => {
  it('counts by their weight, rounded half up to the gram, in addition to the legs', () => {
    const road = lane({ distanceKm: 1_000 });
    const [without, with_] = [
      carbonOf({ site, lane: road, country: 'DE' }, 2_500),
      carbonOf({ site, lane: road, country: 'DE' }, 2_500, 330),
    ];
    // 330 g x 491 g/kg = 162.03 g.
    expect(with_.packaging).toMatchObject({
      ...{ weightGrams: 330, factorId: 'corrugated-board', grams: 162 },
      formula: expect.stringMatching(/^162 g CO2e = 330 g of cartons x 491 g\/kg \(FEFCO/),
    });
    expect(with_.grams).toBe(without.grams + 162);
    expect(without.packaging.grams).toBe(0);
  });
});

describe('a footprint that is stored with an order', () => {
  const legs = fc.array(
    fc.record({
      mode: fc.constantFrom('air' as const, 'road' as const, 'sea' as const, 'rail' as const),
      distanceKm: fc.integer({ min: 1, max: 20_000 }),
    }),
    { minLength: 1, maxLength: 6 },
  );
  const weights = fc.record({
    grossGrams: fc.integer({ min: 1, max: 200_000 }),
    cartonGrams: fc.nat({ max: 20_000 }),
  });
  const newer = {
    version: 'a-later-edition',
    transport: currentFactors.transport.map((each) => ({ ...each, milligramsPerTonneKm: 1 })),
    packaging: { ...currentFactors.packaging, gramsPerKilogram: 9_999 },
  };

  it('is the sum of legs and cartons, and computing it again with its own edition gives the same', () => {
    fc.assert(
      fc.property(legs, weights, (ways, { grossGrams, cartonGrams }) => {
        const made = carbonOf({ site, lane: lane({ legs: ways }), country: 'DE' }, grossGrams, cartonGrams);
        const kept = storedCarbon(made, grossGrams);
        const { legs: parts, packaging } = kept;
        expect(made.grams).toBe(parts.reduce((all, { grams }) => all + grams, packaging.grams));
        // A later edition is in force by now.
        const again = recomputeCarbon(kept, [newer, ...emissionFactorSets]);
        expect(again).toEqual({ ...kept, grams: made.grams });
      }),
    );
  });

  it('cannot be computed with an edition that was never in force', () => {
    const kept = storedCarbon(carbonOf({ site, lane: lane(), country: 'DE' }, 1_000, 100), 1_000);
    const later = { ...kept, factorsVersion: newer.version };
    expect(() => recomputeCarbon(later)).toThrow('every edition of emission factors');
    const again = recomputeCarbon(later, [newer, ...emissionFactorSets]);
    expect(again.packaging.grams).toBe(1_000);
    expect(kept.legs[0]?.grams).toBeGreaterThan(0);
    expect(again.legs[0]?.grams).toBe(0);
  });
});

it('the great circle is computed between known places', () => {
  // London to New York by the published coordinates of both: 5,570 km.
  expect(
    greatCircleKm({ latitude: 51.5074, longitude: -0.1278 }, { latitude: 40.7128, longitude: -74.006 }),
  ).toBe(5_570);
  expect(greatCircleKm({ latitude: 10, longitude: 20 }, { latitude: 10, longitude: 20 })).toBe(0);
});
