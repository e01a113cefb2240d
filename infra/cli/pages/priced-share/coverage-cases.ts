import { isAssessed, type NotAssessable, type RuleBook, regimeFor } from '../../../../shared/duties/index.ts';
import type {
  AssessContext,
  ClassificationPolicy,
  ConsignmentToAssess,
  SellerRegistrations,
} from '../../../../shared/duties/regime.ts';
import type { Schedule } from '../../../../shared/duties/schedules/schedule-file.ts';
import type { Country } from '../../../../shared/kernel/country.ts';
import { minorDigits } from '../../../../shared/kernel/currency.ts';
import { money, multiply, percent, toJson } from '../../../../shared/kernel/money.ts';
import { exchangeBy } from '../../products/check/exchange-by.ts';
import { unitsForEuro } from '../../products/check/usual-rates.ts';
import { type ConsumerGoods, consumerGoods } from './consumer-goods.ts';

/** Four member states stand for all 27 of the Union: their rates of VAT differ, and their tariff is one. */
export const destinations: readonly Country[] = [
  ...([
    'DE',
    'FR',
    'IT',
    'RO',
    'GB',
    'US',
    'CA',
    'MX',
    'BR',
    'AU',
    'NZ',
    'JP',
    'KR',
    'SG',
    'CH',
    'NO',
  ] as const),
  ...([
    'CL',
    'CO',
    'ID',
    'IL',
    'AE',
    'ZA',
    'TH',
    'MY',
    'AR',
    'PH',
    'NG',
    'HK',
    'CN',
    'IN',
    'VN',
    'KE',
  ] as const),
  ...(['SA', 'TR'] as const),
];

/** Goods have the origin of the country that they are sent from. */
const shipFrom: readonly Country[] = ['CN', 'PL', 'US', 'GB'];

/** In units of the destination's currency, or as many euros in it where a unit is small. */
export const values = [20, 100, 400, 1_500] as const;

/** From here on a unit is small. */
const SMALL_UNIT = 10;

/** A province and a state, where the tax depends on it: the most populous one. */
const regions: Partial<Record<Country, string>> = { CA: 'ON', BR: 'SP' };

/** With every registration that a regime asks for. */
const seller: SellerRegistrations = {
  ioss: 'IM2760000001',
  gbVat: 'GB123456789',
  taxNumbers: Object.fromEntries(destinations.map((country) => [country, 'SAMPLE-0001'])),
  importer: { US: '12-3456789' },
};

export interface CoverageQuestion {
  readonly rules: RuleBook;
  /** The edition of a tariff, for the national code of goods. */
  readonly editionOf: (tariff: string) => Schedule | undefined;
  /** Codes as long as a declaration asks for, or the six digits alone. */
  readonly codes: 'long' | 'six-digits';
  readonly policy: ClassificationPolicy;
  readonly date: string;
}

export interface CoverageCase {
  readonly to: Country;
  readonly from: Country;
  readonly kind: string;
  readonly value: number;
  /** Undefined where it was priced. */
  readonly refused: NotAssessable | undefined;
}

/**
 * Prices each kind of goods from each country at each value to one destination, with duty paid; where only the
 * addressee can declare, with the charges on delivery. Domestic sales are none.
 */
export function coverageOf(to: Country, question: CoverageQuestion): CoverageCase[] {
  const from = shipFrom.filter((country) => country !== to);
  return from.flatMap((origin) =>
    consumerGoods.flatMap((goods) =>
      values.map((value) => caseOf(goods, { to, from: origin, value }, question)),
    ),
  );
}

function caseOf(
  goods: ConsumerGoods,
  { to, from, value }: { readonly to: Country; readonly from: Country; readonly value: number },
  { rules, editionOf, codes, policy, date }: CoverageQuestion,
): CoverageCase {
  const regime = regimeFor(to);
  if (regime === undefined) throw new Error(`no regime is for ${to}`);
  const { currency, code } = regime;
  const units = Number(unitsForEuro[currency] ?? Number.NaN);
  const major = units >= SMALL_UNIT ? value * units : value;
  const minor = Math.round(major * 10 ** minorDigits(currency));
  const hsCode = codes === 'long' ? longCode(goods.hsCode, to, editionOf(code)) : goods.hsCode;
  const goodsValue = money(minor, currency);
  const consignment: ConsignmentToAssess = {
    ...{ shipFrom: from, currency, incoterm: 'DDP', channel: 'courier' },
    destination: { country: to, region: regions[to] },
    lines: [
      {
        ...{ lineId: goods.kind, sku: goods.kind, description: goods.kind, quantity: 1, hsCode },
        ...{ originCountry: from, unitWeightGrams: goods.grams, goodsValue: toJson(goodsValue) },
      },
    ],
    freight: multiply(goodsValue, percent('10')),
  };
  const context: AssessContext = {
    ...{ date, rules, convert: exchangeBy(unitsForEuro), explain: false },
    seller: { ...seller, classification: policy },
  };
  const paid = regime.assess(consignment, context);
  const outcome =
    isAssessed(paid) || paid.reason !== 'no-declarant'
      ? paid
      : regime.assess({ ...consignment, incoterm: 'DAP' }, context);
  return { to, from, kind: goods.kind, value, refused: isAssessed(outcome) ? undefined : outcome };
}

const DECLARED_DIGITS: Partial<Record<Country, number>> = { US: 10, GB: 10, DE: 10, FR: 10, IT: 10, RO: 10 };
const USUAL_DIGITS = 8;

/** The last line of the tariff under the subheading, which is mostly that of other goods; zeros where none is known. */
function longCode(hsCode: string, to: Country, edition: Schedule | undefined): string {
  const lines = edition?.linesOf(hsCode.slice(0, 2)) ?? [];
  const last = lines.findLast(({ code }) => code.startsWith(hsCode));
  const digits = DECLARED_DIGITS[to] ?? USUAL_DIGITS;
  return (last?.code ?? hsCode).padEnd(digits, '0');
}

/** A refusal without what differs from case to case: codes and amounts. */
export function reasonOf({ refused }: CoverageCase): string {
  if (refused === undefined) return '';
  return `${refused.reason}: ${refused.detail.replaceAll(/\d{6,10}/g, '...').slice(0, 110)}`;
}
