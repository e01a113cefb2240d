import type { Reconciliations } from '../../../shared/payment/settlement/index.ts';
import type { TimelineStore } from '../../../shared/timeline/index.ts';
import type { IntentProvider } from '../../fakes/intent-provider.ts';

/** The function was killed. */
class Killed extends Error {
  override readonly name = 'Killed';
}

/** Kills whatever runs when the n-th write or call begins or has ended. */
export function createReaper(killAt: number) {
  let count = 0;
  const tick = () => {
    count += 1;
    if (count === killAt) throw new Killed(`at ${killAt}`);
  };
  const around = async <T>(act: () => Promise<T>): Promise<T> => {
    tick();
    const result = await act();
    tick();
    return result;
  };
  return { around, hasKilled: () => count >= killAt };
}

export type Reaper = ReturnType<typeof createReaper>;

export const watchedStore = (store: TimelineStore, { around }: Reaper): TimelineStore => ({
  ...store,
  append: (given) => around(() => store.append(given)),
});

export const watchedProvider = (provider: IntentProvider, { around }: Reaper): IntentProvider => ({
  ...provider,
  start: (now, command) => around(() => provider.start(now, command)),
  capture: (now, command) => around(() => provider.capture(now, command)),
  void: (now, command) => around(() => provider.void(now, command)),
  refund: (now, command) => around(() => provider.refund(now, command)),
  find: (now, query) => around(() => provider.find(now, query)),
});

export const watchedReconciliations = (store: Reconciliations, { around }: Reaper): Reconciliations => ({
  ...store,
  keep: (...given) => around(() => store.keep(...given)),
  change: (...given) => around(() => store.change(...given)),
  resolve: (...given) => around(() => store.resolve(...given)),
  keepRun: (...given) => around(() => store.keepRun(...given)),
  setReadUntil: (...given) => around(() => store.setReadUntil(...given)),
  setDone: (...given) => around(() => store.setDone(...given)),
});

/** Lives through the steps and is killed once. `repeats`: a queue or a person repeats the step that was killed. */
export async function liveThrough(
  steps: readonly (() => Promise<unknown>)[],
  repeats: boolean,
): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      if (repeats) await step();
    }
  }
}
