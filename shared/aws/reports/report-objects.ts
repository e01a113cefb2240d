import {
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ReportFiles } from '../../reports/run/ports.ts';
import { lakeClient } from '../lake/s3-store.ts';

/** Stored reports, as their readers get them. */
export interface ReportObjects extends ReportFiles {
  /**
   * An address under which S3 itself answers the file for some seconds, to whoever has it. S3 answers it compressed, as
   * it is stored.
   */
  addressOf(key: string, seconds: number): Promise<string>;
}

/** The tag of an object that a rule of the bucket deletes after its time. */
const REPLACED = 'replaced';

/** The files of reports in the lake's bucket. Every method throws where S3 does not answer or refuses. */
export function createReportObjects(bucket: string, client = lakeClient()): ReportObjects {
  const at = (key: string) => ({ Bucket: bucket, Key: key });
  return {
    async write(key, { bytes, contentType }) {
      await client.send(
        new PutObjectCommand({
          ...at(key),
          ...{ Body: bytes, ContentLength: bytes.length, ContentType: contentType, ContentEncoding: 'gzip' },
        }),
      );
    },
    async markReplaced(key) {
      await client.send(
        new PutObjectTaggingCommand({ ...at(key), Tagging: { TagSet: [{ Key: REPLACED, Value: 'true' }] } }),
      );
    },
    async read(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand(at(key)));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    addressOf: (key, seconds) => signedAddress(client, new GetObjectCommand(at(key)), seconds),
  };
}

/** The header that says that no body is signed: the signer reads it, and it is not sent. */
const PAYLOAD = new Set(['x-amz-content-sha256']);

/** A request as the SDK has made it, before it is signed. */
interface MadeRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
}

/**
 * The address of a request with its signature in the query, by which whoever has it may send the request (Amazon S3,
 * "Authenticating requests: using query parameters"). Nothing is sent.
 */
async function signedAddress(client: S3Client, command: GetObjectCommand, seconds: number): Promise<string> {
  const { protocol, hostname, port, path } = await requestOf(client, command);
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  const signer = new SignatureV4({
    service: 's3',
    region: client.config.region,
    credentials: client.config.credentials,
    sha256: client.config.sha256,
    uriEscapePath: false,
  });
  const { query = {} } = await signer.presign(
    {
      ...{ method: 'GET', protocol, hostname, path },
      headers: { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    },
    { expiresIn: seconds, unhoistableHeaders: PAYLOAD, unsignableHeaders: PAYLOAD },
  );
  const pairs = Object.entries(query).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`,
  );
  return `${protocol}//${host}${path}?${pairs.join('&')}`;
}

/** The request of a command, with the host and the path that the SDK chooses for the bucket. It is not sent. */
async function requestOf(client: S3Client, command: GetObjectCommand): Promise<MadeRequest> {
  let made: MadeRequest | undefined;
  command.middlewareStack.add(
    () => async (args) => {
      made = args.request as MadeRequest;
      return { response: {}, output: { $metadata: {} } };
    },
    { step: 'finalizeRequest', priority: 'high', name: 'notSent' },
  );
  await client.send(command);
  if (made === undefined) throw new Error('the SDK makes a request before it is signed');
  return made;
}
