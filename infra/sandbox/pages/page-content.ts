import type { FaultControl } from '../faults.ts';
import type { Operation } from '../partner.ts';
import type { PartnerHelp } from './help.ts';

/** The content of one sandbox's page. */
export interface PartnerPage {
  /** The partner's name in fault rules. */
  readonly code: string;
  readonly url: string;
  readonly help: PartnerHelp | undefined;
  readonly operations: readonly Operation[];
  /** The number of objects, by kind. */
  readonly held: Readonly<Record<string, number>>;
  readonly faults: ReturnType<FaultControl['list']>;
}
