import type { KnownType } from './known-type.ts';

const metrics = 'no metrics are kept on one machine, so no alarm can be raised from them';

/** Alarms and dashboards: they watch a deployment and do not change how it runs. */
export const watchingTypes: Readonly<Record<string, KnownType>> = {
  'AWS::CloudWatch::Alarm': {
    actedOn: ['AlarmName'],
    noEffect: {
      ActionsEnabled: metrics,
      AlarmActions: metrics,
      AlarmDescription: 'text for people',
      ComparisonOperator: metrics,
      DatapointsToAlarm: metrics,
      Dimensions: metrics,
      EvaluateLowSampleCountPercentile: metrics,
      EvaluationPeriods: metrics,
      ExtendedStatistic: metrics,
      InsufficientDataActions: metrics,
      MetricName: metrics,
      Metrics: metrics,
      Namespace: metrics,
      OKActions: metrics,
      Period: metrics,
      Statistic: metrics,
      Tags: 'tags are labels and change nothing',
      Threshold: metrics,
      ThresholdMetricId: metrics,
      TreatMissingData: metrics,
      Unit: metrics,
    },
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
    actedOn: [],
    noEffect: {
      ApplyOnTransformedLogs: metrics,
      FilterName: metrics,
      FilterPattern: metrics,
      LogGroupName: metrics,
      MetricTransformations: metrics,
    },
  },
  'AWS::CDK::Metadata': {
    actedOn: [],
    noEffect: { Analytics: 'it reports the use of construct libraries' },
  },
};
