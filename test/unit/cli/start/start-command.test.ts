import { describe, expect, it } from 'vitest';
import { addStart } from '../../../../infra/cli/start/start-command.ts';
import type { StartOptions } from '../../../../infra/cli/start/start-options.ts';
import { parseLine } from '../parse-line.ts';

const read = (...args: readonly string[]) =>
  parseLine<StartOptions>(['start', ...args], (program, give) =>
    addStart(program, async (options) => give(options)),
  );

describe('entrepot start', () => {
  it('has a default for everything', () => {
    expect(read()).toEqual({
      port: 3000,
      dataDir: '.local',
      partners: 'sandbox',
      partnerKeys: undefined,
      quiet: false,
      empty: false,
      demoOrder: undefined,
      watch: false,
      assemblyDir: undefined,
      faultSeed: undefined,
    });
  });

  it('accepts each of its options', () => {
    const args = [
      '--port',
      '0',
      '--data',
      '/d',
      '--quiet',
      '--empty',
      '--no-demo',
      '--watch',
      '--assembly',
      '/a',
    ];
    expect(read(...args, '--fault-seed', '7')).toEqual({
      port: 0,
      dataDir: '/d',
      partners: 'sandbox',
      partnerKeys: undefined,
      quiet: true,
      empty: true,
      demoOrder: false,
      watch: true,
      assemblyDir: '/a',
      faultSeed: 7,
    });
  });

  it('keeps the data of real partners apart', () => {
    expect(read('--partners', 'real', '--partner-keys', '/k.json')).toMatchObject({
      dataDir: '.local-real',
      partners: 'real',
      partnerKeys: '/k.json',
    });
    expect(read('--partners', 'real', '--data', '/d').dataDir).toBe('/d');
  });

  it('places the sample order again on request', () => {
    expect(read('--demo').demoOrder).toBe(true);
  });

  it.each([
    [['--port', '65536'], 'It takes a whole number from 0 to 65535.'],
    [['--port', '3e3'], "option '--port <number>'"],
    [['--fault-seed', '-1'], 'whole number'],
    [['--port'], "option '--port <number>' argument missing"],
    [['--prot', '1'], "unknown option '--prot'"],
    [['--partners', 'live'], 'Allowed choices are sandbox, real'],
    [['--partner-keys', '/k.json'], '--partner-keys needs --partners real'],
    [['3000'], 'too many arguments'],
  ])('%j is refused', (args, words) => {
    expect(() => read(...args)).toThrow(words);
  });
});
