import type { ImportCase } from './import-case.ts';

/**
 * Answers that stay the same while one case is assessed. Without them a question that every line asks about all lines
 * takes time by the square of the lines.
 */
export function perCase<Answers>(empty: () => Answers): (it: ImportCase) => Answers {
  const known = new WeakMap<ImportCase, Answers>();
  return (it) => {
    const answers = known.get(it) ?? empty();
    known.set(it, answers);
    return answers;
  };
}
