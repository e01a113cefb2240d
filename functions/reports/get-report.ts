import { reports } from '../../shared/reports/index.ts';
import { lakeReports } from '../../shared/reports/lake-reports.ts';
import { reportsDeps } from '../../shared/runtime/deps/reports.ts';
import { reportRoute } from '../../shared/runtime/report-route.ts';

export const { contract, operations, handler } = reportRoute(
  { id: 'reports/get-report', reports, lakeReports },
  reportsDeps,
);
