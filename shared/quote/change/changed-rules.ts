import type { Charge, LandedCost, PlannedConsignment } from '../../../events/landed-cost.ts';
import { money, toJson } from '../../kernel/money.ts';
import type { QuoteChange } from './quote-change.ts';

/**
 * Duties, taxes and fees whose rule or rate changed, for goods that still come from the same country. Goods from
 * another country have other rules anyway.
 */
export function feesAndTaxesThatChanged(before: LandedCost, after: LandedCost): QuoteChange[] {
  const { version, date } = after.ruleSet;
  const since = before.ruleSet.version === version ? `on ${date}` : `since version ${version} of the rules`;
  const now = new Map(after.consignments.map((consignment) => [wayOf(consignment), consignment]));
  return before.consignments.flatMap((old) => {
    const same = now.get(wayOf(old));
    if (same === undefined) return [];
    const [owedBefore, owedAfter] = [owedByCode(old), owedByCode(same)];
    const codes = [...new Set([...owedBefore.keys(), ...owedAfter.keys()])].sort();
    return codes.flatMap((code): QuoteChange[] => {
      const [was, is] = [rulesOf(owedBefore.get(code)), rulesOf(owedAfter.get(code))];
      if (was === is) return [];
      const amount = toJson(money(total(owedAfter.get(code)) - total(owedBefore.get(code)), after.currency));
      const detail = `${code}: ${is || 'no longer charged'} instead of ${was || 'nothing'}, ${since}`;
      return [{ what: 'rule', detail, before: was, after: is, amount }];
    });
  });
}

/** Country and goods: they decide which rules apply. */
const wayOf = ({ shipFrom, regime, lines }: PlannedConsignment) =>
  JSON.stringify([shipFrom, regime, quantitiesOf(lines)]);

/** Lines and parts of lines with their quantities, in a fixed order. */
export const quantitiesOf = (lines: PlannedConsignment['lines']) =>
  lines.map(({ lineId, quantity }) => `${lineId} x ${quantity}`).sort();

function owedByCode({ charges }: PlannedConsignment): Map<string, Charge[]> {
  const owed = charges.filter(({ kind }) => kind === 'duty' || kind === 'tax' || kind === 'fee');
  return Map.groupBy(owed, ({ code }) => code);
}

/** `eu-ioss at 19`, without duplicates. */
function rulesOf(charges: readonly Charge[] = []): string {
  const rules = charges.map(({ ruleId, rate }) => (rate === undefined ? ruleId : `${ruleId} at ${rate}`));
  return [...new Set(rules)].sort().join(', ');
}

const total = (charges: readonly Charge[] = []) =>
  charges.reduce((all, { amount }) => all + amount.amount, 0);
