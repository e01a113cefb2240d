import type { Operation, PartnerAnswer, PartnerRequest, Sandbox } from './partner.ts';

/** An operation at a place, such as `POST /v1/payments/:id`. */
export function operationAt(name: string, place: string, answer: Operation['answer']): Operation {
  const [method = 'GET', path = ''] = place.split(' ');
  return { name, path, method: method as Operation['method'], answer };
}

/** A refusal by an API: the HTTP status, the code of the error and a sentence. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The body as JSON; an absent one is an empty object. Throws the partner's own refusal for another text. */
export function readJsonBody({ body }: Pick<PartnerRequest, 'body'>, refusal: () => Error): unknown {
  try {
    return body === '' ? {} : JSON.parse(body);
  } catch {
    throw refusal();
  }
}

/** Runs the work of an operation. A refusal of the partner's own class is answered in its form. */
export function answerOrRefuse<Refusal extends Error>(
  work: () => PartnerAnswer,
  kind: abstract new (...given: never[]) => Refusal,
  answer: (refusal: Refusal) => PartnerAnswer,
): PartnerAnswer {
  try {
    return work();
  } catch (error) {
    if (error instanceof kind) return answer(error);
    throw error;
  }
}

/** The name and password of Basic authentication, as `name:password`; empty if the caller sends none. */
export const basicCredentials = ({ headers }: Pick<PartnerRequest, 'headers'>): string =>
  Buffer.from(headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();

/**
 * Gives the first answer under an idempotency key again. A refusal is not kept, because `work` throws it. `fingerprint`
 * stands for what a repeat must have in common; `other` is called for a repeat that has not, and throws or does the work.
 */
export function answerOnce(
  { store }: Pick<Sandbox, 'store'>,
  call: {
    readonly partner: string;
    readonly key: string;
    readonly requestId: string;
    readonly fingerprint?: string;
    readonly other?: () => PartnerAnswer;
  },
  work: () => PartnerAnswer,
): PartnerAnswer {
  const { partner, key, requestId, fingerprint = '', other } = call;
  const kept = store.keptAnswer(partner, key);
  if (kept !== undefined && kept.fingerprint !== fingerprint && other !== undefined) return other();
  if (kept !== undefined) return JSON.parse(kept.body) as PartnerAnswer;
  const answer = work();
  const body = JSON.stringify(answer);
  store.keepAnswer(partner, key, { fingerprint, status: answer.status, body, requestId });
  return answer;
}
