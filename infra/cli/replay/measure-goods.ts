import type { Country } from '../../../shared/kernel/country.ts';
import { invariant } from '../../../shared/kernel/invariant.ts';
import type { Dimensions } from '../../../shared/kernel/measure.ts';

/** The data about an article that a parcel needs and the data set does not have. */
export interface GoodsMeasures {
  readonly unitWeightGrams: number;
  /** The size in millimetres, as packed for sale. */
  readonly dimensions: Dimensions;
  readonly originCountry: Country;
}

type MeasureRow = readonly [
  hsPrefix: string,
  grams: number,
  lengthMm: number,
  widthMm: number,
  heightMm: number,
];

/**
 * A plausible weight and size of one unit by HS prefix. Longer prefixes are before shorter ones, and the first match
 * counts.
 */
// biome-ignore format: one group a row reads like a table
const MEASURES: readonly MeasureRow[] = [
  ['12', 120, 120, 90, 60],       ['3005', 40, 95, 60, 20],       ['3006', 180, 160, 110, 50],
  ['32', 150, 180, 120, 20],      ['33', 60, 120, 60, 40],        ['3307', 80, 260, 60, 30],
  ['34', 110, 90, 60, 30],        ['3406', 260, 110, 80, 80],     ['3407', 300, 150, 100, 30],
  ['36', 60, 110, 60, 40],        ['38', 130, 110, 90, 20],       ['39', 90, 140, 90, 30],
  ['3924', 210, 220, 160, 60],    ['3926', 70, 140, 90, 30],      ['4014', 380, 330, 200, 40],
  ['4015', 90, 260, 120, 20],     ['4016', 20, 60, 40, 15],       ['42', 60, 160, 110, 15],
  ['420212', 600, 320, 220, 110], ['420222', 320, 330, 250, 50],  ['420232', 55, 130, 100, 20],
  ['420292', 120, 280, 220, 15],  ['44', 320, 220, 140, 50],      ['4414', 380, 230, 180, 30],
  ['4421', 150, 200, 90, 40],     ['46', 420, 260, 200, 110],     ['48', 90, 210, 150, 15],
  ['4810', 100, 250, 180, 20],    ['4811', 55, 350, 50, 50],      ['4818', 110, 170, 170, 40],
  ['4819', 160, 240, 180, 30],    ['4820', 190, 210, 150, 15],    ['482369', 90, 130, 90, 70],
  ['49', 30, 180, 130, 5],        ['4910', 220, 300, 300, 8],     ['55', 250, 250, 180, 90],
  ['56', 120, 90, 70, 70],        ['57', 1600, 700, 400, 20],     ['58', 45, 110, 70, 20],
  ['61', 120, 240, 160, 30],      ['62', 190, 300, 230, 20],      ['63', 160, 240, 180, 30],
  ['6301', 900, 350, 280, 120],   ['6304', 180, 300, 250, 20],    ['64', 280, 280, 120, 90],
  ['65', 140, 350, 350, 120],     ['66', 420, 620, 70, 70],       ['660191', 330, 280, 60, 60],
  ['67', 70, 450, 90, 60],        ['68', 600, 240, 200, 15],      ['6911', 420, 160, 150, 90],
  ['6912', 360, 150, 130, 90],    ['6913', 300, 130, 100, 80],    ['6914', 180, 120, 100, 60],
  ['70', 340, 140, 110, 90],      ['7009', 260, 180, 140, 20],    ['7018', 250, 120, 90, 30],
  ['71', 30, 90, 70, 25],         ['73', 240, 180, 120, 60],      ['7310', 330, 200, 160, 110],
  ['7323', 380, 240, 170, 70],    ['82', 160, 220, 90, 25],       ['83', 170, 190, 120, 25],
  ['8302', 220, 240, 110, 50],    ['8310', 210, 300, 210, 4],     ['84', 160, 160, 110, 30],
  ['8423', 900, 260, 210, 120],   ['85', 240, 180, 140, 60],      ['8505', 40, 110, 80, 10],
  ['90', 120, 180, 60, 30],       ['9004', 60, 160, 70, 50],      ['91', 460, 240, 220, 60],
  ['92', 90, 130, 50, 30],        ['94', 500, 250, 180, 120],     ['9401', 3800, 600, 400, 150],
  ['940320', 4200, 600, 400, 120], ['940360', 3600, 500, 350, 160], ['9404', 420, 400, 380, 90],
  ['9405', 210, 130, 100, 90],    ['940531', 320, 220, 120, 80],  ['95', 150, 180, 120, 60],
  ['9503', 220, 230, 160, 70],    ['9504', 340, 240, 150, 50],    ['9505', 80, 180, 110, 40],
  ['96', 60, 170, 60, 20],        ['9610', 520, 320, 240, 10],    ['9617', 480, 260, 90, 90],
];

/** Kinds of goods that European makers supply. All other goods of this retailer come from China. */
const ORIGINS: Readonly<Record<string, Country>> = {
  '340600': 'PL', // candles
  '701349': 'PL', // kitchen glass
  '490900': 'GB', // greeting cards
  '481190': 'GB', // gift wrap
  '491000': 'GB', // calendars
  '120930': 'GB', // seeds
};

/** A plausible weight, size and origin for the subheading. They are made up, because the data set has none. */
export function measureGoods(hsCode: string): GoodsMeasures {
  const best = MEASURES.filter(([prefix]) => hsCode.startsWith(prefix)).sort(
    ([a], [b]) => b.length - a.length,
  )[0];
  invariant(best !== undefined, 'every subheading of the keyword table has a measure', { hsCode });
  const [, unitWeightGrams, lengthMm, widthMm, heightMm] = best;
  return {
    unitWeightGrams,
    dimensions: { lengthMm, widthMm, heightMm },
    originCountry: ORIGINS[hsCode] ?? 'CN',
  };
}
