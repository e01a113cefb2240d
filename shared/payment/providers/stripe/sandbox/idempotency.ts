import { createHash } from 'node:crypto';
import type { Operation, PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import type { PartnerStore } from '../../../../../infra/sandbox/store.ts';
import { answerError, StripeRefusal } from './refusal.ts';

/** The idempotency key of a POST. Stripe also uses it to detect that the first call is still running. */
export function inFlightStripeKey(request: PartnerRequest): string | undefined {
  return request.method === 'POST' ? request.headers['idempotency-key'] : undefined;
}

/**
 * Stripe's idempotency. The first answer under a key is stored with its status, failures included. It is repeated with
 * the header `Idempotent-Replayed: true`. The same key with other parameters gives an `idempotency_error`. An answer to
 * bad parameters or to a bad API key is not stored, because the work had not begun.
 */
export function guardStripeKey(
  store: PartnerStore,
  request: PartnerRequest,
  operation: Operation,
  work: () => PartnerAnswer,
): PartnerAnswer {
  const key = operation.method === 'POST' ? request.headers['idempotency-key'] : undefined;
  if (key === undefined) return attempt(store, request, work).answer;
  const fingerprint = createHash('sha256').update(`${request.path}\n${request.body}`).digest('base64');
  const kept = store.keptAnswer('stripe', key);
  if (kept !== undefined && kept.fingerprint !== fingerprint) {
    const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
    return answerError(400, { type: 'idempotency_error', message });
  }
  if (kept !== undefined) {
    const headers = {
      'idempotent-replayed': 'true',
      'original-request': kept.requestId,
      'request-id': request.requestId,
    };
    return { status: kept.status, headers, body: JSON.parse(kept.body) as unknown };
  }
  const { answer, begun } = attempt(store, request, work);
  if (begun) {
    store.keepAnswer('stripe', key, {
      fingerprint,
      status: answer.status,
      body: JSON.stringify(answer.body),
      requestId: request.requestId,
    });
  }
  return { ...answer, headers: { ...answer.headers, 'idempotency-key': key } };
}

/** Does the work. If the parameters are bad, all changes are undone. If the card is declined, the changes remain. */
function attempt(
  store: PartnerStore,
  request: PartnerRequest,
  work: () => PartnerAnswer,
): { answer: PartnerAnswer; begun: boolean } {
  store.run('SAVEPOINT attempt');
  try {
    return { answer: work(), begun: true };
  } catch (error) {
    if (!(error instanceof StripeRefusal)) throw error;
    if (!error.kept) store.run('ROLLBACK TO attempt');
    const answer = answerError(error.status, error.error);
    return { answer: { ...answer, headers: { 'request-id': request.requestId } }, begun: error.kept };
  } finally {
    store.run('RELEASE attempt');
  }
}
