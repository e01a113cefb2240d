import { compare, type Money } from '../../kernel/money.ts';
import type { ClassificationPolicy } from '../regime.ts';
import type { RuleOf } from '../rules/schema.ts';
import { amountAt, rateText } from './duty-rate.ts';
import type { ImportCase, ValuedLine } from './import-case.ts';

export interface Classified {
  readonly rule: RuleOf<'tariff-line'>;
  readonly assumption?: string;
}

/**
 * The tariff line of goods. Undefined if none is known, or if several are possible and the merchant's policy refuses to
 * choose. Even a line with the whole code is ambiguous if longer codes have other rates: then it is the rest of them.
 */
export function classify(
  it: ImportCase,
  tariff: string,
  line: ValuedLine,
  base: Money,
): Classified | undefined {
  const exact = it.rules.tariffLine(tariff, it, line);
  const below = it.rules.tariffLinesBelow(tariff, it, line);
  if (exact !== undefined && below.every(({ rate }) => rateText(rate) === rateText(exact.rate)))
    return { rule: exact };
  const policy = it.context.seller.classification ?? 'refuse';
  if (policy === 'refuse') return undefined;
  const candidates = [...(exact === undefined ? [] : [exact]), ...below]
    .map((rule) => ({ rule, amount: amountAt(rule.rate, base, line.line) }))
    .filter((each): each is { rule: RuleOf<'tariff-line'>; amount: Money } => each.amount !== undefined)
    .sort((a, b) => compare(a.amount, b.amount) || a.rule.hsPrefix.localeCompare(b.rule.hsPrefix));
  const chosen = candidates[placeOf(policy, candidates.length)];
  if (chosen === undefined) return undefined;
  const lines = candidates.map(({ rule }) => `${rule.hsPrefix} ${rateText(rule.rate)}`).join(', ');
  return {
    rule: chosen.rule,
    assumption: `${line.hsCode} is divided into ${lines}: the ${policy} is taken, as the merchant asks`,
  };
}

function placeOf(policy: Exclude<ClassificationPolicy, 'refuse'>, count: number): number {
  if (policy === 'minimum') return 0;
  return policy === 'maximum' ? count - 1 : Math.floor(count / 2);
}
