import { setTimeout as sleep } from 'node:timers/promises';
import { XMLParser } from 'fast-xml-parser';

const REGION = 'eu-central-1';
/** The account of MiniStack's own credentials. */
const ACCOUNT = '000000000000';
const ASSET_BUCKET = `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`;

/** The part of AWS that a deployment calls. */
export interface Cloud {
  readonly url: string;
  /** Makes the bucket of the CDK's bootstrap. */
  createAssetBucket(): Promise<void>;
  /** Stores a file in the bucket of the CDK's bootstrap. */
  upload(key: string, content: Buffer): Promise<void>;
  /** Calls a service that speaks JSON, by its operation: `AmazonSSM.PutParameter`. */
  json<T>(service: string, operation: string, body: object): Promise<T>;
  /** Creates the stack, or updates it where it exists. Gives its state at the end. */
  deploy(stackName: string, templateKey: string): Promise<DeployedStack>;
}

interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  /** `CREATE_COMPLETE`, `UPDATE_FAILED` and so on. */
  readonly status: string;
}

export interface DeployedStack {
  readonly status: string;
  /** What went wrong since the stack was created, in order. */
  readonly failures: readonly string[];
  readonly resources: readonly StackResource[];
  readonly outputs: Readonly<Record<string, string>>;
}

const DEPLOY_MILLISECONDS = 600_000;
const POLL_MILLISECONDS = 500;
const AT_END = /_(COMPLETE|FAILED)$/;

/** Any signature will do: the emulator reads the service and the region of it. */
const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

const xml = new XMLParser({ isArray: (name) => name === 'member', parseTagValue: false });

/** An emulator of AWS at this address. Its calls throw an Error with its answer where it refuses them. */
export function openCloud(url: string): Cloud {
  const call = async (service: string, path: string, init: RequestInit): Promise<string> => {
    const response = await fetch(url + path, {
      ...init,
      headers: { ...signed(service), ...(init.headers as Record<string, string> | undefined) },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} answered ${response.status}: ${text.slice(0, 400)}`);
    return text;
  };
  const stacks = async (action: string, parameters: Readonly<Record<string, string>>): Promise<XmlNode> => {
    const body = new URLSearchParams({ Action: action, Version: '2010-05-15', ...parameters });
    const answer = xml.parse(await call('cloudformation', '/', { method: 'POST', body })) as XmlNode;
    return inside(answer, `${action}Response`, `${action}Result`);
  };
  const place = `<CreateBucketConfiguration><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`;
  return {
    url,
    async createAssetBucket() {
      await call('s3', `/${ASSET_BUCKET}`, { method: 'PUT', body: place });
    },
    async upload(key, content) {
      await call('s3', `/${ASSET_BUCKET}/${key}`, { method: 'PUT', body: new Uint8Array(content) });
    },
    async json<T>(service: string, operation: string, body: object) {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': operation };
      return JSON.parse(
        await call(service, '/', { method: 'POST', headers, body: JSON.stringify(body) }),
      ) as T;
    },
    async deploy(stackName, templateKey) {
      const isThere = await stacks('DescribeStacks', { StackName: stackName }).then(
        () => true,
        () => false,
      );
      await unlessSame(
        stacks(isThere ? 'UpdateStack' : 'CreateStack', {
          StackName: stackName,
          TemplateURL: `${url}/${ASSET_BUCKET}/${templateKey}`,
          'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
        }),
      );
      return atEnd(stacks, stackName);
    },
  };
}

type XmlNode = Readonly<Record<string, unknown>>;
type Stacks = (action: string, parameters: Readonly<Record<string, string>>) => Promise<XmlNode>;

/** CloudFormation refuses an update that changes nothing. The stack is as wanted then. */
async function unlessSame(deployment: Promise<unknown>): Promise<void> {
  await deployment.catch((error: Error) => {
    if (!error.message.includes('No updates are to be performed')) throw error;
  });
}

async function atEnd(stacks: Stacks, stackName: string): Promise<DeployedStack> {
  const until = Date.now() + DEPLOY_MILLISECONDS;
  for (;;) {
    const [stack = {}] = members(inside(await stacks('DescribeStacks', { StackName: stackName }), 'Stacks'));
    const status = String(stack.StackStatus);
    if (AT_END.test(status) || Date.now() > until) {
      const listed = await stacks('DescribeStackResources', { StackName: stackName });
      return {
        status,
        failures: await failuresOf(stacks, stackName),
        resources: members(inside(listed, 'StackResources')).map(resourceOf),
        outputs: Object.fromEntries(
          members(inside(stack, 'Outputs')).map((each) => [String(each.OutputKey), String(each.OutputValue)]),
        ),
      };
    }
    await sleep(POLL_MILLISECONDS);
  }
}

const resourceOf = (each: XmlNode): StackResource => ({
  logicalId: String(each.LogicalResourceId),
  physicalId: String(each.PhysicalResourceId ?? ''),
  type: String(each.ResourceType),
  status: String(each.ResourceStatus),
});

async function failuresOf(stacks: Stacks, stackName: string): Promise<string[]> {
  const events = members(
    inside(await stacks('DescribeStackEvents', { StackName: stackName }), 'StackEvents'),
  );
  return events
    .filter(({ ResourceStatus }) => /FAILED|ROLLBACK_IN/.test(String(ResourceStatus)))
    .map(
      ({ ResourceType, LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
        `${ResourceType} ${LogicalResourceId}: ${ResourceStatus} ${ResourceStatusReason ?? ''}`,
    )
    .toReversed();
}

function inside(node: XmlNode, ...names: readonly string[]): XmlNode {
  return names.reduce((at, name) => (at[name] ?? {}) as XmlNode, node);
}

const members = ({ member = [] }: XmlNode): readonly XmlNode[] => member as readonly XmlNode[];
