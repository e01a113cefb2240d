export interface StartOptions {
  readonly port: number;
  readonly dataDir: string;
  /** Whether partners with a key in the key file are called at their own addresses. */
  readonly partners: 'sandbox' | 'real';
  /** The key file. Undefined: the one in the user's folder of settings. */
  readonly partnerKeys: string | undefined;
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
