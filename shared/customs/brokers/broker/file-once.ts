import { PartnerRefused, readAnswer, refuseNotNow } from '../../../partners/partner-answer.ts';
import type { PlugInContext } from '../../../partners/plug-in.ts';
import { type PartnerResponse, PartnerUnavailable } from '../../../partners/send.ts';
import type { Declaration, DeclarationAnswer } from '../../broker.ts';
import { toAnswer } from './authority-words.ts';
import { buildDeclaration } from './build-declaration.ts';
import { fileRequest, invalidationRequest, viewRequest } from './requests.ts';
import type { RestBrokerSettings } from './settings.ts';
import { problemSchema, receiptSchema, viewSchema } from './wire.ts';

type Context = PlugInContext<RestBrokerSettings>;

const partner = 'broker';

/** Files a declaration under its LRN. Repeated calls file it only once. */
export async function fileOnce(context: Context, declaration: Declaration): Promise<DeclarationAnswer> {
  const { settings, send, now } = context;
  const response = await send(fileRequest(settings, buildDeclaration(declaration, settings, now)));
  if (response.status < 300) {
    readAnswer(partner, response, receiptSchema);
    return received(declaration.lrn, now);
  }
  refuseNotNow(partner, response);
  if (response.status === 409) {
    // The broker has the declaration already, or the first call is still running. Read the broker's record.
    const known = await findAnswer(context, declaration.lrn);
    if (known === undefined) throw new PartnerUnavailable(partner, 'answered 409');
    return known;
  }
  const reasons = elementsAtFault(response);
  if (response.status !== 422 || reasons.length === 0)
    throw new PartnerRefused(partner, response.status, 'declaration');
  return { lrn: declaration.lrn, status: 'refused', authorityCode: 'broker 422', occurredAt: now, reasons };
}

/** The authority's latest answer. It is `received` while the broker has the declaration but no answer to it. */
export async function findAnswer(context: Context, lrn: string): Promise<DeclarationAnswer | undefined> {
  const view = await readView(context, lrn);
  if (view === undefined) return undefined;
  const latest = view.messages.at(-1);
  if (latest === undefined) return received(lrn, context.now);
  const answer = toAnswer(latest);
  return { ...answer, mrn: answer.mrn ?? view.mrn ?? undefined };
}

/**
 * Asks for the declaration to be withdrawn. If the authority rejected it, or if the broker never received it, there is
 * nothing to withdraw.
 */
export async function invalidateOnce(
  context: Context,
  lrn: string,
): Promise<'requested' | 'invalidated' | 'too-late'> {
  const response = await context.send(invalidationRequest(context.settings, lrn));
  if (response.status < 300) {
    readAnswer(partner, response, receiptSchema);
    return 'requested';
  }
  refuseNotNow(partner, response);
  if (response.status === 404) return 'invalidated';
  if (response.status !== 409) throw new PartnerRefused(partner, response.status, 'invalidation');
  const view = await readView(context, lrn);
  return view?.status === 'invalidated' || view?.status === 'rejected' ? 'invalidated' : 'too-late';
}

async function readView(context: Context, lrn: string) {
  const response = await context.send(viewRequest(context.settings, lrn));
  if (response.status < 300) return readAnswer(partner, response, viewSchema);
  refuseNotNow(partner, response);
  if (response.status === 404) return undefined;
  throw new PartnerRefused(partner, response.status, 'view');
}

function received(lrn: string, now: string): DeclarationAnswer {
  return { lrn, status: 'received', authorityCode: 'received', occurredAt: now, reasons: [] };
}

/** The numbers and names of the wrong elements. Their values are left out, because they may be personal data. */
function elementsAtFault(response: PartnerResponse): readonly string[] {
  const problem = readAnswer(partner, response, problemSchema);
  return (problem.errors ?? []).map(({ element, name, pointer }) => `${element} ${name} (${pointer})`.trim());
}
