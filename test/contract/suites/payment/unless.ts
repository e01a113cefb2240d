import { it } from 'vitest';

/** A test that is skipped for a reason, if there is one: it is part of the name, so that a list of skipped tests says why. */
export const unless =
  (reason: string | undefined) =>
  (title: string, run: () => Promise<void> | void): void => {
    if (reason === undefined) it(title, run);
    else it.skip(`${title} [not here: ${reason}]`, run);
  };
