import { describe, expect, it } from 'vitest';
import { readerLocale } from '../../../shared/runtime/reader-locale.ts';

describe('the locale of a reader', () => {
  it.each([
    ['de-CH, de;q=0.9, en;q=0.8', 'de-CH'],
    // The weight decides, and not the place.
    ['en;q=0.5, fr;q=0.9', 'fr'],
    ['pt-br', 'pt-BR'],
    ['de;q=0, ja', 'ja'],
    ['de;q=0.000, ja;q=0.001', 'ja'],
    // Klingon is a tag without numbers and dates here.
    ['tlh, hi', 'hi'],
    ['ar-EG-u-nu-latn', 'ar-EG-u-nu-latn'],
    ['de-u, fr', 'fr'],
    ['*, he;q=0.1', 'he'],
    ['<script>, ../de, de_DE, 1234, es', 'es'],
  ])('of %s is %s', (header, locale) => {
    expect(readerLocale(header)).toBe(locale);
  });

  it.each([undefined, '', '*', ',;,', 'de;q=0', 'tlh', `${'x'.repeat(9)}-${'y'.repeat(9)}`])(
    'of %s is none',
    (header) => {
      expect(readerLocale(header)).toBeUndefined();
    },
  );
});
