import { describe, expect, it } from 'vitest';
import { createEventBus } from '../../../infra/local/front/event-bus.ts';
import { bus, busArn, frontParts, resource } from './front-parts.ts';

const entry = {
  Source: 'entrepot',
  DetailType: 'order.placed',
  Detail: '{"orderId":"ord_1"}',
  EventBusName: 'shop',
};

function startBus(options: Parameters<typeof frontParts>[1] = {}) {
  const archive = resource('AWS::Events::Archive', 'Archive', { SourceArn: busArn });
  const parts = frontParts([bus(), archive], options);
  return { parts, events: createEventBus(parts) };
}

describe('the putEvents call', () => {
  it('accepts the bus by name or ARN, and the default bus', () => {
    const { parts, events } = startBus();
    const { FailedEntryCount, Entries } = events.putEvents([
      entry,
      { ...entry, EventBusName: busArn, Time: 1_700_000_000 },
      { ...entry, EventBusName: 'default' },
    ]);
    expect(FailedEntryCount).toBe(0);
    const ids = Entries.map((each) => ('EventId' in each ? each.EventId : undefined));
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(ids).size).toBe(3);
    expect(parts.logged).toEqual([]);
  });

  it('gives the reason for each refused entry, and accepts the others', () => {
    const { events } = startBus();
    const { FailedEntryCount, Entries } = events.putEvents([
      { ...entry, Source: '' },
      { ...entry, Detail: '{"a":' },
      { ...entry, Detail: '[1]' },
      { ...entry, Source: 'aws.ec2' },
      entry,
    ]);
    expect(FailedEntryCount).toBe(4);
    expect(Entries.map((result) => ('ErrorCode' in result ? result.ErrorCode : 'ok'))).toEqual([
      'InvalidArgument',
      'MalformedDetail',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      'ok',
    ]);
  });

  it('accepts an entry for an unknown bus, as the service does, and writes that to the log', () => {
    const { parts, events } = startBus();
    expect(events.putEvents([{ ...entry, EventBusName: 'nowhere' }]).FailedEntryCount).toBe(0);
    expect(parts.logged).toEqual([expect.stringContaining('nowhere does not exist')]);
  });

  it('refuses more than ten entries, no entries, and more than 256 KB in total', () => {
    const { events } = startBus();
    const big = { ...entry, Detail: JSON.stringify({ text: 'x'.repeat(140 * 1024) }) };
    expect(() => events.putEvents([])).toThrow(/length/);
    expect(() => events.putEvents(Array.from({ length: 11 }, () => entry))).toThrow(/length/);
    expect(() => events.putEvents([big, big])).toThrow(/over the limit/);
    expect(events.putEvents([big]).FailedEntryCount).toBe(0);
  });

  it('can throttle entries on purpose', () => {
    const { events } = startBus({ strike: (fault) => fault === 'throttle' });
    expect(events.putEvents([entry]).Entries).toEqual([
      { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' },
    ]);
  });
});
