import type { Country } from '../../kernel/country.ts';
import type { Currency } from '../../kernel/currency.ts';
import { add, type Money, money, multiply, sum, zero } from '../../kernel/money.ts';
import {
  type AssessContext,
  type Assessed,
  type ConsignmentToAssess,
  defineRegime,
  isRefusal,
  type NotAssessable,
  type Regime,
  type SellerRegistrations,
} from '../regime.ts';
import type { RuleOf } from '../rules/schema.ts';
import { collectedDuties, type DutyText, dutiableValue, type LineDuty, tariffDuty } from './duty.ts';
import { type RoundingStep, ratioOfPercent } from './duty-rate.ts';
import { feesOf, taxedFees } from './fee.ts';
import { type ImportCase, openCase, share, type ValuedLine } from './import-case.ts';
import { dutyOfLine, incomeTaxCharges } from './income-tax.ts';
import { findNoDeclarant, findNotComputed } from './refusals.ts';
import { decisionOn, reliefOf } from './relief.ts';
import { schemeOf, schemeOfLine } from './scheme.ts';
import { dutiesTogether, simplifiedDuties, simplifiedRuleOf } from './simplified-duty.ts';
import { taxCharges } from './tax.ts';

/**
 * The usual import rules of a destination: duty on the FOB or CIF value unless relieved, fees, and one tax on the value
 * with duty; or, up to a limit, tax at the sale by a seller registered there. The figures are rows: reliefs, schemes,
 * tax rates, tariff lines, fees.
 */
export interface ImportPolicy<Code extends string = string> {
  readonly code: Code;
  readonly countries: readonly Country[];
  readonly timeZone: string;
  readonly currency: Currency;
  /** The base of duty. */
  readonly valuation: 'FOB' | 'CIF';
  /** A percentage of the price of imported goods that customs takes as their insurance, a part of the CIF value. */
  readonly insurance?: string | undefined;
  /** The authority that collects duty and fees: `AU:abf`. */
  readonly customs: string;
  /** The tax's code in the rows, its name, and the authority that collects it at the sale. */
  readonly tax?: { readonly code: string; readonly name: string; readonly authority: string } | undefined;
  /**
   * A tax on the consignee's income that is collected with import tax, on the value with duty. Goods for which the rows
   * have no rate of it bear none.
   */
  readonly incomeTax?: { readonly code: string; readonly name: string } | undefined;
  /** The base of import tax, besides the goods. Default: freight, duty, and the fees marked so. */
  readonly taxBase?: readonly ('freight' | 'duty' | 'fees')[] | undefined;
  /** A percentage of the price of the goods, added to it for import tax in place of freight. */
  readonly taxUplift?: string | undefined;
  /** The base of tax at the sale, besides the goods. Default: freight. */
  readonly atSaleBase?: readonly 'freight'[] | undefined;
  /** The rounding of import tax and of each line's duty; half up to a minor unit if absent. */
  readonly rounding?: RoundingStep | undefined;
  /** The rounding of the simplified duty of the whole consignment, in place of `rounding`. */
  readonly dutyRounding?: RoundingStep | undefined;
  /** Whether the law decides for each item, and not for the consignment, if tax is due at the sale. */
  readonly taxedByItem?: boolean | undefined;
  /** The seller's registration number there; the country's tax number if absent. */
  readonly registration?: (seller: SellerRegistrations) => string | undefined;
}

/** Makes the regime of a destination with the usual import rules. */
export function defineImportRegime<const Code extends string>(policy: ImportPolicy<Code>): Regime<Code> {
  const { code, countries, timeZone, currency, rounding, dutyRounding } = policy;
  const step = Math.max(rounding?.minorUnits ?? 1, dutyRounding?.minorUnits ?? 1);
  return defineRegime({
    code,
    countries,
    timeZone,
    currency,
    tariff: code.toUpperCase(),
    roundedTo: money(step, currency),
    assess: (consignment, context) => assessByPolicy(policy, openPolicyCase(policy, consignment, context)),
  });
}

/** Assesses a case by the usual rules, for a regime that also has rules of its own. */
export function assessByPolicy(policy: ImportPolicy, it: ImportCase): Assessed | NotAssessable {
  const within = policy.countries.includes(it.shipFrom);
  const refusal = findNotComputed(it, within);
  if (refusal !== undefined) return refusal;
  return within ? domesticSale(policy, it) : imported(policy, it);
}

export function openPolicyCase(
  policy: ImportPolicy,
  consignment: ConsignmentToAssess,
  context: AssessContext,
): ImportCase {
  const { registration = ({ taxNumbers }) => taxNumbers?.[consignment.destination.country] } = policy;
  return openCase(consignment, context, {
    regime: policy.code,
    currency: policy.currency,
    registered: registration(context.seller) !== undefined,
    insurance:
      policy.insurance === undefined || policy.countries.includes(consignment.shipFrom)
        ? undefined
        : ratioOfPercent(policy.insurance),
  });
}

/** A sale of goods that are already in the country: tax at the sale whatever the Incoterm, and no border. */
export function domesticSale(policy: ImportPolicy, it: ImportCase): Assessed | NotAssessable {
  const { tax } = policy;
  if (tax === undefined) return { scheme: 'domestic', deMinimis: [], charges: [] };
  const scheme = schemeOf(it, 'domestic');
  if (scheme === undefined && it.registered) {
    const detail = `we do not have the ${tax.name} of sales within ${it.destination.country} on ${it.context.date}`;
    return { reason: 'not-supported', detail };
  }
  if (scheme === undefined) {
    const detail = `sales within ${it.destination.country} take a registration for ${tax.name} there`;
    return { reason: 'not-registered', detail };
  }
  const taxed = it.lines.map((line) => ({ line, base: add(line.goods, line.freight) }));
  return {
    scheme: 'domestic',
    deMinimis: [],
    charges: taxCharges(it, tax.code, taxed, {
      code: tax.code,
      description: `${tax.name} ${it.destination.country}`,
      owedTo: tax.authority,
      scheme,
      onDelivery: false,
      of: 'goods + freight',
    }),
  };
}

function imported(policy: ImportPolicy, it: ImportCase): Assessed | NotAssessable {
  const { vendor, atSale } = saleOf(policy, it);
  const noDeclarant = atSale.length < it.lines.length ? findNoDeclarant(it) : undefined;
  if (noDeclarant !== undefined) return noDeclarant;
  const duties = dutiesOf(policy, it);
  if (isRefusal(duties)) return duties;
  const fees = feesOf(it, dutiableValueOf(policy, it), policy.customs);
  const dutyRule = duties[0]?.charge.ruleId ?? it.rules.find('waiver', it)?.id ?? 'tariff';
  const bears = duties.length > 0 ? 'duty is due' : 'no duty is due';
  const border = schemeOf(it, 'border');
  const scheme = vendor ?? border;
  const taxes = { duties, fees: taxedFees(it, fees) };
  const imports = it.lines.filter((line) => !atSale.includes(line));
  return {
    // Where some of the items are taxed at the sale, the others are what the declaration is about.
    scheme: imports.length === 0 ? `${policy.code}-vendor` : 'import',
    dataSet: duties.length === 0 ? 'IMPORT_LOW_VALUE' : 'IMPORT_STANDARD',
    deMinimis: [
      decisionOn(it, 'duty', { ruleId: dutyRule, says: bears }),
      decisionOn(it, 'tax', {
        ruleId: scheme?.id ?? 'tax',
        says: taxWords(policy, it, atSale.length),
      }),
    ],
    charges: [
      ...duties.map(({ charge }) => charge),
      ...fees.map(({ charge }) => charge),
      ...(atSale.length === 0 ? [] : taxOf(policy, it, { ...taxes, lines: atSale, scheme, atSale: true })),
      ...(imports.length === 0
        ? []
        : taxOf(policy, it, { ...taxes, lines: imports, scheme: border, atSale: false })),
      ...incomeTaxCharges(it, policy, imports, duties),
    ],
  };
}

/** The lines whose tax is due at the sale, and the scheme under which it is: all or none, or item by item. */
function saleOf(
  { taxedByItem }: ImportPolicy,
  it: ImportCase,
): { readonly vendor: RuleOf<'scheme'> | undefined; readonly atSale: readonly ValuedLine[] } {
  const whole = schemeOf(it, 'vendor');
  if (whole !== undefined || taxedByItem !== true)
    return { vendor: whole, atSale: whole === undefined ? [] : it.lines };
  const found = it.lines.map((line) => ({ line, scheme: schemeOfLine(it, 'vendor', line) }));
  return {
    vendor: found.find(({ scheme }) => scheme !== undefined)?.scheme,
    atSale: found.flatMap(({ line, scheme }) => (scheme === undefined ? [] : [line])),
  };
}

function taxWords({ tax }: ImportPolicy, it: ImportCase, atSale: number): string {
  if (tax === undefined) return 'no tax is levied';
  if (atSale === it.lines.length) return `${tax.name} is charged at the sale`;
  if (atSale > 0) return `${tax.name} on some items is charged at the sale, on the others on import`;
  return it.lines.some((line) => isTaxInDuty(it, line))
    ? `${tax.name} is part of the one rate that is charged as duty`
    : `${tax.name} is due on import`;
}

function dutiableValueOf({ valuation }: ImportPolicy, it: ImportCase): Money {
  return sum(
    it.lines.map((line) => dutiableValue(line, valuation)),
    it.currency,
  );
}

/** The duty of every line without a relief: by a simplified rate if one applies, otherwise by tariff. */
export function dutiesOf(policy: ImportPolicy, it: ImportCase): LineDuty[] | NotAssessable {
  const text: DutyText = {
    tariff: policy.code,
    valuation: policy.valuation,
    code: `${policy.code}-duty`,
    description: `Customs duty ${it.destination.country}`,
    owedTo: policy.customs,
    rounding: policy.rounding,
  };
  const dutiable = it.lines.filter((line) => reliefOf(it, 'duty', line) === undefined);
  const simplified = new Map<RuleOf<'simplified-duty'>, ValuedLine[]>();
  const duties: LineDuty[] = [];
  for (const line of dutiable) {
    const rule = simplifiedRuleOf(it, line);
    if (rule !== undefined) {
      simplified.set(rule, [...(simplified.get(rule) ?? []), line]);
      continue;
    }
    const own = tariffDuty(it, line, text);
    if (isRefusal(own)) return own;
    duties.push(...own);
  }
  const { dutyRounding } = policy;
  const rated =
    dutyRounding === undefined
      ? [...simplified].flatMap(([rule, lines]) => simplifiedDuties(it, rule, lines, text))
      : dutiesTogether(it, simplified, text, dutyRounding);
  return collectedDuties(it, [...duties, ...rated]);
}

const isTaxInDuty = (it: ImportCase, line: ValuedLine) => simplifiedRuleOf(it, line)?.coversTax === true;

interface TaxParts {
  readonly lines: readonly ValuedLine[];
  /** Whether the tax is due at the sale, or else on import. */
  readonly atSale: boolean;
  readonly scheme: RuleOf<'scheme'> | undefined;
  readonly duties: readonly LineDuty[];
  readonly fees: Money;
}

function taxOf(policy: ImportPolicy, it: ImportCase, { lines, atSale, scheme, duties, fees }: TaxParts) {
  const {
    tax,
    taxBase = ['freight', 'duty', 'fees'],
    atSaleBase = ['freight'],
    rounding,
    taxUplift,
  } = policy;
  if (tax === undefined) return [];
  const parts = atSale ? atSaleBase : taxBase;
  const feeShares = share(
    fees,
    it.lines.map(({ goods }) => goods),
  );
  const has = (part: 'freight' | 'duty' | 'fees') => (parts as readonly string[]).includes(part);
  const taxed = it.lines
    .map((line, index) => {
      const uplift =
        taxUplift === undefined || atSale
          ? zero(it.currency)
          : multiply(line.goods, ratioOfPercent(taxUplift));
      const ofGoods = add(line.goods, uplift);
      const base = [
        ofGoods,
        ...(has('freight') ? [line.freight] : []),
        ...(has('duty') ? [dutyOfLine(it, line, duties)] : []),
        ...(has('fees') ? [feeShares[index] ?? zero(it.currency)] : []),
      ];
      return { line, base: sum(base, it.currency), ofGoods };
    })
    .filter(({ line }) => lines.includes(line))
    .filter(({ line }) => atSale || (reliefOf(it, 'tax', line) === undefined && !isTaxInDuty(it, line)));
  return taxCharges(it, tax.code, taxed, {
    code: atSale ? `${tax.code}-at-sale` : `import-${tax.code}`,
    description: `${tax.name} ${it.destination.country}`,
    owedTo: atSale ? tax.authority : policy.customs,
    scheme,
    onDelivery: atSale ? false : it.onDelivery,
    of: [
      taxUplift === undefined ? 'goods' : `goods + ${taxUplift} %`,
      ...(policy.insurance === undefined ? [] : ['insurance']),
      ...parts,
    ].join(' + '),
    rounding: atSale ? undefined : rounding,
  });
}
