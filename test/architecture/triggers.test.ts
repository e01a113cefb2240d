import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factNames } from '../../events/all-events.ts';
import { triggerList } from '../../events/triggers.ts';
import { nameOfWanted } from '../../events/wanted-fact.ts';

const files = readdirSync('functions', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`.replace(/^functions\//, '').replace(/\.ts$/, ''));

const FIRST_WORD = {
  http: /^(get|post|put|hook)-/,
  queue: /^(on|make)-/,
  schedule: /^every-/,
  stream: /^relay-/,
  authorizer: /^authorise-/,
};

describe('the table of triggers', () => {
  it('starts every function, and names only existing functions', () => {
    expect([...files].sort()).toEqual(triggerList.map(([id]) => id).sort());
  });

  it('has its groups in the order in which a shop reaches them', () => {
    const groups = triggerList.filter(([, { kind }]) => kind !== 'schedule').map(([id]) => id.split('/')[0]);
    expect(groups.filter((group, index) => group !== groups[index - 1])).toEqual([
      'setup',
      'catalogue',
      'stock',
      '1-quote',
      '2-order',
      '3-payment',
      '4-screening',
      '5-shipping',
      '6-customs',
      '7-warehouse',
      '8-delivery',
      'replenishment',
      'reports',
      'privacy',
      'operations',
    ]);
  });

  it('agrees with the first word of each file', () => {
    const wrong = triggerList.filter(([id, { kind }]) => !FIRST_WORD[kind].test(id.split('/')[1] ?? ''));
    expect(wrong.map(([id]) => id)).toEqual([]);
  });

  it('names only existing facts', () => {
    const named = triggerList.flatMap(([, trigger]) =>
      trigger.kind === 'queue' ? (trigger.facts ?? []).map(nameOfWanted) : [],
    );
    expect(named.filter((name) => !factNames.includes(name))).toEqual([]);
  });

  it('gives each function the step whose late work it gets', () => {
    const wrong = triggerList.filter(
      ([id, trigger]) =>
        trigger.kind === 'queue' &&
        trigger.work?.some((step) => !readFileSync(`functions/${id}.ts`, 'utf8').includes(`step: '${step}'`)),
    );
    expect(wrong.map(([id]) => id)).toEqual([]);
  });

  it('starts short functions: each fits on one screen', () => {
    const long = files.filter((id) => readFileSync(`functions/${id}.ts`, 'utf8').split('\n').length > 80);
    expect(long).toEqual([]);
  });
});
