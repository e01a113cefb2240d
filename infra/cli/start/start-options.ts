import { parseArgs } from 'node:util';

export interface StartOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly quiet: boolean;
  readonly demoOrder: boolean;
  readonly watch: boolean;
  /** A folder with a synthesised app to run in the place of a fresh one. */
  readonly assemblyDir: string | undefined;
  /** Seed of injected faults; undefined: none are injected. */
  readonly faultSeed: number | undefined;
}

export const START_HELP = `Usage: npm start [-- OPTIONS]

Synthesises the stacks, runs what they declare on this machine, fills a small catalogue and carries one order
from its quote to its delivery. Then stays up until Ctrl-C. The next start carries on where this one stopped.

Options:
  --port N         port of the HTTP API (default 3000)
  --data FOLDER    where table, secrets, partners and logs are kept (default .local)
  --quiet          print nothing but the URLs and errors
  --no-demo        do not place the sample order
  --fault-seed N   inject faults (duplicates, delays, throttles, kills), the same ones for the same N
  --assembly FOLDER run an app that was synthesised before
  --watch          bundle and reload a function when its sources change (npm run dev)
  --help           this text
`;

/** Reads the command line. Throws an Error whose message can be shown. Undefined: help was asked for. */
export function readStartOptions(args: readonly string[]): StartOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '3000' },
      data: { type: 'string', default: '.local' },
      quiet: { type: 'boolean', default: false },
      'no-demo': { type: 'boolean', default: false },
      'fault-seed': { type: 'string' },
      watch: { type: 'boolean', default: false },
      assembly: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    port: wholeNumber('--port', values.port, 65_535),
    dataDir: values.data,
    quiet: values.quiet,
    demoOrder: !values['no-demo'],
    watch: values.watch,
    assemblyDir: values.assembly,
    faultSeed:
      values['fault-seed'] === undefined
        ? undefined
        : wholeNumber('--fault-seed', values['fault-seed'], 2 ** 31),
  };
}

function wholeNumber(option: string, text: string, max: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new Error(`${option} takes a whole number from 0 to ${max}, not ${JSON.stringify(text)}`);
  }
  return value;
}
