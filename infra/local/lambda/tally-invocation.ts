import type { Tally } from '../watching/hourly-sums.ts';
import type { FunctionSettings } from './function-settings.ts';

/** Counts an invocation as Lambda and CloudWatch Logs do in their metrics. */
export function tallyInvocation(
  { name, logGroup }: Pick<FunctionSettings, 'name' | 'logGroup'>,
  tally: Tally,
  { durationMs, logBytes }: { readonly durationMs: number; readonly logBytes: number },
): void {
  const ofFunction = { namespace: 'AWS/Lambda', dimensions: { FunctionName: name } };
  tally({ ...ofFunction, name: 'Invocations' }, 1);
  tally({ ...ofFunction, name: 'Duration' }, durationMs);
  tally({ namespace: 'AWS/Logs', name: 'IncomingBytes', dimensions: { LogGroupName: logGroup } }, logBytes);
}
