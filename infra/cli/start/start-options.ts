export interface StartOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly quiet: boolean;
  readonly demoOrder: boolean;
  readonly watch: boolean;
  /** A folder with a synthesised app to run in the place of a fresh one. */
  readonly assemblyDir: string | undefined;
  /** Seed of injected faults; undefined: none are injected. */
  readonly faultSeed: number | undefined;
}
