/** Where a lake is. */
export type LakeWhere =
  /** A folder with `facts/` or `tables/`. */
  | { readonly kind: 'folder'; readonly folder: string }
  /** A bucket on AWS. `dataDir` holds the copy of its tables. */
  | { readonly kind: 'bucket'; readonly bucket: string; readonly dataDir: string }
  /** A stage on AWS: its bucket is an output of its stack. */
  | { readonly kind: 'stage'; readonly stage: string; readonly dataDir: string }
  /** The backend that runs on this machine. */
  | { readonly kind: 'local'; readonly url: string; readonly dataDir: string };

export const answerFormats = ['table', 'csv', 'json'] as const;
export type AnswerFormat = (typeof answerFormats)[number];

export interface SqlOptions {
  readonly where: LakeWhere;
  readonly sql: string;
  readonly format: AnswerFormat;
}

export interface RebuildCommandOptions {
  readonly where: LakeWhere;
  /** Whether the tables are only compared. */
  readonly dryRun: boolean;
}

export interface RefillCommandOptions {
  readonly where: LakeWhere;
  /** The first and the last UTC day, by when facts were written down. */
  readonly since: string;
  readonly until: string | undefined;
  /** Whether the records are only counted. */
  readonly dryRun: boolean;
}

export interface CheckCommandOptions {
  readonly where: LakeWhere;
  /** How many orders are compared with the running backend; undefined compares none. */
  readonly backend:
    | { readonly url: string; readonly token: string | undefined; readonly dataDir: string }
    | undefined;
  readonly sample: number;
}
