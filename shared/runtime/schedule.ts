import middy from '@middy/core';
import { log } from './log.ts';

/** A function that the clock starts. What it gives back is counted in the log. */
export function schedule<World>(
  world: () => World,
  handle: (world: World) => Promise<Readonly<Record<string, string | number | boolean>>>,
) {
  return middy().handler(async () => {
    const outcome = await handle(world());
    log.info('COMPLETED', outcome);
    return outcome;
  });
}
