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
  /** Undefined: today. */
  readonly validFrom: string | undefined;
  /** Undefined: the name of the first file. */
  readonly release: string | undefined;
  readonly previous: string | undefined;
  readonly agreements: ReadonlyMap<string, Agreement>;
  readonly skipUnconvertible: boolean;
}
