/** What the local cloud knows of one resource type. */
export interface KnownType {
  /** Properties that change what happens on this machine. A dotted path limits what may stand inside one. */
  readonly actedOn: readonly string[];
  /** Properties that change nothing on one machine, each with the reason. */
  readonly noEffect: Readonly<Record<string, string>>;
}
