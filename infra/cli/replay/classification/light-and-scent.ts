import type { KeywordRow } from './keyword-row.ts';

/** Candles (3406), incense and room scent (3307), soap and cosmetics (33, 34). */
export const lightAndScent: readonly KeywordRow[] = [
  ['340600', 'candle, t light, tealight, chocolatecandle, baroquecandlestick candle, candle pot'],
  ['330749', 'pot pourri, scented fabric, scent heart, scented hanging, scented flower, small scented'],
  ['330129', 'fragrance oil'],
  ['392490', 'soap holder, soap dish, soap rack, bath sponge, bathroom set, fly swat'],
  ['340111', 'soap'],
];
