import { describe, expect, it } from 'vitest';
import type { BoundBroker } from '../../../shared/customs/broker.ts';
import { chooseBroker } from '../../../shared/customs/index.ts';

const never = async (): Promise<never> => {
  throw new Error('nobody is asked');
};

function broker(code: string): BoundBroker {
  return {
    code,
    verify: () => ({ genuine: false, reason: 'no-signature' }),
    file: never,
    find: never,
    invalidate: never,
    interpret: () => ({ ignored: 'all' }),
  };
}

/** The code of the broker that files under the regime, if these brokers have settings. */
async function chosenFor(regime: string, withSettings: readonly string[], chosen?: Record<string, string>) {
  const find = async (code: string) => (withSettings.includes(code) ? broker(code) : undefined);
  return (await chooseBroker(regime, { chosen, registered: ['first', 'second'], find })).code;
}

describe('the broker that files a declaration', () => {
  it('is the broker that the seller chose for the regime', async () => {
    const chosen = { gb: 'second' };
    expect(await chosenFor('gb', ['first', 'second'], chosen)).toBe('second');
    expect(await chosenFor('eu', ['first', 'second'], chosen)).toBe('first');
  });

  it('is the first broker with settings if the seller chose none', async () => {
    expect(await chosenFor('eu', ['first', 'second'])).toBe('first');
    expect(await chosenFor('eu', ['second'])).toBe('second');
  });

  it('does not exist if the chosen broker has no settings: it is named, and no other broker replaces it', async () => {
    await expect(chosenFor('gb', ['first'], { gb: 'second' })).rejects.toThrow(
      'the broker second, chosen for gb, has no settings here',
    );
    await expect(chosenFor('gb', [])).rejects.toThrow('no customs broker has settings here');
  });
});
