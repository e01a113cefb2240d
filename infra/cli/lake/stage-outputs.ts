import { openAws } from '../deploy/aws-call.ts';

/** What commands need of a deployed stage. */
interface StageOutputs {
  /** The bucket of the lake. */
  readonly bucket: string;
  /** The table that the functions use. */
  readonly table: string;
}

/** The names of a stage's resources, from the outputs of its stack. Throws an Error that says what to do. */
export async function outputsOfStage(stage: string, aws = openAws()): Promise<StageOutputs> {
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
  const [bucket, table] = [outputIn(text, /^LakeBucketName/), outputIn(text, /^TableName/)];
  if (bucket === undefined) throw new Error(`${stack} has no lake: deploy the stage again, which adds it`);
  if (table === undefined) throw new Error(`${stack} does not name its table: deploy the stage again`);
  return { bucket, table };
}

/** The value of the output whose key fits; keys begin with the names of their constructs. */
function outputIn(xml: string, name: RegExp): string | undefined {
  for (const [, member = ''] of xml.matchAll(/<member>([\s\S]*?)<\/member>/g)) {
    const key = /<OutputKey>([^<]*)<\/OutputKey>/.exec(member)?.[1] ?? '';
    const value = /<OutputValue>([^<]*)<\/OutputValue>/.exec(member)?.[1];
    if (name.test(key) && value !== undefined) return value;
  }
  return undefined;
}
