import type { FunctionSettings } from './function-settings.ts';

/** The addresses of this machine's engines for one worker. */
export type Endpoints = Readonly<Record<string, string>>;

/**
 * The whole environment of one worker: the variables of the template, those that Lambda sets, and the addresses of
 * the local engines. It contains no variable of this process.
 */
export function workerEnvironment(
  settings: FunctionSettings,
  place: { readonly region: string; readonly workerId: string; readonly endpoints: Endpoints },
): Record<string, string> {
  return {
    ...settings.environment,
    _HANDLER: settings.handler,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_DEFAULT_REGION: place.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: place.workerId,
    AWS_REGION: place.region,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    LAMBDA_TASK_ROOT: settings.assetPath,
    LANG: 'en_US.UTF-8',
    TZ: 'UTC',
    ...place.endpoints,
  };
}
