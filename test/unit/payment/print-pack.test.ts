import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { EvidencePack } from '../../../shared/payment/evidence/evidence-pack.ts';
import { MissingTexts } from '../../../shared/payment/evidence/print/missing-texts.ts';
import { printPack } from '../../../shared/payment/evidence/print/print-pack.ts';
import { linesOf, printable, visualRuns } from '../../../shared/payment/evidence/print/text-runs.ts';

const pack = (...values: string[]): EvidencePack => ({
  title: 'Evidence for dispute du_1',
  asOf: '2026-12-01T10:00:00.000Z',
  sections: [
    {
      heading: 'Where it went',
      pairs: values.map((value) => ['Consignee', value] as const),
      table: { columns: ['Scanned', 'Place'], rows: [['2026-12-01 10:00 UTC', 'Berlin, DE']] },
      note: 'A note.',
    },
  ],
});

const names = ['Ανδρέας Παπαδόπουλος', 'Людмила Петрова', 'محمد بن عبد الله 12', 'דוד לוי', 'Łukasz Żółć'];

describe('printed evidence', () => {
  test('is a PDF, and the same bytes for the same pack', async () => {
    const [one, other] = [await printPack(pack(...names)), await printPack(pack(...names))];
    expect(Buffer.from(one).subarray(0, 5).toString()).toBe('%PDF-');
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    expect(one.length).toBeLessThan(200_000);
    const later = await printPack({ ...pack(...names), asOf: '2026-12-01T10:00:01.000Z' });
    expect(Buffer.from(one).equals(Buffer.from(later))).toBe(false);
  });

  test('has Chinese, Japanese, Korean, Thai and Indian letters, and the same bytes each time', async () => {
    const written = [
      '张伟 Zhang',
      '龜山鄉',
      '山田 太郎さん',
      '김민준',
      'สมชาย ใจดี',
      'राम कुमार',
      'রহিম',
      'முருகன்',
    ];
    const [one, other] = [await printPack(pack(...written)), await printPack(pack(...written))];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    const bytes = Buffer.from(one).toString('latin1');
    expect(bytes).not.toContain('EmbeddedFile');
    const fonts = new Set([...bytes.matchAll(/\/BaseFont \/[A-Z]{6}\+([\w-]+)/g)].map(([, name]) => name));
    expect([...fonts].sort()).toEqual([
      ...['DejaVuSans', 'NotoSansBengali-Regular', 'NotoSansDevanagari-Regular', 'NotoSansJPThin-Regular'],
      ...[
        'NotoSansKRThin-Regular',
        'NotoSansSCThin-Regular',
        'NotoSansTamil-Regular',
        'NotoSansThai-Regular',
      ],
    ]);
    // The letters that are printed, and not the fonts of 4.5 MB.
    expect(one.length).toBeLessThan(150_000);
  });

  test('has texts in letters of no font in an attached file, and the same bytes each time', async () => {
    const [one, other] = [await printPack(pack('సత్య', 'to ភ្នំពេញ')), await printPack(pack('సత్య', 'to ភ្នំពេញ'))];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
    const bytes = Buffer.from(one).toString('latin1');
    expect(bytes).toContain('/Type /EmbeddedFile');
    const at = bytes.indexOf('stream\n', bytes.indexOf('/Type /EmbeddedFile')) + 'stream\n'.length;
    const attached = Buffer.from(one).subarray(at, bytes.indexOf('endstream', at));
    const { texts } = JSON.parse(inflateSync(attached).toString('utf8')) as { texts: unknown };
    expect(texts).toEqual([
      { mark: '[1]', script: 'Telugu', text: 'సత్య' },
      { mark: '[2]', script: 'Khmer', text: 'ភ្នំពេញ' },
    ]);
    expect(Buffer.from(await printPack(pack(...names))).toString('latin1')).not.toContain('EmbeddedFile');
  });

  test('goes on with more pages where it is long', async () => {
    const long = await printPack({
      ...pack(),
      sections: [
        {
          heading: 'Steps',
          table: { columns: ['Step'], rows: Array.from({ length: 400 }, (_, row) => [`step ${row}`]) },
        },
      ],
    });
    const count =
      Buffer.from(long)
        .toString('latin1')
        .match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(count).toBeGreaterThan(4);
    expect(count).toBeLessThan(12);
  });
});

describe('the letters of a text', () => {
  const latin = (letter: string) => (letter.codePointAt(0) ?? 0) < 0x500;

  const shown = (...texts: string[]) => {
    const missing = new MissingTexts();
    const printed = texts.map((text) => printable(text, latin, (letters) => missing.markOf(letters)));
    return { printed, texts: missing.all() };
  };

  test('that the font has not are marks, one for each text, and are kept as they were written', () => {
    expect(shown('张伟 Zhang', 'to 山田 太郎, Tokyo', '张伟', '김민준님 12')).toEqual({
      printed: ['[1] Zhang', 'to [2], Tokyo', '[1]', '[3] 12'],
      texts: [
        { mark: '[1]', script: 'Han', text: '张伟' },
        { mark: '[2]', script: 'Han', text: '山田 太郎' },
        { mark: '[3]', script: 'Hangul', text: '김민준님' },
      ],
    });
    expect(shown('スミス さん', 'ส').texts.map(({ script }) => script)).toEqual([
      'Hiragana, Katakana',
      'Thai',
    ]);
    expect(shown(' a  b ', '').printed).toEqual([' a  b ', '']);
  });

  test('have no control characters, and no overrides of direction', () => {
    expect(shown('a\u202e\u0007b')).toEqual({ printed: ['ab'], texts: [] });
  });

  test.each([
    ['Ada Lovelace, 12', [['Ada Lovelace, 12', false]]],
    ['محمد علي', [['محمد علي', true]]],
    [
      'דוד 12',
      [
        ['12', false],
        [' ', false],
        ['דוד', true],
      ],
    ],
    [
      'to דוד now',
      [
        ['to', false],
        [' ', false],
        ['דוד', true],
        [' ', false],
        ['now', false],
      ],
    ],
  ] as const)('%s are runs from left to right', (line, runs) => {
    expect(visualRuns(line).map(({ text, isRightToLeft }) => [text, isRightToLeft])).toEqual(runs);
  });

  test('are divided into lines, and a long word too', () => {
    const width = (part: string) => part.length;
    expect(linesOf('one two three', 7, width)).toEqual(['one two', 'three']);
    expect(linesOf('abcdefghij k', 4, width)).toEqual(['abcd', 'efgh', 'ij k']);
    expect(linesOf('', 4, width)).toEqual(['']);
  });
});
