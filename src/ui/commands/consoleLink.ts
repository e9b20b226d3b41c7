import type { Site } from '../../model/account';

/** What the setting `console.site` says. */
export type SiteSetting = 'auto' | Site;

/**
 * The site whose console an account is managed in.
 * @param ofAccount as the account's profile says
 * @param language of VS Code, BCP 47
 */
export function consoleSite(setting: SiteSetting, ofAccount: Site | undefined, language: string): Site {
  if (setting !== 'auto') return setting;
  return ofAccount ?? (language.toLowerCase().startsWith('zh') ? 'china' : 'international');
}

const DOMAINS: Readonly<Record<Site, string>> = {
  china: 'aliyun.com',
  international: 'alibabacloud.com',
};

/**
 * The KMS console in a region. No address of the page of an AAP or an instance is published; help pages link to the list
 * of keys of a region, from where *Application Access* is one click away. The consoles of the international site have the
 * same addresses under its own domain.
 */
export function consoleUrl(site: Site, regionId: string): string {
  return `https://kms.console.${DOMAINS[site]}/${encodeURIComponent(regionId)}/key/list`;
}
