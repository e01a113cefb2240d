/**
 * Calls the function for each item in sequence. A failure does not stop the others. The first failure is thrown at the
 * end, so that the message comes again.
 */
export async function forEachInTurn<T>(
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
): Promise<void> {
  await inBatches(items, 1, act);
}

/**
 * Calls the function for a limited number of items at once, and returns the answers in the order of the items. A
 * failure does not stop the others. The first failure is thrown at the end.
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
