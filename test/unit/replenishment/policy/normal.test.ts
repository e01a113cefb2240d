import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  inverseNormal,
  inverseNormalLoss,
  normalLoss,
  normalProbability,
} from '../../../../shared/replenishment/policy/normal.ts';

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.96, 0.024997895148220435],
    [1.6448536269514722, 0.95],
    [3, 0.9986501019683699],
    [-7, 1.279812543885835e-12],
  ])('at most %f has the published probability', (z, probability) => {
    expect(Math.abs(normalProbability(z) / probability - 1)).toBeLessThan(1e-12);
  });

  it.each([
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.98, 2.0537489106318225],
    [0.999, 3.090232306167813],
    [1e-6, -4.753424308822899],
  ])('the quantile of %f is the published one', (p, z) => {
    expect(inverseNormal(p)).toBeCloseTo(z, 10);
  });

  it('gives back what was asked, over the whole range', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (p) => {
        expect(normalProbability(inverseNormal(p))).toBeCloseTo(p, 10);
      }),
    );
  });

  it('is infinite at the ends, and no number of no number', () => {
    expect([inverseNormal(0), inverseNormal(1), inverseNormal(Number.NaN)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ]);
  });

  // G(0) = phi(0) = 0.39894; G(1) = 0.24197 - 0.15866 = 0.08332; G(-1) = 1 + G(1).
  it.each([
    [0, 0.3989422804],
    [1, 0.0833154706],
    [-1, 1.0833154706],
  ])('the loss function at %f is that of the tables', (z, loss) => {
    expect(normalLoss(z)).toBeCloseTo(loss, 9);
    expect(inverseNormalLoss(loss)).toBeCloseTo(z, 6);
  });
});
