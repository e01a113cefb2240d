import { createHash } from 'node:crypto';
import {
  type DisputeState,
  disputesOf,
  loadOrder,
  type OrderDetailsReader,
  type Timeline,
  type TimelineStore,
} from '../../timeline/index.ts';
import type { EvidenceTexts } from '../evidence-command.ts';
import { type EvidencePack, evidencePack, type KnownDetails } from './evidence-pack.ts';
import { evidenceTexts } from './evidence-texts.ts';

export interface EvidenceSources {
  readonly timelines: TimelineStore;
  /** The customer and the addresses. */
  readonly details: OrderDetailsReader;
  /** Prints a pack as a PDF: the same bytes for the same pack. */
  readonly print: (pack: EvidencePack) => Promise<Uint8Array>;
}

/** The evidence for a dispute, printed. Personal data: it is handed on and kept nowhere. */
export interface Evidence {
  readonly dispute: DisputeState;
  readonly texts: EvidenceTexts;
  readonly document: { readonly name: string; readonly bytes: Uint8Array; readonly sha256: string };
}

/** Makes the evidence for a dispute; undefined if the order has no such dispute. Throws for an unknown order. */
export async function makeEvidence(
  sources: EvidenceSources,
  orderId: string,
  disputeId: string,
): Promise<Evidence | undefined> {
  const timeline = await loadOrder(sources.timelines, orderId, { consistent: true });
  const dispute = disputesOf(timeline.facts).find((one) => one.disputeId === disputeId);
  if (dispute === undefined) return undefined;
  const details = await detailsOf(sources, timeline);
  const bytes = await sources.print(evidencePack(timeline, dispute, details));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const texts = evidenceTexts(timeline, dispute, details);
  return { dispute, texts, document: { name: `evidence-${disputeId}.pdf`, bytes, sha256 } };
}

/** After the erasure of the order there are none. */
async function detailsOf({ details }: EvidenceSources, { orderId, facts }: Timeline): Promise<KnownDetails> {
  if (facts.some(({ name }) => name === 'order.erased')) return undefined;
  return details.read(orderId);
}
