import type { OperatorOptions } from '../client/operator-options.ts';

/** The files that can be imported. */
export const FILE_KINDS = ['ecb-daily', 'ecb-90d', 'hmrc', 'csv'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export interface RatesOptions extends OperatorOptions {
  readonly kind: FileKind;
  /** A path or an address. */
  readonly from: string;
  readonly spreadBasisPoints: number | undefined;
  /** RFC 3339, UTC. */
  readonly expiresAt: string | undefined;
  readonly dryRun: boolean;
}
