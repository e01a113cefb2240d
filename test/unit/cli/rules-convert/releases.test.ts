import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../../shared/duties/rules/schema.ts';
import { convert, htsFile, htsRow, rowOf } from './convert.ts';

const line = (id: string, hsPrefix: string, over: object = {}): Rule =>
  ({
    ...{ kind: 'tariff-line', id, regime: 'us', tariff: 'us', hsPrefix, goods: 'Goods', rate: '5' },
    ...{ validFrom: '2025-01-01', law: 'a law of this test', provenance: 'unverified', confidence: 'medium' },
    ...over,
  }) as Rule;
const validTo = (rows: readonly Rule[], id: string) => rows.find((row) => row.id === id)?.validTo;

describe('the rates in the repository', () => {
  const file = htsFile([htsRow('6109.10.00', '16.5%'), htsRow('9102.11.10', '44¢ each + 6% on the case')]);
  const builtin = [
    line('equal', '61091000'),
    line('shorter', '6109'),
    line('longer', '6109100012'),
    line('of-a-code-that-is-not-converted', '9102'),
    line('elsewhere', '6110'),
    line('ended-before', '610910', { validTo: '2026-06-30' }),
    line('other-tariff', '610910', { tariff: 'us-section-301-china' }),
    line('other-regime', '610910', { regime: 'gb', tariff: 'gb' }),
  ];

  test('end the day before the schedule begins, for its codes and for shorter and longer prefixes of them', () => {
    const { rows, ended } = convert('usitc', [file], { builtin });
    expect(ended).toEqual(['equal', 'shorter', 'longer', 'of-a-code-that-is-not-converted']);
    for (const id of ended) expect(validTo(rows, id)).toBe('2026-11-30');
    expect(rows).toHaveLength(ended.length + 1);
  });

  test('cannot end before they begin, so a schedule of the same day or earlier needs another day', () => {
    const late = [line('late', '6109', { validFrom: '2027-01-01' })];
    expect(convert('usitc', [file], { builtin: late }).problems).toEqual([
      'late is not in the file, and it cannot end before it begins: give a later --valid-from',
    ]);
  });
});

describe('a release that follows an earlier release', () => {
  const first = convert('usitc', [
    htsFile([
      htsRow('6109.10.00', '16.5%', { special: 'Free (S,KR)' }),
      htsRow('6110.20.20', '16.5%', { special: 'Free (S)' }),
      htsRow('6115.95.90', '13.5%'),
    ]),
  ]);
  const second = () =>
    convert(
      'usitc',
      [
        htsFile([
          htsRow('6109.10.00', '16.5%', { special: 'Free (S,KR)' }),
          htsRow('6110.20.20', '15%', { special: 'Free (S)' }),
          htsRow('6505.00.60', '1.4%'),
        ]),
      ],
      { previous: first.rows, validFrom: '2027-02-01', release: 'release 21' },
    );

  test('keeps the rows that did not change', () => {
    expect(rowOf(second(), 'us-61091000-2026-12-01')).toEqual(rowOf(first, 'us-61091000-2026-12-01'));
    expect(rowOf(second(), 'us-pref-korus-6109-free-2026-12-01')).toEqual(
      rowOf(first, 'us-pref-korus-6109-free-2026-12-01'),
    );
  });

  test('ends a changed row the day before, and begins a new row', () => {
    const { rows } = second();
    expect(validTo(rows, 'us-61102020-2026-12-01')).toBe('2027-01-31');
    expect(rowOf(second(), 'us-61102020-2027-02-01')).toMatchObject({ rate: '15', validFrom: '2027-02-01' });
  });

  test('ends a row the day before if the new release does not contain it', () => {
    expect(validTo(second().rows, 'us-61159590-2026-12-01')).toBe('2027-01-31');
    expect(second().ended).toEqual(['us-61102020-2026-12-01', 'us-61159590-2026-12-01']);
  });

  test('ends nothing without the earlier release, and replaces the rows if both have the same day', () => {
    const alone = convert('usitc', [htsFile([htsRow('6109.10.00', '15%')])]);
    expect(alone.ended).toEqual([]);
    const again = convert('usitc', [htsFile([htsRow('6109.10.00', '15%')])], {
      previous: [rowOf(first, 'us-61091000-2026-12-01') as Rule],
    });
    expect(again.rows).toEqual(alone.rows);
  });

  test('keeps the repository’s rates ended as the earlier release ended them', () => {
    const builtin = [line('us-610910-2025-01-01', '610910')];
    const before = convert('usitc', [htsFile([htsRow('6109.10.00', '16.5%')])], { builtin });
    expect(validTo(before.rows, 'us-610910-2025-01-01')).toBe('2026-11-30');
    const after = convert('usitc', [htsFile([htsRow('6109.10.00', '15%')])], {
      ...{ builtin, previous: before.rows, validFrom: '2027-02-01' },
    });
    expect(validTo(after.rows, 'us-610910-2025-01-01')).toBe('2026-11-30');
    expect(after.ended).toEqual(['us-61091000-2026-12-01']);
    // The result is sufficient as the earlier release of the next one.
    const third = convert('usitc', [htsFile([htsRow('6109.10.00', '14%')])], {
      ...{ builtin, previous: after.rows, validFrom: '2027-03-01' },
    });
    expect(validTo(third.rows, 'us-610910-2025-01-01')).toBe('2026-11-30');
    expect(third.problems).toEqual([]);
  });
});
