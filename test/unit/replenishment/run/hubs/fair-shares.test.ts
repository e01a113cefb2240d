import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fairShares } from '../../../../../shared/replenishment/run/hubs/fair-shares.ts';

const shares = (wishes: Parameters<typeof fairShares>[0], units: number) =>
  Object.fromEntries(fairShares(wishes, units));

it('bring all sites to the same part of what they want to have', () => {
  // They want to have 40, 20 and 20. With 38 units and the 2 of the last one, all come to a half: 20, 10 and 10.
  const wishes = [
    { id: 'a', position: 0, units: 40 },
    { id: 'b', position: 0, units: 20 },
    { id: 'c', position: 2, units: 18 },
  ];
  expect(shares(wishes, 38)).toEqual({ a: 20, b: 10, c: 8 });
  // One unit more: a is at 20 of 40 as the others are, and comes first by its code.
  expect(shares(wishes, 39)).toEqual({ a: 21, b: 10, c: 8 });
  // A site that has more than its part gets nothing: 10 of 20 is more than the rest can have.
  expect(
    shares(
      [
        { id: 'a', position: 10, units: 10 },
        { id: 'b', position: 0, units: 20 },
      ],
      6,
    ),
  ).toEqual({ a: 0, b: 6 });
  // What a site owes comes first: it is brought from -5 to 1 of 10 as the other one.
  expect(
    shares(
      [
        { id: 'a', position: -5, units: 15 },
        { id: 'b', position: 0, units: 10 },
      ],
      7,
    ),
  ).toEqual({ a: 6, b: 1 });
});

it('give all that is there and wished, nobody more than its wish, in any order', () => {
  const wish = fc.record({
    position: fc.integer({ min: -50, max: 200 }),
    units: fc.integer({ min: 1, max: 300 }),
  });
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 6 }), fc.nat(900), (given, units) => {
      const wishes = given.map((each, at) => ({ ...each, id: `w${at}` }));
      const found = fairShares(wishes, units);
      const wished = wishes.reduce((sum, each) => sum + each.units, 0);
      expect([...found.values()].reduce((sum, each) => sum + each, 0)).toBe(Math.min(units, wished));
      for (const { id, units: most } of wishes) {
        expect(found.get(id)).toBeGreaterThanOrEqual(0);
        expect(found.get(id)).toBeLessThanOrEqual(most);
      }
      expect([...fairShares(wishes.toReversed(), units)].toSorted()).toEqual([...found].toSorted());
    }),
  );
});
