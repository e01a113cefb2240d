/**
 * Does the same for each, one after the other. One that fails does not keep the others from their turn; the
 * first failure is thrown when all had theirs, so that the message comes again for those that failed.
 */
export async function forEachInTurn<T>(
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const item of items) {
    try {
      await act(item);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
