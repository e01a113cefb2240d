import { add, money, sum } from '../../kernel/money.ts';
import { declaredCodes } from '../assess/declared-code.ts';
import { dutiableValue, type LineDuty, tariffDuty } from '../assess/duty.ts';
import { type ImportCase, openCase } from '../assess/import-case.ts';
import { findNotComputed } from '../assess/refusals.ts';
import { decisionOn, reliefOf } from '../assess/relief.ts';
import { schemeOf } from '../assess/scheme.ts';
import { type TaxText, taxCharges } from '../assess/tax.ts';
import { type Assessed, defineRegime, isRefusal, type NotAssessable } from '../regime.ts';
import { compareToLimit } from '../rules/conditions.ts';

/** VATA 1994 s. 7(5B)(b): the intrinsic value up to which VAT is due at the sale and not at the border. */
const SUPPLY_VAT_LIMIT = money(135_00, 'GBP');

const TARIFF = { tariff: 'gb', valuation: 'CIF' } as const;

/** Great Britain: supply VAT at the sale up to GBP 135, duty and import VAT on the CIF value above. */
export const gb = defineRegime({
  code: 'gb',
  countries: ['GB'],
  timeZone: 'Europe/London',
  currency: 'GBP',
  tariff: 'GB',
  assess(consignment, context) {
    const it = openCase(consignment, context, {
      regime: 'gb',
      currency: 'GBP',
      registered: context.seller.gbVat !== undefined,
    });
    const within = it.shipFrom === 'GB';
    return findNotComputed(it, within) ?? (within ? withinGreatBritain(it) : imported(it));
  },
});

/** A sale of goods that are already in the country: VAT at the sale whatever the Incoterm, and no border. */
function withinGreatBritain(it: ImportCase): Assessed | NotAssessable {
  const scheme = schemeOf(it, 'domestic-vat');
  if (scheme === undefined && it.registered)
    return {
      reason: 'not-supported',
      detail: `we do not have the VAT of sales within Great Britain on ${it.context.date}`,
    };
  if (scheme === undefined)
    return { reason: 'not-registered', detail: 'sales within Great Britain take a GB VAT number' };
  const charges = vat(it, [], { code: 'vat', scheme, owedTo: 'GB:hmrc-vat', onDelivery: false });
  return { scheme: 'domestic', deMinimis: [], charges };
}

/**
 * Up to GBP 135 VAT is due at the sale, even on goods that no duty relief covers. Above it VAT is due at the border.
 */
function imported(it: ImportCase): Assessed | NotAssessable {
  const low = compareToLimit(it, 'intrinsic', SUPPLY_VAT_LIMIT) <= 0;
  if (low && it.rules.all('relief').length === 0)
    return {
      reason: 'not-supported',
      detail: `what takes the place of the relief up to GBP 135 on ${it.context.date} is not known`,
    };
  const supply = schemeOf(it, 'supply-vat');
  if (low && supply === undefined)
    return {
      reason: 'not-registered',
      detail: 'sales up to GBP 135 are taxed at the sale, which takes a GB VAT number',
    };
  const duties = dutiesOf(it);
  if (isRefusal(duties)) return duties;
  const full = supply === undefined || duties.length > 0;
  const declared = full ? declaredCodes(it, TARIFF, 8) : {};
  if (isRefusal(declared)) return declared;
  const scheme = supply ?? schemeOf(it, 'import-vat');
  const tax =
    supply === undefined
      ? vat(it, duties, { code: 'import-vat', scheme, owedTo: 'GB:hmrc-customs' })
      : // Duty that the buyer pays at the border is no part of the price of the supply.
        vat(it, it.onDelivery ? [] : duties, {
          code: 'supply-vat',
          scheme,
          owedTo: 'GB:hmrc-vat',
          onDelivery: false,
        });
  return {
    scheme: supply === undefined ? 'import-vat' : 'supply-vat',
    dataSet: full ? 'GB_H1' : 'GB_H7',
    declaredCodes: declared,
    deMinimis: [
      decisionOn(it, 'duty', {
        ruleId: duties[0]?.charge.ruleId ?? 'gb-third-country-duty',
        says: 'duty by tariff',
      }),
      decisionOn(it, 'tax', {
        ruleId: scheme?.id ?? 'gb-import-vat',
        says: 'no import is free of VAT since 2021-01-01',
      }),
    ],
    charges: [...duties.map(({ charge }) => charge), ...tax],
  };
}

function dutiesOf(it: ImportCase): LineDuty[] | NotAssessable {
  const duties: LineDuty[] = [];
  for (const line of it.lines) {
    if (reliefOf(it, 'duty', line) !== undefined) continue;
    const own = tariffDuty(it, line, {
      ...TARIFF,
      code: 'gb-third-country-duty',
      description: 'UK customs duty',
      owedTo: 'GB:hmrc-customs',
    });
    if (isRefusal(own)) return own;
    duties.push(...own);
  }
  return duties;
}

/** VAT on goods, freight and those duties. */
function vat(it: ImportCase, duties: readonly LineDuty[], text: Omit<TaxText, 'description' | 'of'>) {
  const taxed = it.lines.map((line) => {
    const own = duties.filter(({ lineId }) => lineId === line.lineId).map(({ amount }) => amount);
    return { line, base: add(dutiableValue(line, 'CIF'), sum(own, 'GBP')) };
  });
  const of = duties.length === 0 ? 'goods + freight' : 'goods + freight + duty';
  return taxCharges(it, 'vat', taxed, { ...text, description: 'VAT GB', of });
}
