import { Hover, type HoverProvider, MarkdownString } from 'vscode';
import { shortKeyId } from '../../model/clientKey';
import type { InspectedReference } from '../../model/inspection';
import { COMMANDS } from '../commandIds';
import { dateText, expiryText } from '../expiryText';
import { t, textLocale } from '../localise';
import { regionName } from '../regionNames';
import type { Inspector } from './inspector';
import { type KeyFacts, lifeOf } from './keyFacts';
import { placeIn } from './place';

/** Tells the key behind a reference, and leads to what can be done about it. Never shows a value. */
export function createHover(inspector: Inspector, facts: KeyFacts): HoverProvider {
  return {
    provideHover(document, position) {
      const inspection = inspector.current(document);
      const inspected = inspection?.references.find(({ reference }) =>
        placeIn(document, reference.range).contains(position),
      );
      if (inspected?.reference.keyId === undefined) return undefined;
      return new Hover(hoverText(inspected, facts), placeIn(document, inspected.reference.range));
    },
  };
}

function hoverText(inspected: InspectedReference, facts: KeyFacts): MarkdownString {
  const { keyId = '', target } = inspected.reference;
  const text = new MarkdownString('', true);
  text.isTrusted = { enabledCommands: [COMMANDS.rotate, COMMANDS.openAudit, COMMANDS.revealCredentialFile] };
  const life = lifeOf(inspected, facts);
  const deletedAt = facts.deletedAt(keyId);
  const parts = [
    ...(life?.key === undefined ? [] : [life.key.aapName, regionName(life.key.regionId, t)]),
    deletedAt !== undefined
      ? t('deleted on {0}', dateText(deletedAt))
      : life === undefined
        ? t('end not known: no password was found that opens its file')
        : `${expiryText(life, life.expiry, life.now, textLocale(), t)} (${dateText(life.notAfter)})`,
    ...(inspected.pair === 'wrongPassword' ? [t('its password does not open it')] : []),
  ];
  // A code span keeps ids and names from being read as Markdown; the rest is text of ours or plain numbers.
  text.appendMarkdown(`$(key) \`${shortKeyId(keyId)}\` `);
  text.appendText(` · ${parts.join(' · ')}`);
  const links = [
    ...(deletedAt !== undefined
      ? []
      : [link(t('Rotate…'), COMMANDS.rotate, { keyId }), link(t('Audit'), COMMANDS.openAudit, { keyId })]),
    ...(target === undefined
      ? []
      : [link(t('Show Credential File in Explorer'), COMMANDS.revealCredentialFile, { file: target })]),
  ];
  if (links.length > 0) text.appendMarkdown(`\n\n${links.join(' · ')}`);
  return text;
}

function link(label: string, command: string, argument: unknown): string {
  return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}
