import { describe, expect, it } from 'vitest';
import { inLines, shortened, textWidth } from '../../../shared/reports/page/text-width.ts';

describe('the width of a text in a picture', () => {
  // Widths of Chromium with DejaVu Sans, in parts of the size of the font.
  it.each([
    ['Arabic', 'الولايات المتحدة المملكة العربية السعودية ألمانيا فرنسا', 22.74],
    ['Hebrew', 'ארצות הברית גרמניה צרפת', 11.76],
    ['Hindi', 'संयुक्त राज्य जर्मनी फ़्रांस भारत', 18.67],
    ['Russian', 'Соединенные Штаты Германия', 16.65],
    ['Greek', 'Γερμανία Ηνωμένες', 9.91],
    ['English', 'abcdefghijklmnopqrstuvwxyz', 14.65],
    ['capitals', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 17.47],
    ['digits', '0123456789', 6.36],
    ['Arabic digits', '٠١٢٣٤٥٦٧٨٩', 5.37],
  ])('of %s is that of a browser, up to a fifth', (_, text, parts) => {
    expect(textWidth(text, 10) / (parts * 10)).toBeGreaterThan(0.85);
    expect(textWidth(text, 10) / (parts * 10)).toBeLessThan(1.2);
  });

  it('of letters that fill a square is the size of the font, and of marks of direction nothing', () => {
    expect(textWidth('日本カタ대한', 12)).toBe(6 * 12);
    expect(textWidth('\u2067\u2066€\u2069\u2069', 12)).toBe(textWidth('€', 12));
  });
});

describe('a name that is too wide', () => {
  it('is shortened with an ellipsis, and stays below the width', () => {
    const made = shortened('Vereinigtes Königreich', 80, 12);
    expect(made).toMatch(/^Vereini\S*…$/);
    expect(textWidth(made, 12)).toBeLessThanOrEqual(80);
    expect(shortened('Japan', 80, 12)).toBe('Japan');
  });

  it('is in lines of words, and a word alone is shortened', () => {
    expect(inLines('United States of America', 60, 12)).toEqual(['United', 'States of', 'America']);
    expect(inLines('Großbritannien', 40, 12)).toEqual([expect.stringMatching(/^Gro.*…$/)]);
    for (const line of inLines('المملكة العربية السعودية', 60, 12))
      expect(textWidth(line, 12)).toBeLessThanOrEqual(60);
  });
});
