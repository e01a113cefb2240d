import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SignatureV4 } from '@smithy/signature-v4';

/** The services that commands ask. */
type Service = 'sts' | 'ssm' | 'lambda' | 'cloudformation';

interface AwsCall {
  readonly service: Service;
  readonly region: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The answer of a service: its status and its text. */
export interface AwsAnswer {
  readonly status: number;
  readonly text: string;
}

/** An account as the checks see it. */
export interface Aws {
  /** The region that the environment or the profile names. Rejected where none does. */
  region(): Promise<string>;
  /** Sends one signed request. Rejected where no credentials are found or nobody answers. */
  send(call: AwsCall): Promise<AwsAnswer>;
}

const TIMEOUT_MS = 15_000;

/**
 * The account of the credentials that the AWS command line would use. `AWS_ENDPOINT_URL` leads the requests to another
 * cloud.
 */
export function openAws(): Aws {
  // The SDK's own search for region and credentials: environment, profile, single sign-on, role of the machine.
  const { config } = new SecretsManagerClient({});
  return {
    region: () => config.region(),
    async send({ service, region, method, path, headers = {}, body }) {
      const url = new URL(path, endpointOf(service, region));
      const signer = new SignatureV4({
        credentials: config.credentials,
        region,
        service,
        sha256: config.sha256,
      });
      const signed = await signer.sign({
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port === '' ? {} : { port: Number(url.port) }),
        path: url.pathname,
        headers: { host: url.host, ...headers },
        ...(body === undefined ? {} : { body }),
      });
      const response = await fetch(url, {
        method,
        headers: signed.headers,
        ...(body === undefined ? {} : { body }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return { status: response.status, text: await response.text() };
    },
  };
}

function endpointOf(service: Service, region: string): string {
  const { AWS_ENDPOINT_URL, [`AWS_ENDPOINT_URL_${service.toUpperCase()}`]: own } = process.env;
  return own ?? AWS_ENDPOINT_URL ?? `https://${service}.${region}.amazonaws.com`;
}
