import * as v from 'valibot';
import type { Aap, AapRef } from '../model/clientKey';
import { NumberLike, TextOrNothing } from './answers';
import { badAnswer } from './errors';
import type { KmsApi, Target } from './kmsApi';

const PAGE_SIZE = 100;
/** A service that never says *enough* must not keep us for ever. */
const MAX_PAGES = 1000;

const AapList = v.object({
  TotalCount: NumberLike,
  ApplicationAccessPoints: v.optional(
    v.nullish(
      v.object({
        ApplicationAccessPoint: v.optional(
          v.nullish(v.array(v.object({ Name: v.string(), AuthenticationMethod: TextOrNothing }))),
        ),
      }),
    ),
  ),
});

const AapDetail = v.object({ Policies: v.optional(v.nullish(v.union([v.string(), v.array(v.string())]))) });
const PolicyDetail = v.object({ KmsInstance: v.optional(v.nullish(v.string())) });
const InstanceDetail = v.object({
  KmsInstance: v.object({
    Log: v.optional(
      v.nullish(
        v.union([
          v.boolean(),
          v.pipe(
            NumberLike,
            v.transform((log) => log !== 0),
          ),
        ]),
      ),
    ),
  }),
});

/** All application access points of a region, in the service's order. @throws CloudError */
export async function listAaps(api: KmsApi, target: Target, signal?: AbortSignal): Promise<readonly Aap[]> {
  const found = new Map<string, Aap>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { answer } = await api.call(target, {
      action: 'ListApplicationAccessPoints',
      query: { PageNumber: String(page), PageSize: String(PAGE_SIZE) },
      answer: AapList,
      signal,
    });
    const rows = answer.ApplicationAccessPoints?.ApplicationAccessPoint ?? [];
    for (const row of rows)
      found.set(row.Name, {
        accountId: target.accountId,
        regionId: target.regionId,
        aapName: row.Name,
        authentication: row.AuthenticationMethod === 'ClientKey' ? 'clientKey' : 'other',
        authenticationMethod: row.AuthenticationMethod,
      });
    if (rows.length === 0 || page * PAGE_SIZE >= answer.TotalCount) break;
  }
  return [...found.values()];
}

/**
 * The KMS instances that an AAP reaches. The AAP names policies, and a policy names its instance; one that names none has
 * the shared gateway as its scope (docs/facts.md KMS-9).
 * @throws CloudError
 */
export async function instancesOf(
  api: KmsApi,
  aap: AapRef,
  signal?: AbortSignal,
): Promise<{ instanceIds: string[]; sharedGateway: boolean }> {
  const { answer } = await api.call(aap, {
    action: 'DescribeApplicationAccessPoint',
    query: { Name: aap.aapName },
    answer: AapDetail,
    signal,
  });
  const scopes = await Promise.all(
    policyNames(answer.Policies).map(async (name) => {
      const policy = await api.call(aap, {
        action: 'DescribePolicy',
        query: { Name: name },
        answer: PolicyDetail,
        signal,
      });
      return policy.answer.KmsInstance ?? '';
    }),
  );
  // Whatever is not an instance id counts as the shared gateway, so that the verdict stays *unknown*.
  const isInstance = (scope: string) => /^kst-[\w-]+$/.test(scope);
  return {
    instanceIds: [...new Set(scopes.filter(isInstance))].sort(),
    sharedGateway: scopes.some((scope) => !isInstance(scope)),
  };
}

/** Whether the audit log of an instance was bought; undefined where the service does not say. @throws CloudError */
export async function instanceLog(
  api: KmsApi,
  target: Target,
  instanceId: string,
  signal?: AbortSignal,
): Promise<{ bought: boolean | undefined }> {
  const { answer } = await api.call(target, {
    action: 'GetKmsInstance',
    query: { KmsInstanceId: instanceId },
    answer: InstanceDetail,
    signal,
  });
  return { bought: answer.KmsInstance.Log ?? undefined };
}

/** `Policies` is JSON text, `["p1"]`. */
function policyNames(policies: string | readonly string[] | null | undefined): readonly string[] {
  if (!policies) return [];
  if (typeof policies !== 'string') return policies;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(v.string())), policies);
  if (!parsed.success) throw badAnswer('DescribeApplicationAccessPoint', 'Policies is no list', false, false);
  return parsed.output;
}
