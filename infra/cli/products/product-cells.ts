import { type Currency, isCurrency, minorDigits } from '../../../shared/kernel/currency.ts';
import { lookUp } from '../../../shared/kernel/look-up.ts';
import { parseMajor } from '../../../shared/kernel/money.ts';
import { type Delimiter, withDecimalPoint } from '../files/csv.ts';
import { readPaper } from './read-paper.ts';

/** Puts the value of a cell into the body of a product. Returns an error if the cell is wrong. */
export type ReadCell = (
  cell: string,
  delimiter: Delimiter,
) => { readonly at: Path; readonly value: unknown } | { readonly problem: string };

/** The path of a column's value in a product. A number is the place in a list. */
export type Path = readonly (string | number)[];

const wrong = (problem: string) => ({ problem });

const text =
  (...at: Path): ReadCell =>
  (value) => ({ at, value });

const whole =
  (unit: string, ...at: Path): ReadCell =>
  (cell) =>
    /^-?\d{1,15}$/.test(cell) ? { at, value: Number(cell) } : wrong(`a whole number of ${unit}, in digits`);

const yesOrNo =
  (...at: Path): ReadCell =>
  (cell) => {
    const value = cell.toLowerCase();
    if (['yes', 'true'].includes(value)) return { at, value: true };
    return ['no', 'false'].includes(value) ? { at, value: false } : wrong('yes or no');
  };

const list =
  (...at: Path): ReadCell =>
  (cell) => ({ at, value: cell.split('|').map((each) => each.trim()) });

/** Columns that every file must have. */
export const requiredColumns: Readonly<Record<string, ReadCell>> = {
  sku: text('sku'),
  description: text('description'),
  hsCode: text('hsCode'),
  originCountry: text('originCountry'),
  unitWeightGrams: whole('grams', 'unitWeightGrams'),
  lengthMm: whole('millimetres', 'dimensions', 'lengthMm'),
  widthMm: whole('millimetres', 'dimensions', 'widthMm'),
  heightMm: whole('millimetres', 'dimensions', 'heightMm'),
};

/** A decimal that the product keeps as it is written. */
const decimal =
  (name: string): ReadCell =>
  (cell, delimiter) => ({ at: ['measures', name], value: withDecimalPoint(cell, delimiter) });

const flags = [
  'aerosol',
  'liquid',
  'cites',
  'forChildrenUnder12',
  'radio',
  'electrical',
  'cosmetic',
  'foodContact',
  'food',
  'medicalDevice',
  'personalProtection',
  'pesticide',
  'laser',
  'tradeDefence',
];
const goods = (name: string) => ['compliance', 'dangerousGoods', name] as const;

/** Columns that a file may have. */
export const optionalColumns: Readonly<Record<string, ReadCell>> = {
  ...Object.fromEntries(flags.map((name) => [name, yesOrNo('compliance', name)])),
  medicine: text('compliance', 'medicine'),
  exportControl: text('compliance', 'exportControl'),
  brand: text('compliance', 'brand'),
  volumeMl: whole('millilitres', 'compliance', 'volumeMl'),
  flashPointCelsius: whole('degrees', 'compliance', 'flashPointCelsius'),
  content: list('compliance', 'content'),
  animalMaterials: list('compliance', 'animalMaterials'),
  plantMaterials: list('compliance', 'plantMaterials'),
  unNumber: text(...goods('unNumber')),
  packing: text(...goods('packing')),
  cellMilliwattHours: whole('milliwatt-hours', ...goods('cellMilliwattHours')),
  batteryMilliwattHours: whole('milliwatt-hours', ...goods('batteryMilliwattHours')),
  cellLithiumMilligrams: whole('milligrams', ...goods('cellLithiumMilligrams')),
  batteryLithiumMilligrams: whole('milligrams', ...goods('batteryLithiumMilligrams')),
  cellCount: whole('cells', ...goods('cellCount')),
  batteryCount: whole('batteries', ...goods('batteryCount')),
  stateOfChargeLimited: yesOrNo(...goods('stateOfChargeLimited')),
  netWeightGrams: whole('grams', 'measures', 'netWeightGrams'),
  pieces: whole('pieces', 'measures', 'pieces'),
  pairs: whole('pairs', 'measures', 'pairs'),
  litres: decimal('litres'),
  alcoholPercent: decimal('alcoholPercent'),
  metres: decimal('metres'),
  squareMetres: decimal('squareMetres'),
  cubicMetres: decimal('cubicMetres'),
  carats: decimal('carats'),
  gtin: text('compliance', 'identifiers', 'gtin'),
  availableFrom: text('availableFrom'),
  noGtin: yesOrNo('compliance', 'identifiers', 'noGtin'),
  manufacturerId: text('compliance', 'identifiers', 'manufacturer'),
  merchantId: text('compliance', 'identifiers', 'merchant'),
};

const papers =
  (list: Path, kind: object): ReadCell =>
  (cell) => {
    const read = cell.split('|').map((each) => readPaper(each.trim()));
    const wrongOne = read.find((paper) => 'problem' in paper);
    return wrongOne ?? { at: [...list, '+'], value: read.map((paper) => ({ ...kind, ...paper })) };
  };

const price =
  (currency: Currency, taxIncluded: boolean): ReadCell =>
  (cell, delimiter) => {
    const amount = parseMajor(withDecimalPoint(cell, delimiter), currency);
    const digits = minorDigits(currency);
    if (amount === undefined)
      return wrong(
        `an amount of ${currency} with a point${delimiter === ',' ? '' : ' or comma'} and at most ${digits} decimals, ${digits === 0 ? '3200' : `19.${'9'.repeat(digits)}`}`,
      );
    const own = { amount: amount.amountMinor, currency, ...(taxIncluded ? { taxIncluded } : {}) };
    return { at: ['prices', '+'], value: [own] };
  };

const customsValue =
  (currency: Currency): ReadCell =>
  (cell, delimiter) => {
    const read = price(currency, false)(cell, delimiter);
    if ('problem' in read) return read;
    const [value] = read.value as readonly unknown[];
    return { at: ['customsValue'], value };
  };

const plainColumns = { ...requiredColumns, ...optionalColumns };
const plainNames = new Map(Object.keys(plainColumns).map((name) => [name.toLowerCase(), name]));

/**
 * The name of a column in our spelling, whatever its case in the file: `sku` for `SKU`, `price:EUR` for `Price:eur`.
 */
export function columnName(title: string): string {
  const plain = plainNames.get(title.toLowerCase());
  if (plain !== undefined) return plain;
  const [kind = '', name = '', more] = title.split(':').map((part) => part.trim());
  const written = codedColumns[kind.toLowerCase()];
  if (written === undefined || !title.includes(':')) return title;
  const code = written.upperCase ? name.toUpperCase() : name.toLowerCase();
  const last = more?.toLowerCase() === 'taxincluded' ? 'taxIncluded' : more;
  return [written.name, code, ...(last === undefined ? [] : [last])].join(':');
}

/** Columns with a code after the colon, and the case of the code. */
const codedColumns: Readonly<Record<string, { readonly name: string; readonly upperCase: boolean }>> = {
  price: { name: 'price', upperCase: true },
  customsvalue: { name: 'customsValue', upperCase: true },
  nationalcode: { name: 'nationalCode', upperCase: true },
  originproof: { name: 'originProof', upperCase: false },
  document: { name: 'document', upperCase: false },
};

/**
 * The reader for the cells of a column. A text is an error in the column's name. Undefined: there is no such column.
 */
export function readerOf(column: string): ReadCell | string | undefined {
  const plain = lookUp(plainColumns, column);
  if (plain !== undefined) return plain;
  const [kind, name = '', more] = column.split(':');
  if (!/^[A-Za-z0-9-]*$/.test(name)) return 'letters, digits and dashes after the colon';
  if (kind === 'price') {
    if (!isCurrency(name)) return `${name} is not a known currency: write price:EUR, price:JPY …`;
    if (more !== undefined && more !== 'taxIncluded') return `price:${name} or price:${name}:taxIncluded`;
    return price(name, more !== undefined);
  }
  if (kind === 'customsValue')
    return isCurrency(name) && more === undefined
      ? customsValue(name)
      : `customsValue:${name}: write customsValue:EUR, customsValue:JPY …`;
  if (kind === 'nationalCode') return text('nationalCodes', name);
  if (kind === 'originProof') return papers(['originProofs'], { agreement: name });
  if (kind === 'document') return papers(['compliance', 'documents'], { type: name });
  if (/^(length|width|height)/i.test(column)) return 'sizes are in millimetres: lengthMm, widthMm, heightMm';
  if (/weight/i.test(column)) return 'weights are in grams: unitWeightGrams';
  return undefined;
}
