import type { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import { describe, expect, it } from 'vitest';
import { createRecordStream } from '../../../shared/aws/lake/record-stream.ts';

/** A client that fails the calls with these numbers, from 1 on, and the records that it got. */
function clientFailing(...calls: readonly number[]) {
  const records: string[] = [];
  let count = 0;
  const client = {
    async send({ input }: PutRecordCommand) {
      count += 1;
      if (calls.includes(count))
        throw Object.assign(new Error('slow down'), { name: 'ServiceUnavailableException' });
      records.push(Buffer.from(input.Record?.Data ?? '').toString());
    },
  } as unknown as FirehoseClient;
  return { stream: createRecordStream('facts', client), records, calls: () => count };
}

const line = (letter: string, bytes: number) => letter.repeat(bytes);

describe('the delivery stream of the lake', () => {
  it('gets lines in one record, each with its line break', async () => {
    const { stream, records } = clientFailing();

    expect(await stream.put(['{"id":1}', '{"id":2}'])).toEqual([]);
    expect(records).toEqual(['{"id":1}\n{"id":2}\n']);
  });

  it('gets nothing where there is nothing', async () => {
    const { stream, calls } = clientFailing();

    expect(await stream.put([])).toEqual([]);
    expect(calls()).toBe(0);
  });

  it('gets records of at most 1,000 KiB', async () => {
    const { stream, records } = clientFailing();
    const lines = [line('a', 700_000), line('b', 323_998), line('c', 1), line('é', 400_000)];

    expect(await stream.put(lines)).toEqual([]);
    expect(records.map((record) => Buffer.byteLength(record))).toEqual([1_024_000, 2 + 800_001]);
    expect(records.join('')).toBe(lines.map((each) => `${each}\n`).join(''));
  });

  it('refuses a line that no record can hold finally, and takes the others', async () => {
    const { stream, records } = clientFailing();

    expect(await stream.put(['first', line('x', 1_024_000), 'last'])).toEqual([
      { index: 1, reason: 'RecordTooLarge', isFinal: true },
    ]);
    expect(records).toEqual(['first\n', 'last\n']);
  });

  it('tries nothing more after a call that failed, so that the rest comes again', async () => {
    const { stream, records, calls } = clientFailing(2);
    const lines = [line('a', 900_000), line('b', 900_000), 'c', line('d', 900_000)];

    const reason = 'ServiceUnavailableException';
    expect(await stream.put(lines)).toEqual([1, 2, 3].map((index) => ({ index, reason, isFinal: false })));
    expect(records).toHaveLength(1);
    expect(calls()).toBe(2);
  });
});
