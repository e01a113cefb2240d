import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildAppOptions, buildApp } from 'fauxqs';
import type { Log, Resource } from '../cloud-parts.ts';
import type { Mount } from '../front/http-listener.ts';
import { isSigned } from '../front/is-signed.ts';
import { ofType } from '../front/resource-reading.ts';

type S3Store = NonNullable<BuildAppOptions['stores']>['s3Store'];
type Persistence = NonNullable<S3Store['persistence']> & { loadS3(store: S3Store): void };

/** The declared buckets, run by the embedded emulator in this process. Objects are files in the data folder. */
export interface ObjectStore {
  /** Writes an object; one of the same key is replaced. Throws where the bucket does not exist. */
  put(bucket: string, key: string, body: Buffer): void;
  /** Answers S3's own protocol, for the SDK. */
  readonly mount: Mount;
  /** Ends what answers S3's protocol. */
  stop(): Promise<void>;
}

/** Where S3 answers on the port of the HTTP API. */
export const s3Path = '/_local/s3';

/**
 * Opens the buckets of the templates. The emulator's store is used in this process; what speaks S3's protocol is loaded
 * at the first call, because it takes a second and 40 MB.
 */
export async function openObjectStore(
  resources: readonly Resource[],
  { dataDir, log }: { readonly dataDir: string; readonly log: Log },
): Promise<ObjectStore> {
  const folder = join(dataDir, 's3');
  await mkdir(folder, { recursive: true });
  const store = await loadStore(folder, log);
  for (const { ref } of ofType(resources, 'AWS::S3::Bucket')) store.createBucket(ref);
  let front: Promise<Front> | undefined;
  return {
    put: (bucket, key, body) => void store.putObject(bucket, key, body),
    mount: {
      prefix: s3Path,
      async handle(request, response) {
        // A page in a browser can't sign.
        if (!isSigned(request.headers.authorization, request.url)) {
          response
            .writeHead(403, { 'content-type': 'application/xml' })
            .end('<Error><Code>AccessDenied</Code></Error>');
          return;
        }
        // Tags choose what a rule of the bucket deletes, and here none does. The emulator would take them for content.
        if (isTagging(request.url)) {
          request.resume().once('end', () => response.writeHead(200).end());
          return;
        }
        front ??= loadFront(store);
        request.url = (request.url ?? '').slice(s3Path.length) || '/';
        (await front).routing(request, response);
      },
    },
    stop: async () => void (await (await front)?.close()),
  };
}

const isTagging = (url = ''): boolean => new URL(url, 'http://127.0.0.1').searchParams.has('tagging');

// The package exports only its HTTP server. Its stores are separate modules of the package, so the version is pinned.
const moduleOf = (path: string): Promise<unknown> =>
  import(new URL(path, import.meta.resolve('fauxqs')).href);

async function loadStore(folder: string, log: Log): Promise<S3Store> {
  const { S3Store: Store } = (await moduleOf('./s3/s3Store.js')) as { S3Store: new () => S3Store };
  const { FileS3Persistence } = (await moduleOf('./s3/fileS3Persistence.js')) as {
    FileS3Persistence: new (baseDir: string) => Persistence;
  };
  const persistence = new FileS3Persistence(folder);
  const read = (): S3Store => {
    const store = new Store();
    persistence.loadS3(store);
    store.persistence = persistence;
    return store;
  };
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The process was killed while it wrote an object: its writer did not get an answer, and writes it again.
    for (const file of halfWritten(folder)) {
      log({ level: 'warn', source: 's3', message: `a half-written object is removed: ${file}` });
      rmSync(file);
    }
    return read();
  }
}

/** The files about objects that hold no whole JSON. */
function halfWritten(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.meta.json'))
    .map((name) => join(folder, name))
    .filter((file) => {
      try {
        JSON.parse(readFileSync(file, 'utf8'));
        return false;
      } catch {
        return true;
      }
    });
}

type Front = Awaited<ReturnType<typeof buildApp>>;

async function loadFront(s3Store: S3Store): Promise<Front> {
  const { buildApp: build } = await import('fauxqs');
  const { SqsStore } = (await moduleOf('./sqs/sqsStore.js')) as { SqsStore: new () => Stores['sqsStore'] };
  const { SnsStore } = (await moduleOf('./sns/snsStore.js')) as { SnsStore: new () => Stores['snsStore'] };
  const app = build({
    logger: false,
    stores: { s3Store, sqsStore: new SqsStore(), snsStore: new SnsStore() },
  });
  await app.ready();
  return app;
}

type Stores = NonNullable<BuildAppOptions['stores']>;
