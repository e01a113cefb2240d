import type { Unit } from './express-rate.ts';

const kg = (count: number): Unit => ({ of: 'kg', count });
const grossKg = (count: number): Unit => ({ of: 'gross-kg', count });
const pieces = (count: number): Unit => ({ of: 'piece', count });

/**
 * Units of measurement of TARIC and of the UK tariff, by code with its qualifier (`DTN` and `G`: 100 kg gross) and by
 * the words of duty expressions, in small letters and without spaces.
 */
const units: Readonly<Record<string, Unit>> = {
  kgm: kg(1),
  dtn: kg(100),
  dtnn: kg(100),
  tne: kg(1000),
  kg: kg(1),
  'kg/net': kg(1),
  '100kg': kg(100),
  '100kg/net': kg(100),
  '1000kg': kg(1000),
  tonne: kg(1000),
  t: kg(1000),
  dtng: grossKg(100),
  '100kg/br': grossKg(100),
  '100kg/gross': grossKg(100),
  nar: pieces(1),
  cen: pieces(100),
  mil: pieces(1000),
  item: pieces(1),
  items: pieces(1),
  '100items': pieces(100),
  '1000items': pieces(1000),
  'p/st': pieces(1),
  '100p/st': pieces(100),
  '1000p/st': pieces(1000),
  npr: { of: 'pair', count: 1 },
  pa: { of: 'pair', count: 1 },
  pair: { of: 'pair', count: 1 },
  ltr: { of: 'litre', count: 1 },
  l: { of: 'litre', count: 1 },
  hlt: { of: 'litre', count: 100 },
  hl: { of: 'litre', count: 100 },
  lpa: { of: 'alcohol-litre', count: 1 },
  asvx: { of: 'alcohol-degree-hectolitre', count: 1 },
  '%vol/hl': { of: 'alcohol-degree-hectolitre', count: 1 },
  mtk: { of: 'square-metre', count: 1 },
  m2: { of: 'square-metre', count: 1 },
  mtr: { of: 'metre', count: 1 },
  m: { of: 'metre', count: 1 },
  hmt: { of: 'metre', count: 100 },
  '100m': { of: 'metre', count: 100 },
  mtq: { of: 'cubic-metre', count: 1 },
  m3: { of: 'cubic-metre', count: 1 },
  ctm: { of: 'carat', count: 1 },
};

/**
 * The unit of a code or of words, in any case and with any spaces: `KGM`, `100 kg / net`, `% vol/hl`. Undefined where a
 * product does not state the quantity, such as the weight of its dry or lactic matter.
 */
export const dutyUnit = (text: string): Unit | undefined => units[text.toLowerCase().replace(/[\s,]/g, '')];
