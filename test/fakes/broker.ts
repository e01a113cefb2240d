import type { BoundBroker, Declaration, DeclarationAnswer } from '../../shared/customs/broker.ts';
import { type Break, createBreaks } from './breaks.ts';

/** A broker that keeps the filed declarations, and gives the answers that the test sets. */
export interface FakeBroker extends BoundBroker {
  readonly filed: Map<string, Declaration>;
  /** Sets the answer about a declaration from now on. */
  answer(
    lrn: string,
    status: DeclarationAnswer['status'],
    over?: Partial<DeclarationAnswer>,
  ): DeclarationAnswer;
  /** The immediate answer to every filing. */
  firstAnswer: DeclarationAnswer['status'];
  withdrawal: 'requested' | 'invalidated' | 'too-late';
  readonly withdrawn: string[];
  breakNext(call: 'file' | 'find' | 'invalidate', how: Break): void;
  duringNext(call: 'file' | 'find' | 'invalidate', happen: () => Promise<void>): void;
  forget(lrn: string): void;
}

export const answerBody = (answer: DeclarationAnswer) => Buffer.from(JSON.stringify(answer));

const words: Readonly<Record<DeclarationAnswer['status'], string>> = {
  received: 'IM426',
  accepted: 'IM428',
  released: 'IM429',
  'documents-wanted': 'IM460',
  inspection: 'IM460',
  detained: 'IM451',
  refused: 'IM416',
  invalidated: 'IM410',
  unrecognised: 'IM999',
};

export function createFakeBroker(): FakeBroker {
  const filed: FakeBroker['filed'] = new Map();
  const answers = new Map<string, DeclarationAnswer>();
  const breaks = createBreaks();
  const broker: FakeBroker = {
    breakNext: breaks.breakNext,
    duringNext: breaks.duringNext,
    code: 'rest-broker',
    filed,
    firstAnswer: 'received',
    withdrawal: 'invalidated',
    withdrawn: [],
    verify: () => ({ genuine: true, callbackId: 'evt_1', secretId: '1' }),
    interpret: (rawBody) => JSON.parse(rawBody.toString('utf8')) as DeclarationAnswer,
    file: breaks.through('file', async (_now, declaration) => {
      const { lrn } = declaration;
      const known = answers.get(lrn);
      if (known !== undefined) return known;
      filed.set(lrn, declaration);
      return broker.answer(lrn, broker.firstAnswer);
    }),
    find: breaks.through(
      'find',
      async (_now, lrn) => answers.get(lrn),
      () => undefined,
    ),
    invalidate: breaks.through('invalidate', async (_now, lrn) => {
      if (!answers.has(lrn)) return 'invalidated';
      broker.withdrawn.push(lrn);
      return broker.withdrawal;
    }),
    answer: (lrn, status, over = {}) => {
      const answer: DeclarationAnswer = {
        lrn,
        status,
        authorityCode: words[status],
        occurredAt: '2026-11-23T11:00:00.000Z',
        reasons: [],
        ...over,
      };
      answers.set(lrn, answer);
      return answer;
    },
    forget: (lrn) => {
      answers.delete(lrn);
      filed.delete(lrn);
    },
  };
  return broker;
}
