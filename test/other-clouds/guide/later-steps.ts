import { readNextSteps } from './first-steps.ts';
import { type PlannedCommand, promise, readerValue, type Walk } from './walk.ts';

const DAY_MS = 86_400_000;
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

const NAME = 'domainName=api.your-shop';
const ZONE = 'hostedZoneId=Z...';
const CERTIFICATE = 'certificateArn=arn:aws:acm:eu-central-1:...';

/** The context values of the production stage, as its operator keeps them. */
const production = (walk: Walk): string =>
  ['alarmEmail=ops@my-company.de', ...[NAME, ZONE, CERTIFICATE].map((text) => readerValue(walk, text))]
    .map((pair) => `-c ${pair}`)
    .join(' ');

/** Steps 8 to 10, and what comes after the first deployment. */
export const laterSteps: readonly PlannedCommand[] = [
  {
    begins: 'npm run deploy -- --stage production -c alarmEmail=ops@your-company',
    adds: ' --yes',
    before: makeZoneAndCertificate,
    gives: async (printed, walk) => {
      promise(printed.includes('https://api.your-shop.de'), 'another address', printed);
      const said = readNextSteps(printed, walk);
      return `${said}, ${await healthOf(walk, 'api.your-shop.de')}`;
    },
  },
  {
    begins: 'npx cdk deploy --all --force',
    notHere:
      'it is for a stage with `waf=true`, and MiniStack looks for the output of the stack in us-east-1 in the region of the other stacks alone',
  },
  {
    begins: 'npm run deploy -- --stage production -c alarmEmail=ops@your-company -c consoleDomainName',
    notHere:
      'it needs a certificate in us-east-1 and the pages of CloudFront, which MiniStack does not serve',
  },
  {
    begins: 'aws cloudformation describe-stacks --stack-name entrepot-<stage>-stateful',
    runs: [{ '<stage>': 'sandbox' }, { '<stage>': 'production' }],
    gives: (printed) => {
      const log = /^\/aws\/lambda\/entrepot-(sandbox|production-[0-9a-f]+)$/m.exec(printed)?.[0];
      const requests = /\/aws\/vendedlogs\/entrepot-(sandbox-requests|production-requests-[0-9a-f]+)"/.exec(
        printed,
      )?.[0];
      promise(log !== undefined && requests !== undefined, 'no names of the two logs', printed);
      return `${log}, ${requests?.slice(0, -1)}`;
    },
  },
  {
    begins: 'npm run bench -- idle',
    notHere:
      'it reads templates and list prices, and calls no cloud; npm test has it (test/infra/idle.test.ts)',
  },
  { begins: 'npm run bench -- bill', notHere: 'it counts on a local backend, and calls no cloud' },
  {
    begins: "cat > rates.csv <<'CSV'",
    runs: [{ '2026-11-27': daysFromNow(-1).slice(0, 10), '2026-12-07T00:00:00Z': daysFromNow(7) }],
    gives: (printed) => {
      promise(printed.includes('additional rates'), 'no rate', printed);
      return printed.trim();
    },
  },
  {
    begins: 'git pull && npm ci\n',
    without: { line: 'git pull && npm ci', why: 'it would replace the sources that this check runs' },
    before: async (walk) => {
      walk.values.set('--stage production ...', `--stage production ${production(walk)}`);
    },
    adds: ' --yes',
    gives: (printed, walk) => {
      const table = readerValue(walk, '<TableName>');
      promise(printed.includes(`table    ${table}\n`), 'another table', printed);
      return `deployed again, with the same ${table}`;
    },
  },
  {
    begins: 'aws dynamodb restore-table-to-point-in-time',
    runs: [{ '2026-11-29T08:00:00Z': daysFromNow(0) }],
    gives: () => 'entrepot-production-restored is active',
  },
  {
    begins: 'aws dynamodb update-table --table-name entrepot-production-restored',
    gives: (printed, { values }) => {
      const arn = /^arn:aws:dynamodb:\S+\/stream\/\S+$/m.exec(printed)?.[0];
      promise(arn !== undefined, 'no stream', printed);
      values.set('<the ARN>', arn ?? '');
      return `stream, expiry, recovery and protection; ${arn}`;
    },
  },
  {
    begins: 'npm run deploy -- --stage production ... \\\n  -c restoredTable',
    adds: ' --yes',
    gives: async (printed, walk) => {
      promise(/^table +entrepot-production-restored$/m.test(printed), 'another table', printed);
      return `${await usersOfRestoredTable(walk)}, ${await healthOf(walk, 'api.your-shop.de')}`;
    },
  },
  {
    begins: 'npx cdk destroy --all -c stage=sandbox',
    adds: ' --force',
    gives: async (_printed, walk) => whatIsLeft(walk, 'sandbox', ['bucket']),
  },
  {
    begins: 'aws s3 ls',
    gives: (printed, { values }) => {
      const bucket = /entrepot-sandbox-stateful-lake\S+/.exec(printed)?.[0];
      promise(bucket !== undefined, 'no bucket of the lake', printed);
      values.set('<bucket>', bucket ?? '');
      return `${bucket}`;
    },
  },
  { begins: 'aws s3 rb', gives: async (_printed, walk) => whatIsLeft(walk, 'sandbox', []) },
  {
    begins: 'aws cloudformation update-termination-protection',
    before: async ({ shell }) => {
      const refused = await shell.run(
        'aws cloudformation delete-stack --stack-name entrepot-production-stateful 2>&1 || echo refused',
      );
      promise(refused.includes('refused'), 'production was not protected', refused);
    },
    gives: () => 'before it, a removal is refused',
  },
  {
    begins: 'npx cdk destroy --all',
    before: async (walk) => {
      const table = `-c restoredTable=entrepot-production-restored -c restoredTableStream=${readerValue(walk, '<the ARN>')}`;
      walk.values.set('destroy --all', `destroy --all -c stage=production ${production(walk)} ${table}`);
    },
    adds: ' --force',
    gives: async (_printed, walk) =>
      whatIsLeft(walk, 'production', ['bucket', 'bus', 'log', 'pool', 'requests', 'secrets', 'table']),
  },
];

/** "You need a hosted zone in Route 53 and a certificate in ACM." */
async function makeZoneAndCertificate({ shell, values }: Walk): Promise<void> {
  const zone = await shell.run(
    'aws route53 create-hosted-zone --name your-shop.de --caller-reference check --query HostedZone.Id --output text',
  );
  const certificate = await shell.run(
    'aws acm request-certificate --domain-name api.your-shop.de --query CertificateArn --output text',
  );
  values.set(NAME, 'domainName=api.your-shop.de');
  values.set(ZONE, `hostedZoneId=${zone.trim().replace('/hostedzone/', '')}`);
  values.set(CERTIFICATE, `certificateArn=${certificate.trim()}`);
}

/** The health of the stage under its own name, which this machine does not know. */
async function healthOf({ cloud, shell }: Walk, name: string): Promise<string> {
  const health = await shell.run(`curl -sS -H 'host: ${name}' ${cloud.url}/v1/health`);
  promise(health.includes('"status":"up"'), `no health under ${name}`, health);
  return `up under ${name}`;
}

/** Functions, and the streams that start them, know the restored table alone. */
async function usersOfRestoredTable({ shell, values }: Walk): Promise<string> {
  const tables = await shell.run(
    'aws lambda list-functions --output text --query "Functions[?starts_with(FunctionName, \'entrepot-production\')].Environment.Variables.TABLE_NAME"',
  );
  const names = tables.split(/\s+/).filter((name) => name !== '');
  const others = names.filter((name) => name !== 'entrepot-production-restored');
  promise(names.length > 0 && others.length === 0, 'functions of another table', tables);
  const streams = await shell.run(
    "aws lambda list-event-source-mappings --output text --query 'EventSourceMappings[].EventSourceArn'",
  );
  promise(streams.includes(values.get('<the ARN>') ?? 'no ARN'), 'nothing reads the stream', streams);
  return `${names.length} functions use the restored table`;
}

/** Where the account is asked for what a stage may leave. */
const LISTS: Readonly<Record<string, string>> = {
  bucket: "aws s3api list-buckets --query 'Buckets[].Name'",
  bus: "aws events list-event-buses --query 'EventBuses[].Name'",
  log: "aws logs describe-log-groups --query 'logGroups[].logGroupName' --log-group-name-prefix /aws/lambda",
  pool: "aws cognito-idp list-user-pools --max-results 20 --query 'UserPools[].Name'",
  requests:
    "aws logs describe-log-groups --query 'logGroups[].logGroupName' --log-group-name-prefix /aws/vendedlogs",
  secrets: "aws secretsmanager list-secrets --query 'SecretList[].Name'",
  table: "aws dynamodb list-tables --query 'TableNames[]'",
  stacks: "aws cloudformation describe-stacks --query 'Stacks[].StackName'",
  functions: "aws lambda list-functions --query 'Functions[].FunctionName'",
};

/** Throws unless the stage has left exactly these. */
async function whatIsLeft({ shell }: Walk, stage: string, wanted: readonly string[]): Promise<string> {
  const left: string[] = [];
  for (const [what, list] of Object.entries(LISTS)) {
    const names = await shell.run(`${list} --output text`);
    if (new RegExp(`entrepot[-/]${stage}`).test(names)) left.push(what);
  }
  const [is, should] = [left.toSorted().join(', '), wanted.toSorted().join(', ')];
  promise(is === should, `it should leave ${should === '' ? 'nothing' : should}`, is);
  return is === '' ? 'nothing is left' : `left: ${is}`;
}
