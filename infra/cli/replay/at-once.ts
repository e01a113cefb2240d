/**
 * Runs `act` for every item, at most `atOnce` of them at the same time, until all are done or the signal aborts.
 * After that, started items are finished and no new item starts. When one fails, the others finish, and then its
 * error is thrown.
 */
export async function atOnce<T>(
  items: readonly T[],
  max: number,
  signal: AbortSignal,
  act: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  const work = async () => {
    for (;;) {
      const item = items[next];
      if (next >= items.length || item === undefined || signal.aborted || failed) return;
      next += 1;
      try {
        await act(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const results = await Promise.allSettled(Array.from({ length: max }, work));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
