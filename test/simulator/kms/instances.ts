import { ServiceError } from '../serviceError';
import { type KmsBody, type KmsCall, page, requireParameter } from './call';

export function describeRegions(call: KmsCall): KmsBody {
  return { Regions: { Region: call.simulation.world.regions.map((id) => ({ RegionId: id })) } };
}

export function listKmsInstances(call: KmsCall): KmsBody {
  const { world } = call.simulation;
  const { page: items, fields } = page(
    call,
    world.instances.filter((instance) => instance.regionId === call.region),
  );
  return {
    ...fields,
    KmsInstances: {
      KmsInstance: items.map(({ id, regionId }) => ({
        KmsInstanceId: id,
        KmsInstanceArn: `acs:kms:${regionId}:${world.accountId}:keystore/${id}`,
      })),
    },
  };
}

export function getKmsInstance(call: KmsCall): KmsBody {
  const id = requireParameter(call, 'KmsInstanceId');
  const instance = call.simulation.world.instances.find(
    (each) => each.id === id && each.regionId === call.region,
  );
  if (instance === undefined) {
    throw new ServiceError(404, 'Forbidden.DKMSInstanceNotFound', 'The specified KMS instance is not found.');
  }
  return {
    KmsInstance: {
      InstanceId: instance.id,
      InstanceName: instance.id,
      Status: 'Connected',
      CreateTime: '2024-11-20T02:00:00Z',
      StartDate: '2024-11-20T02:00:00Z',
      EndDate: '2034-11-20T02:00:00Z',
      Spec: 1000,
      KeyNum: 1000,
      SecretNum: 100,
      VpcNum: 1,
      ChargeType: 'PREPAY',
      ProductType: 'software',
      ProductVersion: '3',
      Log: instance.logging ? 1 : 0,
      LogStorage: instance.logging ? 1000 : 0,
    },
  };
}
