import type { Schema } from '../api/client.ts';

type InForce = Schema<'RuleInForce'>;

/** What is other about a rule on a later day. */
export interface RuleChange {
  readonly id: string;
  readonly change: 'new' | 'ended' | 'changed';
  readonly before: string;
  readonly after: string;
}

/** The rules that are in one of the lists alone, or with other content. */
export function changesBetween(before: readonly InForce[], after: readonly InForce[]): readonly RuleChange[] {
  const old = new Map(before.map(({ rule }) => [rule.id, textOf(rule)]));
  const now = new Map(after.map(({ rule }) => [rule.id, textOf(rule)]));
  const ids = [...new Set([...old.keys(), ...now.keys()])];
  return ids.flatMap((id): readonly RuleChange[] => {
    const [was, is] = [old.get(id), now.get(id)];
    if (was === is) return [];
    const change = was === undefined ? 'new' : is === undefined ? 'ended' : 'changed';
    return [{ id, change, before: was ?? '–', after: is ?? '–' }];
  });
}

const textOf = ({ id: _id, regime: _regime, ...says }: InForce['rule']): string =>
  Object.entries(says)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('; ');
