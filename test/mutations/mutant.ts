/** A fault that is put into a copy of the code, to see whether a test fails. */
export interface Mutant {
  /** The folder's subject and a few words: `payment/void-ignored`. */
  readonly id: string;
  readonly file: string;
  /** The exact text that is replaced. It occurs once in the file. */
  readonly find: string;
  readonly put: string;
  /** The test files that should fail, the most likely one first. */
  readonly tests: readonly string[];
  /** The damage that the fault would do. */
  readonly harm: string;
  /** Why the code does the same with the fault. Such a row is listed and not run. */
  readonly equivalent?: string;
}

/** How often the text of the mutant occurs in its file. Any number but one is a mistake in the list. */
export function occurrencesOf({ find }: Pick<Mutant, 'find'>, text: string): number {
  return text.split(find).length - 1;
}

/** The file's text with the fault. Throws an Error if the text to replace does not occur exactly once. */
export function withFault({ id, find, put }: Mutant, text: string): string {
  if (occurrencesOf({ find }, text) !== 1) throw new Error(`the text of ${id} does not occur exactly once`);
  // A function, because a replacement text gives `$` a meaning.
  return text.replace(find, () => put);
}
