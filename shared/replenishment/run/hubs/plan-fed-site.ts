import { dayAfter } from '../../../kernel/time.ts';
import { type SkuPlan, wireReason } from '../../explain/sku-plan.ts';
import { decimalText } from '../../policy/decimal-text.ts';
import { type InventoryPosition, inventoryPosition } from '../../policy/position.ts';
import { positionReason, type Reason, reason } from '../../policy/reasons.ts';
import { lateCampaigns } from '../late-campaigns.ts';
import { movesOf, openOrders, stockOf, sumOf } from '../site-figures.ts';
import type { PlanContext, PlannedSite, SiteToPlan } from '../site-to-plan.ts';
import type { StageOfSite } from './stage.ts';

type FedSite = SiteToPlan & { readonly stage: StageOfSite };

/**
 * The plan of a site that a hub feeds: it buys nothing, and gets what is moved there. Where its need is larger than
 * that, it waits for the hub, whose order covers it. Pure.
 */
export function planFedSite(
  site: FedSite,
  figures: Omit<SkuPlan, 'outcome' | 'reasons'>,
  { day }: PlanContext,
): PlannedSite {
  const { stage } = site;
  const { reorderAt, demand, inboundDays, processingDays, fedBy } = stage;
  const stock = positionOf(site);
  const { position } = stock;
  const need = needOf(position, reorderAt);
  const moves = movesOf(site);
  const moved = sumOf(moves.transfers.map(({ units }) => units));
  const reasons = [
    ...stage.reasons,
    positionReason(stock),
    ...needReasons(need, position, reorderAt),
    ...moves.reasons,
  ];
  const days = inboundDays + processingDays;
  const standing = { demand: demand(days), reorderAt, position, unitCost: stage.unitValue };
  const expectedOn = dayAfter(day, days);
  const campaigns = (site.signals ?? []).filter(({ kind }) => kind === 'campaign');
  const late = lateCampaigns(campaigns, { ...figures, expectedOn });
  const known = { ...figures, ...(late.length === 0 ? {} : { lateFor: late }) };
  const shown = reasons.map(wireReason);
  if (moved > 0)
    return {
      plan: { ...known, outcome: 'proposed', units: 0, transfers: moves.transfers, reasons: shown },
      standing,
    };
  if (need === 0) return { plan: { ...known, outcome: 'enough', units: 0, reasons: shown }, standing };
  const detail = `${need} units are needed; its hub ${fedBy} can't give them now, and has them in its own need`;
  return {
    plan: { ...known, outcome: 'not-planned', why: 'waits-for-hub', detail, reasons: shown },
    standing,
  };
}

/** What a stage has and is going to have, less what it owes to the sites that it feeds. */
export const positionOf = (site: SiteToPlan): InventoryPosition =>
  inventoryPosition(stockOf(site), openOrders(site), site.owed);

/** Whole units that bring a position above the reorder point; none where it is above. */
export function needOf(position: number, reorderAt: number): number {
  if (reorderAt === 0) return Math.max(0, Math.ceil(-position));
  return position > reorderAt ? 0 : Math.floor(reorderAt - position) + 1;
}

const needReasons = (need: number, position: number, reorderAt: number): Reason[] => [
  reason(
    'need',
    need,
    'units',
    need === 0
      ? `${decimalText(position)} position is above ${decimalText(reorderAt)} reorder point`
      : `above ${decimalText(reorderAt)} reorder point, from ${decimalText(position)} position`,
  ),
];
