import type { TradeRulesImportedData } from '../../../events/trade-rules.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ScheduleHeader } from '../schedules/schedule.ts';
import type { EditionFile } from '../schedules/schedules.ts';

/** The editions that a deployment imported, the latest import last. */
export interface ImportedEditions {
  /** Changes with each import. */
  readonly version: string;
  /** Their names are unique: tariff, edition and the beginning of the file's hash. */
  readonly editions: readonly EditionFile[];
}

/** What prices read. */
export interface ImportedTariffs {
  /** Undefined while the deployment has imported none. */
  current(): Promise<ImportedEditions | undefined>;
  /** The file of an edition. Throws if it is not stored whole. */
  read(name: string): Promise<Uint8Array>;
}

/** An edition as it was imported. */
export interface StoredEdition {
  readonly header: ScheduleHeader;
  readonly lines: number;
  readonly importedAt: Instant;
}

export interface TariffStore extends ImportedTariffs {
  /** Undefined if there is no edition with the name. */
  edition(name: string): Promise<StoredEdition | undefined>;
  /**
   * Stores the file of an edition, then makes the list current and publishes an event, unless another import came in
   * between. The same file may be stored again.
   */
  add(
    edition: StoredEdition & { readonly name: string; readonly bytes: Uint8Array },
    given: {
      readonly list: ImportedEditions;
      readonly previous: string | undefined;
      readonly reported: TradeRulesImportedData;
    },
  ): Promise<'stored' | 'moved-on'>;
}
