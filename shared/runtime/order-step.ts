import type { Cause } from '../../events/envelope.ts';
import type { WorkStep } from '../../events/work.ts';
import type { Table } from '../aws/clients.ts';
import { reportBlocked } from '../order/index.ts';
import { PartnerRefused } from '../partners/partner-answer.ts';
import { PartnerNotSetUp, SettingsRefused } from '../partners/plug-in.ts';
import type { ActOnOrder } from '../timeline/index.ts';
import { queueConsumer } from './queue-consumer.ts';
import type { QueueMessage } from './queue-message.ts';
import { type Receive, type Receiver, receiveCall } from './receive-call.ts';

/** What a step of the journey does for one order: the missing work, and nothing if none is missing. */
type Act<Deps> = (deps: Deps, orderId: string, cause: Cause) => Promise<void>;

/** A step of the journey, by the name that late work has, and what it does. */
export interface Step<Deps> {
  readonly step: WorkStep;
  readonly act: Act<Deps>;
}

/**
 * The function of a step, and of other steps that only late work starts. Facts and late work name the order, and the
 * step finds the work itself. If a partner can't be
 * called at all, the order is marked at once; the message is still repeated, and so is the late work.
 */
export function orderStep<Deps extends ActOnOrder>(
  deps: () => Deps,
  step: Step<Deps>,
  ...others: readonly Step<Deps>[]
) {
  return queueConsumer(deps, async (message, made) => {
    const order = orderOf(message);
    if (order === undefined) throw new Error('a step is started by a fact or by late work');
    const late = message.kind === 'work' ? message.work.step : step.step;
    await actOrReport(made, order, others.find((other) => other.step === late) ?? step);
  });
}

/** Does the step. Where its partner can't be asked at all, the order says so before the error goes on. */
async function actOrReport<Deps extends ActOnOrder>(
  deps: Deps,
  { orderId, cause }: OrderToActOn,
  { step, act }: Step<Deps>,
): Promise<void> {
  try {
    await act(deps, orderId, cause);
  } catch (error) {
    if (isBlocking(error)) await reportBlocked(deps, orderId, cause, { step, reason: error.message });
    throw error;
  }
}

/** Failures that no repeat mends: settings that are missing or wrong, and calls that the partner refuses as such. */
const isBlocking = (error: unknown): error is Error =>
  error instanceof PartnerNotSetUp || error instanceof SettingsRefused || error instanceof PartnerRefused;

/**
 * The function that stores and interprets a partner's calls, and asks the partner when it has been silent for too long.
 * Where it can't be asked at all, the order says so as with {@link orderStep}.
 */
export function callbackStep<Deps extends Receiver & { readonly table: Table }>(
  deps: () => Deps,
  receive: Receive<Deps>,
  ask?: Step<Deps>,
) {
  return queueConsumer(deps, async (message, made) => {
    if (message.kind === 'callback') return receiveCall(made, message.callback, receive);
    const order = orderOf(message);
    if (order === undefined || ask === undefined)
      throw new Error(`nothing is to be done for a ${message.kind} here`);
    await actOrReport(made, order, ask);
  });
}

interface OrderToActOn {
  readonly orderId: string;
  readonly cause: Cause;
}

function orderOf(message: QueueMessage): OrderToActOn | undefined {
  switch (message.kind) {
    case 'fact':
      return { orderId: message.fact.orderId, cause: { by: 'journey', reference: message.fact.id } };
    case 'work':
      return { orderId: message.work.orderId, cause: { by: 'clock', reference: message.work.step } };
    case 'callback':
    case 'unrelayed':
    case 'uncaptured':
    case 'report':
      return undefined;
  }
}
