import type { FaultControl } from '../faults.ts';
import type { Operation } from '../partner.ts';
import type { PartnerHelp } from './help.ts';

/** What the page of one sandbox shows. */
export interface PartnerPage {
  /** What fault rules call the partner. */
  readonly code: string;
  readonly url: string;
  readonly help: PartnerHelp | undefined;
  readonly operations: readonly Operation[];
  /** How many objects there are, by kind. */
  readonly held: Readonly<Record<string, number>>;
  readonly faults: ReturnType<FaultControl['list']>;
}
