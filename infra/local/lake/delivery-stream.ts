import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Log } from '../cloud-parts.ts';
import type { Observe } from '../watching/metrics.ts';
import type { ObjectStore } from './object-store.ts';

/** What a delivery stream is declared with. */
export interface Destination {
  /** Name of the delivery stream. */
  readonly name: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly extension: string;
  readonly isCompressed: boolean;
  /** How long records wait for others, and the bytes that are written at once. */
  readonly bufferMs: number;
  readonly bufferBytes: number;
}

export interface DeliveryStream {
  readonly name: string;
  /** Takes a record. It is on disk when this returns. */
  put(data: Buffer): void;
  /** Writes everything that waits into the bucket. Rejects where the bucket does not take it; it is kept then. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

interface DeliveryOptions {
  readonly destination: Destination;
  readonly dataDir: string;
  readonly objects: Pick<ObjectStore, 'put'>;
  readonly observe: Observe;
  readonly log: Log;
}

const compress = promisify(gzip);
const TIME = '!{timestamp:yyyy-MM-dd}';

/**
 * A delivery stream as Amazon Data Firehose runs it: records are joined in the order of their arrival, without anything
 * between them, and become an object once they waited long enough or are many. The records of an object to come are a
 * file whose name is the end of the object's key. So a killed process loses nothing: the next one writes the object,
 * again under the same key.
 */
export function openDeliveryStream({
  destination,
  dataDir,
  objects,
  observe,
  log,
}: DeliveryOptions): DeliveryStream {
  const { name, bucket, bufferMs, bufferBytes } = destination;
  const folder = join(dataDir, 'delivery-streams', name);
  mkdirSync(folder, { recursive: true });
  let current: { readonly file: string; bytes: number } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    current = undefined;
    const next = writing.catch(() => undefined).then(writeAll);
    writing = next;
    return next;
  }

  async function writeAll(): Promise<void> {
    for (const file of readdirSync(folder).sort()) if (file !== current?.file) await write(file);
  }

  async function write(file: string): Promise<void> {
    const records = await readFile(join(folder, file));
    const body = destination.isCompressed ? await compress(records) : records;
    try {
      objects.put(bucket, keyOf(destination, file), body);
    } finally {
      const ageSeconds = Math.max(0, (Date.now() - arrivalOf(file).getTime()) / 1_000);
      observe(freshnessOf(name), ageSeconds);
    }
    rmSync(join(folder, file));
  }

  function later(): void {
    timer ??= setTimeout(() => {
      flush().catch((error: unknown) => {
        log({
          level: 'error',
          source: name,
          message: 'records are not delivered, and are kept',
          detail: error,
        });
        later();
      });
    }, bufferMs);
  }

  if (readdirSync(folder).length > 0) later();
  return {
    name,
    put: (data) => {
      current ??= { file: `${new Date().toISOString()}_${randomUUID()}`, bytes: 0 };
      appendFileSync(join(folder, current.file), data);
      current.bytes += data.length;
      later();
      if (current.bytes >= bufferBytes) {
        clearTimeout(timer);
        timer = undefined;
        current = undefined;
        writing = writing.catch(() => undefined).then(writeAll);
        writing.catch(() => later());
      }
    },
    flush,
    stop: async () => {
      await flush();
      clearTimeout(timer);
    },
  };
}

const freshnessOf = (name: string) => ({
  namespace: 'AWS/Firehose',
  name: 'DeliveryToS3.DataFreshness',
  dimensions: { DeliveryStreamName: name },
});

const arrivalOf = (file: string): Date => new Date(file.slice(0, file.indexOf('_')));

/** Amazon's names of objects: prefix, stream, version, time of arrival, and something random. */
function keyOf({ name, prefix, extension }: Destination, file: string): string {
  const arrival = arrivalOf(file).toISOString();
  const time = arrival.slice(0, 19).replaceAll(/[T:]/g, '-');
  const random = file.slice(file.indexOf('_') + 1);
  return `${prefix.replaceAll(TIME, arrival.slice(0, 10))}${name}-1-${time}-${random}${extension}`;
}
