import { describe, expect, it } from 'vitest';
import type { ReplenishmentSettings } from '../../../../shared/catalogue/index.ts';
import type { LeadTime } from '../../../../shared/replenishment/policy/lead-time.ts';
import type { DeliveryOutcome } from '../../../../shared/replenishment/purchasing/scorecard.ts';
import { leadTimeOf } from '../../../../shared/replenishment/run/lead-time-to-site.ts';
import { delivery, supplier } from '../replenishment-builders.ts';

const settings = { leadTimeDeviationPercent: 20 } as ReplenishmentSettings;
const ningbo = supplier('ningbo');
const [offer] = ningbo.offers;

/** The lead time to a warehouse of a supplier that states 20 days, after these deliveries. */
function leadTimeTo(warehouseId: string, ...deliveries: readonly DeliveryOutcome[]): LeadTime {
  if (offer === undefined) throw new Error('the supplier of this test has an offer');
  const learnt = leadTimeOf(ningbo, offer, { settings, outcomesOf: () => deliveries }, warehouseId);
  if ('reason' in learnt) throw new Error(learnt.detail);
  return learnt;
}

const to = (warehouseId: string | undefined, daysLate: number): DeliveryOutcome =>
  delivery({ noticeId: 'N1', daysLate, ...(warehouseId === undefined ? {} : { warehouseId }) });
const oslo = (daysLate: number) => to('no-oslo', daysLate);
const poznan = (daysLate: number) => to('pl-poznan', daysLate);

describe('the lead time from a supplier to a warehouse', () => {
  it('is what the offer states before any delivery: 20 days, with a deviation of 20 % of them', () => {
    const { meanDays, varianceDays, receipts } = leadTimeTo('no-oslo');
    expect(meanDays).toBe(20);
    expect(varianceDays).toBeCloseTo(4 ** 2, 10);
    expect(receipts).toBe(0);
  });

  it('is learnt from the deliveries of the lane, on top of those to other warehouses', () => {
    // Two deliveries to Poznan took 20 days, three to Oslo 30. The statement is worth 5 receipts.
    const all = [poznan(0), poznan(0), oslo(10), oslo(10), oslo(10)];

    // What Poznan says of the supplier: mean (5 x 20 + 2 x 20) / 7 = 20. The scale of the statement is
    // 5^2 / 6 x 4^2 = 66.667, the variance of what comes next 66.667 / 7 x (1 + 1/7) = 10.884.
    // Oslo on top of it: mean (5 x 20 + 3 x 30) / 8 = 23.75. Scale 25 / 6 x 10.884 = 45.351; the gap to the belief adds
    // 5 x 3 / 8 x (30 - 20)^2 = 187.5; the variance is (45.351 + 187.5) / 8 x (1 + 1/8) = 32.745.
    const ofOslo = leadTimeTo('no-oslo', ...all);
    expect(ofOslo.meanDays).toBeCloseTo(23.75, 10);
    expect(ofOslo.varianceDays).toBeCloseTo(32.745, 3);
    expect(ofOslo.receipts).toBe(3);

    // And Poznan on top of Oslo. What Oslo says: mean (5 x 20 + 3 x 30) / 8 = 23.75. Poznan, two of 20 days:
    // (5 x 23.75 + 2 x 20) / 7 = 22.679.
    expect(leadTimeTo('pl-poznan', ...all).meanDays).toBeCloseTo(22.679, 3);
    // A warehouse without a delivery has what all the others say: (5 x 20 + 2 x 20 + 3 x 30) / 10 = 23.
    expect(leadTimeTo('de-berlin', ...all).meanDays).toBeCloseTo(23, 10);
  });

  it('is that of the lane alone from ten deliveries on', () => {
    const ten = Array.from({ length: 10 }, (_, n) => oslo(n % 2));
    // Five of 20 days and five of 21: mean 20.5, sample variance 10 x 0.5^2 / 9 = 0.278.
    const learnt = leadTimeTo('no-oslo', ...ten, poznan(40), poznan(40));
    expect(learnt.meanDays).toBe(20.5);
    expect(learnt.varianceDays).toBeCloseTo(0.278, 3);
    expect(learnt.trusted).toBe(true);
  });

  it('counts a delivery of an unknown warehouse for all lanes, and units that were given up for none', () => {
    // (5 x 20 + 26) / 6 = 21.
    expect(leadTimeTo('no-oslo', to(undefined, 6)).meanDays).toBeCloseTo(21, 10);
    expect(leadTimeTo('no-oslo', delivery({ daysLate: 6 })).meanDays).toBe(20);
  });
});
