import assert from 'node:assert/strict';
import { regionName } from '../../../src/ui/regionNames';
import { plain } from './plain';

/** DescribeRegions answers with these (docs/facts.md KMS-20). */
const REGIONS = [
  ...['cn-hangzhou', 'cn-shanghai', 'cn-shenzhen', 'cn-heyuan', 'cn-guangzhou', 'cn-qingdao', 'cn-beijing'],
  ...['cn-zhangjiakou', 'cn-huhehaote', 'cn-wulanchabu', 'cn-chengdu', 'cn-hongkong'],
  ...['ap-southeast-1', 'ap-southeast-3', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7'],
  ...['ap-northeast-1', 'ap-northeast-2', 'eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-1'],
  ...['me-east-1', 'me-central-1', 'cn-fuzhou', 'cn-wuhan-lr', 'cn-zhengzhou-jva', 'cn-hangzhou-finance'],
  ...[
    'cn-shanghai-finance-1',
    'cn-shenzhen-finance-1',
    'cn-beijing-finance-1',
    'ap-south-1',
    'ap-southeast-2',
  ],
];

describe('region names', () => {
  it('are known and told apart for every region of KMS', () => {
    const names = REGIONS.map((id) => regionName(id, plain));
    assert.deepEqual(
      names.filter((name, index) => name === REGIONS[index]),
      [],
    );
    assert.equal(new Set(names).size, REGIONS.length);
  });

  it('are the id where no name is known', () => {
    assert.equal(regionName('cn-moon-1', plain), 'cn-moon-1');
    assert.equal(regionName('toString', plain), 'toString');
  });
});
