import { describe, expect, test } from 'vitest';
import { usChapter99 } from '../../../../infra/cli/tariff/publishers/us-chapter-99/us-chapter-99.ts';
import { schedulesBeside } from '../../../../shared/runtime/tariff-files.ts';

/** Text in the form of the chapter: its furniture of pages, its lists in columns and its paragraphs. */
const chapter = (lists: string) => `
20. (a)  For the purposes of heading 9903.88.01, products of China shall be subject to an additional 25 percent
(b) Heading 9903.88.01 applies to all products of China that are classified in the following 8-digit subheadings, except
         products of China granted an exclusion and provided for in (1) heading 9903.88.05:
                   Harmonized Tariff Schedule of the United States Revision 6 (2026)
                                                               Annotated for Statistical Reporting Purposes
XXII
99 - III - 89
U.S. Notes (con.)                  8401.10.00  8401.20.00
                   8402.11.00
(c) For the purposes of heading 9903.88.02, products of China
(d) Heading 9903.88.02 applies to products in 3403.19.10
(e) For the purposes of heading 9903.88.03, products of China
(f) Heading 9903.88.03 applies to products in 4202.21.60
(g) For the purposes of heading 9903.88.04, products of China:
2. Machines, provided for in [subheading] 8517.62.00, except for such machines provided for in statistical reporting
         number 8517.62.0090;
6. Seats, provided for in 9401.79.00, except for such seats provided for in statistical reporting
         numbers 9401.79.0001, 9401.79.0002;
The additional duties do not apply to goods entered under 9802.00.40 and heading 9802.00.80.
(h) The U.S. Trade Representative determined that 9999.99.99 and 7326.90.86 are excluded
(s) Heading 9903.88.15 applies to:
(i) all products of China that are classified in the following 8-digit subheadings: 6109.10.00
(ii) the following products of China:
2. Machines, provided for in subheading 8517.62.00, except for such machines provided for in statistical reporting numbers
         8517.62.0010 and 8517.62.0020;
(t) For the purposes of heading 9903.88.16, products of China
(u) Heading 9903.88.16 applies to 9503.00.00
31. (a)  As provided in headings 9903.91.01
(b) Heading 9903.91.01 applies to 2605.00.00
(c) Heading 9903.91.02 applies to 8541.42.00
(d) Heading 9903.91.03 applies to 8703.80.00
(e) Heading 9903.91.04 applies to facemasks of 6307.90.9870, before January 1, 2026.
(f)
     (i) Heading 9903.91.05 applies to (1) 2804.61.00
${lists}
(j) Heading 9903.91.11 applies to 8101.94.00
(l)
(i) Heading 9903.91.14 applies to cranes, provided for in subheading 8426.19.00, that are
33. (a)  Except as provided for in heading 9903.94.02 4011.10.10
`;
const later = `(g) Heading 9903.91.06 applies to (5) 8507.60.00
(h) Heading 9903.91.07 applies to statistical reporting numbers 6307.90.9870 or 6307.90.9875
(i) Heading 9903.91.08 applies to 8-digit subheading 4015.12.10, effective`;
const file = (text: string) => [{ name: 'chapter99.txt', bytes: new TextEncoder().encode(text) }];
const rates = (on: string, text = chapter(later)) => {
  const { lines } = usChapter99.read(file(text), on);
  return (code: string) => lines.find((line) => line.code === code);
};

describe('the lists of Section 301 in chapter 99', () => {
  test('give the rate of the list that names the goods, and say that others bear none', () => {
    const at = rates('2026-06-01');
    expect(at('84012000')).toMatchObject({ rate: '25', text: '9903.88.01 25%' });
    expect(at('84021100')?.rate).toBe('25');
    expect([at('34031910'), at('42022160'), at('61091000')].map((line) => line?.rate)).toEqual([
      '25',
      '25',
      '7.5',
    ]);
    expect([at('85414200'), at('87038000'), at('28046100')].map((line) => line?.rate)).toEqual([
      '50',
      '100',
      '50',
    ]);
    expect(at('95')).toMatchObject({ rate: '0', text: 'no duty' });
    // List 4B is suspended, exclusions and notes about other duties are no lists.
    for (const code of ['95030000', '73269086', '40111010', '98020040']) expect(at(code)).toBeUndefined();
  });

  test('leave statistical numbers out of one list and have them in another', () => {
    const at = rates('2026-06-01');
    expect(at('8517620090')).toMatchObject({ rate: '7.5', text: '9903.88.15 7.5%' });
    expect(at('8517620020')).toMatchObject({ rate: '25', text: '9903.88.04 25%' });
    expect(at('94017900')?.rate).toBe('25');
    expect(at('9401790002')).toMatchObject({ rate: '0', text: 'no duty' });
  });

  test('hold on their days', () => {
    expect(rates('2025-12-31')('6307909870')?.rate).toBe('25');
    expect(rates('2026-01-01')('6307909870')?.rate).toBe('50');
    expect(rates('2025-12-31')('85076000')).toBeUndefined();
  });

  test('are without a rate where a description decides', () => {
    const { unparsed } = usChapter99.read(file(chapter(later)), '2026-06-01');
    expect(unparsed).toEqual([
      { code: '84261900', text: '9903.91.14 by description', reason: expect.stringContaining('description') },
    ]);
  });

  test('are all there, or the file is refused by their names', () => {
    expect(() => usChapter99.read(file(chapter('')), '2026-06-01')).toThrow(
      /lists of 9903.91.06, 9903.91.07, 9903.91.08 were not found/,
    );
  });
});

test('the repository’s edition has every list of Revision 6, and no subheading in two lists', () => {
  const edition = schedulesBeside.editionOn('us-section-301-china', '2026-12-01');
  const chapters = Array.from({ length: 97 }, (_, at) => String(at + 1).padStart(2, '0'));
  const lines = chapters.flatMap((number) => edition?.linesOf(number) ?? []);
  const named = (text: string) => lines.filter((line) => line.text === text).length;
  expect(
    ['9903.88.01 25%', '9903.88.02 25%', '9903.88.03 25%', '9903.88.15 7.5%', '9903.91.01 25%'].map(named),
  ).toEqual([856, 283, 5906, 2963, 348]);
  const inTwo = lines.filter(({ text }) => text.includes(' and ')).map(({ code }) => code);
  expect(inTwo).toEqual(['85176200', '94016960', '94017100']);
});
