import { describe, it } from 'vitest';

/** A test that is skipped for a reason, if there is one. It is part of the name, so that a list of tests says why. */
export const unless =
  (reason: string | undefined) =>
  (title: string, run: () => Promise<void> | void): void => {
    if (reason === undefined) it(title, run);
    else it.skip(named(title, reason), run);
  };

/** The same for a group of tests: it is one skipped test. */
export const describeUnless =
  (reason: string | undefined) =>
  (title: string, run: () => void): void => {
    if (reason === undefined) describe(title, run);
    else it.skip(named(title, reason), () => undefined);
  };

const named = (title: string, reason: string): string => `${title} [not here: ${reason}]`;
