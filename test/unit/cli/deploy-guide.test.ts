import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contextNames } from '../../../infra/stages.ts';
import { deliveredStripeEvents } from '../../../shared/payment/providers/stripe/sandbox/wire.ts';

const guide = readFileSync('docs/deploy.md', 'utf8');
const named = (word: string) => guide.includes(`\`${word}\``);

describe('the guide for a deployment', () => {
  it.each(contextNames.filter((name) => name !== 'stage'))('names the context value %s', (name) => {
    expect(named(name)).toBe(true);
  });

  it.each(deliveredStripeEvents)('has %s among the events to register', (event) => {
    expect(named(event)).toBe(true);
  });

  it('does not ask for a context value that no stage reads', () => {
    const given = [...guide.matchAll(/-c ([a-zA-Z]+)=/g)].map(([, name]) => name ?? '');
    expect(given.filter((name) => !contextNames.includes(name) && name !== 'name')).toEqual([]);
  });
});
