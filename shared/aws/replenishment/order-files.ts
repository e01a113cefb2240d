import { PutObjectCommand } from '@aws-sdk/client-s3';
import { lakeClient } from '../lake/s3-store.ts';

/** Purchase orders as files in the lake's bucket. Throws where S3 does not answer or refuses. */
export function createOrderFiles(bucket: string, client = lakeClient()) {
  return {
    async write(key: string, xml: string): Promise<void> {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: xml, ContentType: 'application/xml' }),
      );
    },
  };
}
