import { describe, expect, it } from 'vitest';
import { amount, country } from '../../../shared/reports/answer/columns.ts';
import { cellTexts, isRightToLeft } from '../../../shared/reports/page/cell-text.ts';
import { marksOf, roomFor } from '../../../shared/reports/page/chart-room.ts';
import { chartSvg } from '../../../shared/reports/page/chart-svg.ts';

describe('the marks of an axis', () => {
  it.each([
    // A quarter of 173 is 43.25; the next of 1, 2, 2.5 and 5 times ten is 50.
    ['of amounts', [173, 37], false, { min: 0, max: 200, interval: 50 }],
    ['of a loss', [-30, 70], false, { min: -50, max: 75, interval: 25 }],
    ['of parts', [0.31, null], false, { min: 0, max: 0.4, interval: 0.1 }],
    ['of few orders', [3, 1], true, { min: 0, max: 3, interval: 1 }],
    ['of nothing', [0, null], true, { min: 0, max: 1, interval: 1 }],
    ['of one figure below zero', [-8], false, { min: -8, max: 0, interval: 2 }],
  ])('%s hold all figures and zero', (_, figures, isWhole, marks) => {
    const made = marksOf(figures, isWhole);
    for (const name of ['min', 'max', 'interval'] as const) expect(made[name]).toBeCloseTo(marks[name], 9);
  });
});

describe('the room of a picture', () => {
  it('is for the marks where the reading begins, and for names that reach over there', () => {
    const short = { width: 340, names: [['a'], ['b']], isAslant: false, marks: ['0', '100'] };
    const [ltr, rtl] = [
      roomFor({ ...short, isRightToLeft: false }),
      roomFor({ ...short, isRightToLeft: true }),
    ];
    expect([rtl.right, rtl.left]).toEqual([ltr.left, ltr.right]);
    const long = roomFor({
      ...short,
      isRightToLeft: false,
      isAslant: true,
      names: Array.from({ length: 12 }, () => ['United Kingdom']),
    });
    expect(long.left).toBeGreaterThan(ltr.left);
    expect(long.bottom).toBeGreaterThan(ltr.bottom);
  });

  it.each(['en', 'de', 'ar-EG', 'he', 'hi', 'ja'])(
    'leaves twelve bars most of a telephone in %s',
    (locale) => {
      const codes = ['GB', 'US', 'FR', 'DE', 'AU', 'NL', 'SA', 'AE', 'JP', 'CH', 'BR', 'ZA'];
      const columns = { market: country('Market', 'A country.'), gross: amount('Gross', 'An amount.') };
      const rows = codes.map((market, index) => ({
        market,
        gross: { amountMinor: 12_345_600 * (index + 1), currency: 'EUR' } as const,
      }));
      const svg = chartSvg(
        { name: 'rows', title: 'Rows', columns, rows },
        { table: 'rows', kind: 'bar', title: 'Gross by market', x: 'market', y: ['gross'] },
        { texts: cellTexts(locale), isRightToLeft: isRightToLeft(locale), id: 'c', width: 340 },
      );
      // The lines behind the bars have the width of what is drawn.
      const [, from = '', to = ''] = /<path d="M([\d.]+) [\d.]+L([\d.]+) [\d.]+"/.exec(svg ?? '') ?? [];
      expect(Number(to) - Number(from)).toBeGreaterThan(0.6 * 340);
    },
  );
});
