import { decideAndReport, NotYet } from '../timeline/index.ts';
import { decideOnAnswer } from './apply-declaration-answer.ts';
import { declarationsOf } from './declaration-state.ts';
import type { ReceiveAnswersDeps } from './declare-deps.ts';
import { isUnwanted, withdrawNamed } from './withdraw-named.ts';

/** A stored call of a broker: genuine, not yet interpreted. */
export interface CustomsCallback {
  readonly code: string;
  readonly callbackId: string;
  readonly rawBody: Buffer;
}

/**
 * Turns a broker's call into facts of the declaration that it names. Throws {@link NotYet} for a number that is not
 * known yet: the broker may call before its filing is recorded. A declaration that stands although the order was
 * cancelled is withdrawn again.
 */
export async function receiveCustomsCallback(
  deps: ReceiveAnswersDeps,
  callback: CustomsCallback,
): Promise<void> {
  const { code, callbackId, rawBody } = callback;
  const broker = await deps.brokerByCode(code);
  const answer = broker.interpret(rawBody);
  if ('ignored' in answer) return;
  const known = await deps.references.orderOf({ kind: 'customs', code, reference: answer.lrn });
  if (known === undefined) throw new NotYet(`no declaration has this reference number at ${code}`);
  const cause = { by: 'partner' as const, reference: callbackId.slice(0, 200) };
  const latest = await decideAndReport(deps, known.orderId, cause, (timeline) => {
    if (!declarationsOf(timeline.facts).some(({ lrn }) => lrn === answer.lrn))
      throw new NotYet(`the declaration with this reference number at ${code} is not recorded`);
    return decideOnAnswer(timeline, answer);
  });
  if (isUnwanted(latest, answer.lrn)) await withdrawNamed(deps, latest, cause);
}
