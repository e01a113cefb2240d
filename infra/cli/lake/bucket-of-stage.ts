import { openAws } from '../deploy/aws-call.ts';

/** The bucket of a stage's lake, from the outputs of its stack. Throws an Error that says what to do. */
export async function bucketOfStage(stage: string, aws = openAws()): Promise<string> {
  const region = await aws.region().catch(() => {
    throw new Error('no region is set: set AWS_REGION, or region in the profile, such as eu-central-1');
  });
  const stack = `entrepot-${stage}-stateful`;
  const { status, text } = await aws.send({
    ...{ service: 'cloudformation', region, method: 'POST', path: '/' },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      Action: 'DescribeStacks',
      Version: '2010-05-15',
      StackName: stack,
    }).toString(),
  });
  if (status !== 200) throw new Error(`${stack} was not found in ${region}: is the stage deployed there?`);
  const bucket = bucketIn(text);
  if (bucket === undefined) throw new Error(`${stack} has no lake: deploy the stage again, which adds it`);
  return bucket;
}

/** The output with the bucket's name; its key begins with the names of its constructs. */
export function bucketIn(xml: string): string | undefined {
  for (const [, member = ''] of xml.matchAll(/<member>([\s\S]*?)<\/member>/g)) {
    const key = /<OutputKey>([^<]*)<\/OutputKey>/.exec(member)?.[1] ?? '';
    const value = /<OutputValue>([^<]*)<\/OutputValue>/.exec(member)?.[1];
    if (/^LakeBucketName/.test(key) && value !== undefined) return value;
  }
  return undefined;
}
