/**
 * Runs the stops in reverse order, because later parts use earlier ones, and empties the list. When one stop fails,
 * the others still run. At the end the first error is thrown, and further errors are printed.
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

/**
 * Prints an error that happened while stopping. Another error is the reason for the stop and is thrown to the caller.
 */
export function reportStopFailure(error: unknown): void {
  console.error(`not stopped cleanly: ${error instanceof Error ? error.message : String(error)}`);
}
