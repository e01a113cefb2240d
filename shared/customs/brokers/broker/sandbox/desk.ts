import type { Behaviour } from '../../../../../infra/sandbox/faults.ts';
import { ProblemRefusal } from '../../../../../infra/sandbox/json-partner.ts';
import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { newId } from '../../../../../infra/sandbox/random.ts';
import { answerOf } from './answer.ts';
import type { AuthorityStep } from './answers.ts';
import { courseOf, readWord, releaseOf } from './course.ts';
import type {
  BrokerAnswer,
  BrokerCallback,
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
/** In these statuses a declaration can no longer be withdrawn. */
const decidedStatuses: readonly BrokerStatus[] = ['released', 'cleared', 'rejected'];

interface Declaration {
  readonly view: DeclarationView;
  readonly request: DeclarationRequest;
  readonly behaviour: Behaviour | undefined;
  /** True after a request for invalidation. Decisions that were planned before the request are dropped. */
  readonly isWithdrawn?: true;
}

interface Decision {
  readonly lrn: string;
  readonly step: AuthorityStep;
  /** The steps that follow this step. */
  readonly rest: readonly AuthorityStep[];
}

/** Simulates the broker and the authorities: keeps the declarations and takes decisions on them as time passes. */
export class BrokerDesk {
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  find(lrn: string): Declaration | undefined {
    return this.#sandbox.store.get<Declaration>('broker.declaration', lrn);
  }

  /** Throws the API's 404 for an unknown LRN. */
  read(lrn: string): Declaration {
    const declaration = this.find(lrn);
    if (declaration === undefined) throw new ProblemRefusal(404, `No declaration with LRN ${lrn}`);
    return declaration;
  }

  file(request: DeclarationRequest): DeclarationReceipt {
    const id = newId('dcl', 20);
    const { lrn, dataSet, jurisdiction } = request;
    const behaviour = this.#sandbox.behaviour(JSON.stringify(request)) ?? readWord(request);
    const view: DeclarationView = { id, lrn, dataSet, jurisdiction, status: 'received', messages: [] };
    this.#save({ view, request, behaviour });
    if (behaviour !== 'stalled') this.#plan(lrn, courseOf(request, behaviour));
    return { id, lrn, status: 'received' };
  }

  decide({ lrn, step, rest }: Decision): void {
    const declaration = this.read(lrn);
    if (declaration.isWithdrawn === true && step !== 'invalidated') return;
    const answer = answerOf(this.#sandbox, declaration, step);
    const { view } = declaration;
    const next: DeclarationView = {
      ...view,
      ...(answer.mrn !== undefined && { mrn: answer.mrn }),
      status: statusAfter[step],
      messages: [...view.messages, answer],
    };
    this.#save({ ...declaration, view: next });
    if (declaration.behaviour !== 'silent') this.#report(answer, declaration.request);
    // After a request for documents, the authority plans nothing more until it receives them.
    if (step !== 'documents') this.#plan(lrn, rest, step === 'inspection' ? inspectionMs : 0);
  }

  /** Requests the withdrawal of a declaration and gives its id. Throws the API's 409 if the goods are released. */
  invalidate(lrn: string): string {
    const declaration = this.read(lrn);
    const { view } = declaration;
    if (decidedStatuses.includes(view.status)) {
      throw new ProblemRefusal(409, `The declaration is ${view.status}`, [], {
        declarationStatus: view.status,
      });
    }
    // A second request changes nothing.
    if (declaration.isWithdrawn !== true) {
      this.#save({ ...declaration, isWithdrawn: true });
      this.#plan(lrn, ['invalidated']);
    }
    return view.id;
  }

  /** Hands the requested documents to the authority and gives the declaration's id. */
  takeDocuments(lrn: string): string {
    const { view } = this.read(lrn);
    if (view.status !== 'documents_requested')
      throw new ProblemRefusal(409, 'The authority asked for no documents');
    this.#plan(lrn, releaseOf(view.dataSet));
    return view.id;
  }

  #save(declaration: Declaration): void {
    this.#sandbox.store.put('broker.declaration', declaration.view.lrn, declaration);
  }

  #plan(lrn: string, steps: readonly AuthorityStep[], afterMs = 0): void {
    const [step, ...rest] = steps;
    if (step === undefined) return;
    const decision: Decision = { lrn, step, rest };
    this.#sandbox.later('broker.decide', stepDelayMs[step] + afterMs, decision);
  }

  #report(answer: BrokerAnswer, { ucr = '', transportDocument }: DeclarationRequest): void {
    const { occurredAt, lrn } = answer;
    const callback: BrokerCallback = { type: 'declaration.status', timestamp: occurredAt, data: answer };
    this.#sandbox.sendHook({
      eventId: newId('msg'),
      type: callback.type,
      reference: [lrn, ucr, transportDocument?.reference ?? ''].join(' '),
      body: JSON.stringify(callback),
    });
  }
}
