/**
 * Does the same for each, one after the other. One that fails does not keep the others from their turn; the
 * first failure is thrown when all had theirs, so that the message comes again for those that failed.
 */
export async function forEachInTurn<T>(
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  await inBatches(items, 1, act);
}

/**
 * Does the same for so many at once, and gives the answers in the order of the items. One that fails does not keep the
 * others from their turn; the first failure is thrown when all had theirs.
 */
export async function inBatches<T, Answer>(
  items: readonly T[],
  atOnce: number,
  act: (item: T) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const failures: unknown[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    for (const settled of await Promise.allSettled(items.slice(from, from + atOnce).map(act))) {
      if (settled.status === 'fulfilled') answers.push(settled.value);
      else failures.push(settled.reason);
    }
  }
  if (failures.length > 0) throw failures[0];
  return answers;
}
