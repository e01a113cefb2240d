import type { Charge } from '../../../events/landed-cost.ts';
import { add, formatMoney, type Money, multiply, sum, zero } from '../../kernel/money.ts';
import { chargeAt } from '../assess/charge.ts';
import { ratioOfPercent, roundedDown } from '../assess/duty-rate.ts';
import { type ImportCase, share, type ValuedLine } from '../assess/import-case.ts';
import { domesticSale, type ImportPolicy, openPolicyCase } from '../assess/import-policy.ts';
import { findNotComputed } from '../assess/refusals.ts';
import { decisionOn, reliefOf } from '../assess/relief.ts';
import { schemeOf } from '../assess/scheme.ts';
import { taxRateOf } from '../assess/tax.ts';
import { noteTaxOnGoods } from '../assess/tax-on-goods.ts';
import {
  type Assessed,
  type ConsignmentToAssess,
  defineRegime,
  isRefusal,
  type NotAssessable,
} from '../regime.ts';
import type { RuleOf } from '../rules/schema.ts';
import { type DutyOfItem, dutiesOfItems } from './jp-duty.ts';

const policy: ImportPolicy = {
  code: 'jp',
  countries: ['JP'],
  timeZone: 'Asia/Tokyo',
  currency: 'JPY',
  valuation: 'CIF',
  customs: 'JP:customs',
  tax: { code: 'jct', name: 'Consumption tax', authority: 'JP:nta' },
};

/** Goods for a person's own use are valued at this share of their retail price. */
const PERSONAL_USE = ratioOfPercent('60');
/** National consumption tax, 7.8 of 10 per cent, and the local one as a share of it (Local Tax Law Art. 72-83). */
const NATIONAL_OF_ALL = { numerator: 78n, denominator: 100n };
const LOCAL_OF_NATIONAL = { numerator: 22n, denominator: 78n };
/** Dutiable and taxable amounts are rounded down to a thousand yen, sums of duty and of each tax to a hundred. */
const BASE_STEP = 1_000;
const DUE_STEP = 100;

/**
 * Japan, goods for a person's own use: valued at 60 % of the retail price, free of duty and consumption tax up to a
 * value of JPY 10,000 except leather goods, knitwear and footwear; above, the simplified tariff up to JPY 200,000 or
 * else the customs tariff, and consumption tax on that with duty. An item of the declaration is all goods of one code
 * and origin; its bases are rounded down, then the sum of duty and of each tax over the items (Customs Answer 1111).
 */
export const jp = defineRegime({
  code: 'jp',
  countries: policy.countries,
  timeZone: policy.timeZone,
  currency: policy.currency,
  tariff: 'JP',
  valuedShare: PERSONAL_USE,
  assess(consignment, context) {
    const within = consignment.shipFrom === 'JP';
    const it = openPolicyCase(policy, within ? consignment : valuedForPersonalUse(consignment), context);
    return findNotComputed(it, within) ?? (within ? domesticSale(policy, it) : imported(it));
  },
});

/** The consignment at its customs value, which does not include freight. */
function valuedForPersonalUse(consignment: ConsignmentToAssess): ConsignmentToAssess {
  const { lines, alsoSent, freight } = consignment;
  return {
    ...consignment,
    lines: lines.map((line) => {
      const value = multiply(
        { amountMinor: line.goodsValue.amount, currency: line.goodsValue.currency },
        PERSONAL_USE,
      );
      return { ...line, goodsValue: { amount: value.amountMinor, currency: value.currency } };
    }),
    alsoSent: alsoSent === undefined ? undefined : multiply(alsoSent, PERSONAL_USE),
    freight: { ...freight, amountMinor: 0 },
  };
}

/** Goods of one code and origin: one item of the declaration. Amounts are in yen. */
interface Item {
  readonly lines: readonly ValuedLine[];
  readonly value: Money;
  /** Undefined where the goods are relieved of duty. */
  readonly duty: DutyOfItem | undefined;
}

function imported(it: ImportCase): Assessed | NotAssessable {
  const items = itemsOf(it);
  if (isRefusal(items)) return items;
  const duties = dutiesOf(it, items);
  const scheme = schemeOf(it, 'border');
  return {
    scheme: 'import',
    dataSet: duties.length === 0 ? 'IMPORT_LOW_VALUE' : 'IMPORT_STANDARD',
    deMinimis: [
      decisionOn(it, 'duty', {
        ruleId: duties[0]?.ruleId ?? 'jp-duty',
        says: 'duty by the simplified tariff or the customs tariff',
      }),
      decisionOn(it, 'tax', { ruleId: scheme?.id ?? 'jp-jct', says: 'consumption tax is due' }),
    ],
    charges: [...duties, ...consumptionTax(it, items, scheme)],
  };
}

function itemsOf(it: ImportCase): Item[] | NotAssessable {
  const alike = Map.groupBy(it.lines, ({ hsCode, originCountry }) => `${hsCode} ${originCountry}`);
  const items = [...alike.values()].map((lines) => {
    const value = totalOf(lines.map(({ goods }) => goods));
    return { lines, value, base: roundedDown(value, BASE_STEP) };
  });
  const dutiable = items.filter(({ lines: [first] }) => first && reliefOf(it, 'duty', first) === undefined);
  const duties = dutiesOfItems(it, dutiable);
  if (isRefusal(duties)) return duties;
  return items.map((item) => ({ ...item, duty: duties[dutiable.indexOf(item)] }));
}

const totalOf = (amounts: readonly Money[]) => sum(amounts, 'JPY');

/** The duties of all items are added and rounded down once, then shared out to the items and to their lines. */
function dutiesOf(it: ImportCase, items: readonly Item[]): Charge[] {
  const dutiable = items.flatMap(({ duty, ...item }) => (duty === undefined ? [] : [{ ...item, duty }]));
  const exact = dutiable.map(({ duty }) => duty.amount);
  const whole = totalOf(exact);
  const due = roundedDown(whole, DUE_STEP);
  const shares = dutiable.length === 0 ? [] : share(it.toShopper(due), exact);
  const words = `all items: ${formatMoney(whole)}, down to JPY ${DUE_STEP}: ${formatMoney(due)}`;
  return dutiable.flatMap((item, index) =>
    dutyCharges(it, item, { charged: shares[index] ?? it.toShopper(zero('JPY')), words }),
  );
}

function dutyCharges(
  it: ImportCase,
  { lines, value, duty }: Item & { readonly duty: DutyOfItem },
  { charged, words }: { readonly charged: Money; readonly words: string },
): Charge[] {
  const { rule, rate, amount, assumption, range } = duty;
  const base = roundedDown(value, BASE_STEP);
  const text = {
    kind: 'duty',
    code: rule.kind === 'preference' ? 'jp-duty-preferential' : 'jp-duty',
    description: 'Customs duty JP',
    owedTo: policy.customs,
    rate,
    rule,
    range,
    assumption,
  } as const;
  const formula = () =>
    `share of ${formatMoney(amount)} = ${formatMoney(base)} (60 % of the price of the item, down to JPY ${BASE_STEP}) x ${duty.words}; ${words}`;
  return sharedOut(lines, { charged, base }).map(({ lineId, amount: own, own: ownBase }) =>
    chargeAt(it, text, { lineId, amount: own, base: ownBase, formula }, { charged: own }),
  );
}

interface TaxedItem {
  readonly lines: readonly ValuedLine[];
  readonly rate: RuleOf<'tax-rate'>;
  readonly value: Money;
  /** The value of the goods with their duty down to a hundred yen. */
  readonly withDuty: Money;
  /** That down to a thousand yen. */
  readonly base: Money;
  readonly national: Money;
  readonly local: Money;
}

/** National and local tax of each item; each is added over the items and rounded down once, then shared out. */
function consumptionTax(
  it: ImportCase,
  items: readonly Item[],
  scheme: RuleOf<'scheme'> | undefined,
): Charge[] {
  const taxed = items.flatMap((item) => taxedItem(it, item));
  const national = totalOf(taxed.map((item) => item.national));
  const local = totalOf(taxed.map((item) => item.local));
  const due = add(roundedDown(national, DUE_STEP), roundedDown(local, DUE_STEP));
  const sums = `all items: ${formatMoney(national)} + ${formatMoney(local)}, each down to JPY ${DUE_STEP}: ${formatMoney(due)}`;
  const weights = taxed.map((item) => add(item.national, item.local));
  const shares = taxed.length === 0 ? [] : share(it.toShopper(due), weights);
  return taxed.flatMap((item, index) =>
    taxCharges(it, item, { charged: shares[index] ?? it.toShopper(zero('JPY')), scheme, sums }),
  );
}

function taxCharges(
  it: ImportCase,
  { lines, rate, value, withDuty, base, national, local }: TaxedItem,
  {
    charged,
    scheme,
    sums,
  }: { readonly charged: Money; readonly scheme: RuleOf<'scheme'> | undefined; readonly sums: string },
): Charge[] {
  const text = {
    kind: 'tax',
    code: 'import-jct',
    description: `Consumption tax JP ${rate.rate} %`,
    owedTo: policy.customs,
    rate: rate.rate,
    rule: scheme === undefined ? rate : { ...rate, law: `${scheme.law}; ${rate.law}` },
  } as const;
  const formula = () =>
    `share of ${formatMoney(national)} (national, 78 % of ${rate.rate} % of ${formatMoney(base)}) + ${formatMoney(local)} (local, 22/78 of that down to JPY ${DUE_STEP}); ${sums}`;
  return sharedOut(lines, { charged, base }).map(({ lineId, amount, own }) => {
    const made = chargeAt(it, text, { lineId, amount, base: own, formula }, { charged: amount });
    return noteTaxOnGoods(it, made, { goods: value, base: withDuty });
  });
}

/** An item's charge in the shopper's currency and its base in yen, shared out to its lines by their values. */
function sharedOut(
  lines: readonly ValuedLine[],
  { charged, base }: { readonly charged: Money; readonly base: Money },
): { readonly lineId: string; readonly amount: Money; readonly own: Money }[] {
  const goods = lines.map((line) => line.goods);
  const amounts = share(charged, goods);
  const bases = share(base, goods);
  return lines.map(({ lineId }, index) => ({
    lineId,
    amount: amounts[index] ?? zero(charged.currency),
    own: bases[index] ?? zero(base.currency),
  }));
}

function taxedItem(it: ImportCase, item: Item): TaxedItem[] {
  const [first] = item.lines;
  if (first === undefined || reliefOf(it, 'tax', first) !== undefined) return [];
  const rate = taxRateOf(it, 'jct', first);
  const withDuty = add(item.value, roundedDown(item.duty?.amount ?? zero('JPY'), DUE_STEP));
  const base = roundedDown(withDuty, BASE_STEP);
  const all = ratioOfPercent(rate.rate);
  const nationalRate = {
    numerator: all.numerator * NATIONAL_OF_ALL.numerator,
    denominator: all.denominator * NATIONAL_OF_ALL.denominator,
  };
  const national = multiply(base, nationalRate, 'down');
  const local = multiply(roundedDown(national, DUE_STEP), LOCAL_OF_NATIONAL, 'down');
  return [{ lines: item.lines, rate, value: item.value, withDuty, base, national, local }];
}
