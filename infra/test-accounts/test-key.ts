import type * as z from 'zod';

/** The beginnings of a partner's keys, as texts such as `sk_test_`. */
export interface KeyForms {
  readonly partner: string;
  readonly test: readonly string[];
  readonly live: readonly string[];
}

/** What follows the beginning of a key is at least this long at every partner. */
const MIN_SECRET = 16;

/**
 * A test key of a partner. A live key is refused, because it would move real money and real parcels. `secretText`
 * refuses placeholders. No message contains the key.
 */
export function testKeySchema({ partner, test, live }: KeyForms, secretText: z.ZodType<string>) {
  const beginnings = test.join(' or ');
  return secretText.superRefine((key, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (live.some((beginning) => key.startsWith(beginning)))
      return refuse(
        `this is a live key of ${partner}: it would move real money or goods. Use a test key, ${beginnings}`,
      );
    const beginning = test.find((one) => key.startsWith(one));
    if (beginning === undefined) return refuse(`a test key of ${partner} begins with ${beginnings}`);
    if (!/^[\w-]+$/.test(key) || key.length - beginning.length < MIN_SECRET)
      return refuse(`this is no whole key: copy it again from the pages of ${partner}`);
  });
}
