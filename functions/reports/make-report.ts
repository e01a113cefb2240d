import { reportRunDeps } from '../../shared/runtime/deps/lake-report-runs.ts';
import { reportMaker } from '../../shared/runtime/report-maker.ts';

export const handler = reportMaker(reportRunDeps);
