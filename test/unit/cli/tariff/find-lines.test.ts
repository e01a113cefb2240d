import { describe, expect, it } from 'vitest';
import { findLines, searchIn } from '../../../../infra/cli/tariff/find-lines.ts';
import { encodeSchedule, openSchedule } from '../../../../shared/duties/schedules/schedule-file.ts';

const edition = (tariff: string, lines: Readonly<Record<string, string>>) =>
  openSchedule(
    encodeSchedule(
      {
        ...{
          tariff,
          edition: '2026-01',
          validFrom: '2026-01-01',
          knownTo: '2026-01-01',
          hs: 'HS2022' as const,
        },
        ...{ law: 'a tariff for this test', source: 'written for this test' },
        ...{ provenance: 'published' as const, confidence: 'high' as const },
      },
      Object.entries(lines).map(([code, goods]) => ({ code, goods, text: '10%', rate: '10' })),
    ),
  );

const us = edition('us', {
  '42029231': 'Travel, sports and similar bags with outer surface of textile materials: Backpacks',
  '42022245': 'Handbags with outer surface of textile materials',
  '85076000': 'Lithium-ion batteries',
});
const gb = edition('gb', { '4202929100': 'Rucksacks and backpacks of textile materials' });
const codes = (words: string, over: { code?: string; limit?: number } = {}) =>
  searchIn([us, gb], { words, limit: 10, ...over }).map(({ code }) => code);

describe('the search for a code', () => {
  it('finds the lines that have all words, in every edition', () => {
    expect(codes('textile backpack').toSorted()).toEqual(['42029231', '4202929100']);
    expect(codes('handbag')).toEqual(['42022245']);
  });

  it('takes one word as many, a beginning, and a letter that is wrong', () => {
    for (const words of ['battery', 'batteries', 'lithium batt', 'Batterries'])
      expect(codes(words)).toEqual(['85076000']);
  });

  it('finds lines that have some of the words where none has all', () => {
    expect(codes('waterproof handbag')).toEqual(['42022245']);
    expect(codes('of the other')).toEqual([]);
  });

  it('keeps to the codes and the number of lines that are asked for', () => {
    expect(codes('textile', { code: '420222' })).toEqual(['42022245']);
    expect(codes('textile', { limit: 1 })).toHaveLength(1);
  });

  it('gives the rate as published, from the editions of the repository', () => {
    const said: string[] = [];
    const asked = { words: 'T-shirts of cotton', code: '610910', limit: 50, format: 'json' as const };
    findLines({ ...asked, tariff: 'us' }, (text) => said.push(text));
    const found: unknown = JSON.parse(said.join(''));
    expect(found).toContainEqual(
      expect.objectContaining({ edition: 'us 2025-11', code: '61091000', rate: '16.5%' }),
    );
    expect(() => findLines({ ...asked, tariff: 'xx' }, () => {})).toThrow('no edition of xx');
  });
});
