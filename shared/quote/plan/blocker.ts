import type { NotAssessable } from '../../duties/index.ts';
import type { NoRate } from '../quote-rates.ts';

/** Why a consignment can't go by a lane, except for rules of duty and tax. */
export interface NotSendable {
  readonly reason: 'no-lane' | 'restricted-goods' | NoRate['reason'];
  readonly lineId?: string | undefined;
  readonly part?: undefined;
  /** Fewer units could go. */
  readonly isTooMany?: true | undefined;
  readonly detail: string;
}

export type Blocker = NotAssessable | NotSendable;

/** The checks of a way, in order: failing at one means that the earlier ones passed. */
export const waySteps = ['lane', 'rate', 'goods', 'freight', 'duty'] as const;

/** The check that a way fails for some goods, with the reason. */
export interface Stop {
  readonly step: (typeof waySteps)[number];
  readonly blocker: Blocker;
}

/** A missing rate, as what stops a consignment. */
export const asBlocker = ({ reason, message }: NoRate): NotSendable => ({ reason, detail: message });

/** Whether an exchange rate is what a blocker lacks. */
export const isMissingRate = ({ reason }: Blocker): boolean =>
  reason === 'unsupported-currency' || reason === 'stale-rates';
