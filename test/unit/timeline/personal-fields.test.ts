import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withoutPersonal, withPersonal } from '../../../events/personal-fields.ts';
import { booked, placed, scanned } from '../../builders/facts.ts';
import { landedCost } from '../../builders/landed-cost.ts';
import { timelineOf } from '../../builders/timeline.ts';

const to = (destination: Partial<ReturnType<typeof landedCost>['destination']>) =>
  placed({ landedCost: { ...landedCost(), destination: { country: 'DE', ...destination } } });

const cartons = [1, 2].map((number) => ({
  carrierShipmentId: `shp_${number}`,
  trackingNumber: `TRACK${number}`,
  labelUrl: `https://labels.test/${number}.pdf`,
  cost: { amount: 450, currency: 'EUR' as const },
}));

const { facts } = timelineOf([
  to({ postalCode: '10115', region: 'Land Berlin' }),
  booked({ pieces: cartons }),
  scanned({ place: { city: 'Köpenick', country: 'DE' } }),
]);

describe('the personal fields of facts', () => {
  test('an event has no postal code, no region that somebody typed, no link to a label and no town', () => {
    const open = JSON.stringify(withoutPersonal(facts).facts);

    for (const text of ['10115', 'Land Berlin', 'https://', 'Köpenick']) expect(open).not.toContain(text);
  });

  test('an event has the beginning of the postal code, the region by its code and the country of a scan', () => {
    const [order, , scan] = withoutPersonal(
      timelineOf([to({ postalCode: 'SW1A 1AA', region: 'LND' }), booked(), scanned()]).facts,
    ).facts;

    expect(order?.data).toMatchObject({
      landedCost: { destination: { country: 'DE', region: 'LND', postalArea: 'SW' } },
    });
    expect(scan?.data).toMatchObject({ place: { country: 'DE' } });
  });

  test('what was taken out fits back, whatever the values', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (code, city) => {
        const timeline = timelineOf([
          to({ postalCode: code, region: city }),
          booked({ pieces: cartons }),
          scanned({ place: { city } }),
        ]);
        const { facts: open, personal } = withoutPersonal(timeline.facts);

        expect(withPersonal(open, personal)).toEqual(timeline.facts);
      }),
    );
  });

  test('the facts that were given stay as they are', () => {
    const before = structuredClone(facts);

    withoutPersonal(facts);

    expect(facts).toEqual(before);
  });
});
