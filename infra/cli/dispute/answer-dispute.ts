import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { ApiClient } from '../client/api-client.ts';
import type { DisputeOptions, EvidenceOptions, SubmitOptions } from './dispute-options.ts';

const pathOf = ({ orderId, disputeId }: DisputeOptions) =>
  `/v1/admin/orders/${encodeURIComponent(orderId)}/disputes/${encodeURIComponent(disputeId)}/evidence`;

/** Writes the evidence for a dispute into a file. Only its owner can read the file: it has personal data. */
export async function writeEvidence(
  options: EvidenceOptions,
  client: ApiClient,
  say: (line: string) => void,
): Promise<void> {
  const bytes = await client.call<Uint8Array>({ method: 'GET', path: pathOf(options), answer: 'bytes' });
  writeFileSync(options.file, bytes, { mode: 0o600 });
  say(`${options.file}: ${bytes.length} bytes. It has personal data: delete it once it is submitted.`);
}

const OUTCOMES = {
  submitted: 'The provider has the evidence. Its decision comes as a fact of the order.',
  recorded: 'It is recorded that a person has submitted the evidence.',
  'no-change': 'The evidence was submitted before.',
} as const;

/** Submits the evidence, or records that a person has. */
export async function submitDispute(
  options: SubmitOptions,
  client: ApiClient,
  say: (line: string) => void,
): Promise<void> {
  const { byHand } = options;
  const { outcome } = await client.call<{ readonly outcome: keyof typeof OUTCOMES }>({
    method: 'POST',
    path: pathOf(options),
    headers: { 'idempotency-key': randomUUID() },
    body: byHand === undefined ? { by: 'provider' } : { by: 'hand', reference: byHand },
  });
  say(OUTCOMES[outcome]);
}
