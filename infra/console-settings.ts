import * as z from 'zod';
import { given, hostName, type ReadContext, together } from './context.ts';
import type { Domain } from './domain.ts';

/** A deployed console. */
export interface ConsoleSettings {
  /** The name under which it is opened. Its certificate is in us-east-1, where CloudFront reads it. */
  readonly domain: Domain;
  /** Its client at the issuer of the stage. Undefined where the stage's own user pool has one. */
  readonly clientId?: string;
}

const NAMES = ['consoleDomainName', 'consoleHostedZoneId', 'consoleCertificateArn'] as const;

/** Every context value that {@link readConsole} reads. */
export const consoleContextNames = [...NAMES, 'consoleClientId'] as const;

/**
 * Reads where the console is and which client it is. Undefined where no name is given: then the stage has none. Throws
 * an Error that names the missing or malformed value.
 */
export function readConsole(context: ReadContext, ownIssuer: boolean): ConsoleSettings | undefined {
  const client = context('consoleClientId');
  if (!together(context, NAMES)) {
    if (client === undefined) return undefined;
    throw new Error(`the context value consoleClientId needs ${NAMES.join(', ')}`);
  }
  if (!ownIssuer && client !== undefined)
    throw new Error('consoleClientId belongs to adminIssuer: the user pool of the stage has its own client');
  const certificate = z.string().regex(/^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/);
  const domain = {
    name: given(context, 'consoleDomainName', hostName, 'a host name such as console.my-company.com'),
    zoneId: given(
      context,
      'consoleHostedZoneId',
      z.string().regex(/^Z[A-Z0-9]+$/),
      'the id of its Route 53 zone',
    ),
    certificateArn: given(
      context,
      'consoleCertificateArn',
      certificate,
      'the ARN of its certificate in us-east-1, because CloudFront reads it there',
    ),
    firewall: false,
  };
  if (!ownIssuer) return { domain };
  const id = z.string().min(1);
  return { domain, clientId: given(context, 'consoleClientId', id, 'its client id at the issuer') };
}

/** Where the issuer sends a person back to after a sign-in. */
export const consoleCallback = ({ domain }: ConsoleSettings): string =>
  `https://${domain.name}/console/signed-in`;
