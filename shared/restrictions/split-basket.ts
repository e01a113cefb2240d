import * as z from 'zod';
import type { RestrictedProduct } from './attributes.ts';
import type { RestrictionFinding } from './finding.ts';
import { type GoodsGate, obstaclesOn } from './goods-gate.ts';
import type { Transport } from './transport.ts';

/** A line of a basket that can't be sold there, with the rule that bars it. */
export const blockedLineSchema = z
  .strictObject({
    lineId: z.string(),
    sku: z.string(),
    /** Identifier of the restriction. */
    ruleId: z.string(),
    action: z.enum(['block', 'needs-document', 'needs-service']),
    /** What is barred, or what would be needed. */
    detail: z.string(),
    law: z.string(),
    /** The rule's provenance is weak. A person must confirm the rule before anybody relies on it. */
    needsReview: z.boolean().optional(),
  })
  .meta({ id: 'BlockedLine' });

export type BlockedLine = z.infer<typeof blockedLineSchema>;

export interface LineToCheck {
  readonly lineId: string;
  readonly product: RestrictedProduct;
}

/**
 * Separates the lines that can be sold from those that can't. With ways, a line needs one that admits it; otherwise the
 * rule is the first one on the way with the fewest rules against it. Without ways, only restrictions that apply to
 * every way count, because other code reports that nothing ships there.
 */
export function splitBasket<Line extends LineToCheck>(
  lines: readonly Line[],
  gate: GoodsGate,
  waysOf: (line: Line) => readonly Transport[] = () => [],
): { readonly sellable: Line[]; readonly blocked: BlockedLine[] } {
  const sellable: Line[] = [];
  const blocked: BlockedLine[] = [];
  for (const line of lines) {
    const [obstacle] = obstaclesOn(gate, line.product, waysOf(line));
    if (obstacle === undefined) sellable.push(line);
    else blocked.push(blockedLine(line, obstacle));
  }
  return { sellable, blocked };
}

function blockedLine(
  { lineId, product }: LineToCheck,
  { ruleId, action, detail, law, needsReview }: RestrictionFinding,
): BlockedLine {
  return {
    lineId,
    sku: product.sku,
    ruleId,
    action,
    detail,
    law,
    ...(needsReview ? { needsReview } : {}),
  };
}
