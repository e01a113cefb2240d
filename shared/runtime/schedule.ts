import middy from '@middy/core';
import { log } from './log.ts';
import { once } from './once.ts';

/** A function that a schedule starts. Its result is logged. */
export function schedule<Deps>(
  deps: () => Deps,
  handle: (deps: Deps) => Promise<Readonly<Record<string, string | number | boolean>>>,
) {
  const made = once(deps);
  return middy().handler(async () => {
    const outcome = await handle(made());
    log.info('COMPLETED', outcome);
    return outcome;
  });
}
