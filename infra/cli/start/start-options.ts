export interface StartOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly quiet: boolean;
  /** Whether to store no sample shop. */
  readonly empty: boolean;
  /** Whether to place the sample order. Undefined: only if no earlier start with this data folder placed it. */
  readonly demoOrder: boolean | undefined;
  readonly watch: boolean;
  /** A folder with a synthesised app to run instead of a newly synthesised one. */
  readonly assemblyDir: string | undefined;
  /** The seed of the injected faults; undefined: no faults. */
  readonly faultSeed: number | undefined;
}
