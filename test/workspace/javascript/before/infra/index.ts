import * as alicloud from '@pulumi/alicloud';

new alicloud.kms.ClientKey('orders', { aapName: 'orders', password: 'OldPw1!x&y', privateKeyDataFile: '../keys/client.json' });
