import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

/** The requests that one address may send in five minutes. A shop whose own server calls the API has one address. */
const REQUESTS_PER_ADDRESS = 3_000;

/**
 * The rules of the web firewall, in the order in which they are asked.
 *
 * Partners' calls are left out: each is signed, its body may hold anything, and a partner sends all of them from a few
 * addresses. Their routes have limits and a size limit of their own.
 */
export function firewallRules(): CfnWebACL.RuleProperty[] {
  return [
    {
      ...named('RatePerAddress', 1),
      action: { block: { customResponse: { responseCode: 429 } } },
      statement: {
        rateBasedStatement: {
          limit: REQUESTS_PER_ADDRESS,
          evaluationWindowSec: 300,
          aggregateKeyType: 'IP',
          scopeDownStatement: notOfPartners,
        },
      },
    },
    managed('AWSManagedRulesAmazonIpReputationList', 2, []),
    managed('AWSManagedRulesCommonRuleSet', 3, [
      // Catalogues and rules are imported in one body, larger than the 8 KB of this rule. Each route has its own limit.
      'SizeRestrictions_BODY',
      // Servers of shops and programs of operators need not send this header.
      'NoUserAgent_HEADER',
    ]),
    managed('AWSManagedRulesKnownBadInputsRuleSet', 4, []),
  ];
}

const startsWithHooks: CfnWebACL.StatementProperty = {
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'STARTS_WITH',
    searchString: '/v1/hooks/',
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
};

const notOfPartners: CfnWebACL.StatementProperty = { notStatement: { statement: startsWithHooks } };

/** A group of rules that AWS keeps. The named ones only count. */
function managed(group: string, priority: number, counted: readonly string[]): CfnWebACL.RuleProperty {
  return {
    ...named(group, priority),
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name: group,
        scopeDownStatement: notOfPartners,
        ...(counted.length === 0
          ? {}
          : { ruleActionOverrides: counted.map((name) => ({ name, actionToUse: { count: {} } })) }),
      },
    },
  };
}

function named(name: string, priority: number) {
  const visibilityConfig = {
    cloudWatchMetricsEnabled: true,
    metricName: name,
    sampledRequestsEnabled: false,
  };
  return { name, priority, visibilityConfig };
}
