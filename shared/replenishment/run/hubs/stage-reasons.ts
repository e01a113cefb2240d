import { decimalText } from '../../policy/decimal-text.ts';
import { type Reason, reason } from '../../policy/reasons.ts';
import type { SafetyStock } from '../../policy/safety-stock.ts';
import type { StageOfSite } from './stage.ts';

interface Parts {
  /** The mean of the demand over the net days. */
  readonly covered: number;
  readonly kept: number;
  /** Days that a hub's own shoppers are covered for, and what is kept for them. */
  readonly ownDays: number;
  readonly ownKept: SafetyStock | undefined;
  readonly reviewDays: number;
  readonly serviceLevel: number;
  readonly isStocked: boolean;
}

/** Why a stage has its reorder point: what it promises, the days that it covers, and what it keeps for them. */
export function stageReasons(stage: Omit<StageOfSite, 'reasons'>, parts: Parts): Reason[] {
  const { serviceDays, netDays, safetyStock, reorderAt, feeds } = stage;
  const { covered, kept, ownDays, ownKept, serviceLevel, isStocked } = parts;
  const own = ownKept?.isStocked === true ? ownKept : undefined;
  const of = feeds.length === 0 ? 'its shoppers' : withShoppers(stage);
  const isKept = isStocked && (netDays > 0 || kept > 0);
  const none = netDays === 0 ? '0: the sites that it feeds keep it' : '0: the service level is met without';
  const units = isKept ? `${decimalText(kept)} for ${of} over ${netDays} days` : none;
  const ownUnits =
    own === undefined ? '' : ` + ${decimalText(own.units)} for its own shoppers over ${ownDays} days`;
  const means = isKept ? `${decimalText(covered)} + ${decimalText(kept)}` : '0';
  const ownMeans =
    own === undefined
      ? ''
      : ` + ${decimalText(own.demand.mean)} + ${decimalText(own.units)} for its own shoppers`;
  return [
    reason('guaranteed-service', serviceDays, 'days', promiseText(stage)),
    reason('net-lead-time', netDays, 'days', netText(stage, parts)),
    reason('forecast', covered, 'units', `mean of ${netDays} days of ${of}`),
    reason('service-level', serviceLevel, 'probability', 'by the class of the SKU'),
    reason('safety-stock', safetyStock, 'units', `${units}${ownUnits}`),
    reason('reorder-point', reorderAt, 'units', `${means}${ownMeans}`),
  ];
}

const withShoppers = ({ own, feeds }: Pick<StageOfSite, 'own' | 'feeds'>): string =>
  `${own === undefined ? '' : 'its shoppers and '}${sitesText(feeds)}`;

const sitesText = (feeds: readonly string[]): string =>
  feeds.length > 3 ? `${feeds.length} sites that it feeds` : feeds.join(', ');

/** The lowest cost of holding: Graves and Willems 2000. */
const promiseText = ({ feeds }: Pick<StageOfSite, 'feeds'>): string =>
  feeds.length === 0
    ? 'to its shoppers'
    : `to ${sitesText(feeds)}, by the lowest cost of holding (guaranteed service)`;

function netText(
  { fedBy, inboundDays, processingDays, serviceDays }: Omit<StageOfSite, 'reasons'>,
  { reviewDays }: Parts,
): string {
  const before =
    fedBy === undefined
      ? `${inboundDays} until its supplier delivers`
      : `${inboundDays} promised by ${fedBy} + ${processingDays - reviewDays} of the way`;
  return `${before} + ${reviewDays} review - ${serviceDays} promised`;
}
