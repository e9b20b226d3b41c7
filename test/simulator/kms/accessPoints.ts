import { type KmsBody, type KmsCall, notFound, page, requireParameter } from './call';

export function listApplicationAccessPoints(call: KmsCall): KmsBody {
  const all = call.simulation.world.accessPoints.filter((aap) => aap.regionId === call.region);
  const { page: items, fields } = page(call, all);
  return {
    ...fields,
    ApplicationAccessPoints: {
      ApplicationAccessPoint: items.map((aap) => ({
        Name: aap.name,
        AuthenticationMethod: aap.authenticationMethod,
      })),
    },
  };
}

export function describeApplicationAccessPoint(call: KmsCall): KmsBody {
  const { world } = call.simulation;
  const name = requireParameter(call, 'Name');
  const aap = world.accessPoints.find((each) => each.regionId === call.region && each.name === name);
  if (aap === undefined) throw notFound();
  return {
    Arn: `acs:kms:${aap.regionId}:${world.accountId}:applicationaccesspoint/${aap.name}`,
    Name: aap.name,
    Description: aap.description,
    AuthenticationMethod: aap.authenticationMethod,
    Policies: JSON.stringify(aap.policies),
  };
}

/** Scope *shared gateway*: no `KmsInstance`; that the field is left out is assumed (docs/facts.md KMS-9). */
export function describePolicy(call: KmsCall): KmsBody {
  const { world } = call.simulation;
  const name = requireParameter(call, 'Name');
  const policy = world.policies.find((each) => each.regionId === call.region && each.name === name);
  if (policy === undefined) throw notFound();
  return {
    Arn: `acs:kms:${policy.regionId}:${world.accountId}:policy/${policy.name}`,
    Name: policy.name,
    Description: '',
    ...(policy.instanceId === undefined ? {} : { KmsInstance: policy.instanceId }),
    Permissions: ['RbacPermission/Template/SecretUser'],
    Resources: ['secret/*', 'key/*'],
    AccessControlRules: JSON.stringify({ NetworkRules: [] }),
  };
}
