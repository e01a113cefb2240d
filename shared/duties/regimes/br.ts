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
    const region = consignment.destination.region ?? stateOf(consignment.destination.postalCode);
    if (region === undefined || !states.includes(region))
      return {
        reason: 'not-supported',
        part: 'region',
        detail: `ICMS depends on the state: give destination.region (${states.join(', ')}) or a CEP`,
      };
    const destination = { ...consignment.destination, region };
    const it = openPolicyCase(policy, { ...consignment, destination }, context);
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

/**
 * Correios, Guia Postal: ranges of a CEP's first five digits. Each entry has the last number of its range and the
 * state.
 */
const ranges: readonly (readonly [upTo: number, state: string])[] = [
  [19_999, 'SP'], [28_999, 'RJ'], [29_999, 'ES'], [39_999, 'MG'], [48_999, 'BA'], [49_999, 'SE'], [56_999, 'PE'],
  [57_999, 'AL'], [58_999, 'PB'], [59_999, 'RN'], [63_999, 'CE'], [64_999, 'PI'], [65_999, 'MA'], [68_899, 'PA'],
  [68_999, 'AP'], [69_299, 'AM'], [69_399, 'RR'], [69_899, 'AM'], [69_999, 'AC'], [72_799, 'DF'], [72_999, 'GO'],
  [73_699, 'DF'], [76_799, 'GO'], [76_999, 'RO'], [77_999, 'TO'], [78_899, 'MT'], [79_999, 'MS'], [87_999, 'PR'],
  [89_999, 'SC'], [99_999, 'RS'],
]; // biome-ignore format: a table reads better in columns

const states = [...new Set(ranges.map(([, state]) => state))].toSorted();

function stateOf(postalCode: string | undefined): string | undefined {
  const digits = /^(\d{5})-?\d{3}$/.exec(postalCode?.trim() ?? '')?.[1];
  if (digits === undefined || Number(digits) < 1_000) return undefined;
  return ranges.find(([upTo]) => Number(digits) <= upTo)?.[1];
}
