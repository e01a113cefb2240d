import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { money } from '../../../../../shared/kernel/money.ts';
import {
  type DemandForecast,
  steadyDemand,
} from '../../../../../shared/replenishment/policy/demand-over-days.ts';
import { explain } from '../../../../../shared/replenishment/policy/reasons.ts';
import { safetyStock } from '../../../../../shared/replenishment/policy/safety-stock.ts';
import type { FeedLane, StageOfSite } from '../../../../../shared/replenishment/run/hubs/stage.ts';
import {
  type SkuOfNetwork,
  stagesOfSku,
} from '../../../../../shared/replenishment/run/hubs/stages-of-sku.ts';

const [HUB, BERLIN, PARIS] = ['pl-poznan', 'de-berlin', 'fr-paris'] as const;
/** The normal quantile of 0.95. */
const Z = 1.6448536269514722;
const perDay = (mean: number, standardDeviation: number) => steadyDemand({ mean, standardDeviation });

const lane = (to: string, days: number, unitMinor: number, from: string = HUB): FeedLane => ({
  ...{ from, to, fromCountry: 'PL', toCountry: 'DE', days },
  ...{ unitCost: money(unitMinor, 'EUR'), moveCost: money(0, 'EUR') },
});

/** Berlin sells 10 a day (deviation 4), Paris 6 (deviation 3). The supplier takes 28 days; a run is made every day. */
const network = (over: Partial<SkuOfNetwork> = {}): SkuOfNetwork => ({
  own: new Map<string, DemandForecast>([
    [BERLIN, perDay(10, 4)],
    [PARIS, perDay(6, 3)],
  ]),
  lanes: [lane(BERLIN, 3, 100), lane(PARIS, 5, 100)],
  ...{ serviceLevel: 0.95, reviewDays: 1, unitValue: money(400, 'EUR') },
  leadTimeTo: () => ({ meanDays: 28, varianceDays: 0 }),
  ...over,
});

const at = (stages: ReadonlyMap<string, StageOfSite>, id: string) => stages.get(id) ?? expect.fail(id);

describe('the stages of a SKU whose hub feeds two sites', () => {
  it('are those of the guaranteed-service model, worked out by hand', () => {
    // The hub's net days are 28 + 1 - S, those of Berlin S + 3 + 1, those of Paris S + 5 + 1. The deviation of both
    // sites together is the root of 4^2 + 3^2 = 5. A unit is worth 4.00 EUR at the hub and 5.00 EUR at the sites.
    // Cost / z = 400 x 5 x root(29 - S) + 500 x (4 x root(S + 4) + 3 x root(S + 6)). It is concave in S, so that the
    // best promise is one of the ends: S = 0 costs 10,770 + 7,674 = 18,444, S = 29 costs 0 + 20,363.
    const stages = stagesOfSku(network());
    const hub = at(stages, HUB);
    expect(hub).toMatchObject({
      serviceDays: 0,
      inboundDays: 28,
      netDays: 29,
      feeds: [BERLIN, PARIS],
      keeps: 0,
    });
    // 1.645 x 5 x root of 29 = 44.29; 16 a day x 29 = 464.
    expect(hub.safetyStock).toBeCloseTo(44.289, 3);
    expect(hub.reorderAt).toBeCloseTo(508.289, 3);
    const berlin = at(stages, BERLIN);
    expect(berlin).toMatchObject({ fedBy: HUB, serviceDays: 0, inboundDays: 0, netDays: 4 });
    // 1.645 x 4 x root of 4 = 13.16; 10 x 4 = 40.
    expect(berlin.reorderAt).toBeCloseTo(53.159, 3);
    const paris = at(stages, PARIS);
    // 1.645 x 3 x root of 6 = 12.09; 6 x 6 = 36.
    expect([paris.netDays, paris.safetyStock, paris.reorderAt].map((each) => Math.round(each * 1e3))).toEqual(
      [6_000, 12_087, 48_087],
    );
    expect(explain(hub.reasons)).toEqual([
      'guaranteed-service: 0 days = to de-berlin, fr-paris, by the lowest cost of holding (guaranteed service)',
      'net-lead-time: 29 days = 28 until its supplier delivers + 1 review - 0 promised',
      'forecast: 464 units = mean of 29 days of de-berlin, fr-paris',
      'service-level: 0.95 = by the class of the SKU',
      'safety-stock: 44.29 units = 44.29 for de-berlin, fr-paris over 29 days',
      'reorder-point: 508.29 units = 464 + 44.29',
    ]);
    expect(explain(paris.reasons).slice(0, 2)).toEqual([
      'guaranteed-service: 0 days = to its shoppers',
      'net-lead-time: 6 days = 0 promised by pl-poznan + 5 of the way + 1 review - 0 promised',
    ]);
  });

  it('keep all of it at the only site, where the hub joins no demand: as a single site with both ways', () => {
    // At equal worth: S = 0 costs root 29 + root 4 = 7.39, S = 29 costs root 33 = 5.74.
    const own = new Map([[BERLIN, perDay(10, 4)]]);
    const stages = stagesOfSku(network({ own, lanes: [lane(BERLIN, 3, 0)] }));
    expect(at(stages, HUB)).toMatchObject({ serviceDays: 29, netDays: 0, safetyStock: 0, reorderAt: 0 });
    const alone = safetyStock(perDay(10, 4), {
      ...{ leadTime: { meanDays: 28 + 3, varianceDays: 0 }, reviewDays: 2, serviceLevel: 0.95 },
    });
    const berlin = at(stages, BERLIN);
    expect(berlin).toMatchObject({ inboundDays: 29, netDays: 33 });
    expect(berlin.safetyStock).toBeCloseTo(alone.units, 9);
    expect(berlin.reorderAt).toBeCloseTo(alone.demand.mean + alone.units, 9);
    expect(alone.units).toBeCloseTo(Z * 4 * Math.sqrt(33), 9);
  });

  it('keep at the hub what the lateness of the supplier asks for, as a single site does', () => {
    const stages = stagesOfSku(network({ leadTimeTo: () => ({ meanDays: 28, varianceDays: 9 }) }));
    // z x root of (5^2 x 29 + 16^2 x 9) = 1.645 x root of 3,029 = 90.53.
    expect(at(stages, HUB).safetyStock).toBeCloseTo(90.527, 3);
    expect(at(stages, BERLIN).safetyStock).toBeCloseTo(13.159, 3);
  });

  it("serve a hub's own shoppers at once, and count their demand with that of the sites", () => {
    const own = new Map([
      [HUB, perDay(5, 3)],
      [BERLIN, perDay(10, 4)],
      [PARIS, perDay(6, 12)],
    ]);
    const hub = at(stagesOfSku(network({ own })), HUB);
    // Root of 3^2 + 4^2 + 12^2 = 13. The promise is 0: the shoppers need nothing besides.
    expect(hub.serviceDays).toBe(0);
    expect(hub.reorderAt).toBeCloseTo(21 * 29 + Z * 13 * Math.sqrt(29), 6);
    // The hub keeps what its shoppers ask for until the next run: 5 + 1.645 x 3 = 9.93.
    expect(hub.keeps).toBe(10);
    // A site far away makes the hub promise its whole time: then its own shoppers are covered for these 29 days.
    const far = {
      own: new Map([
        [HUB, perDay(5, 3)],
        [BERLIN, perDay(10, 4)],
      ]),
      unitValue: money(400, 'EUR'),
    };
    const late = at(stagesOfSku(network({ ...far, lanes: [lane(BERLIN, 60, 0)] })), HUB);
    expect(late).toMatchObject({ serviceDays: 29, netDays: 0 });
    expect(late.reorderAt).toBeCloseTo(5 * 29 + Z * 3 * Math.sqrt(29), 6);
    expect(late.reasons.at(-1)?.formula).toBe('0 + 145 + 26.57 for its own shoppers');
  });
});

const [RUHR, ROME] = ['de-ruhr', 'it-rome'];
const networks = fc.record({
  days: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
  costs: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 4, maxLength: 4 }),
  demands: fc.array(
    fc.tuple(fc.double({ min: 0, max: 40, noNaN: true }), fc.double({ min: 0, max: 30, noNaN: true })),
    {
      minLength: 5,
      maxLength: 5,
    },
  ),
  lead: fc.integer({ min: 0, max: 40 }),
  variance: fc.integer({ min: 0, max: 20 }),
  reviewDays: fc.integer({ min: 1, max: 7 }),
  serviceLevel: fc.double({ min: 0.5, max: 0.999, noNaN: true }),
});

it('are never negative, and the same in whatever order sites and lanes come', () => {
  fc.assert(
    fc.property(networks, ({ days, costs, demands, lead, variance, reviewDays, serviceLevel }) => {
      const ends = [BERLIN, PARIS, RUHR, ROME];
      // Paris feeds Rome, and is fed by the hub.
      const lanes = ends.map((to, index) =>
        lane(to, days[index] ?? 0, costs[index] ?? 0, to === ROME ? PARIS : HUB),
      );
      const own = [HUB, ...ends].map((id, index) => {
        const [mean = 0, deviation = 0] = demands[index] ?? [];
        return [id, perDay(mean, deviation)] as const;
      });
      const given = {
        reviewDays,
        serviceLevel,
        leadTimeTo: () => ({ meanDays: lead, varianceDays: variance }),
      };
      const stages = stagesOfSku(network({ ...given, lanes, own: new Map(own) }));
      const again = stagesOfSku(
        network({ ...given, lanes: lanes.toReversed(), own: new Map(own.toReversed()) }),
      );
      for (const [id, stage] of stages) {
        for (const figure of [
          stage.safetyStock,
          stage.reorderAt,
          stage.keeps,
          stage.netDays,
          stage.serviceDays,
        ])
          expect(figure).toBeGreaterThanOrEqual(0);
        // Nobody promises more than it is promised and takes itself, and counts with less than it is promised.
        expect(stage.netDays).toBe(stage.inboundDays + stage.processingDays - stage.serviceDays);
        if (stage.fedBy !== undefined)
          expect(stage.inboundDays).toBeGreaterThanOrEqual(at(stages, stage.fedBy).serviceDays);
        const { demand: _, own: _own, ...figures } = stage;
        const { demand: _again, own: _ownAgain, ...others } = at(again, id);
        expect(others.reorderAt).toBeCloseTo(figures.reorderAt, 6);
        expect({ ...others, reorderAt: 0, safetyStock: 0, reasons: [] }).toEqual({
          ...{ ...figures, reorderAt: 0, safetyStock: 0, reasons: [] },
        });
      }
    }),
  );
});
