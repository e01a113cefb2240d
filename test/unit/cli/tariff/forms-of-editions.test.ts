import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rateText } from '../../../../shared/duties/assess/duty-rate.ts';
import { edition, linesAt } from './files.ts';

interface Form {
  readonly code: string;
  readonly text: string;
  /** The rate in words; `not read` for goods that are refused. */
  readonly reads: string;
}

const forms = JSON.parse(readFileSync('test/fixtures/tariffs/forms-of-editions.json', 'utf8')) as Readonly<
  Record<'jp' | 'za' | 'au' | 'vn', readonly Form[]>
>;

/** A rate without its numbers. */
const formOf = (text: string) => text.replaceAll(/\d[\d.,]*/g, 'n').replaceAll(/\s+/g, ' ');

describe.each([
  ['jp', 'jp-2026-07-09'],
  ['za', 'za-2026-02-13'],
  ['au', 'au-2026-04'],
  ['vn', 'vn-2026-04-05'],
] as const)('every form of rate in the tariff of %s', (tariff, name) => {
  const schedule = edition(name);

  test('is in the list', () => {
    const all = schedule.chapters.flatMap((chapter) => schedule.linesOf(chapter));
    const listed = forms[tariff].map(({ text }) => formOf(text));
    expect([...new Set(all.map(({ text }) => formOf(text)))].toSorted()).toEqual(listed.toSorted());
  });

  test.each(forms[tariff])('$code: $text', ({ code, text, reads }) => {
    const line = linesAt(schedule, code).find((each) => each.text === text);
    expect(line?.rate === undefined ? 'not read' : rateText(line.rate)).toBe(reads);
  });
});
