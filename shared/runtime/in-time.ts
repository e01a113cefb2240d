import type { Context } from 'aws-lambda';

/** How long before its time limit an invocation fails, in milliseconds. */
const MARGIN_MS = 5;

/** The invocation reached its time limit. It has the name of the SDK's error: the caller can try again later. */
class OutOfTime extends Error {
  override readonly name = 'TimeoutError';
}

/**
 * Gives what `work` gives. Throws a TimeoutError shortly before Lambda would end the invocation: so a route still
 * answers, the error is logged, and the process stays for the next invocation.
 */
export async function inTime<T>(
  context: Pick<Context, 'getRemainingTimeInMillis'>,
  work: () => Promise<T>,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    const fail = () => reject(new OutOfTime('the invocation reached its time limit'));
    timer = setTimeout(fail, context.getRemainingTimeInMillis() - MARGIN_MS);
  });
  try {
    return await Promise.race([work(), limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Does what `work` does, if that takes no longer than this. Throws a TimeoutError otherwise; the work goes on. */
export async function soonOrNever(limitMs: number, work: () => Promise<void>): Promise<void> {
  return inTime({ getRemainingTimeInMillis: () => limitMs + MARGIN_MS }, work);
}
