import type { KnownType } from './known-type.ts';

const notices = 'on one machine an alarm is printed and sends no mail';
const metrics = 'it combines or shows alarms and metrics, and raises nothing by itself';

/** Alarms and dashboards: they watch a deployment and do not change how it runs. */
export const watchingTypes: Readonly<Record<string, KnownType>> = {
  'AWS::CloudWatch::Alarm': {
    actedOn: [
      'AlarmDescription',
      'AlarmName',
      'ComparisonOperator',
      'Dimensions',
      'EvaluationPeriods',
      'MetricName',
      'Namespace',
      'Period',
      'Statistic',
      'Threshold',
      'TreatMissingData',
    ],
    noEffect: { AlarmActions: notices, OKActions: notices },
  },
  'AWS::CloudWatch::CompositeAlarm': {
    actedOn: ['AlarmName'],
    noEffect: {
      ActionsEnabled: metrics,
      ActionsSuppressor: metrics,
      ActionsSuppressorExtensionPeriod: metrics,
      ActionsSuppressorWaitPeriod: metrics,
      AlarmActions: metrics,
      AlarmDescription: 'text for people',
      AlarmRule: metrics,
      InsufficientDataActions: metrics,
      OKActions: metrics,
      Tags: 'tags are labels and change nothing',
    },
  },
  'AWS::CloudWatch::Dashboard': {
    actedOn: ['DashboardName'],
    noEffect: { DashboardBody: metrics },
  },
  'AWS::Logs::MetricFilter': {
    actedOn: ['FilterPattern', 'LogGroupName', 'MetricTransformations'],
    noEffect: { FilterName: 'text for people' },
  },
  'AWS::CDK::Metadata': {
    actedOn: [],
    noEffect: { Analytics: 'it reports the use of construct libraries' },
  },
};
