import { supplierHookDeps } from '../../shared/runtime/deps/replenishment.ts';
import { supplierHook } from '../../shared/runtime/supplier-hook.ts';

export const handler = supplierHook(supplierHookDeps);
