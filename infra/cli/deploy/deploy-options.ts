export interface DeployOptions {
  /** The stage and the other context values, by their names. */
  readonly context: Readonly<Record<string, string>>;
  /** Whether to stop after the checks. */
  readonly checkOnly: boolean;
  /** Whether changes of permissions are deployed without a question. */
  readonly yes: boolean;
}
