import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { readAnswer } from '../../../partners/partner-answer.ts';
import type { EvidenceCommand, EvidenceOutcome, EvidenceTexts } from '../../evidence-command.ts';
import { getObject, postEffect, type StripeContext } from './call.ts';
import { disputeStatusSchema } from './disputes.ts';

/** The member of a dispute's metadata that says which of our documents it has. */
const DOCUMENT = 'evidenceDocument';

const stateSchema = z.object({
  status: disputeStatusSchema,
  metadata: z.record(z.string(), z.string()).nullish(),
});

const fileSchema = z.object({ id: z.string() });

const waits: readonly z.infer<typeof disputeStatusSchema>[] = [
  'warning_needs_response',
  'needs_response',
  'appeal_needs_response',
];

/**
 * Uploads the document and submits it with the texts (`submit=true`), which Stripe takes once. The state of the dispute
 * is read first, as an idempotency key lasts a day: a dispute that has this evidence or takes none is left alone. The
 * evidence can't be taken back.
 */
export async function submitEvidence(
  context: StripeContext,
  { disputeId, texts, document }: EvidenceCommand,
): Promise<EvidenceOutcome> {
  const path = `/v1/disputes/${encodeURIComponent(disputeId)}`;
  const { status, metadata } = readAnswer('stripe', await getObject(context, path), stateSchema);
  if (!waits.includes(status)) {
    const known = metadata?.[DOCUMENT];
    return known === undefined ? 'over' : { document: known };
  }
  const key = `${disputeId}:${document.sha256}`;
  const uploaded = await postEffect(context, {
    path: '/v1/files',
    file: {
      purpose: 'dispute_evidence',
      name: document.name,
      type: 'application/pdf',
      bytes: document.bytes,
    },
    idempotencyKey: `evidence-file:${key}`,
  });
  if (!uploaded.done) throw new Error('no refusal of an upload is expected');
  const { id } = readAnswer('stripe', uploaded.response, fileSchema);
  const answer = await postEffect(context, {
    path,
    form: {
      evidence: { ...fieldsOf(texts), uncategorized_file: id },
      metadata: { [DOCUMENT]: document.sha256 },
      submit: true,
    },
    idempotencyKey: `evidence:${key}`,
  });
  if (answer.done) readAnswer('stripe', answer.response, stateSchema);
  return { document: document.sha256 };
}

/** Stripe's names of the fields. The most letters of all fields together are 150,000 (API reference, disputes). */
function fieldsOf(texts: EvidenceTexts) {
  const { product, summary, customerName, customerEmail, billingAddress, shippingAddress } = texts;
  return defined({
    product_description: cut(product),
    uncategorized_text: cut(summary),
    customer_name: customerName,
    customer_email_address: customerEmail,
    billing_address: billingAddress,
    shipping_address: shippingAddress,
    shipping_carrier: texts.carrier,
    shipping_tracking_number: texts.trackingNumbers,
    shipping_date: texts.shippedOn,
  });
}

const MAX_LETTERS = 20_000;
const cut = (text: string): string => text.slice(0, MAX_LETTERS);
