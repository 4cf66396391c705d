// The audit worker: reads and credits a rollout file away from the page.
import { expose } from 'comlink';
import { createAuditApi } from './auditApi.ts';
import './trustedTypes.ts';

expose(createAuditApi());
