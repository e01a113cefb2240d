import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Arrival,
  planReceipts,
  type ReceivingSite,
} from '../../../../shared/replenishment/policy/receiving.ts';

const site = (siteId: string, given: Partial<ReceivingSite> = {}): ReceivingSite => ({
  siteId,
  dockPerDay: 100,
  storedOn: () => 0,
  closedOn: new Set(),
  divertTo: [],
  ...given,
});
const arrival = (arrivalId: string, load: number, given: Partial<Arrival> = {}): Arrival => ({
  arrivalId,
  siteId: 'fra',
  load,
  earliest: '2026-12-01',
  maxDelayDays: 2,
  ...given,
});
const placesOf = (arrivals: readonly Arrival[], sites: readonly ReceivingSite[]) =>
  planReceipts(arrivals, sites).planned.map((each) => [
    each.arrival.arrivalId,
    each.siteId,
    each.date,
    each.outcome,
  ]);

describe('the receiving plan', () => {
  it('puts off what the dock has no room for', () => {
    // 100 a day: a takes 80 of the 1st; b of 50 has the 2nd; c of 20 still fits on the 1st.
    expect(placesOf([arrival('a', 80), arrival('b', 50), arrival('c', 20)], [site('fra')])).toEqual([
      ['a', 'fra', '2026-12-01', 'as-wanted'],
      ['b', 'fra', '2026-12-02', 'put-off'],
      ['c', 'fra', '2026-12-01', 'as-wanted'],
    ]);
  });

  it('diverts what may not wait, and says where from', () => {
    const sites = [site('fra', { divertTo: ['par'] }), site('par')];
    const { planned } = planReceipts([arrival('a', 100), arrival('b', 60, { maxDelayDays: 0 })], sites);
    expect(planned[1]).toMatchObject({
      siteId: 'par',
      outcome: 'diverted',
      reasons: [{ formula: 'fra has no room on 2026-12-01: taken in at par on 2026-12-01' }],
    });
  });

  it('waits while the site is closed', () => {
    const closed = site('fra', { closedOn: new Set(['2026-12-01']) });
    expect(placesOf([arrival('a', 10)], [closed])).toEqual([['a', 'fra', '2026-12-02', 'put-off']]);
  });

  it('does not fill the storage beyond its limit, on later days either', () => {
    // 150 fit, 60 are there. b came first in the plan for the 3rd with 50; a of 50 would make 160 on the 3rd.
    const full = site('fra', { storage: 150, storedOn: () => 60 });
    const found = planReceipts(
      [arrival('b', 50, { earliest: '2026-12-01', maxDelayDays: 0 }), arrival('a', 50, { maxDelayDays: 5 })],
      [full],
    );
    expect(found.planned.map((each) => each.arrival.arrivalId)).toEqual(['b']);
    expect(found.noRoom).toMatchObject([{ arrival: { arrivalId: 'a' }, reason: 'no-room' }]);
  });

  it('does not fill the storage of a day on which a receipt was put off to', () => {
    // 100 a day, 150 in all. w takes 80 of the 1st, x of 60 has the 2nd: 140 on the 2nd. y of 20 would make it 160.
    const limited = site('fra', { storage: 150 });
    const arrivals = [arrival('w', 80), arrival('x', 60), arrival('y', 20, { maxDelayDays: 0 })];
    const found = planReceipts(arrivals, [limited]);
    expect(found.planned.map((each) => [each.arrival.arrivalId, each.date])).toEqual([
      ['w', '2026-12-01'],
      ['x', '2026-12-02'],
    ]);
    expect(found.noRoom).toMatchObject([{ arrival: { arrivalId: 'y' } }]);
  });

  it('names an unknown site and a load that is no number, and plans the rest', () => {
    const { planned, noRoom } = planReceipts(
      [arrival('a', Number.NaN), arrival('b', 5, { siteId: 'ams' }), arrival('c', 5)],
      [site('fra')],
    );
    expect(noRoom.map((each) => each.reason)).toEqual(['bad-figure', 'unknown-site']);
    expect(planned).toHaveLength(1);
  });

  it('never loads a dock beyond its day, whatever arrives', () => {
    const anyArrival = fc.record({
      load: fc.nat(140),
      day: fc.integer({ min: 1, max: 9 }),
      maxDelayDays: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(anyArrival, { maxLength: 40 }), (given) => {
        const sites = [site('fra', { divertTo: ['par'], storage: 700 }), site('par', { dockPerDay: 40 })];
        const arrivals = given.map(({ load, day, maxDelayDays }, index) =>
          arrival(`a${index}`, load, { earliest: `2026-12-0${day}`, maxDelayDays }),
        );
        const { planned, noRoom, loadOn } = planReceipts(arrivals, sites);
        expect(planned.length + noRoom.length).toBe(arrivals.length);
        let stored = 0;
        for (let day = 1; day <= 15; day += 1) {
          const date = `2026-12-${String(day).padStart(2, '0')}`;
          const taken = planned.filter((each) => each.siteId === 'fra' && each.date === date);
          const load = taken.reduce((sum, each) => sum + each.arrival.load, 0);
          expect(loadOn('fra', date)).toBe(load);
          expect(load).toBeLessThanOrEqual(100);
          expect(loadOn('par', date)).toBeLessThanOrEqual(40);
          stored += load;
        }
        expect(stored).toBeLessThanOrEqual(700);
      }),
    );
  });
});
