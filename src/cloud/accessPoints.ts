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

const AapDetail = v.object({
  Arn: TextOrNothing,
  Policies: v.optional(v.nullish(v.union([v.string(), v.array(v.string())]))),
});
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

/** Reads the AAP's ARN and the names of its policies. @throws CloudError */
export async function describeAap(
  api: KmsApi,
  aap: AapRef,
  signal?: AbortSignal,
): Promise<{ readonly arn: string; readonly policies: readonly string[] }> {
  const { answer } = await api.call(aap, {
    action: 'DescribeApplicationAccessPoint',
    query: { Name: aap.aapName },
    answer: AapDetail,
    signal,
  });
  return { arn: answer.Arn, policies: policyNames(answer.Policies) };
}

/** The instance that a policy is about; undefined for the shared gateway. @throws CloudError */
export async function instanceOfPolicy(
  api: KmsApi,
  target: Target,
  policy: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { answer } = await api.call(target, {
    action: 'DescribePolicy',
    query: { Name: policy },
    answer: PolicyDetail,
    signal,
  });
  // Whatever is not an instance id counts as the shared gateway, so that the verdict stays *unknown*.
  const scope = answer.KmsInstance ?? '';
  return /^kst-[\w-]+$/.test(scope) ? scope : undefined;
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
  const { policies } = await describeAap(api, aap, signal);
  return gather(await Promise.all(policies.map((policy) => instanceOfPolicy(api, aap, policy, signal))));
}

/** The instances of several policies, each once and sorted. */
export function gather(scopes: readonly (string | undefined)[]): {
  instanceIds: string[];
  sharedGateway: boolean;
} {
  const instanceIds = new Set(scopes.filter((scope) => scope !== undefined));
  return { instanceIds: [...instanceIds].sort(), sharedGateway: scopes.includes(undefined) };
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
