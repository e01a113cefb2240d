import { z } from 'zod';
import type { Parts } from '../cloud-parts.ts';
import { AwsError } from '../front/aws-error.ts';
import { type Operation, parse } from '../front/aws-operation.ts';
import { ofType, readProperties } from '../front/resource-reading.ts';
import { type DeliveryStream, type Destination, openDeliveryStream } from './delivery-stream.ts';
import type { ObjectStore } from './object-store.ts';

/** The declared delivery streams. */
export interface DeliveryStreams {
  /** The operations of Amazon Data Firehose that functions call. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** Writes everything that waits into the buckets. */
  flush(): Promise<void>;
  /** Does the same, and stops. */
  stop(): Promise<void>;
}

/** Bytes that wait on one machine before they are written: memory stays small. */
const MAX_BYTES = 1024 * 1024;
/** A record may have 1,000 KiB, and its billed size is a multiple of five (Amazon Data Firehose quotas and pricing). */
const MAX_RECORD_BYTES = 1_000 * 1_024;
const BILLED_BYTES = 5 * 1_024;

/** Prefixes may have no other expression than the day of arrival. */
const prefix = z.string().regex(/^(?:[^!]|!\{timestamp:yyyy-MM-dd\})*$/, 'an expression that is not known');

const properties = z.object({
  DeliveryStreamType: z.literal('DirectPut'),
  ExtendedS3DestinationConfiguration: z.object({
    BucketARN: z.string().startsWith('arn:aws:s3:::'),
    Prefix: prefix.default(''),
    FileExtension: z.string().default(''),
    CompressionFormat: z.enum(['GZIP', 'UNCOMPRESSED']).default('UNCOMPRESSED'),
    BufferingHints: z.object({ IntervalInSeconds: z.number(), SizeInMBs: z.number() }),
  }),
});

const putInput = z.object({ DeliveryStreamName: z.string(), Record: z.object({ Data: z.base64() }) });

/** Opens the delivery streams of the templates. `maxBufferMs`: the longest time that records wait on this machine. */
export function openDeliveryStreams(
  parts: Pick<Parts, 'resources' | 'dataDir' | 'observe' | 'log' | 'meter' | 'tally' | 'strike'>,
  objects: Pick<ObjectStore, 'put'>,
  maxBufferMs: number,
): DeliveryStreams {
  const streams = new Map<string, DeliveryStream>();
  for (const resource of ofType(parts.resources, 'AWS::KinesisFirehose::DeliveryStream')) {
    const { ExtendedS3DestinationConfiguration: to } = readProperties(resource, properties);
    const { BufferingHints: hints } = to;
    const destination: Destination = {
      name: resource.ref,
      bucket: to.BucketARN.slice('arn:aws:s3:::'.length),
      prefix: to.Prefix,
      extension: to.FileExtension,
      isCompressed: to.CompressionFormat === 'GZIP',
      bufferMs: Math.min(hints.IntervalInSeconds * 1_000, maxBufferMs),
      bufferBytes: Math.min(hints.SizeInMBs * 1024 * 1024, MAX_BYTES),
    };
    streams.set(resource.ref, openDeliveryStream({ ...parts, destination, objects }));
  }
  return {
    operations: {
      'Firehose_20150804.PutRecord': (input) => {
        const { DeliveryStreamName, Record } = parse(putInput, input);
        const stream = streams.get(DeliveryStreamName);
        if (stream === undefined)
          throw new AwsError('ResourceNotFoundException', `Firehose ${DeliveryStreamName} not found`);
        if (parts.strike('throttle')) throw new AwsError('ServiceUnavailableException', 'Slow down.', 503);
        const data = Buffer.from(Record.Data, 'base64');
        if (data.length > MAX_RECORD_BYTES)
          throw new AwsError('ValidationException', `A record has at most ${MAX_RECORD_BYTES} bytes.`);
        parts.meter('firehose.bytes', Math.ceil(data.length / BILLED_BYTES) * BILLED_BYTES);
        const of = { namespace: 'AWS/Firehose', dimensions: { DeliveryStreamName } };
        parts.tally({ ...of, name: 'IncomingRecords' }, 1);
        parts.tally({ ...of, name: 'IncomingBytes' }, data.length);
        stream.put(data);
        if (parts.strike('duplicate')) stream.put(data);
        return { RecordId: `${DeliveryStreamName}-${Date.now()}`, Encrypted: true };
      },
    },
    flush: async () => void (await Promise.all([...streams.values()].map((stream) => stream.flush()))),
    stop: async () => void (await Promise.all([...streams.values()].map((stream) => stream.stop()))),
  };
}
