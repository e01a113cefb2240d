import type { OperatorOptions } from '../client/operator-options.ts';
import type { FormatName } from './convert/format-names.ts';
import type { Agreement } from './convert/schedule.ts';

export interface ImportOptions extends OperatorOptions {
  readonly file: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

export interface ConvertOptions {
  readonly format: FormatName;
  readonly files: readonly string[];
  readonly out: string;
  /** Today where undefined. */
  readonly validFrom: string | undefined;
  /** The name of the first file where undefined. */
  readonly release: string | undefined;
  readonly previous: string | undefined;
  readonly agreements: ReadonlyMap<string, Agreement>;
  readonly skipUnconvertible: boolean;
}
