import { describe, expect, it } from 'vitest';
import { addPartner } from '../../../infra/cli/partner/partner-command.ts';
import type { SetPartnerOptions } from '../../../infra/cli/partner/partner-options.ts';
import { parseLine } from './parse-line.ts';

const read = (...args: readonly string[]) =>
  parseLine<SetPartnerOptions>(['partner', 'set', ...args], (program, give) =>
    addPartner(program, async (options) => give(options)),
  );

describe('entrepot partner set', () => {
  it('names a secret by its stage or by itself, or checks only', () => {
    const of = (...args: readonly string[]) => read('payment', '/p.json', ...args);
    const given = { kind: 'payment', file: '/p.json' };
    expect(of('--stage', 'production')).toEqual({ ...given, secret: { stage: 'production' } });
    expect(of('--secret-id', 'arn:1')).toEqual({ ...given, secret: { id: 'arn:1' } });
    expect(of('--check')).toEqual({ ...given, secret: undefined });
    expect(of('--check', '--stage', 'sandbox')).toEqual({ ...given, secret: undefined });
  });

  it.each([
    [['payment', '/p.json'], 'name the stage with --stage'],
    [['payment', '/p.json', '--stage', 'sandbox', '--secret-id', 'a'], 'name the stage with --stage'],
    [['payment', '/p.json', '--stage', 'local'], 'Allowed choices are sandbox, production'],
    [['payments', '/p.json', '--check'], 'Allowed choices are payment, carrier, customs, warehouse'],
    [['payment'], "missing required argument 'file'"],
  ])('refuses %j', (args, words) => {
    expect(() => read(...args)).toThrow(words);
  });
});
