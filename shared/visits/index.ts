export { visitData } from './visit-data.ts';
export { tooManyVisits, VisitCounter, visitsNotKept } from './visit-limits.ts';
export { type VisitRequest, visitRequestSchema } from './visit-request.ts';
