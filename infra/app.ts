import { parseArgs } from 'node:util';
import { buildApp } from './build-app.ts';

/** Context values of a start without the CDK's command line: `node infra/app.ts -c stage=sandbox`. */
function contextArguments(): Record<string, unknown> {
  const { values } = parseArgs({ options: { context: { type: 'string', short: 'c', multiple: true } } });
  const pairs = (values.context ?? []).map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new Error(`-c takes name=value, not ${pair}`);
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  return Object.fromEntries(pairs);
}

try {
  const outdir = process.env.CDK_OUTDIR ?? 'cdk.out';
  const { app } = buildApp({ outdir, context: contextArguments() });
  app.synth();
} catch (error) {
  // The findings themselves are printed by the CDK before it throws.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
