/** A rule that must always hold was broken: a bug or corrupt data, never something a caller can cause. */
export class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
  readonly detail: Record<string, unknown>;

  constructor(rule: string, detail: Record<string, unknown>) {
    super(rule);
    this.detail = detail;
  }
}

/** Throws {@link InvariantBroken} naming the rule when it does not hold. `detail` never holds personal data. */
export function invariant(holds: boolean, rule: string, detail: Record<string, unknown> = {}): asserts holds {
  if (!holds) throw new InvariantBroken(rule, detail);
}

/** Closes an exhaustive switch: the compiler refuses a call whose argument still has a possible value. */
export function unreachable(value: never, rule: string): never {
  throw new InvariantBroken(rule, { value });
}
