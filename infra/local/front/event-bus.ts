import { randomUUID } from 'node:crypto';
import type { Parts } from '../cloud-parts.ts';
import { AwsError } from './aws-error.ts';
import { ofType } from './resource-reading.ts';

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

/** The event buses, for other systems. No template of the project declares a rule, so nobody listens here. */
export interface EventBus {
  /** Accepts events as PutEvents does. Throws an AwsError (ValidationException) when the whole request is refused. */
  putEvents(entries: readonly EventEntry[]): {
    readonly FailedEntryCount: number;
    readonly Entries: EventResult[];
  };
}

/**
 * The largest size of all entries of one request together. AWS has raised its own limit since. A request within this
 * limit is accepted by both.
 */
const maximumRequestBytes = 256 * 1024;

/** Makes the buses that the templates declare (`AWS::Events::EventBus`). Archives have no effect here. */
export function createEventBus(parts: Parts): EventBus {
  const buses = new Set(['default']);
  for (const { ref, attributes } of ofType(parts.resources, 'AWS::Events::EventBus'))
    buses.add(ref).add(attributes.Arn ?? ref);

  function accept(entry: EventEntry): EventResult {
    const refusal = refuse(entry);
    if (refusal !== undefined) return refusal;
    if (parts.strike('throttle')) return { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' };
    if (!buses.has(entry.EventBusName ?? 'default')) {
      // EventBridge accepts such an entry and loses it silently. The local cloud loses it too, and logs an error.
      const message = `the event bus ${entry.EventBusName} does not exist: ${entry.DetailType} is lost`;
      parts.log({ level: 'error', source: 'event-bus', message });
    }
    return { EventId: randomUUID() };
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
