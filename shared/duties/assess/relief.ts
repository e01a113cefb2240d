import type { DeMinimis } from '../../../events/landed-cost.ts';
import { formatMoney, fromJson, type Money, toJson } from '../../kernel/money.ts';
import { compareToLimit } from '../rules/conditions.ts';
import type { RuleOf } from '../rules/schema.ts';
import { perCase } from './case-memory.ts';
import type { ImportCase, ValuedLine } from './import-case.ts';
import { schemeOf } from './scheme.ts';

export type Relief = RuleOf<'relief'>;

interface LineRelief {
  /** The row for the goods, whatever they are worth. */
  readonly row: Relief | undefined;
  /** The row, if the goods are within its threshold. */
  readonly granted: Relief | undefined;
}

const knownReliefs = perCase(() => ({
  duty: new Map<ValuedLine, LineRelief>(),
  tax: new Map<ValuedLine, LineRelief>(),
}));

/** The relief from duty or tax for a line's goods at this value; undefined if there is none. */
export function reliefOf(it: ImportCase, on: 'duty' | 'tax', line: ValuedLine): Relief | undefined {
  return lineRelief(it, on, line).granted;
}

function lineRelief(it: ImportCase, on: 'duty' | 'tax', line: ValuedLine): LineRelief {
  const known = knownReliefs(it)[on];
  const found = known.get(line) ?? findRelief(it, on, line);
  known.set(line, found);
  return found;
}

function findRelief(it: ImportCase, on: 'duty' | 'tax', line: ValuedLine): LineRelief {
  const row = it.rules.find('relief', it, line, (candidate) => candidate.on === on);
  return { row, granted: row === undefined ? undefined : granted(it, row, line) };
}

function granted(it: ImportCase, relief: Relief, line: ValuedLine): Relief | undefined {
  if (!isWithin(it, relief, line)) return undefined;
  return relief.scheme === undefined || schemeOf(it, relief.scheme) !== undefined ? relief : undefined;
}

function isWithin(it: ImportCase, { threshold, basis, included }: Relief, line: ValuedLine): boolean {
  const order = compareToLimit(it, basis, fromJson(threshold), line);
  return order < 0 || (included && order === 0);
}

export interface Otherwise {
  readonly ruleId: string;
  readonly says: string;
  /** A limit that decides the case although it relieves nothing. */
  readonly limit?: Money | undefined;
}

/**
 * The de minimis decision for the consignment, with the threshold that applied to its goods, if any. `otherwise` names
 * the rule to show when nothing was relieved.
 */
export function decisionOn(it: ImportCase, on: 'duty' | 'tax', otherwise: Otherwise): DeMinimis {
  const found = it.lines.map((line) => lineRelief(it, on, line));
  const named = found.find(({ row }) => row !== undefined)?.row;
  if (named === undefined) return noRelief(it, on, otherwise);
  const relieved = found.map(({ granted: relief }) => relief !== undefined);
  const value = it.valueOn(named.basis, named.threshold.currency, it.lines[0]);
  const words = () =>
    `${named.basis} value ${formatMoney(value)} against ${formatMoney(fromJson(named.threshold))}`;
  const outcome = relieved.every(Boolean)
    ? `relieved of ${on}`
    : relieved.some(Boolean)
      ? `goods outside the relief bear ${on}; ${otherwise.says}`
      : otherwise.says;
  return {
    on,
    threshold: named.threshold,
    basis: named.basis,
    value: toJson(value),
    relieved: relieved.every(Boolean),
    ruleId: named.id,
    explanation: it.context.explain ? `${words()}: ${outcome}` : '',
  };
}

function noRelief(it: ImportCase, on: 'duty' | 'tax', { ruleId, says, limit }: Otherwise): DeMinimis {
  const value = it.valueOn('intrinsic', limit?.currency ?? it.currency);
  const words = () =>
    limit === undefined
      ? says
      : `intrinsic value ${formatMoney(value)} against ${formatMoney(limit)}: ${says}`;
  return {
    on,
    ...(limit === undefined ? {} : { threshold: toJson(limit) }),
    basis: limit === undefined ? 'none' : 'intrinsic',
    value: toJson(value),
    relieved: false,
    ruleId,
    explanation: it.context.explain ? words() : '',
  };
}
