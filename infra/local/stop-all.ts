/**
 * Runs the stops from the last one to the first, because later parts use earlier ones, and empties the list. A stop
 * that fails does not keep the others from running: the first error is thrown at the end, and further ones are printed.
 */
export async function stopAll(stops: (() => unknown)[]): Promise<void> {
  const errors: unknown[] = [];
  for (const stop of stops.splice(0).reverse()) {
    try {
      await stop();
    } catch (error) {
      errors.push(error);
    }
  }
  const [first, ...further] = errors;
  for (const error of further) reportStopFailure(error);
  if (errors.length > 0) throw first;
}

/** Prints an error of stopping, where another error is the reason for it and goes on to the caller. */
export function reportStopFailure(error: unknown): void {
  console.error(`not stopped cleanly: ${error instanceof Error ? error.message : String(error)}`);
}
