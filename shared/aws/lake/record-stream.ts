import { FirehoseClient, PutRecordCommand } from '@aws-sdk/client-firehose';
import type { Outlet, Refusal } from '../relay/refusal.ts';
import { REQUEST_LIMITS } from '../request-limits.ts';

/** The most bytes of one record of a delivery stream: 1,000 KiB (Amazon Data Firehose quotas). */
const MAX_BYTES = 1_000 * 1_024;

/** A record is up to a megabyte, which takes longer than a small request. */
const REQUEST_TIMEOUT_MS = 10_000;

/** For a request that somebody waits for: two tries of three seconds. */
export const quickStreamClient = (): FirehoseClient =>
  new FirehoseClient({ maxAttempts: 2, requestHandler: REQUEST_LIMITS });

/**
 * The delivery stream that writes lines into the lake's bucket. Lines are joined into as few records as possible,
 * because each record is billed as at least five kilobytes. A line that is too long for any record is refused finally.
 * After a call that failed, the rest is refused untried: while the stream does not work, each call would only wait.
 */
export function createRecordStream(
  streamName: string,
  client = new FirehoseClient({
    maxAttempts: 4,
    requestHandler: { ...REQUEST_LIMITS, requestTimeout: REQUEST_TIMEOUT_MS },
  }),
): Outlet<string> {
  return {
    async put(lines) {
      const refusals: Refusal[] = [];
      let failure: string | undefined;
      for (const part of partsOf(lines)) {
        if (part.isTooLong) {
          refusals.push(...refuse(part, 'RecordTooLarge', true));
          continue;
        }
        failure ??= await failureOf(() =>
          client.send(
            new PutRecordCommand({
              DeliveryStreamName: streamName,
              Record: { Data: Buffer.from(part.text) },
            }),
          ),
        );
        if (failure !== undefined) refusals.push(...refuse(part, failure, false));
      }
      return refusals;
    },
  };
}

/** Whatever the stream answers, it says nothing about the lines: they are sent again. */
async function failureOf(send: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await send();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

interface Part {
  text: string;
  bytes: number;
  readonly indexes: number[];
  readonly isTooLong: boolean;
}

const refuse = ({ indexes }: Part, reason: string, isFinal: boolean): Refusal[] =>
  indexes.map((index) => ({ index, reason, isFinal }));

/** The lines as the texts of records, in their order, each line with its line break. */
function partsOf(lines: readonly string[]): Part[] {
  const parts: Part[] = [];
  for (const [index, line] of lines.entries()) {
    const text = `${line}\n`;
    const bytes = Buffer.byteLength(text);
    const last = parts.at(-1);
    if (last === undefined || last.isTooLong || bytes > MAX_BYTES || last.bytes + bytes > MAX_BYTES) {
      parts.push({ text, bytes, indexes: [index], isTooLong: bytes > MAX_BYTES });
    } else {
      last.text += text;
      last.bytes += bytes;
      last.indexes.push(index);
    }
  }
  return parts;
}
