import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Aws, AwsAnswer } from '../../../infra/cli/deploy/aws-call.ts';
import { deploy } from '../../../infra/cli/deploy/deploy.ts';
import { addDeploy } from '../../../infra/cli/deploy/deploy-command.ts';
import type { DeployOptions } from '../../../infra/cli/deploy/deploy-options.ts';
import { parseLine } from './parse-line.ts';

const json = (status: number, body: unknown): AwsAnswer => ({ status, text: JSON.stringify(body) });

interface Account {
  readonly caller?: AwsAnswer | Error;
  readonly bootstrap?: AwsAnswer;
  readonly concurrency?: number;
  readonly region?: string;
}

/** An account that is ready, except for what the test changes. */
function account(changed: Account = {}) {
  const asked: string[] = [];
  const aws: Aws = {
    region: async () => {
      if (changed.region === '') throw new Error('Region is missing');
      return changed.region ?? 'eu-central-1';
    },
    async send({ service, region }) {
      asked.push(`${service} ${region}`);
      if (service === 'sts') {
        const { caller = json(200, { Account: '111122223333' }) } = changed;
        if (caller instanceof Error) throw caller;
        return caller;
      }
      if (service === 'ssm') return changed.bootstrap ?? json(200, { Parameter: { Value: '28' } });
      return json(200, { AccountLimit: { ConcurrentExecutions: changed.concurrency ?? 1_000 } });
    },
  };
  return { aws, asked };
}

const outputs = {
  'entrepot-sandbox-stateful': {
    TableName: 'entrepot-sandbox',
    LogName: '/aws/lambda/entrepot-sandbox',
    UserPoolId: 'eu-central-1_Ab1',
    SignInUrl: 'https://entrepot-sandbox-111122223333.auth.eu-central-1.amazoncognito.com',
    MachineClientId: 'machine1',
    PeopleClientId: 'people1',
    PartnersPaymentSecret:
      'arn:aws:secretsmanager:eu-central-1:111122223333:secret:entrepot/sandbox/partners-payment-AbCdEf',
  },
  'entrepot-sandbox-journey': { HttpUrl6F9B0E4A: 'https://a1b2c3.execute-api.eu-central-1.amazonaws.com' },
};

async function run(
  context: Record<string, string>,
  { aws }: { aws: Aws },
  options: Partial<DeployOptions> = {},
) {
  const said: string[] = [];
  const ran: string[][] = [];
  const runCdk = async (words: readonly string[]) => {
    ran.push([...words]);
    writeFileSync(words[words.indexOf('--outputs-file') + 1] ?? '', JSON.stringify(outputs));
    return 0;
  };
  const wanted = { context: { stage: 'sandbox', ...context }, checkOnly: false, yes: false, ...options };
  const isWell = await deploy(wanted, (line) => said.push(line), { aws, runCdk });
  return { isWell, ran, said: said.join('\n') };
}

describe('a deployment', () => {
  it('checks everything first, lets the CDK deploy all stacks, and ends with the next steps', async () => {
    const ready = account();
    const { isWell, ran, said } = await run({ ownKey: 'true' }, ready);
    expect(isWell).toBe(true);
    expect(ready.asked).toEqual(['sts eu-central-1', 'ssm eu-central-1', 'lambda eu-central-1']);
    expect(ran).toEqual([
      expect.arrayContaining([
        'deploy',
        '--all',
        '--require-approval',
        'broadening',
        'stage=sandbox',
        'ownKey=true',
      ]),
    ]);
    expect(said).toContain('account 111122223333, region eu-central-1');
    expect(said).toContain('API      https://a1b2c3.execute-api.eu-central-1.amazonaws.com');
    expect(said).toContain('--sign-in-url https://entrepot-sandbox-111122223333.auth');
    expect(said).toContain('--client-id machine1');
    expect(said).toContain('secret:entrepot/sandbox/partners-payment-AbCdEf');
    expect(said).toContain('nobody gets them');
  });

  it('stops after the checks where it is asked to', async () => {
    const { ran, said } = await run({}, account(), { checkOnly: true });
    expect(ran).toEqual([]);
    expect(said).toContain('Everything that a deployment needs is there.');
  });

  it('asks for the bootstrap of both regions where CloudFront answers', async () => {
    const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b';
    const ready = account();
    await run({ domainName: 'api.shop.test', hostedZoneId: 'Z1', certificateArn, waf: 'true' }, ready);
    expect(ready.asked).toContain('ssm us-east-1');
  });

  it.each<[string, Record<string, string>, Account, string]>([
    ['an unknown value', { alarmMail: 'ops@shop.test' }, {}, 'no context value is called alarmMail'],
    ['a placeholder', { alarmEmail: 'ops@example.com' }, {}, 'alarmEmail is still the placeholder'],
    ['no region', {}, { region: '' }, 'set AWS_REGION'],
    [
      'no credentials',
      {},
      { caller: Object.assign(new Error('none'), { name: 'CredentialsProviderError' }) },
      'no AWS credentials are found',
    ],
    [
      'expired credentials',
      {},
      { caller: json(403, { Error: { Message: 'The security token included in the request is expired' } }) },
      'AWS does not take the credentials: The security token included in the request is expired',
    ],
    [
      'no bootstrap',
      {},
      { bootstrap: json(400, { __type: 'ParameterNotFound' }) },
      'run `npx cdk bootstrap aws://111122223333/eu-central-1` once',
    ],
    [
      'an old bootstrap',
      {},
      { bootstrap: json(200, { Parameter: { Value: '4' } }) },
      'is version 4, and 6 is needed',
    ],
    [
      'reservations in a new account',
      { hookReservedConcurrency: '2' },
      { concurrency: 10 },
      "10 can't be reserved",
    ],
  ])('stops at %s and says what to do', async (_what, context, changed, message) => {
    await expect(run(context, account(changed))).rejects.toThrow(message);
  });

  it('goes on in a new account without reservations, and says what it allows', async () => {
    const { said, isWell } = await run({}, account({ concurrency: 10 }));
    expect(isWell).toBe(true);
    expect(said).toContain('10 functions at once, 0 reserved; enough to try it');
  });

  it('that fails in the CDK may be repeated', async () => {
    const said: string[] = [];
    const options = { context: { stage: 'sandbox' }, checkOnly: false, yes: true };
    const isWell = await deploy(options, (line) => said.push(line), {
      aws: account().aws,
      runCdk: async () => 1,
    });
    expect(isWell).toBe(false);
    expect(said.at(-1)).toContain('run the same command again');
  });
});

describe('entrepot deploy', () => {
  const read = (...args: readonly string[]) =>
    parseLine<DeployOptions>(['deploy', ...args], (program, give) =>
      addDeploy(program, async (options) => give(options)),
    );

  it('takes the stage and context values', () => {
    const args = ['--stage', 'production', '-c', 'alarmEmail=a@shop.test', '--context', 'waf=true', '--yes'];
    expect(read(...args)).toEqual({
      context: { stage: 'production', alarmEmail: 'a@shop.test', waf: 'true' },
      checkOnly: false,
      yes: true,
    });
  });

  it('needs a stage that can be deployed', () => {
    expect(() => read()).toThrow('--stage');
    expect(() => read('--stage', 'local')).toThrow('local');
    expect(() => read('--stage', 'sandbox', '-c', 'waf')).toThrow('name=value');
    expect(() => read('--stage', 'sandbox', '-c', 'stage=production')).toThrow('--stage');
  });
});
