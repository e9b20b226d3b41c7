import type { Translate } from './words';

/** The name of a region as the console writes it; its id where this list does not know it. */
export function regionName(regionId: string, t: Translate): string {
  switch (regionId) {
    case 'cn-hangzhou':
      return t('China (Hangzhou)');
    case 'cn-shanghai':
      return t('China (Shanghai)');
    case 'cn-beijing':
      return t('China (Beijing)');
    case 'cn-shenzhen':
      return t('China (Shenzhen)');
    case 'cn-guangzhou':
      return t('China (Guangzhou)');
    case 'cn-chengdu':
      return t('China (Chengdu)');
    case 'cn-qingdao':
      return t('China (Qingdao)');
    case 'cn-zhangjiakou':
      return t('China (Zhangjiakou)');
    case 'cn-hongkong':
      return t('China (Hong Kong)');
    case 'ap-southeast-1':
      return t('Singapore');
    case 'ap-northeast-1':
      return t('Japan (Tokyo)');
    case 'eu-central-1':
      return t('Germany (Frankfurt)');
    case 'us-west-1':
      return t('US (Silicon Valley)');
    case 'us-east-1':
      return t('US (Virginia)');
    default:
      return regionId;
  }
}
