export interface StartOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly quiet: boolean;
  /** Store no sample shop. */
  readonly empty: boolean;
  /** Whether to place the sample order; undefined: unless an earlier start on this data folder placed it. */
  readonly demoOrder: boolean | undefined;
  readonly watch: boolean;
  /** A folder with a synthesised app to run in the place of a fresh one. */
  readonly assemblyDir: string | undefined;
  /** Seed of injected faults; undefined: none are injected. */
  readonly faultSeed: number | undefined;
}
