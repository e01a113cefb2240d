import { z } from 'zod';
import { reservedInAll } from '../../constructs/reserved-concurrency.ts';
import type { Stage } from '../../stages.ts';
import type { Aws, AwsAnswer } from './aws-call.ts';

/** Where a deployment goes. */
export interface Target {
  readonly account: string;
  readonly region: string;
}

/** The version of the bootstrap stack that the templates need. */
const MIN_BOOTSTRAP = 6;
const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';
/** The invocations that Lambda keeps for functions without a reservation (developer guide, "Reserved concurrency"). */
const MIN_UNRESERVED = 100;
const EDGE_REGION = 'us-east-1';

/**
 * Checks what a deployment needs of the account, in the order in which somebody would repair it: credentials, region,
 * bootstrap, concurrency. `say` receives a line for each check that passed. Throws an Error that says what to do.
 */
export async function checkAccount(aws: Aws, stage: Stage, say: (line: string) => void): Promise<Target> {
  const region = await aws.region().catch(() => {
    throw new Error('no region is set: set AWS_REGION, or region in the profile, such as eu-central-1');
  });
  const account = await readAccount(aws, region);
  say(`credentials   account ${account}, region ${region}`);
  const regions = stage.domain?.firewall && region !== EDGE_REGION ? [region, EDGE_REGION] : [region];
  for (const each of regions) {
    const version = await readBootstrap(aws, { account, region: each });
    say(`bootstrap     version ${version} in ${each}`);
  }
  say(`concurrency   ${await checkConcurrency(aws, region, stage)}`);
  return { account, region };
}

async function readAccount(aws: Aws, region: string): Promise<string> {
  const answer = await aws
    .send({
      ...{ service: 'sts', region, method: 'POST', path: '/' },
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    })
    .catch((error: Error) => {
      const isMissing = error.name === 'CredentialsProviderError';
      throw isMissing
        ? new Error('no AWS credentials are found: set AWS_PROFILE, or sign in with `aws sso login`')
        : new Error(`AWS does not answer in ${region}: ${error.message}`);
    });
  // Some clouds answer with XML whatever is asked for.
  const account = /"Account"\s*:\s*"(\d{12})"|<Account>(\d{12})<\/Account>/.exec(answer.text);
  if (answer.status === 200 && account !== null) return account[1] ?? account[2] ?? '';
  throw new Error(`AWS does not take the credentials: ${messageIn(answer)}`);
}

const parameterSchema = z.object({ Parameter: z.object({ Value: z.string() }) });

async function readBootstrap(aws: Aws, { account, region }: Target): Promise<number> {
  const answer = await aws.send({
    ...{ service: 'ssm', region, method: 'POST', path: '/' },
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' },
    body: JSON.stringify({ Name: BOOTSTRAP_PARAMETER }),
  });
  const command = `npx cdk bootstrap aws://${account}/${region}`;
  if (/ParameterNotFound/.test(answer.text))
    throw new Error(`the account is not prepared for the CDK in ${region}: run \`${command}\` once`);
  const read = parameterSchema.safeParse(answer.status === 200 ? JSON.parse(answer.text) : undefined);
  if (!read.success)
    throw new Error(`the version of the CDK bootstrap can't be read in ${region}: ${messageIn(answer)}`);
  const version = Number(read.data.Parameter.Value);
  if (version >= MIN_BOOTSTRAP) return version;
  throw new Error(
    `the CDK bootstrap in ${region} is version ${version}, and ${MIN_BOOTSTRAP} is needed: run \`${command}\``,
  );
}

const settingsSchema = z.object({ AccountLimit: z.object({ ConcurrentExecutions: z.number() }) });

async function checkConcurrency(aws: Aws, region: string, stage: Stage): Promise<string> {
  const path = '/2016-08-19/account-settings';
  const answer = await aws.send({ service: 'lambda', region, method: 'GET', path });
  const read = settingsSchema.safeParse(answer.status === 200 ? JSON.parse(answer.text) : undefined);
  if (!read.success) throw new Error(`the limits of Lambda can't be read: ${messageIn(answer)}`);
  const limit = read.data.AccountLimit.ConcurrentExecutions;
  const wanted = reservedInAll(stage);
  const quota = 'ask for a higher quota "Concurrent executions" of AWS Lambda in Service Quotas';
  if (wanted > 0 && limit - wanted < MIN_UNRESERVED)
    throw new Error(
      `the account runs ${limit} functions at once, and Lambda keeps ${MIN_UNRESERVED} of them without a reservation: ` +
        `${wanted} can't be reserved. Leave the reservations out, or ${quota}`,
    );
  const few = limit < MIN_UNRESERVED ? `; enough to try it. Before a sale, ${quota}` : '';
  return `${limit} functions at once, ${wanted} reserved${few}`;
}

/** What a service says about a refusal, without the rest of its answer. */
function messageIn({ status, text }: AwsAnswer): string {
  const found = /"[Mm]essage"\s*:\s*"([^"]{1,300})|<Message>([^<]{1,300})/.exec(text);
  return found?.[1] ?? found?.[2] ?? `status ${status}`;
}
