import { add } from '../../kernel/money.ts';
import { feesOf } from '../assess/fee.ts';
import type { ImportCase } from '../assess/import-case.ts';
import { dutiesOf, type ImportPolicy, openPolicyCase } from '../assess/import-policy.ts';
import { findNotComputed } from '../assess/refusals.ts';
import { decisionOn } from '../assess/relief.ts';
import { schemeOf } from '../assess/scheme.ts';
import { taxCharges } from '../assess/tax.ts';
import { type Assessed, defineRegime, isRefusal, type NotAssessable } from '../regime.ts';

const policy: ImportPolicy = {
  code: 'br',
  countries: ['BR'],
  timeZone: 'America/Sao_Paulo',
  currency: 'BRL',
  valuation: 'CIF',
  customs: 'BR:rfb',
};

/**
 * Brazil, simplified regime up to USD 3,000: import duty on goods with freight, nothing up to USD 50 and 60 % less
 * USD 30 above for sellers certified under Remessa Conforme, 60 % for others; ICMS of the state on that with duty, as
 * part of its own base. A certified seller collects both at the sale.
 */
export const br = defineRegime({
  code: 'br',
  countries: policy.countries,
  timeZone: policy.timeZone,
  currency: policy.currency,
  tariff: 'BR',
  assess(consignment, context) {
    const { region } = consignment.destination;
    if (region === undefined || !states.includes(region))
      return {
        reason: 'not-supported',
        part: 'region',
        detail: `ICMS depends on the state: give destination.region (${states.join(', ')}) or a CEP`,
      };
    const it = openPolicyCase(policy, consignment, context);
    return findNotComputed(it, it.shipFrom === 'BR') ?? imported(it, region);
  },
});

function imported(given: ImportCase, state: string): Assessed | NotAssessable {
  const certified = schemeOf(given, 'vendor');
  const it = { ...given, onDelivery: given.onDelivery && certified === undefined };
  const duties = dutiesOf(policy, it);
  if (isRefusal(duties)) return duties;
  const fees = feesOf(it, it.goods, policy.customs);
  const scheme = certified ?? schemeOf(it, 'border');
  const taxed = it.lines.map((line) => ({
    line,
    base: duties
      .filter(({ lineId }) => lineId === line.lineId)
      .reduce((all, { amount }) => add(all, amount), add(line.goods, line.freight)),
  }));
  return {
    scheme: certified === undefined ? 'rts' : 'remessa-conforme',
    dataSet: 'IMPORT_LOW_VALUE',
    deMinimis: [
      decisionOn(it, 'duty', { ruleId: duties[0]?.charge.ruleId ?? 'br-ii', says: 'import duty is due' }),
      decisionOn(it, 'tax', { ruleId: 'br-icms', says: 'ICMS is due at any value' }),
    ],
    charges: [
      ...duties.map(({ charge }) => charge),
      ...fees.map(({ charge }) => charge),
      ...taxCharges(it, 'icms', taxed, {
        code: 'icms',
        description: `ICMS ${state}`,
        owedTo: `BR:${state.toLowerCase()}`,
        scheme,
        of: 'goods + freight + duty',
      }),
    ],
  };
}

const states = [
  'AC', 'AL', 'AM', 'AP', 'BA', 'CE', 'DF', 'ES', 'GO', 'MA', 'MG', 'MS', 'MT', 'PA', 'PB', 'PE', 'PI', 'PR', 'RJ',
  'RN', 'RO', 'RR', 'RS', 'SC', 'SE', 'SP', 'TO',
]; // biome-ignore format: a table reads better in columns
