import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewFact } from '../../../events/all-events.ts';
import { hourMs } from '../../../shared/kernel/time.ts';
import { journalsOf } from '../../../shared/ledger/index.ts';
import { deadlinesOf } from '../../../shared/order/deadline.ts';
import { openReasons } from '../../../shared/order/open-reasons.ts';
import {
  makeEvidence,
  remindOfEvidence,
  submissionCause,
  submitEvidence,
} from '../../../shared/payment/evidence/index.ts';
import type { EvidenceCommand, EvidenceOutcome } from '../../../shared/payment/evidence-command.ts';
import { attentionOf, disputesOf } from '../../../shared/timeline/index.ts';
import { details } from '../../builders/details.ts';
import { paymentId, total, untilDispatched } from '../../builders/facts.ts';
import { orderId, placedAt, timelineOf } from '../../builders/timeline.ts';
import { createHarness } from '../../fakes/harness.ts';

/** The harness stands a minute after the order. */
const NOW = Date.parse(placedAt) + 60_000;
const inHours = (hours: number) => new Date(NOW + hours * hourMs).toISOString();

type Word = Extract<NewFact, { name: 'payment.disputed' }>['data'];
const disputed = (status: Word['status'], over: Partial<Word> = {}): NewFact => ({
  name: 'payment.disputed',
  data: {
    ...{ paymentId, providerReference: 'du_1', status, amount: total, withdrawn: total, code: 'fraudulent' },
    ...(status === 'evidence-due' ? { evidenceDueAt: inHours(100) } : {}),
    ...over,
  },
});
const delivered = (): NewFact[] => [
  ...untilDispatched(),
  { name: 'parcel.delivered', data: { parcelId: parcel(), deliveredAt: '2026-11-24T09:00:00.000Z' } },
  { name: 'order.delivered', data: {} },
];
const parcel = () => {
  const [order] = untilDispatched();
  return order?.name === 'order.placed' ? (order.data.parcels[0]?.parcelId ?? '') : '';
};

interface Setting {
  readonly byApi?: 'submitted' | EvidenceOutcome | 'no-answer' | undefined;
  readonly automatic?: boolean;
}

function disputedOrder({ byApi = 'submitted', automatic = false }: Setting = {}, ...more: NewFact[]) {
  const harness = createHarness(timelineOf([...delivered(), disputed('evidence-due'), ...more]));
  const commands: EvidenceCommand[] = [];
  let answer: Setting['byApi'] | 'none' = byApi;
  const submit = async (_now: string, command: EvidenceCommand) => {
    commands.push(command);
    if (answer === 'no-answer') throw new Error('no answer');
    return answer === 'submitted' ? { document: command.document.sha256 } : (answer as EvidenceOutcome);
  };
  const deps = {
    ...harness.deps,
    providerByCode: async () =>
      answer === 'none' ? harness.provider : { ...harness.provider, submitEvidence: submit },
    print: async (pack: object) => Buffer.from(JSON.stringify(pack)),
    submitsEvidence: async () => automatic,
  };
  const send = (key: string, by: 'provider' | 'hand' = 'provider', reference?: string) => {
    const submission = { disputeId: 'du_1', by, reference };
    return submitEvidence(deps, orderId, submission, submissionCause(submission, { operator: 'ada', key }));
  };
  return {
    ...{ harness, deps, commands, send },
    answers: (next: typeof answer) => {
      answer = next;
    },
    sweep: () => remindOfEvidence(deps, orderId, { by: 'clock' }),
    reasons: () => attentionOf(harness.facts()).map(({ reason }) => reason),
    steps: () => harness.names().filter((name) => name.startsWith('evidence.')),
    deadline: () => deadlinesOf(harness.facts()).find(({ step }) => step === 'evidence'),
  };
}

describe('the evidence for a dispute', () => {
  test('is asked for a second time two days before the end of its time, and once', async () => {
    const { harness, sweep, steps, reasons, deadline } = disputedOrder();
    expect(deadline()?.dueAt).toBe(inHours(52));
    expect(reasons()).toEqual(['payment disputed']);
    harness.pass(52 * hourMs - 1);
    await sweep();
    expect(steps()).toEqual([]);
    harness.pass(1);
    await sweep();
    await sweep();
    expect(steps()).toEqual(['evidence.reminded']);
    expect(reasons()).toEqual(['payment disputed', 'evidence due soon']);
    expect(deadline()?.dueAt).toBe(inHours(100));
  });

  test('that nobody submitted is recorded as missed when its time has passed, and once', async () => {
    const { harness, sweep, steps, reasons, deadline } = disputedOrder();
    harness.pass(52 * hourMs);
    await sweep();
    harness.pass(48 * hourMs);
    await sweep();
    await sweep();
    expect(steps()).toEqual(['evidence.reminded', 'evidence.missed']);
    expect(reasons()).toEqual(['payment disputed', 'evidence not submitted']);
    expect(deadline()).toBeUndefined();
  });

  test('is asked for at once where less than two days are left', () => {
    const facts = [...delivered(), disputed('evidence-due', { evidenceDueAt: inHours(10) })];
    const { facts: enveloped } = timelineOf(facts);
    const [deadline] = deadlinesOf(enveloped).filter(({ step }) => step === 'evidence');
    expect(deadline?.dueAt).toBe(enveloped.at(-1)?.recordedAt);
  });

  test.each(['submitted', 'won', 'lost'] as const)('is wanted no more after the word %s', async (status) => {
    const { harness, sweep, steps, deadline } = disputedOrder({}, disputed(status));
    expect(deadline()).toBeUndefined();
    harness.pass(200 * hourMs);
    await sweep();
    expect(steps()).toEqual([]);
  });

  test('is wanted again where the dispute goes on with another time', () => {
    const again = disputed('evidence-due', { evidenceDueAt: inHours(300) });
    const { deadline } = disputedOrder({}, disputed('submitted'), again);
    expect(deadline()?.dueAt).toBe(inHours(252));
  });

  test('keeps the personal data of the order until it is submitted', async () => {
    const { harness, send } = disputedOrder();
    expect(openReasons(harness.facts())).toContain('the evidence for a dispute');
    await send('a');
    expect(openReasons(harness.facts())).toEqual([]);
  });
});

describe('an operator who submits the evidence', () => {
  test('sends the document and the texts once, and ends every reason for attention', async () => {
    const { harness, commands, send, steps, reasons, sweep } = disputedOrder();
    harness.pass(52 * hourMs);
    await sweep();
    expect(await send('a')).toEqual({ ok: true, value: 'submitted' });
    expect(await send('a')).toEqual({ ok: true, value: 'submitted' });
    expect(await send('b')).toEqual({ ok: true, value: 'no-change' });
    expect(commands).toHaveLength(1);
    expect(commands[0]?.texts).toMatchObject({ carrier: 'easypost', trackingNumbers: 'TRACK1' });
    expect(steps()).toEqual(['evidence.reminded', 'evidence.submitted']);
    expect(reasons()).toEqual([]);
    const submitted = harness.facts().find(({ name }) => name === 'evidence.submitted');
    expect(submitted?.data).toMatchObject({ by: 'provider', document: commands[0]?.document.sha256 });
  });

  test('by hand has it recorded with its reference, also after its time', async () => {
    const { harness, commands, send, sweep, reasons } = disputedOrder();
    harness.pass(100 * hourMs);
    await sweep();
    expect(reasons()).toContain('evidence not submitted');
    expect(await send('a')).toEqual({ ok: false, error: 'evidence-too-late' });
    expect(await send('b', 'hand', 'dash-1')).toEqual({ ok: true, value: 'recorded' });
    expect(await send('b', 'hand', 'dash-2')).toEqual({ ok: false, error: 'request-reused' });
    expect(commands).toEqual([]);
    expect(harness.facts().at(-1)?.data).toMatchObject({ by: 'hand', reference: 'dash-1' });
    expect(reasons()).toEqual([]);
  });

  test('is refused where the provider takes none by an API, has some, or nothing is disputed', async () => {
    const { answers, send, deps } = disputedOrder();
    answers('none');
    expect(await send('a')).toEqual({ ok: false, error: 'not-by-api' });
    answers('over');
    expect(await send('b')).toEqual({ ok: false, error: 'evidence-not-wanted' });
    const unknown = { disputeId: 'du_2', by: 'provider' } as const;
    expect(await submitEvidence(deps, orderId, unknown, { by: 'operator' })).toEqual({
      ...{ ok: false, error: 'dispute-unknown' },
    });
    const decided = disputedOrder({}, disputed('lost'));
    expect(await decided.send('a')).toEqual({ ok: false, error: 'evidence-not-wanted' });
  });

  test('after a lost answer submits it again under the same name, and the provider finds that it has it', async () => {
    const { answers, send, commands } = disputedOrder({ byApi: 'no-answer' });
    await expect(send('a')).rejects.toThrow('no answer');
    answers('submitted');
    expect(await send('a')).toEqual({ ok: true, value: 'submitted' });
    expect(commands[1]).toEqual(commands[0]);
  });

  test('records the document that the provider has, not the one that a repeat has made of a changed order', async () => {
    const { answers, send, commands, harness } = disputedOrder({ byApi: 'no-answer' });
    await expect(send('a')).rejects.toThrow('no answer');
    const first = commands[0]?.document.sha256 ?? '';
    answers({ document: first });
    harness.setDetails({ ...details(), customer: { email: 'moved@example.com' } });
    expect(await send('a')).toEqual({ ok: true, value: 'submitted' });
    expect(commands[1]?.document.sha256).not.toBe(first);
    expect(harness.facts().at(-1)).toMatchObject({ name: 'evidence.submitted', data: { document: first } });
  });
});

describe('the setting that evidence is submitted automatically', () => {
  test('submits it with the second request, and asks nobody', async () => {
    const { harness, commands, sweep, steps, reasons } = disputedOrder({ automatic: true });
    harness.pass(52 * hourMs);
    await sweep();
    expect(commands).toHaveLength(1);
    expect(steps()).toEqual(['evidence.submitted']);
    expect(reasons()).toEqual([]);
  });

  test('asks a person where the provider takes none by an API', async () => {
    const { harness, answers, sweep, steps } = disputedOrder({ automatic: true });
    answers('none');
    harness.pass(52 * hourMs);
    await sweep();
    expect(steps()).toEqual(['evidence.reminded']);
  });

  test('submits nothing after its time', async () => {
    const { harness, commands, sweep, steps } = disputedOrder({ automatic: true });
    harness.pass(100 * hourMs);
    await sweep();
    expect(commands).toEqual([]);
    expect(steps()).toEqual(['evidence.missed']);
  });
});

describe('the pack', () => {
  test('has no name and no address after the erasure of the order', async () => {
    const { harness, deps } = disputedOrder();
    const named = await makeEvidence(deps, orderId, 'du_1');
    const text = () => Buffer.from(named?.document.bytes ?? []).toString();
    const { shippingAddress, customer } = await harness.deps.details.read(orderId);
    expect(text()).toContain(shippingAddress.name);
    expect(text()).toContain(customer.email);
    const erased = timelineOf([
      ...[...delivered(), disputed('evidence-due')],
      { name: 'order.erased', data: { basis: 'retention', calls: 0, labels: 0, digest: '0'.repeat(64) } },
    ]);
    const after = createHarness(erased);
    const read = async () => Promise.reject(new Error('an erased order has no details'));
    const pack = await makeEvidence(
      { ...deps, timelines: after.timelines, details: { read } },
      orderId,
      'du_1',
    );
    const bare = Buffer.from(pack?.document.bytes ?? []).toString();
    expect(bare).not.toContain(shippingAddress.name);
    expect(bare).toContain('erased');
    expect(pack?.texts.customerName).toBeUndefined();
  });

  test('is the same for the same facts, and of no dispute for another number', async () => {
    const { deps } = disputedOrder();
    const [one, other] = [
      await makeEvidence(deps, orderId, 'du_1'),
      await makeEvidence(deps, orderId, 'du_1'),
    ];
    expect(one).toEqual(other);
    expect(await makeEvidence(deps, orderId, 'du_9')).toBeUndefined();
  });
});

test('whatever is submitted, asked for and decided in any order, each step is once and the ledger balances', async () => {
  const moves = fc.array(
    fc.oneof(
      fc.record({ does: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 60 }) }),
      fc.record({
        does: fc.constantFrom('sweep' as const, 'send' as const, 'hand' as const),
        hours: fc.constant(0),
      }),
    ),
    { maxLength: 20 },
  );
  await fc.assert(
    fc.asyncProperty(moves, fc.boolean(), async (wanted, automatic) => {
      const { harness, sweep, send, steps, commands } = disputedOrder({ automatic });
      for (const [index, { does, hours }] of wanted.entries()) {
        if (does === 'pass') harness.pass(hours * hourMs);
        if (does === 'sweep') await sweep();
        if (does === 'send') await send(`key-${index}`);
        if (does === 'hand') await send(`key-${index}`, 'hand', 'ref-1');
      }
      const all = steps();
      expect(new Set(all).size).toBe(all.length);
      expect(commands.length).toBeLessThanOrEqual(1);
      const [dispute] = disputesOf(harness.facts());
      if (all.includes('evidence.submitted')) expect(dispute?.evidence).toBe('submitted');
      expect(journalsOf([], harness.facts()).length).toBeGreaterThan(0);
    }),
    { numRuns: 100 },
  );
});
