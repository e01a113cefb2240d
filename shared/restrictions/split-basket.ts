import * as z from 'zod';
import type { RestrictedProduct } from './attributes.ts';
import type { RestrictionFinding } from './finding.ts';
import { type GoodsGate, obstaclesOn } from './goods-gate.ts';
import type { Transport } from './transport.ts';

/** A line of a basket that is not sold there, with the rule that bars it. */
export const blockedLineSchema = z
  .strictObject({
    lineId: z.string(),
    sku: z.string(),
    /** Identifier of the restriction. */
    ruleId: z.string(),
    action: z.enum(['block', 'needs-document', 'needs-service']),
    /** What is barred, or what it would take. */
    detail: z.string(),
    law: z.string(),
    /** The rule's provenance is weak and a person has to confirm it before it is relied on. */
    needsReview: z.boolean().optional(),
  })
  .meta({ id: 'BlockedLine' });

export type BlockedLine = z.infer<typeof blockedLineSchema>;

export interface LineToCheck {
  readonly lineId: string;
  readonly product: RestrictedProduct;
}

/**
 * Parts the lines that can be sold from those that can't. With ways, a line needs one that admits it, and the rule
 * named is the first on the way that has the fewest in its way. Without ways only what holds on every way counts:
 * that nothing ships there is for others to say.
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
