import type { AapRef } from '../../model/clientKey';
import { isRegionId } from '../endpoint';
import { createCloudError } from '../errors';

const LOG_STORE = 'kms_audit_log';
/** Names as the log service allows them. The project is part of the host's name, so nothing else may stand there. */
const PROJECT = /^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/;
const STORE = /^[a-z0-9][a-z0-9_-]{0,61}[a-z0-9]$/;

/** What the user says about the log of an instance; what is left out is as KMS makes it. */
export interface ChosenLog {
  readonly project?: string;
  readonly logStore?: string;
  readonly regionId?: string;
}

/** Where the log of an instance is. */
export interface LogPlace {
  readonly instanceId: string;
  readonly project: string;
  readonly logStore: string;
  readonly regionId: string;
  /** Something of it was chosen by hand, so it may hold other things than the log of this instance. */
  readonly chosen: boolean;
}

/** The log of an instance: named by KMS itself (docs/facts.md LOG-1), in the instance's region, unless chosen otherwise. */
export function placeOf(aap: AapRef, instanceId: string, chosen: ChosenLog = {}): LogPlace {
  const made = { project: `kms-log-${instanceId}`, logStore: LOG_STORE, regionId: aap.regionId };
  const { project = made.project, logStore = made.logStore, regionId = made.regionId } = chosen;
  const differs = project !== made.project || logStore !== made.logStore || regionId !== made.regionId;
  return { instanceId, project, logStore, regionId, chosen: differs };
}

/** @throws CloudError `invalidRequest` for a name that cannot be one */
export function checkPlace({ project, logStore, regionId }: LogPlace): void {
  const wrong =
    (!PROJECT.test(project) && 'project') ||
    (!STORE.test(logStore) && 'log store') ||
    (!isRegionId(regionId) && 'region');
  if (!wrong) return;
  throw createCloudError({
    kind: 'invalidRequest',
    action: 'ReadAuditLog',
    message: `ReadAuditLog: the name of the ${wrong} in the setting clientKeys.audit.logs cannot be one.`,
  });
}

/** The place as the evidence names it. */
export function namesOf({ instanceId, project, logStore, regionId }: LogPlace, aap: AapRef) {
  return { instanceId, project, logStore, ...(regionId !== aap.regionId && { logRegionId: regionId }) };
}
