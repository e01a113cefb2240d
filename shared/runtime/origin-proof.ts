import { once } from './once.ts';
import type { Settings } from './settings.ts';

/**
 * Reads the value by which CloudFront proves itself; undefined where the API is called directly. The client of the
 * secrets is loaded only where it is needed.
 */
export function originProofOf({ originProofArn: arn }: Settings): (() => Promise<string>) | undefined {
  if (arn === undefined) return undefined;
  const opened = once(async () => (await import('../aws/secrets.ts')).createSecrets(() => new Date()));
  return async () => (await opened()).read(arn);
}
