/** The properties of one resource type that the local cloud knows. */
export interface KnownType {
  /** Properties that the local cloud acts on. A dotted path names the only members that a nested object may have. */
  readonly actedOn: readonly string[];
  /** Properties that the local cloud ignores, each with the reason. */
  readonly noEffect: Readonly<Record<string, string>>;
}
