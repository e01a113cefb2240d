import type { Behaviour } from '../../../../../infra/sandbox/faults.ts';
import { ProblemRefusal } from '../../../../../infra/sandbox/json-partner.ts';
import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { newId } from '../../../../../infra/sandbox/random.ts';
import {
  type AuthorityStep,
  authorityReasons,
  authorityWords,
  usReleasedAfterExamination,
} from './answers.ts';
import { writeEntryNumber, writeMrn } from './mrn.ts';
import { authorityOf } from './rules.ts';
import type {
  BrokerAnswer,
  BrokerCallback,
  BrokerMoney,
  BrokerStatus,
  DeclarationReceipt,
  DeclarationRequest,
  DeclarationView,
} from './wire.ts';

/** How long the authority takes for each step before pacing. An inspection takes longer than a release. */
const stepDelayMs: Record<AuthorityStep, number> = {
  registered: 80,
  accepted: 120,
  rejected: 150,
  documents: 150,
  inspection: 150,
  detained: 200,
  released: 250,
  cleared: 100,
  invalidated: 150,
};
const inspectionMs = 700;

const statusAfter: Record<AuthorityStep, BrokerStatus> = {
  registered: 'registered',
  accepted: 'accepted',
  rejected: 'rejected',
  documents: 'documents_requested',
  inspection: 'inspection',
  detained: 'detained',
  released: 'released',
  cleared: 'cleared',
  invalidated: 'invalidated',
};
/** From here on nothing can be taken back. */
const decidedStatuses: readonly BrokerStatus[] = ['released', 'cleared', 'rejected'];

interface Declaration {
  readonly view: DeclarationView;
  readonly request: DeclarationRequest;
  readonly behaviour: Behaviour | undefined;
  /** Somebody asked for invalidation: no decision planned before that will be taken. */
  readonly isWithdrawn?: true;
}

interface Decision {
  readonly lrn: string;
  readonly step: AuthorityStep;
  /** What is planned after this step. */
  readonly rest: readonly AuthorityStep[];
}

/** The broker's desk and the authority behind it: declarations, and the decisions on them in time. */
export function createBrokerDesk(sandbox: Sandbox) {
  const { store, faults } = sandbox;

  const find = (lrn: string): Declaration | undefined => store.get<Declaration>('broker.declaration', lrn);

  const read = (lrn: string): Declaration => {
    const declaration = find(lrn);
    if (declaration === undefined) throw new ProblemRefusal(404, `No declaration with LRN ${lrn}`);
    return declaration;
  };

  const plan = (lrn: string, steps: readonly AuthorityStep[], afterMs = 0): void => {
    const [step, ...rest] = steps;
    if (step !== undefined)
      sandbox.later('broker.decide', stepDelayMs[step] + afterMs, { lrn, step, rest } satisfies Decision);
  };

  const file = (request: DeclarationRequest): DeclarationReceipt => {
    const id = newId('dcl', 20);
    const { lrn, dataSet, jurisdiction } = request;
    const behaviour = faults.behaviour('broker', JSON.stringify(request)) ?? readWord(request);
    const view: DeclarationView = { id, lrn, dataSet, jurisdiction, status: 'received', messages: [] };
    store.put('broker.declaration', lrn, { view, request, behaviour });
    if (behaviour !== 'stalled') plan(lrn, courseOf(request, behaviour));
    return { id, lrn, status: 'received' };
  };

  const decide = ({ lrn, step, rest }: Decision): void => {
    const declaration = read(lrn);
    if (declaration.isWithdrawn === true && step !== 'invalidated') return;
    const answer = answerOf(declaration, step);
    const { view } = declaration;
    const next: DeclarationView = {
      ...view,
      ...(answer.mrn !== undefined && { mrn: answer.mrn }),
      status: statusAfter[step],
      messages: [...view.messages, answer],
    };
    store.put('broker.declaration', lrn, { ...declaration, view: next });
    if (declaration.behaviour !== 'silent') tell(answer, declaration.request);
    // After asking for documents the authority waits for them.
    if (step !== 'documents') plan(lrn, rest, step === 'inspection' ? inspectionMs : 0);
  };

  const answerOf = (declaration: Declaration, step: AuthorityStep): BrokerAnswer => {
    const { view, request } = declaration;
    const authority = authorityOf(request.dataSet);
    const examined = view.messages.some((message) => message.code === '1A');
    const word =
      authority === 'US' && step === 'released' && examined
        ? usReleasedAfterExamination
        : authorityWords[authority][step];
    if (word === undefined) throw new RangeError(`${authority} has no word for ${step}`);
    const mrn = view.mrn ?? (step === 'accepted' ? numberOf(request) : undefined);
    const reason =
      step in authorityReasons ? authorityReasons[step as keyof typeof authorityReasons] : undefined;
    const showsDuties = step === 'accepted' || step === 'released';
    return {
      declarationId: view.id,
      lrn: view.lrn,
      ...(mrn !== undefined && { mrn }),
      authority,
      code: word.code,
      name: word.name,
      occurredAt: new Date(sandbox.now()).toISOString(),
      ...(showsDuties && { duties: sumCharges(request) }),
      ...(reason !== undefined && { reasons: [reason] }),
    };
  };

  const numberOf = (request: DeclarationRequest): string => {
    const authority = authorityOf(request.dataSet);
    const number = store.next(`broker.mrn.${authority}`);
    if (authority === 'US') return writeEntryNumber('SBX', number);
    return writeMrn(new Date(sandbox.now()).getUTCFullYear(), request.jurisdiction, number, '0SBX');
  };

  const tell = (answer: BrokerAnswer, request: DeclarationRequest): void => {
    const callback: BrokerCallback = {
      type: 'declaration.status',
      timestamp: answer.occurredAt,
      data: answer,
    };
    const reference = [answer.lrn, request.ucr ?? '', request.transportDocument?.reference ?? ''].join(' ');
    sandbox.sendHook({
      partner: 'broker',
      eventId: newId('msg'),
      type: callback.type,
      reference,
      body: JSON.stringify(callback),
    });
  };

  const invalidate = (lrn: string): string => {
    const declaration = read(lrn);
    const { view } = declaration;
    if (decidedStatuses.includes(view.status)) {
      throw new ProblemRefusal(409, `The declaration is ${view.status}`, [], {
        declarationStatus: view.status,
      });
    }
    // Asking twice is asking once.
    if (declaration.isWithdrawn !== true) {
      store.put('broker.declaration', lrn, { ...declaration, isWithdrawn: true } satisfies Declaration);
      plan(lrn, ['invalidated']);
    }
    return view.id;
  };

  const takeDocuments = (lrn: string): string => {
    const { view } = read(lrn);
    if (view.status !== 'documents_requested')
      throw new ProblemRefusal(409, 'The authority asked for no documents');
    plan(lrn, releaseOf(view.dataSet));
    return view.id;
  };

  return { find, read, file, decide, invalidate, takeDocuments };
}

/** A word in a goods description decides what the authority does, so that a test needs no fault rule. */
function readWord(request: DeclarationRequest): Behaviour | undefined {
  const descriptions = request.items.map((item) => item.description.toLowerCase()).join(' ');
  const words = ['inspection', 'documents', 'refused', 'detained'] as const;
  return words.find((word) => new RegExp(`\\b${word}\\b`).test(descriptions));
}

/** The steps that the authority takes. A declaration lodged before arrival (D) is registered first. */
function courseOf(request: DeclarationRequest, behaviour: Behaviour | undefined): AuthorityStep[] {
  if (behaviour === 'refused') return ['rejected'];
  const isEarly = request.additionalDeclarationType === 'D' && authorityOf(request.dataSet) !== 'US';
  const start: AuthorityStep[] = isEarly ? ['registered', 'accepted'] : ['accepted'];
  if (behaviour === 'detained') return [...start, 'detained'];
  const control = behaviour === 'inspection' || behaviour === 'documents' ? [behaviour] : [];
  return [...start, ...control, ...releaseOf(request.dataSet)];
}

function releaseOf(dataSet: DeclarationRequest['dataSet']): AuthorityStep[] {
  return authorityOf(dataSet) === 'GB' ? ['released', 'cleared'] : ['released'];
}

/** The declared charges added up by type and currency, in the order in which the types first occur. */
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
