import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import {
  type AuthorityStep,
  type AuthorityWord,
  authorityReasons,
  authorityWords,
  usReleasedAfterExamination,
} from './answers.ts';
import { writeEntryNumber, writeMrn } from './mrn.ts';
import { authorityOf } from './rules.ts';
import type { BrokerAnswer, BrokerMoney, DeclarationRequest, DeclarationView } from './wire.ts';

/** The authority's answer after a step. A declaration receives its number when it is accepted. */
export function answerOf(
  sandbox: Sandbox,
  { view, request }: { readonly view: DeclarationView; readonly request: DeclarationRequest },
  step: AuthorityStep,
): BrokerAnswer {
  const word = wordOf(view, step);
  const mrn = view.mrn ?? (step === 'accepted' ? numberOf(sandbox, request) : undefined);
  const reason =
    step in authorityReasons ? authorityReasons[step as keyof typeof authorityReasons] : undefined;
  const showsDuties = step === 'accepted' || step === 'released';
  return {
    declarationId: view.id,
    lrn: view.lrn,
    ...(mrn !== undefined && { mrn }),
    authority: authorityOf(view.dataSet),
    code: word.code,
    name: word.name,
    occurredAt: new Date(sandbox.now()).toISOString(),
    ...(showsDuties && { duties: sumCharges(request) }),
    ...(reason !== undefined && { reasons: [reason] }),
  };
}

function wordOf(view: DeclarationView, step: AuthorityStep): AuthorityWord {
  const authority = authorityOf(view.dataSet);
  const isExamined = view.messages.some(({ code }) => code === '1A');
  if (authority === 'US' && step === 'released' && isExamined) return usReleasedAfterExamination;
  const word = authorityWords[authority][step];
  if (word === undefined) throw new RangeError(`${authority} has no word for ${step}`);
  return word;
}

function numberOf({ store, now }: Sandbox, request: DeclarationRequest): string {
  const authority = authorityOf(request.dataSet);
  const number = store.next(`broker.mrn.${authority}`);
  if (authority === 'US') return writeEntryNumber('SBX', number);
  return writeMrn(new Date(now()).getUTCFullYear(), request.jurisdiction, number, '0SBX');
}

/** The sum of the declared charges for each type and currency, in the order in which the types first occur. */
function sumCharges(request: DeclarationRequest): { type: string; amount: BrokerMoney }[] {
  const sums = new Map<string, { type: string; amount: BrokerMoney }>();
  for (const charge of [...request.items.flatMap((item) => item.charges ?? []), ...(request.charges ?? [])]) {
    const { type, amount } = charge;
    const before = sums.get(`${type} ${amount.currency}`)?.amount.amountMinor ?? 0;
    sums.set(`${type} ${amount.currency}`, {
      type,
      amount: { ...amount, amountMinor: before + amount.amountMinor },
    });
  }
  return [...sums.values()];
}
