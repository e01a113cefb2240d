import { randomUUID } from 'node:crypto';
import type { Parts } from '../cloud-parts.ts';
import { AwsError } from './aws-error.ts';
import { type Clock, systemClock } from './clock.ts';
import { createDeliver } from './deliver.ts';
import { type EventRule, type RuleTarget, readEventRules } from './event-rule.ts';
import { ofType, placeOf } from './resource-reading.ts';

/** One entry of a PutEvents request. */
export interface EventEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Resources?: readonly string[];
  /** Seconds since 1970, as the SDK sends the time, or an RFC 3339 text. */
  readonly Time?: number | string;
  readonly TraceHeader?: string;
}

/** The answer of PutEvents for one entry. */
type EventResult =
  | { readonly EventId: string }
  | { readonly ErrorCode: string; readonly ErrorMessage: string };

/** The running event buses. Each rule listens to its own bus. */
export interface EventBus {
  /**
   * Accepts events as PutEvents does, then delivers them to the targets of the matching rules.
   * Throws an AwsError (ValidationException) when the whole request is refused.
   */
  putEvents(entries: readonly EventEntry[]): {
    readonly FailedEntryCount: number;
    readonly Entries: EventResult[];
  };
  /** Rules that have a schedule instead of a pattern. */
  readonly scheduledRules: readonly EventRule[];
  /** Delivers the event of a schedule to the targets of the rule with this ARN. */
  runScheduledRule(ruleArn: string, time: Date): Promise<void>;
  /** Whether a delivery to any target is under way. */
  busy(): boolean;
  /** Resolves when no delivery is under way. */
  settled(): Promise<void>;
}

/**
 * The largest size of all entries of one request together. AWS has raised its own limit since. A request within this
 * limit is accepted by both.
 */
const maximumRequestBytes = 256 * 1024;

/** How long an injected fault delays a delivery, in milliseconds. */
const faultDelaysMs = { reorder: 20, delay: 200, drop: 1000 } as const;

/**
 * Runs the buses and rules that the templates declare (`AWS::Events::EventBus`, `AWS::Events::Rule`). Archives have
 * no effect here. Throws an Error that names the logical id of a rule that the local cloud does not understand.
 * no effect here. Throws an Error that names the logical id of a rule that is not understood.
 */
export function createEventBus(parts: Parts, clock: Clock = systemClock): EventBus {
  const { account, region } = placeOf(parts.resources);
  const buses = new Map([['default', 'default']]);
  for (const { ref, attributes } of ofType(parts.resources, 'AWS::Events::EventBus')) {
    buses.set(ref, ref).set(attributes.Arn ?? ref, ref);
  }
  const rules = readEventRules(parts.resources, buses);
  const deliver = createDeliver(parts, clock);
  const underWay = new Set<Promise<void>>();

  function envelope(fields: { source: string; type: string; time: Date; resources: readonly string[] }) {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': fields.type,
      source: fields.source,
      account,
      time: fields.time.toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources: fields.resources,
    };
  }

  function deliverAll(rule: EventRule, event: Record<string, unknown>, eventText: string): Promise<void>[] {
    const context = { event, eventText, ruleArn: rule.arn, ruleName: rule.name, ingestionTime: clock.now() };
    return rule.targets.map((ruleTarget) => {
      const delivery = deliverOnce(ruleTarget, ruleTarget.textFor(context));
      underWay.add(delivery);
      void delivery.finally(() => underWay.delete(delivery));
      return delivery;
    });
  }

  // EventBridge delivers at least once and in no order. So the faults are ones that a consumer must handle anyway.
  async function deliverOnce({ target }: RuleTarget, text: string): Promise<void> {
    for (const fault of ['reorder', 'delay', 'drop'] as const) {
      if (parts.strike(fault)) await clock.sleep(faultDelaysMs[fault]);
    }
    const copies = parts.strike('duplicate') ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) await deliver(target, text);
  }

  function accept(entry: EventEntry): EventResult {
    const refusal = refuse(entry);
    if (refusal !== undefined) return refusal;
    if (parts.strike('throttle')) return { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' };
    const { Source: source = '', DetailType: type = '', Detail: detailText = '{}' } = entry;
    const time = readTime(entry.Time) ?? clock.now();
    const head = envelope({ source, type, time, resources: entry.Resources ?? [] });
    const busName = buses.get(entry.EventBusName ?? 'default');
    if (busName === undefined) {
      // EventBridge accepts such an entry and loses it silently. The local cloud loses it too, and logs an error.
      const message = `the event bus ${entry.EventBusName} does not exist: ${type} is lost`;
      parts.log({ level: 'error', source: 'event-bus', message });
      return { EventId: head.id };
    }
    const event = { ...head, detail: JSON.parse(detailText) as unknown };
    const eventText = JSON.stringify(event);
    for (const rule of rules) {
      if (rule.enabled && rule.bus === busName && rule.matches?.(event)) deliverAll(rule, event, eventText);
    }
    return { EventId: head.id };
  }

  return {
    putEvents: (entries) => {
      if (entries.length < 1 || entries.length > 10) {
        throw new AwsError('ValidationException', 'Entries must have length between 1 and 10.');
      }
      if (entries.reduce((bytes, entry) => bytes + sizeBytes(entry), 0) > maximumRequestBytes) {
        throw new AwsError(
          'ValidationException',
          'Total size of the entries in the request is over the limit.',
        );
      }
      const results = entries.map(accept);
      return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
    },
    scheduledRules: rules.filter((rule) => rule.schedule !== undefined),
    runScheduledRule: async (ruleArn, time) => {
      const rule = rules.find(({ arn }) => arn === ruleArn);
      if (rule === undefined) throw new Error(`there is no rule ${ruleArn}`);
      const head = envelope({ source: 'aws.events', type: 'Scheduled Event', time, resources: [ruleArn] });
      const event = { ...head, detail: {} };
      await Promise.all(deliverAll(rule, event, JSON.stringify(event)));
    },
    busy: () => underWay.size > 0,
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** The size of an entry in bytes, as EventBridge counts it (PutEvents, "Calculating event entry size"). */
export function sizeBytes(entry: EventEntry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const textBytes = texts.reduce((bytes, text) => bytes + Buffer.byteLength(text ?? ''), 0);
  return textBytes + (entry.Time === undefined ? 0 : 14);
}

function refuse(entry: EventEntry): EventResult | undefined {
  for (const field of ['Source', 'DetailType', 'Detail'] as const) {
    if (entry[field] === undefined || entry[field] === '') {
      return failed(
        'InvalidArgument',
        `Parameter ${field} is not valid. Reason: ${field} is a required argument.`,
      );
    }
  }
  if (entry.Source?.startsWith('aws.')) {
    return failed('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  return isJsonObject(entry.Detail ?? '') ? undefined : failed('MalformedDetail', 'Detail is malformed.');
}

function failed(code: string, message: string): EventResult {
  return { ErrorCode: code, ErrorMessage: message };
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function readTime(time: number | string | undefined): Date | undefined {
  if (time === undefined) return undefined;
  return new Date(typeof time === 'number' ? time * 1000 : time);
}
