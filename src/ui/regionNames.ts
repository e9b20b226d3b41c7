import type { Translate } from './words';

/** The regions of KMS (docs/facts.md KMS-20). Functions, because each text must stand in a `t()` of its own. */
const NAMES: Readonly<Record<string, (t: Translate) => string>> = {
  'cn-hangzhou': (t) => t('China (Hangzhou)'),
  'cn-shanghai': (t) => t('China (Shanghai)'),
  'cn-shenzhen': (t) => t('China (Shenzhen)'),
  'cn-heyuan': (t) => t('China (Heyuan)'),
  'cn-guangzhou': (t) => t('China (Guangzhou)'),
  'cn-qingdao': (t) => t('China (Qingdao)'),
  'cn-beijing': (t) => t('China (Beijing)'),
  'cn-zhangjiakou': (t) => t('China (Zhangjiakou)'),
  'cn-huhehaote': (t) => t('China (Hohhot)'),
  'cn-wulanchabu': (t) => t('China (Ulanqab)'),
  'cn-chengdu': (t) => t('China (Chengdu)'),
  'cn-hongkong': (t) => t('China (Hong Kong)'),
  'ap-southeast-1': (t) => t('Singapore'),
  'ap-southeast-3': (t) => t('Malaysia (Kuala Lumpur)'),
  'ap-southeast-5': (t) => t('Indonesia (Jakarta)'),
  'ap-southeast-6': (t) => t('Philippines (Manila)'),
  'ap-southeast-7': (t) => t('Thailand (Bangkok)'),
  'ap-northeast-1': (t) => t('Japan (Tokyo)'),
  'ap-northeast-2': (t) => t('South Korea (Seoul)'),
  'eu-central-1': (t) => t('Germany (Frankfurt)'),
  'eu-west-1': (t) => t('UK (London)'),
  'us-east-1': (t) => t('US (Virginia)'),
  'us-west-1': (t) => t('US (Silicon Valley)'),
  'me-east-1': (t) => t('UAE (Dubai)'),
  'me-central-1': (t) => t('Saudi Arabia (Riyadh)'),
  'cn-fuzhou': (t) => t('China (Fuzhou, local region)'),
  'cn-wuhan-lr': (t) => t('China (Wuhan, local region)'),
  'cn-zhengzhou-jva': (t) => t('China (Zhengzhou, China Unicom)'),
  'cn-hangzhou-finance': (t) => t('China (Hangzhou, finance)'),
  'cn-shanghai-finance-1': (t) => t('China (Shanghai, finance)'),
  'cn-shenzhen-finance-1': (t) => t('China (Shenzhen, finance)'),
  'cn-beijing-finance-1': (t) => t('China (Beijing, finance)'),
  'ap-south-1': (t) => t('India (Mumbai, closed)'),
  'ap-southeast-2': (t) => t('Australia (Sydney, closed)'),
};

/** The name of a region as the console writes it; its id where this list does not know it. */
export function regionName(regionId: string, t: Translate): string {
  // The id comes from the service: it may be anything, `toString` too.
  return (Object.hasOwn(NAMES, regionId) ? NAMES[regionId]?.(t) : undefined) ?? regionId;
}
